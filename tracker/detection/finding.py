"""What is found about some people, and what of it is new. Reads only; what follows from it is for services/."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.detection.facts import LedgerFacts, read_facts
from tracker.detection.selectors import list_recorded, list_releases
from tracker.people.groups import members_of, people_behind
from tracker.people.selectors import sealed_among
from tracker.policy.limits import Limits
from tracker.policy.patterns import Found, NewFinding, find_patterns, new_findings
from tracker.storage.tables import saved_key

Family = tuple[int, ...]
"""Keys of people who are looked at together."""

TOGETHER = 400
"""How many people are read at once: more than that make neither database faster, and each has a most of keys that it takes."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was found about a family that is not on record: `found` by key. `named` are the keys of everybody named in it, `around` of
    them and of everybody whose looks were read for it: two who share an address may be of no one family. All as of the session that
    read it; whoever acts on it later asks first whether anything has happened to them since."""

    facts: LedgerFacts
    found: dict[str, Found]
    named: frozenset[int]
    around: frozenset[int]


def found_in(facts: LedgerFacts, limits: Limits) -> dict[str, Found]:
    """Everything that the patterns find, by key."""
    return {one.key: one for each in facts.readings for one in find_patterns(each.facts, limits, only=each.only)}


def crosses_a_seal(session: Session, found: Found, facts: LedgerFacts) -> bool:
    """Whether it is about a sealed record and somebody else: then nobody but Legal may learn that the two meet in it."""
    return len(found.people) > 1 and bool(sealed_among(session, facts.circle.keys_of(found.people)))


def not_on_record(
    session: Session, found: dict[str, Found], facts: LedgerFacts, *, for_legal_alone: bool = False
) -> list[NewFinding]:
    """What is to be acted on, in the order of the keys, so that two runs take the same rows in the same order.

    What only Legal was told of holds back nothing of what everybody is told.
    """
    looks = {saved_key(facts.looks[look]) for one in found.values() for look in one.views}
    recorded = list_recorded(session, looks, facts.circle, for_legal_alone=for_legal_alone)
    releases = list_releases(session, looks)
    return sorted(new_findings(found.values(), recorded, releases), key=lambda one: one.found.key)


def look_ahead(
    session: Session, families: Sequence[Family], limits: Limits, *, now: datetime
) -> Iterator[tuple[Family, Ahead | None]]:
    """The families about whom there is something new, with what it is; None where a sealed record is in it, so that all has to be
    looked at anew. A table at a time for many families: one about whom nothing is new, as most, costs next to nothing."""
    some: list[Family] = []
    for family in families:
        some.append(family)
        if sum(map(len, some)) >= TOGETHER:
            yield from _look_ahead(session, some, limits, now=now)
            some = []
    if some:
        yield from _look_ahead(session, some, limits, now=now)


def _look_ahead(
    session: Session, families: Sequence[Family], limits: Limits, *, now: datetime
) -> Iterator[tuple[Family, Ahead | None]]:
    people = frozenset(one for family in families for one in family)
    facts = read_facts(session, people, limits, now=now)
    found = found_in(facts, limits)
    new = not_on_record(session, found, facts) if found else []
    groups, behind = members_of(session, people), people_behind(session, people)
    sealed = sealed_among(session, facts.circle.keys_of(name for one in found.values() for name in one.people))
    shares = _shared_out(families, [one.found for one in new], facts)
    for family, theirs in shares.items():
        hidden = any(behind.get(one) != groups.get(one) for one in family)
        named = facts.circle.keys_of({name for one in theirs for name in one.people})
        if hidden or not sealed.isdisjoint(named):
            yield family, None
        elif theirs:
            yield family, Ahead(facts, {one.key: one for one in theirs}, named, _around(facts, family) | named)


def _shared_out(families: Iterable[Family], new: Iterable[Found], facts: LedgerFacts) -> dict[Family, list[Found]]:
    """Each finding to the first family that has a part in it; to its own people where none has."""
    shares: dict[Family, list[Found]] = {family: [] for family in families}
    whose = {one: family for family in shares for one in family}
    for found in new:
        keys = tuple(sorted(facts.circle.keys_of(found.people)))
        shares.setdefault(next((whose[key] for key in keys if key in whose), keys), []).append(found)
    return shares


def _around(facts: LedgerFacts, people: Collection[int]) -> frozenset[int]:
    circle = facts.circle
    near = {name for one in circle.names_of(people) for name in circle.networks[one]}
    return circle.keys_of({name for one in near for name in circle.networks[one]} | near)
