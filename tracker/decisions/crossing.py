"""What crosses a sealed record: never a count, only "ask Legal".

Legal alone knows that a sealed record is the same person as another. Where what is on the other side would make the answer stricter,
the facts of this side carry a hold of that name, which tells neither how much there is, nor when, nor whose: it bears the moment
at which the check was asked. They are frozen as any others, so the decision can be replayed. The other side is never in them.
Source: issue 5, "Sealed records"; ADR 0152.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.decisions.gather import gather_facts
from tracker.decisions.models import Check
from tracker.decisions.together import with_what_is_stricter
from tracker.people.groups import PersonGroup, group_beyond
from tracker.people.models import CounterpartAnswer, SealedCounterpart
from tracker.policy.decide import decide
from tracker.policy.facts import CheckFacts, Hold
from tracker.policy.limits import Limits
from tracker.policy.vocabulary import MAY_GO_ON, ConsentStatus, Footing, Outcome, strictest

ASK_LEGAL = "ask_legal"
"""The pattern of the hold by which something crosses."""


def asks_legal(facts: CheckFacts) -> bool:
    """Whether something crossed into these facts."""
    return any(hold.pattern == ASK_LEGAL for hold in facts.holds)


def with_what_crosses(
    session: Session,
    check: Check,
    group: PersonGroup,
    facts: CheckFacts,
    limits: Limits,
    *,
    recorded_by: datetime,
    exclude_look: int | None,
) -> CheckFacts:
    """The facts of one side (`group`), with "ask Legal" where what is on the other would make the answer stricter.

    Agreement and RIPA authorisations of this side that the other side undoes, and that would lift the hold, are put aside until
    Legal has answered. Danger is never stopped by it.
    """
    beyond = group_beyond(session, group, at=recorded_by)
    if beyond is None:
        return facts

    def _of_the_other(known_by: datetime) -> CheckFacts:
        return gather_facts(session, check, beyond, at=facts.now, recorded_by=known_by, exclude_look=exclude_look)

    other = _of_the_other(recorded_by)
    alone = decide(facts, limits).outcome
    if alone not in MAY_GO_ON:
        return facts
    together = decide(with_what_is_stricter(facts, other), limits).outcome
    if not _is_stricter(together, alone):
        return facts
    answered = _answered_at(session, group, beyond, by=recorded_by)
    if answered is not None and _what_counts(other) == _what_counts(_of_the_other(answered)):
        return facts
    asked = replace(facts, holds=(*facts.holds, Hold(ASK_LEGAL, min(check.at, facts.now), None)))
    held = decide(asked, limits)
    if held.footing is not Footing.IMMEDIATE_RESPONSE and _is_stricter(together, held.outcome):
        said_no = tuple(one for one in asked.consents if one.status is not ConsentStatus.GIVEN)
        asked = replace(asked, consents=said_no, ripa_authorisations=())
    return asked


def _is_stricter(one: Outcome, other: Outcome) -> bool:
    return one is not other and strictest((one, other)) is one


def _what_counts(other: CheckFacts) -> tuple[object, ...]:
    return (other.views, other.consents, other.notices, other.advice, other.ripa_authorisations, other.holds)


def _answered_at(session: Session, group: PersonGroup, beyond: PersonGroup, *, by: datetime) -> datetime | None:
    """By when Legal had weighed what is on both sides: None unless every counterpart between them was answered by then."""
    ids = sorted({*group.members, *beyond.members})
    standing = select(SealedCounterpart.id).where(
        col(SealedCounterpart.person_id).in_(ids),
        col(SealedCounterpart.other_id).in_(ids),
        col(SealedCounterpart.recorded_at) <= by,
        col(SealedCounterpart.ended_at).is_(None) | (col(SealedCounterpart.ended_at) > by),
    )
    keys = [one for one in session.exec(standing) if one is not None]
    mine = (col(CounterpartAnswer.counterpart_id).in_(keys), col(CounterpartAnswer.recorded_at) <= by)
    answers: dict[int, datetime] = {}
    for row in session.exec(select(CounterpartAnswer).where(*mine).order_by(col(CounterpartAnswer.recorded_at))):
        answers[row.counterpart_id] = row.recorded_at
    return _earliest(answers.values()) if keys and len(answers) == len(keys) else None


def _earliest(instants: Iterable[datetime]) -> datetime:
    return min(instants)
