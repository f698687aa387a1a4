"""Deciding for everyone concerned, and keeping what was decided with the facts that it saw."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property, partial
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.decisions.concerned import Concerned
from tracker.decisions.crossing import asks_legal, with_what_crosses
from tracker.decisions.gather import gather_facts
from tracker.decisions.models import Check, CheckDecision, PersonDecision
from tracker.decisions.relying import relied_on
from tracker.decisions.vocabulary import Occasion
from tracker.decisions.withheld import may_be_restricted
from tracker.people.models import Person
from tracker.policy.decide import Decision, decide, decision_as_json
from tracker.policy.entitlement import Actor
from tracker.policy.facts import CheckFacts, facts_as_json
from tracker.policy.vocabulary import MAY_GO_ON, Footing, Outcome, Referral, strictest
from tracker.rulebook.selectors import LimitsInForce, limits_in_force
from tracker.storage.columns import canonical_json
from tracker.storage.tables import saved_key

REFERRALS_BY_WEIGHT = (Referral.POLICE, Referral.CHIS, Referral.LEGAL)


@dataclass(frozen=True)
class DecidedFor:
    """The decision for one of those concerned, with the facts that it saw. `relying` reads what `relied_on` says."""

    person: Person
    facts: CheckFacts
    decision: Decision
    relying: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)

    @cached_property
    def frozen(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The facts and the answer as they are kept: written out once, for the row and for the trail's digest of it."""
        return facts_as_json(self.facts), decision_as_json(self.decision)

    @cached_property
    def relied_on(self) -> tuple[str, ...]:
        """References of the records by which its ground stands; read only for a decision that is kept, within its transaction."""
        return self.relying()


@dataclass(frozen=True, slots=True)
class Answer:
    """The decisions for everyone concerned, the person whose page it is first, and the limits that they were taken under."""

    each: tuple[DecidedFor, ...]
    limits: LimitsInForce

    @property
    def outcome(self) -> Outcome:
        """The strictest of them: it is the check's."""
        return strictest(one.decision.outcome for one in self.each)

    @property
    def footing(self) -> Footing | None:
        """The footing that decided for the person whose page it is; None unless the check may go on."""
        return self.each[0].decision.footing if self.outcome in MAY_GO_ON else None

    @property
    def referral(self) -> Referral | None:
        """Who else the check goes to: the police before possible CHIS conduct, and that before Legal."""
        wanted = {one.decision.referral for one in self.each}
        return next((referral for referral in REFERRALS_BY_WEIGHT if referral in wanted), None)

    @property
    def asks_legal(self) -> bool:
        """Whether Legal is to be asked because of what is on the other side of a sealed record, which nobody else may know."""
        return any(asks_legal(one.facts) for one in self.each)

    @property
    def says_not_when(self) -> bool:
        """Whether it stands on a record that may not be opened, so that since when would tell what is recorded there."""
        return self.asks_legal or any(may_be_restricted(one.facts) for one in self.each)

    def as_recorded(self) -> dict[str, Any]:
        """What the trail keeps: outcome, rules, version, and the digest of what was frozen for each person; no content."""
        return {
            "outcome": self.outcome.value,
            "policy_version": self.limits.policy_version,
            "people": {one.person.reference: _as_recorded(one) for one in self.each},
        }


def decide_for_everyone(
    session: Session,
    check: Check,
    concerned: Iterable[Concerned],
    *,
    at: datetime,
    recorded_by: datetime | None = None,
    exclude_look: int | None = None,
    limits: LimitsInForce | None = None,
) -> Answer:
    """Decides the check once for each of those concerned, each on their own records, under the limits in force at `at`.

    `limits`: those, where somebody has just read them. Source: policy.md, "Everyone concerned". Raises `NoRulebookError` where no
    limits were ever put in force.
    """
    limits = limits or limits_in_force(session, at=at)
    known_by = at if recorded_by is None else recorded_by
    each: list[DecidedFor] = []
    for one in concerned:
        facts = gather_facts(session, check, one.group, at=at, recorded_by=recorded_by, exclude_look=exclude_look)
        facts = with_what_crosses(
            session,
            check,
            one.group,
            facts,
            limits.limits,
            recorded_by=known_by,
            exclude_look=exclude_look,
        )
        decision = decide(facts, limits.limits, limits_version=limits.version)
        relying = partial(relied_on, session, one.group, facts, decision.footing, limits.limits, recorded_by=known_by)
        each.append(DecidedFor(one.person, facts, decision, relying))
    return Answer(tuple(each), limits)


def keep_decision(
    session: Session, check: Check, answer: Answer, *, occasion: Occasion, at: datetime, by: Actor, now: datetime
) -> CheckDecision:
    """Stores a decision beside those before it, with the facts frozen as decided. `at`: the moment it is about."""
    decision = CheckDecision(
        check_id=saved_key(check),
        number=_next_number(session, check),
        occasion=occasion.value,
        outcome=answer.outcome.value,
        footing=answer.footing and answer.footing.value,
        policy_version=answer.limits.policy_version,
        limits_id=answer.limits.id,
        at=at,
        recorded_at=now,
        taken_by=by.staff_id,
    )
    session.add(decision)
    session.flush()
    session.add_all(_row_for(saved_key(decision), one) for one in answer.each)
    session.flush()
    return decision


def digest_of(facts: dict[str, Any], answer: dict[str, Any]) -> str:
    """The SHA-256 of the frozen facts and answer: the trail keeps it, so that neither can be altered unseen."""
    return sha256(canonical_json([facts, answer]).encode()).hexdigest()


def _row_for(decision_id: int, one: DecidedFor) -> PersonDecision:
    facts, answer = one.frozen
    return PersonDecision(
        decision_id=decision_id,
        person_id=saved_key(one.person),
        facts=facts,
        answer=answer,
        relied_on=list(one.relied_on),
        outcome=one.decision.outcome.value,
    )


def _next_number(session: Session, check: Check) -> int:
    return (session.exec(_last_number(), params={"check": saved_key(check)}).one() or 0) + 1


@cache
def _last_number() -> SelectOfScalar[int]:
    """Built once, for each decision that is kept."""
    return select(func.max(col(CheckDecision.number))).where(CheckDecision.check_id == bindparam("check"))


def _as_recorded(one: DecidedFor) -> dict[str, Any]:
    decision = one.decision
    return {
        "outcome": decision.outcome.value,
        "footing": decision.footing and decision.footing.value,
        "stops": [reason.rule.value for reason in decision.stops],
        "stands": [reason.rule.value for reason in decision.footings if reason.stands],
        "relied_on": list(one.relied_on),
        "views_counted": decision.views_counted,
        "digest": digest_of(*one.frozen),
    }
