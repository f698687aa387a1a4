"""What proposed limits would have changed among the decisions of the last 90 days: decided again from their frozen facts.

Each is decided under the limits in force now and under those proposed, so that what differs is the proposal's doing and nothing
else's. At most 5,000 decisions, the newest: a page waits for it, and the page says how many there were.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, func, select

from tracker.decisions.models import Check, CheckDecision, PersonDecision
from tracker.decisions.selectors import get_check, standing_of_check
from tracker.policy.decide import decide
from tracker.policy.entitlement import READERS_OF_EVERYTHING, Actor, Role, may_open_check
from tracker.policy.facts import CheckFacts, FactsError, read_facts
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import LIMITS, Limits, limits_as_json
from tracker.policy.vocabulary import Outcome, strictest
from tracker.rulebook.selectors import LimitsInForce

WINDOW = timedelta(days=90)
MOST = 5_000
MOST_NAMED = 20
"""Of how many checks that would come out otherwise the references are looked up."""

DECIDED_BY = frozenset(limit.name for limit in LIMITS if limit.used_by)
"""The limits that the decision of a single look rests on. Patterns and clocks rest on the others."""


@dataclass(frozen=True, slots=True)
class Move:
    """How many decisions would go from one outcome to another, and the references of their checks that the reader may open."""

    before: Outcome
    after: Outcome
    decisions: int
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WouldChange:
    """What came of deciding again. `alone`: how many decisions each changed limit changes by itself, by name.

    `untold`: the changed limits of which this can tell nothing. `unreadable`: decisions whose facts the rules of today cannot read.
    """

    since: datetime
    replayed: int
    in_all: int
    moves: tuple[Move, ...]
    alone: tuple[tuple[str, int], ...]
    untold: tuple[str, ...]
    unreadable: int = 0

    @property
    def changed(self) -> int:
        """How many decisions would have come out otherwise."""
        return sum(move.decisions for move in self.moves)


@dataclass(frozen=True, slots=True)
class _Kept:
    """One decision on a check, for everyone concerned."""

    check: str
    version: str
    outcome: Outcome
    facts: tuple[CheckFacts, ...]


def what_would_change(
    session: Session, wanted: Limits, in_force: LimitsInForce, *, to: Actor, now: datetime
) -> WouldChange:
    """Decides the decisions of the last 90 days again; `to` reads references of checks that they may open, and else numbers only."""
    since, now_limits = now - WINDOW, in_force.limits
    changed = _changed(now_limits, wanted)
    singly = {name: _with_one(now_limits, wanted, name) for name in changed if name in DECIDED_BY}
    found, alone = defaultdict[tuple[Outcome, Outcome], list[str]](list), Counter[str]()
    replayed = unreadable = 0
    for kept in _decisions(session, since) if singly else ():
        if kept is None:
            unreadable += 1
            continue
        replayed += 1
        same = kept.version == in_force.policy_version
        before = kept.outcome if same else _outcome(kept.facts, now_limits)
        after = _decided_otherwise(kept, before, now_limits, wanted, tuple(singly))
        if before is not after:
            found[before, after].append(kept.check)
        alone.update(
            name
            for name, limits in singly.items()
            if _decided_otherwise(kept, before, now_limits, limits, (name,)) is not before
        )
    return WouldChange(
        since=since,
        replayed=replayed,
        in_all=_count(session, since),
        moves=tuple(_moves(session, found, to, now)),
        alone=tuple((name, alone[name]) for name in singly),
        untold=tuple(name for name in changed if name not in DECIDED_BY),
        unreadable=unreadable,
    )


def _changed(now: Limits, wanted: Limits) -> tuple[str, ...]:
    before, after = limits_as_json(now), limits_as_json(wanted)
    return tuple(name for name in before if before[name] != after[name])


def _with_one(now: Limits, wanted: Limits, name: str) -> Limits:
    changes: dict[str, Any] = {name: getattr(wanted, name)}
    return replace(now, **changes)


def _outcome(each: Iterable[CheckFacts], limits: Limits) -> Outcome:
    return strictest(decide(facts, limits).outcome for facts in each)


def _decided_otherwise(kept: _Kept, before: Outcome, now: Limits, then: Limits, changed: Collection[str]) -> Outcome:
    """The outcome under other limits. Decided again only where a footing that uses a changed limit then says something else: no stop
    uses a limit, so nothing else can change the outcome."""
    rules = [rule for rule in FOOTINGS if not rule.limits.isdisjoint(changed)]
    if all(rule.judge(facts, now).gives is rule.judge(facts, then).gives for facts in kept.facts for rule in rules):
        return before
    return _outcome(kept.facts, then)


def _count(session: Session, since: datetime) -> int:
    return session.exec(select(func.count()).where(col(CheckDecision.recorded_at) >= since)).one()


def _decisions(session: Session, since: datetime) -> Iterator[_Kept | None]:
    """The newest decisions, the newest first; None for one whose facts cannot be read any more."""
    newest = (
        select(CheckDecision.id)
        .where(col(CheckDecision.recorded_at) >= since)
        .order_by(col(CheckDecision.id).desc())
        .limit(MOST)
    )
    query = (
        select(CheckDecision, Check.reference, PersonDecision)
        .join(Check, col(Check.id) == col(CheckDecision.check_id))
        .join(PersonDecision, col(PersonDecision.decision_id) == col(CheckDecision.id))
        .where(col(CheckDecision.id).in_(newest))
        .order_by(col(CheckDecision.id).desc(), col(PersonDecision.id))
        .options(load_only(PersonDecision.facts))  # type: ignore[arg-type]  # the answers are long, and not looked at
    )
    for _, rows in groupby(session.exec(query), key=lambda row: row[0].id):
        parts = list(rows)
        decision, check, _ = parts[0]
        try:
            facts = tuple(read_facts(part.facts) for _, _, part in parts)
        except FactsError:
            yield None
        else:
            yield _Kept(check, decision.policy_version, Outcome(decision.outcome), facts)


def _moves(
    session: Session, found: dict[tuple[Outcome, Outcome], list[str]], to: Actor, now: datetime
) -> Iterator[Move]:
    for before, after in sorted(found, key=lambda pair: (pair[0].strictness, pair[1].strictness)):
        checks = found[before, after]
        yield Move(before, after, len(checks), _that_they_may_open(session, checks, to, now))


def _that_they_may_open(session: Session, checks: list[str], to: Actor, now: datetime) -> tuple[str, ...]:
    """Only for Legal and those who read everything: others who propose or sign see numbers."""
    if not to.roles & (READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}):
        return ()
    first = list(dict.fromkeys(checks))[:MOST_NAMED]
    return tuple(
        one for one in first if may_open_check(to, standing_of_check(session, get_check(session, one), now=now))
    )
