"""A few staff and people, made as bare rows: enough for the rooms above people, without the services of others."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from tracker.people.models import Involvement, Person, SamePersonLink
from tracker.policy.entitlement import Actor, Holding, Role
from tracker.policy.vocabulary import Relation
from tracker.rulebook.services import ship_lawful_bases, ship_limits
from tracker.staff.models import StaffMember, Team
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


@dataclass
class World:
    """Two teams, one member of staff for each part, and people by name."""

    north: int
    south: int
    people: dict[str, Person] = field(default_factory=dict)
    staff: dict[str, Actor] = field(default_factory=dict)

    def reference(self, name: str) -> str:
        return self.people[name].reference

    def key(self, name: str) -> int:
        return saved_key(self.people[name])

    def __getitem__(self, name: str) -> Actor:
        return self.staff[name]


def make_world(session: Session, now: datetime) -> World:
    """The world, with the shipped rulebook: Kit (a child) and Rae (an adult) known to north, Lee to south, Sam to nobody."""
    ship_limits(session, now=now)
    ship_lawful_bases(session, now=now)
    world = World(north=_team(session, "Family Help North", now), south=_team(session, "Family Help South", now))
    _staff(session, world, "worker", Role.SOCIAL_WORKER, world.north, now)
    _staff(session, world, "other_worker", Role.SOCIAL_WORKER, world.south, now)
    _staff(session, world, "manager", Role.TEAM_MANAGER, world.north, now)
    _staff(session, world, "legal", Role.LEGAL_REVIEWER, None, now)
    _staff(session, world, "officer", Role.AUTHORISING_OFFICER, None, now)
    _staff(session, world, "sro", Role.SENIOR_RESPONSIBLE_OFFICER, None, now)
    _staff(session, world, "admin", Role.ADMINISTRATOR, None, now)
    _person(session, world, "Kit", world.north, date(2014, 5, 1), now)
    _person(session, world, "Rae", world.north, date(1988, 2, 29), now)
    _person(session, world, "Lee", world.south, date(1990, 1, 1), now)
    _person(session, world, "Sam", None, None, now)
    return world


def link(session: Session, world: World, one: str, other: str, now: datetime) -> None:
    """Two records are one person from now."""
    lower, higher = sorted((world.key(one), world.key(other)))
    made = SamePersonLink(
        person_id=lower,
        other_id=higher,
        why="The same day of birth.",
        recorded_at=now,
        made_by=world["worker"].staff_id,
    )
    session.add(made)
    session.flush()


def restrict(session: Session, world: World, name: str) -> None:
    """A record that only its readers may open, and there are none."""
    person = world.people[name]
    person.restricted, person.ask_whom = True, "the service manager"
    session.add(person)
    session.flush()


def _team(session: Session, name: str, now: datetime) -> int:
    team = Team(reference=new_reference("TEA"), name=name, recorded_at=now)
    session.add(team)
    session.flush()
    return saved_key(team)


def _staff(session: Session, world: World, name: str, role: Role, team: int | None, now: datetime) -> None:
    member = StaffMember(
        reference=new_reference("STF"),
        email=f"{name}@staff.example",
        name=f"{name.capitalize()} Testperson",
        job_title="Tester",
        password_hash="none",  # noqa: S106 - nobody signs in with it
        recorded_at=now,
    )
    session.add(member)
    session.flush()
    world.staff[name] = Actor(saved_key(member), member.reference, member.name, (Holding(role, team),))


def _person(session: Session, world: World, name: str, team: int | None, born: date | None, now: datetime) -> None:
    worker = world["worker"].staff_id
    person = Person(
        reference=new_reference("PER"), name=f"{name} Example", date_of_birth=born, recorded_at=now, recorded_by=worker
    )
    session.add(person)
    session.flush()
    if team is not None:
        involved = Involvement(
            person_id=saved_key(person),
            team_id=team,
            relation=Relation.SERVICE_USER,
            case_system="Mosaic",
            case_reference=f"{name}-1",
            opened_on=date(2025, 1, 1),
            recorded_at=now,
            recorded_by=worker,
        )
        session.add(involved)
        session.flush()
    world.people[name] = person
