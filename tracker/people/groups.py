"""Records that are one person: which records belong together, and the locks of everyone a use-case concerns.

A group is everyone who can be reached over standing same-person links. Source: policy.md, "Linked records are one person".

What Legal alone knows to be the same person as a sealed record (its counterpart) is in no group. `everyone_behind` reaches over that
too: for locks, and for what crosses only as "ask Legal". Source: issue 5, "Sealed records"; ADR 0152.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.people.doubts import ends_in_doubt
from tracker.people.models import Person, SamePersonLink, SealedCounterpart
from tracker.storage.kept import kept, kept_each
from tracker.storage.locks import LockKind, locks_to_give_up, take_locks
from tracker.storage.tables import NoSuchRecordError

MOST_TRIES = 10
"""How often the locks are taken again because links changed meanwhile, before the request is told to come back."""


class PeopleBusyError(Exception):
    """The links of these people kept changing while their locks were awaited; nothing was done, and it may be tried again."""


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """Records that count as one person. `key` is the reference of the member with the lowest key, `members` are keys, sorted.

    `records` are the members' rows in the same order, as they were when the group was read.
    """

    key: str
    members: tuple[int, ...]
    records: tuple[Person, ...] = field(default=(), repr=False, compare=False)

    @property
    def is_restricted(self) -> bool:
        """Whether any of the records is."""
        return any(one.restricted for one in self.records)


def lock_everyone(session: Session, person_ids: Iterable[int]) -> dict[int, PersonGroup]:
    """Takes the locks of everyone in the groups of these people, of their sealed counterparts, and of whoever may be the same person
    (`with_doubts`), in one sorted call; gives the group of each id asked for.

    After taking them the links are read again: where they changed meanwhile the locks are given up and taken anew.
    Call once a transaction, after the submission's lock. Raises `PeopleBusyError` after `MOST_TRIES`,
    `NoSuchRecordError` for a key that is no person's.
    """
    wanted = frozenset(person_ids)
    return groups_of(session, wanted, members=take_everyones_locks(session, wanted))


def take_everyones_locks(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The same, for whoever reads the people themselves later: gives the keys of the group of each. Raises `PeopleBusyError`."""
    wanted = frozenset(person_ids)
    for _ in range(MOST_TRIES):
        before = _members_of(session, wanted)
        behind = with_doubts(session, _behind(session, before))
        with locks_to_give_up(session) as give_up:
            take_locks(session, LockKind.PERSON, behind)
            as_before = links_still_as(session, before) and with_doubts(session, _behind(session, before)) == behind
            if not as_before:
                give_up()
        if as_before:
            return before
    raise PeopleBusyError("the links of these people kept changing")


def group_of(session: Session, person_id: int, *, at: datetime | None = None) -> PersonGroup:
    """The group of one person by the links that stand now, or that stood at the instant `at`.

    Raises `NoSuchRecordError` where there is no such person.
    """
    if at is None:
        return groups_of(session, [person_id])[person_id]

    def _read() -> PersonGroup:
        return _group(session, _members_of(session, {person_id}, at=at)[person_id])

    return kept(session, ("group_of", person_id, at), _read)


def groups_of(
    session: Session, person_ids: Iterable[int], *, members: Mapping[int, tuple[int, ...]] | None = None
) -> dict[int, PersonGroup]:
    """The group of each of these people by the links that stand now; `members`: their keys, where somebody has just read them."""

    def _read(wanted: list[int]) -> dict[int, PersonGroup]:
        known = _members_of(session, wanted) if members is None else {one: members[one] for one in wanted}
        return _groups(session, known)

    return kept_each(session, "groups_of", person_ids, _read)


