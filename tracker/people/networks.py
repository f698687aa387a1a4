"""A person's network: who belongs together within one step of family and household, and the locks of everyone in it.

Friends and associates are not in it: a person is seldom looked at for the sake of their friends, and a network of friends has
no end. A sealed record is in nobody's network, and nobody is in its own. Source: issue 4, "Who is the same person, who belongs
together"; ADR 0101.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.people.groups import (
    MOST_TRIES,
    PeopleBusyError,
    PersonGroup,
    ends_of,
    everyone_behind,
    groups_of,
    members_of,
    people_behind,
    with_doubts,
)
from tracker.people.models import FamilyLink, Person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.storage.kept import kept_each
from tracker.storage.locks import LockKind, locks_to_give_up, take_locks

IN_A_NETWORK = tuple(kind.value for kind in FamilyLinkKind if kind is not FamilyLinkKind.ASSOCIATE)
"""The kinds of link over which a network reaches: family of every kind, and household."""


@dataclass(frozen=True, slots=True)
class Networks:
    """`around`: of each person asked for, by key, everyone within one step, they themselves included. `groups`: of everybody in
    any of these networks, the records that count as them."""

    around: dict[int, tuple[int, ...]]
    groups: dict[int, tuple[int, ...]]

    def everyone(self) -> frozenset[int]:
        """The keys of everybody in any of these networks."""
        return frozenset(one for network in self.around.values() for one in network)


def network_of(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The keys of everyone within one step of each of these people, sorted: the records that count as them, and all records
    that count as any of their family and household, by the links that stand now."""
    return networks_of(session, person_ids).around


def networks_of(session: Session, person_ids: Iterable[int], *, over_seals: bool = False) -> Networks:
    """The groups and the networks of these people, in a small number of statements however many they are.

    `over_seals`: what Legal alone knows to be one person is one group; never to be shown to anybody but Legal.
    """
    groups_around = people_behind if over_seals else members_of
    own = groups_around(session, frozenset(person_ids))
    groups = {member: members for members in own.values() for member in members}
    related = _related(session, set(groups))
    others = {other for others in related.values() for other in others} - set(groups)
    for members in groups_around(session, others).values():
        groups.update((member, members) for member in members)
    around = {
        one: tuple(
            sorted({*members, *(key for member in members for other in related[member] for key in groups[other])})
        )
        for one, members in own.items()
    }
    return Networks(around, groups)


def lock_networks(session: Session, person_ids: Iterable[int]) -> dict[int, PersonGroup]:
    """As `lock_everyone`, with everyone in the networks of these people and of their sealed counterparts too, in the one sorted call.

    Family links are read again after the locks, as same-person links are: whoever adds either holds the locks of both ends.
    Raises `PeopleBusyError`, `NoSuchRecordError`.
    """
    wanted = frozenset(person_ids)
    take_network_locks(session, wanted)
    return groups_of(session, wanted)


def take_network_locks(session: Session, person_ids: Iterable[int]) -> None:
    """The same, for whoever reads nothing of the people themselves. Raises `PeopleBusyError`."""
    wanted = frozenset(person_ids)
    for _ in range(MOST_TRIES):
        behind = everyone_behind(session, wanted)
        before, doubted = networks_of(session, behind), with_doubts(session, behind)
        with locks_to_give_up(session) as give_up:
            take_locks(session, LockKind.PERSON, before.everyone() | doubted)
            as_before = everyone_behind(session, wanted) == behind and networks_of(session, behind) == before
            as_before = as_before and with_doubts(session, behind) == doubted
            if not as_before:
                give_up()
        if as_before:
            return
    raise PeopleBusyError("the links of these people kept changing")


def _related(session: Session, keys: Iterable[int]) -> dict[int, frozenset[int]]:
    """With whom each of these records is linked directly, neither end being sealed."""

    def _read(wanted: list[int]) -> dict[int, frozenset[int]]:
        return ends_of(wanted, session.execute(_standing_links(), {"keys": sorted(wanted)}))

    return kept_each(session, "_related", keys, _read)


@cache
def _standing_links() -> Select[int, int]:
    """Both ends of the links that stand and have one of `keys` at an end. Built once: every use-case asks it several times."""
    one, other = aliased(Person), aliased(Person)
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    return (
        select(col(FamilyLink.person_id), col(FamilyLink.other_id))
        .join(one, col(one.id) == col(FamilyLink.person_id))
        .join(other, col(other.id) == col(FamilyLink.other_id))
        .where(
            col(FamilyLink.person_id).in_(keys) | col(FamilyLink.other_id).in_(keys),
            col(FamilyLink.ended_at).is_(None),
            col(FamilyLink.kind).in_(IN_A_NETWORK),
            col(one.sealed).is_(False),
            col(other.sealed).is_(False),
        )
    )
