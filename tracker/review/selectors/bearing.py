"""What a record changes for the checks about somebody: what each that waits would come out as on the facts as they are now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.again import is_waiting
from tracker.decisions.concerned import concerned_by
from tracker.decisions.deciding import Answer, decide_for_everyone
from tracker.decisions.models import Check
from tracker.decisions.selectors import (
    find_look,
    latest_decision,
    list_checks_about,
    list_concerned,
    liveness_of,
    standing_of_check,
)
from tracker.people.groups import members_of
from tracker.people.models import Person
from tracker.policy.entitlement import Actor, may_change_as_requester, may_open_check
from tracker.policy.vocabulary import Outcome
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.web.words import within_sentence


@dataclass(frozen=True, slots=True)
class Change:
    """One check: whom it is about, what it was decided as, and in a sentence what it would come out as now.

    `may_ask` is for its requester where something would change; `asked_by` is who that is.
    """

    reference: str
    person: str
    was: str
    sentence: str
    asked_by: str
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """The checks that the reader may open, and how many more wait that they may not."""

    checks: list[Change]
    others: int


def changes_about(session: Session, people: Iterable[Person], *, to: Actor, now: datetime) -> Changes:
    """Every check about these people (whole groups) that waits, and every permit that is dead before its end; oldest first.

    Worked out on the facts of now and not kept. Nothing of what is recorded about the check is shown to who may not open it.
    """
    groups = members_of(session, [saved_key(person) for person in people])
    members = tuple(sorted({member for group in groups.values() for member in group}))
    found, others = [], 0
    for check in reversed(list_checks_about(session, members)):
        waits = is_waiting(session, check)
        if not waits and not _died(session, check, now):
            continue
        if not may_open_check(to, standing_of_check(session, check, now=now)):
            others += 1
            continue
        found.append(_waiting(session, check, to, now) if waits else _dead(session, check))
    return Changes(found, others)


def _died(session: Session, check: Check, now: datetime) -> bool:
    """Whether its permit would still run, nobody has reported, and what it stood on holds no longer."""
    look = find_look(session, check)
    if look is None or look.ends_at is None or look.reported_at is not None or look.ends_at <= now:
        return False
    return not liveness_of(session, check, now=now).live


def _waiting(session: Session, check: Check, to: Actor, now: datetime) -> Change:
    before = Outcome(latest_decision(session, check).outcome)
    answer = decide_for_everyone(session, check, concerned_by(session, check), at=now)
    mine = may_change_as_requester(to, standing_of_check(session, check, now=now))
    changes = answer.outcome is not before
    return _change(session, check, before, _sentence(before, answer), may_ask=mine and changes)


def _dead(session: Session, check: Check) -> Change:
    before = Outcome(latest_decision(session, check).outcome)
    return _change(session, check, before, "Its permit is no longer live. Nobody may look on it.", may_ask=False)


def _change(session: Session, check: Check, before: Outcome, sentence: str, *, may_ask: bool) -> Change:
    person = list_concerned(session, check)[0]
    return Change(
        reference=check.reference,
        person=person.name or person.known_by or "",
        was=before.label,
        sentence=sentence,
        asked_by=get_staff_by_id(session, check.requester_id).name,
        may_ask=may_ask,
    )


def _sentence(before: Outcome, answer: Answer) -> str:
    """What it would come out as now; where it could go ahead, on which ground, which may be another than the record shown."""
    after = answer.outcome
    if after is before:
        return f"Nothing changes: {within_sentence(after.label)}."
    ground = f", on {within_sentence(answer.footing.label)}" if answer.footing else ""
    if after is Outcome.PERMITTED:
        return f"It could go ahead now{ground}, once it is asked for again."
    if after is Outcome.NEEDS_MANAGER_APPROVAL:
        return f"It could go ahead now{ground}, with a manager's approval, once it is asked for again."
    return f"It would come out otherwise now: {within_sentence(after.label)}."
