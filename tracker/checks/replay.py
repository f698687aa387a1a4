"""Deciding everything again: each stored decision, on its frozen facts and under the limits that made it, comes out the same.

A decision made under an older release of the rules is not held to that: it is listed where the rules of today give another outcome.
Source: policy.md, `policy_version`.
"""

import json
from collections import defaultdict
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.decisions.deciding import digest_of
from tracker.decisions.models import Check, CheckDecision, PersonDecision
from tracker.people.models import Person
from tracker.policy.decide import decide, decision_as_json
from tracker.policy.facts import FactsError, read_facts
from tracker.policy.limits import RULES_RELEASE, LimitsError
from tracker.policy.vocabulary import Outcome, strictest
from tracker.rulebook.selectors import LimitsInForce, NoRulebookError, limits_of_version

DECIDING_EVENTS = (
    Event.CHECK_SUBMITTED,
    Event.CHECK_DECIDED_AGAIN,
    Event.CHECK_APPROVED,
    Event.CHECK_APPROVED_BY_TELEPHONE,
    Event.CHECK_DECLINED,
    Event.LATE_ENTRY_RECORDED,
)


@dataclass(frozen=True, slots=True)
class ComesOutOtherwise:
    """A decision of an older release of the rules that those of today would not take."""

    decision: str
    policy_version: str
    then: str
    now: str


@dataclass(slots=True)
class Replay:
    """What deciding again found: how many came out the same, the first that did not, and those of older rules that would not."""

    decisions: int = 0
    differs: str | None = None
    why: str | None = None
    otherwise: list[ComesOutOtherwise] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Kept:
    """One person's part of a decision, as it was kept."""

    name: str
    check: Check
    decision: CheckDecision
    part: PersonDecision


def replay(session: Session) -> Replay:
    """Decides every stored decision again, in order, and stops at the first that is not as it was kept."""
    found, limits, in_trail = Replay(), _LimitsByVersion(session), _digests(session)
    with closing(_everything(session)) as everything:
        for kept in everything:
            why = _fault(kept, limits, in_trail[kept.check.reference], found)
            if why:
                found.differs, found.why = kept.name, why
                return found
            found.decisions += 1
    found.differs = _not_the_strictest(session)
    found.why = "its outcome is not the strictest of those of everyone concerned" if found.differs else None
    return found


class _LimitsByVersion:
    """The limits of each version, read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, LimitsInForce] = {}

    def __getitem__(self, version: str) -> LimitsInForce:
        if version not in self._known:
            self._known[version] = limits_of_version(self._session, version)
        return self._known[version]


def _fault(kept: _Kept, limits: _LimitsByVersion, in_trail: set[str], found: Replay) -> str | None:
    if digest_of(kept.part.facts, kept.part.answer) not in in_trail:
        return "the trail holds no such decision: its facts or its answer were altered"
    if kept.decision.policy_version != kept.part.answer["policy_version"]:
        return "its policy version was altered"
    release, _, version = kept.decision.policy_version.partition("+")
    try:
        facts, limits_then = read_facts(kept.part.facts), limits[version]
    except (FactsError, LimitsError, NoRulebookError) as error:
        if release == RULES_RELEASE:
            return f"it cannot be decided again: {error}"
        found.otherwise.append(_otherwise(kept, "cannot be decided"))
        return None
    answer = decision_as_json(decide(facts, limits_then.limits, limits_version=version))
    if release != RULES_RELEASE:
        if answer["outcome"] != kept.part.outcome:
            found.otherwise.append(_otherwise(kept, answer["outcome"]))
        return None
    if answer != kept.part.answer or answer["outcome"] != kept.part.outcome:
        return f"it comes out as {answer['outcome']}, and was kept as {kept.part.outcome}"
    return None


def _otherwise(kept: _Kept, now: str) -> ComesOutOtherwise:
    return ComesOutOtherwise(kept.name, kept.decision.policy_version, kept.part.outcome, now)


def _everything(session: Session) -> Generator[_Kept, None, None]:
    query = (
        select(PersonDecision, CheckDecision, Check, Person.reference)
        .join(CheckDecision, col(CheckDecision.id) == col(PersonDecision.decision_id))
        .join(Check, col(Check.id) == col(CheckDecision.check_id))
        .join(Person, col(Person.id) == col(PersonDecision.person_id))
        .order_by(col(PersonDecision.id))
    )
    with session.exec(query.execution_options(yield_per=1000)) as rows:
        for part, decision, check, person in rows:
            yield _Kept(f"{check.reference} decision {decision.number} for {person}", check, decision, part)


def _digests(session: Session) -> defaultdict[str, set[str]]:
    """For each check, the digests of what the trail says was decided."""
    digests: defaultdict[str, set[str]] = defaultdict(set)
    events = [event.value for event in DECIDING_EVENTS]
    query = select(AuditEntry.record, AuditEntry.text).where(col(AuditEntry.event).in_(events))
    for record, text in session.exec(query.execution_options(yield_per=1000)):
        facts: dict[str, Any] = json.loads(text)["facts"]
        for name in ("decision", "as_said"):
            people = facts.get(name, {}).get("people", {})
            digests[record or ""].update(person["digest"] for person in people.values())
    return digests


def _not_the_strictest(session: Session) -> str | None:
    outcomes: defaultdict[int, list[Outcome]] = defaultdict(list)
    for decision_id, outcome in session.exec(select(PersonDecision.decision_id, PersonDecision.outcome)):
        outcomes[decision_id].append(Outcome(outcome))
    query = select(CheckDecision, Check.reference).join(Check, col(Check.id) == col(CheckDecision.check_id))
    for decision, reference in session.exec(query.order_by(col(CheckDecision.id))):
        parts = outcomes.get(decision.id or 0)
        if not parts or strictest(parts).value != decision.outcome:
            return f"{reference} decision {decision.number}"
    return None
