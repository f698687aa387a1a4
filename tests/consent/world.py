"""People whom the council of the tests knows: enough of them for what is recorded above their records."""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session

from tests.fixtures.council import START, Council
from tests.fixtures.settling import SETTLED
from tracker.detection.services import link_records
from tracker.people.models import Person
from tracker.people.requests import Details, LinkedRecords, NewPerson, RestrictedPerson, TeamWork
from tracker.people.services import add_person, restrict_person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Relation
from tracker.staff.models import StaffMember
from tracker.storage.tables import saved_key

Made = TypeVar("Made")


class World:
    """Kit (a child), Rae (an adult) and Ash (of unknown age) are known to north; Lee (an adult) to south."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.kit = self.add("Kit Zzexample", date(2014, 5, 1))
        self.rae = self.add("Rae Zzexample", date(1988, 2, 29))
        self.ash = self.add("Ash Zzexample", None)
        self.lee = self.add("Lee Zzexample", date(1990, 1, 1), by=council.worker2)

    def by(self, member: StaffMember, at: datetime = START) -> Actor:
        """Who acts."""
        return self.council.actor(member, at=at)

    def write(self, do: Callable[[Session], Made]) -> Made:
        """Does it in a transaction of its own."""
        with self.council.database.transaction() as session:
            return do(session)

    def read(self, do: Callable[[Session], Made]) -> Made:
        """Does it in a session that refuses to write."""
        with self.council.database.reading() as session:
            return do(session)

    def link(self, one: Person, other: Person, now: datetime = START) -> None:
        """The two records are one person from now."""
        linked = LinkedRecords(person=one.reference, other=other.reference, why="The same day of birth")
        self.write(lambda session: link_records(session, linked, by=self.by(self.council.worker, now), now=now))

    def restrict(self, person: Person, now: datetime = START) -> None:
        """Only the manager of north may read the record from now."""
        manager = self.council.manager
        restricted = RestrictedPerson(
            person=person.reference, version=person.version, ask_whom="the head", readers=(manager.reference,)
        )
        self.write(lambda session: restrict_person(session, restricted, by=self.by(manager, now), now=now))

    def add(self, name: str, born: date | None, *, by: StaffMember | None = None) -> Person:
        """Somebody known to the team of `by` (the worker of north) since the council began."""
        worker = by or self.council.worker
        team = self.council.north if worker is self.council.worker else self.council.south
        work = TeamWork(
            team=team.reference,
            relation=Relation.SERVICE_USER,
            opened_on=date(2025, 1, 1),
            case_system="Mosaic",
            case_reference=secrets.token_hex(4),
        )
        new = NewPerson(details=Details(name=name, date_of_birth=born), involvement=work)
        return self.write(lambda session: add_person(session, new, by=self.by(worker, SETTLED), now=SETTLED))


def keys(*people: Person) -> list[int]:
    """The keys of people."""
    return [saved_key(person) for person in people]
