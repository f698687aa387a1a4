"""The people whose looks are read: those asked about, their networks, and the networks of everybody in those.

Two steps out, so that every network with one of those asked about in it is read whole; the outermost are read only for the sake
of such a network and are the centre of none. Source: ADR 0101.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from tracker.people.groups import members_of, people_behind
from tracker.people.models import Person
from tracker.people.networks import networks_of

NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True)
class Circle:
    """Who is who among the people read. A person is named by the reference of the lowest record of their group.

    `asked`: those asked about. `networks`: of each centre the whole network; the outermost map to nobody. `over_seals`: what Legal
    alone knows to be one person is one here, so that nothing of it may be told to anybody else.
    """

    asked: frozenset[str]
    networks: dict[str, frozenset[str]]
    members: dict[str, tuple[int, ...]] = field(default_factory=dict)
    over_seals: bool = False
    _name_of: dict[int, str] = field(default_factory=dict)

    def everyone(self) -> frozenset[int]:
        """The keys of every record read."""
        return frozenset(self._name_of)

    def name_of(self, person_id: int) -> str:
        """By what name a record's person is known. Raises `KeyError` for somebody who has not been read."""
        return self._name_of[person_id]

    def names_of(self, person_ids: Iterable[int]) -> frozenset[str]:
        """The names of those of these records that have been read."""
        return frozenset(self._name_of[one] for one in person_ids if one in self._name_of)

    def keys_of(self, names: Iterable[str]) -> frozenset[int]:
        """The keys of every record of these people."""
        return frozenset(key for name in names for key in self.members[name])

    def meet(self, session: Session, person_ids: Iterable[int]) -> None:
        """Reads who further people are; they are asked about by nobody and the centre of no network."""
        strangers = set(person_ids) - self._name_of.keys()
        self._read(session, (people_behind if self.over_seals else members_of)(session, strangers))
        for name in self.names_of(strangers):
            self.networks.setdefault(name, NOBODY)

    def _read(self, session: Session, groups: dict[int, tuple[int, ...]]) -> None:
        firsts = {members[0]: members for members in groups.values()}
        if not firsts:
            return
        for first, name in session.execute(_names(), {"keys": sorted(firsts)}):
            members = firsts[first or 0]
            self.members[name] = members
            self._name_of.update((member, name) for member in members)


@cache
def _names() -> Select[int | None, str]:
    """The references of the records of `keys`. Built once: every use-case that looks for patterns asks it several times."""
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    return select_columns(col(Person.id), col(Person.reference)).where(col(Person.id).in_(keys))


def read_circle(session: Session, people: Iterable[int], *, over_seals: bool = False) -> Circle:
    """Who is around these people (keys), in a number of statements that does not grow with how many they are."""
    asked = frozenset(people)
    near = networks_of(session, asked, over_seals=over_seals)
    wide = networks_of(session, near.everyone(), over_seals=over_seals)
    circle = Circle(NOBODY, {}, over_seals=over_seals)
    circle._read(session, wide.groups)
    circle.asked = circle.names_of(asked)
    circle.networks = dict.fromkeys(circle.members, NOBODY)
    for centre, around in wide.around.items():
        circle.networks[circle.name_of(centre)] = circle.names_of(around)
    return circle
