"""People for the tests, made through the services by somebody of the test's council."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from tests.fixtures.council import START, Council
from tests.fixtures.numbers import own_numbers
from tests.fixtures.settling import SETTLED
from tracker.audit.events import Event
from tracker.audit.models import AuditContent, AuditEntry
from tracker.detection.services import link_records
from tracker.people.models import Person
from tracker.people.requests import Details, LinkedRecords, NewPerson, RestrictedPerson, TeamWork, TypedProfile
from tracker.people.services import add_person, restrict_person
from tracker.policy.vocabulary import Relation
from tracker.staff.models import StaffMember, Team

OPENED = date(2026, 10, 1)
_cases = own_numbers(70001)


def work_of(team: Team, *, reference: str | None = "", opened_on: date = OPENED) -> TeamWork:
    """Work with a service user under a case reference of its own, or under the one given; None: no case."""
    if reference is None:
        return TeamWork(team=team.reference, relation=Relation.NO_CASE, opened_on=opened_on)
    return TeamWork(
        team=team.reference,
        relation=Relation.SERVICE_USER,
        opened_on=opened_on,
        case_system="Zzcase",
        case_reference=reference or f"ZZ-{next(_cases)}",
    )


def put_person(
    session: Session,
    council: Council,
    name: str | None = "Kit Zzexample",
    *,
    by: StaffMember | None = None,
    work: TeamWork | None = None,
    profile: TypedProfile | None = None,
    at: datetime = SETTLED,
    **details: Any,
) -> Person:
    """Adds a person, by the worker of North unless somebody else is named."""
    new = NewPerson(details=Details(name=name, **details), involvement=work or work_of(council.north), profile=profile)
    return add_person(session, new, by=council.actor(by or council.worker), now=at)


def put_people(council: Council, *names: str, **more: Any) -> list[Person]:
    """Adds several people of the same kind in one transaction."""
    with council.database.transaction() as session:
        return [put_person(session, council, name, **more) for name in names]


def put_link(session: Session, council: Council, one: Person, other: Person, *, at: datetime = START) -> str:
    """Links two records as one person; returns the link's reference."""
    linked = LinkedRecords(person=one.reference, other=other.reference, why="The same date of birth and address")
    return link_records(session, linked, by=council.actor(council.worker), now=at).reference


def restrict(session: Session, council: Council, person: Person, *readers: StaffMember) -> Person:
    """Restricts a record to these readers, by North's manager, who stays one of them."""
    restricted = RestrictedPerson(
        person=person.reference,
        version=person.version,
        ask_whom="Zzgatekeeper, extension 4411",
        readers=tuple(one.reference for one in (council.manager, *readers)),
    )
    return restrict_person(session, restricted, by=council.actor(council.manager), now=SETTLED)


def events(session: Session, event: Event) -> list[tuple[AuditEntry, str]]:
    """The entries of one kind in the trail, with the erasable text beside each."""
    query = select(AuditEntry, AuditContent.text).join(AuditContent, AuditContent.seq == AuditEntry.seq)  # type: ignore[arg-type]
    return list(session.exec(query.where(AuditEntry.event == event.value).order_by(AuditEntry.seq)))  # type: ignore[arg-type]