def members_of(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The keys of the group of each of these people, sorted, by the links that stand now; reads no record."""
    wanted = frozenset(person_ids)
    return kept(session, ("members_of", wanted), lambda: _members_of(session, wanted))


def everyone_behind(session: Session, person_ids: Iterable[int], *, at: datetime | None = None) -> frozenset[int]:
    """The keys of every record that is the same person as one of these, whether anybody but Legal may know it or not: by the links
    and counterparts that stand now, or stood at the instant `at`. Never to be shown to anybody but Legal."""
    groups = _members_of(session, frozenset(person_ids), at=at)
    return behind_groups(session, {member for members in groups.values() for member in members}, at=at)


def behind_groups(session: Session, members: Iterable[int], *, at: datetime | None = None) -> frozenset[int]:
    """As `everyone_behind`, of people whose whole groups are known: these are their keys."""
    whole = frozenset(members)
    if whole.isdisjoint(_with_counterparts(session)):
        return whole
    return frozenset(_neighbours(session, whole, at=at, over_seals=True))


def group_beyond(session: Session, group: PersonGroup, *, at: datetime) -> PersonGroup | None:
    """The records that Legal alone knows to be the same person as this group, by what stood at an instant; None where there are
    none. Never to be shown to anybody but Legal."""
    beyond = behind_groups(session, group.members, at=at) - set(group.members)
    return _group(session, tuple(sorted(beyond))) if beyond else None


def groups_in_doubt(
    session: Session, group: PersonGroup, *, at: datetime, asked_by: Collection[int] = ()
) -> list[PersonGroup]:
    """The groups that may be the same person as this one, by what stood at an instant (doubts.py), for a check that these of the staff
    asked for or are to look in; none with a sealed record in it."""
    if any(record.sealed for record in group.records):
        return []
    mine = set(group.members)
    others = sorted(ends_in_doubt(session, mine, at=at, asked_by=asked_by) - mine)
    found = {one.members: one for one in (group_of(session, other, at=at) for other in others)}
    return [
        one
        for members, one in sorted(found.items())
        if mine.isdisjoint(members) and not any(record.sealed for record in one.records)
    ]


def with_doubts(session: Session, behind: frozenset[int]) -> frozenset[int]:
    """These people (keys), and every record that is the same as one with whom they are in doubt: they are locked together."""
    ends = ends_in_doubt(session, behind) - behind
    return behind | everyone_behind(session, ends) if ends else behind


def people_behind(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """As `members_of`, over counterparts too. Never to be shown to anybody but Legal."""
    if not _with_counterparts(session):
        return members_of(session, person_ids)
    neighbours = _neighbours(session, person_ids, at=None, over_seals=True)
    return {one: _reachable(one, neighbours) for one in person_ids}


def links_still_as(session: Session, before: dict[int, tuple[int, ...]]) -> bool:
    """Whether the links, read again now that the locks are held, make the same groups as before the wait."""
    return _members_of(session, before) == before


def _members_of(
    session: Session, person_ids: Iterable[int], *, at: datetime | None = None
) -> dict[int, tuple[int, ...]]:
    neighbours = _neighbours(session, person_ids, at=at)
    return {one: _reachable(one, neighbours) for one in person_ids}


def _neighbours(
    session: Session, person_ids: Iterable[int], *, at: datetime | None, over_seals: bool = False
) -> dict[int, frozenset[int]]:
    """Everyone who can be reached from these people, with whom each is linked directly."""
    neighbours: dict[int, frozenset[int]] = {}
    fringe = set(person_ids)
    while fringe:
        if at is None:
            found = _linked_with(session, fringe)
        else:
            found = ends_of(fringe, _links_touching(session, fringe, at=at, over_seals=over_seals))
        if over_seals:
            beyond = ends_of(fringe, _counterparts_touching(session, fringe, at=at))
            found = {one: others | beyond[one] for one, others in found.items()}
        neighbours.update(found)
        fringe = {other for others in found.values() for other in others} - neighbours.keys()
    return neighbours


def _linked_with(session: Session, ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """With whom each of these records is linked directly, by the links that stand now. None that stands touches a sealed record."""

    def _read(wanted: list[int]) -> dict[int, frozenset[int]]:
        return ends_of(wanted, session.execute(_standing_links(), {"keys": sorted(wanted)}))

    return kept_each(session, "_linked_with", ids, _read)


def ends_of(ids: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """Who stands opposite each of these in the pairs."""
    found: dict[int, set[int]] = {one: set() for one in ids}
    for one, other in pairs:
        if one in found:
            found[one].add(other)
        if other in found:
            found[other].add(one)
    return {one: frozenset(others) for one, others in found.items()}


def _links_touching(
    session: Session, ids: set[int], *, at: datetime, over_seals: bool = False
) -> list[tuple[int, int]]:
    """Links that stood then. Those of them that touched a sealed record are left out too, unless `over_seals`: they would tell."""
    one, other, undone = col(SamePersonLink.person_id), col(SamePersonLink.other_id), col(SamePersonLink.undone_at)
    query = select(one, other).where(one.in_(ids) | other.in_(ids))
    query = query.where(col(SamePersonLink.recorded_at) <= at, undone.is_(None) | (undone > at))
    if not over_seals:
        ends = select(Person.id).where(col(Person.id).in_([one, other]), col(Person.sealed).is_(True))
        query = query.where(~ends.exists())
    rows = session.execute(query).all()
    return [(row[0], row[1]) for row in rows]


@cache
def _standing_links() -> Select[int, int]:
    """Both ends of the links that stand and have one of `keys` at an end. Built once: every use-case asks it several times."""
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    one, other = col(SamePersonLink.person_id), col(SamePersonLink.other_id)
    standing = col(SamePersonLink.undone_at).is_(None)
    return select_columns(one, other).where(one.in_(keys) | other.in_(keys), standing)


def _behind(session: Session, groups: dict[int, tuple[int, ...]]) -> frozenset[int]:
    return behind_groups(session, (member for members in groups.values() for member in members))


def _with_counterparts(session: Session) -> frozenset[int]:
    """The keys of all records that have, or ever had, a counterpart: few in any council."""

    def _read() -> frozenset[int]:
        return frozenset(end for pair in session.execute(_all_counterparts()) for end in pair)

    return kept(session, ("_with_counterparts",), _read)


@cache
def _all_counterparts() -> Select[int, int]:
    """Both ends of each, standing or ended. Built once: every lock of people asks for it."""
    return select_columns(col(SealedCounterpart.person_id), col(SealedCounterpart.other_id))


def _counterparts_touching(session: Session, ids: set[int], *, at: datetime | None) -> list[tuple[int, int]]:
    one, other, ended = (
        col(SealedCounterpart.person_id),
        col(SealedCounterpart.other_id),
        col(SealedCounterpart.ended_at),
    )
    query = select(one, other).where(one.in_(ids) | other.in_(ids))
    if at is None:
        query = query.where(ended.is_(None))
    else:
        query = query.where(col(SealedCounterpart.recorded_at) <= at, ended.is_(None) | (ended > at))
    return [(row[0], row[1]) for row in session.execute(query).all()]


@cache
def _people() -> SelectOfScalar[Person]:
    """The records of `keys` as they are now, whatever was read of them before. Built once: nearly every page asks for some."""
    some: BindParameter[int] = bindparam("keys", expanding=True)
    return select(Person).where(col(Person.id).in_(some)).execution_options(populate_existing=True)


def _reachable(start: int, neighbours: Mapping[int, frozenset[int]]) -> tuple[int, ...]:
    reached, fringe = {start}, [start]
    while fringe:
        new = neighbours[fringe.pop()] - reached
        reached |= new
        fringe.extend(new)
    return tuple(sorted(reached))


def _group(session: Session, members: tuple[int, ...]) -> PersonGroup:
    return _groups(session, {members[0]: members})[members[0]]


def _groups(session: Session, members_of_each: dict[int, tuple[int, ...]]) -> dict[int, PersonGroup]:
    """The groups with the records in them, all read at once. Raises `NoSuchRecordError` where one is not there."""
    wanted = {member for members in members_of_each.values() for member in members}
    rows = {row.id: row for row in session.exec(_people(), params={"keys": sorted(wanted)})} if wanted else {}
    if len(rows) != len(wanted):
        raise NoSuchRecordError("there is no such person")
    return {
        one: PersonGroup(rows[members[0]].reference, members, tuple(rows[member] for member in members))
        for one, members in members_of_each.items()
    }
