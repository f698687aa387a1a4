"""Finding one authority, and whom it names."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from tracker.authorities.models import (
    Application,
    ApplicationPerson,
    CourtOrder,
    CourtOrderCorrection,
    CourtOrderPerson,
    LegalAdvice,
    NonRipaAuthorisation,
    NonRipaPerson,
    RipaAuthorisation,
    RipaPerson,
)
from tracker.people.models import Person
from tracker.storage.tables import NoSuchRecordError

Authority = RipaAuthorisation | NonRipaAuthorisation | CourtOrder
Naming = Authority | Application
"""What names people."""


def get_ripa(session: Session, reference: str) -> RipaAuthorisation:
    """The RIPA authorisation with that reference. Raises `NoSuchRecordError`."""
    found = session.exec(select(RipaAuthorisation).where(RipaAuthorisation.reference == reference)).first()
    if found is None:
        raise NoSuchRecordError("there is no such authorisation")
    return found


def get_non_ripa(session: Session, reference: str) -> NonRipaAuthorisation:
    """The non-RIPA authorisation with that reference. Raises `NoSuchRecordError`."""
    found = session.exec(select(NonRipaAuthorisation).where(NonRipaAuthorisation.reference == reference)).first()
    if found is None:
        raise NoSuchRecordError("there is no such authorisation")
    return found


def get_authorisation(session: Session, reference: str) -> RipaAuthorisation | NonRipaAuthorisation:
    """The authorisation with that reference, RIPA or not. Raises `NoSuchRecordError`."""
    try:
        return get_ripa(session, reference)
    except NoSuchRecordError:
        return get_non_ripa(session, reference)


def get_application(session: Session, reference: str) -> Application:
    """The application with that reference. Raises `NoSuchRecordError`."""
    found = session.exec(select(Application).where(Application.reference == reference)).first()
    if found is None:
        raise NoSuchRecordError("there is no such application")
    return found


def find_application_of(session: Session, granted: RipaAuthorisation | NonRipaAuthorisation) -> Application | None:
    """The application that an authorisation was granted on; None for one that was recorded without."""
    is_ripa = isinstance(granted, RipaAuthorisation)
    answer = col(Application.ripa_id) if is_ripa else col(Application.non_ripa_id)
    return session.exec(select(Application).where(answer == granted.id)).first()


def find_correction_of(session: Session, reported: CourtOrder) -> CourtOrder | None:
    """What the sealed copy of a reported order says, where that is something else."""
    corrected = select(CourtOrderCorrection.corrected_id).where(CourtOrderCorrection.reported_id == reported.id)
    return session.exec(select(CourtOrder).where(col(CourtOrder.id).in_(corrected))).first()


def find_reported_of(session: Session, corrected: CourtOrder) -> CourtOrder | None:
    """The report that an order puts right, because its sealed copy says something else."""
    reported = select(CourtOrderCorrection.reported_id).where(CourtOrderCorrection.corrected_id == corrected.id)
    return session.exec(select(CourtOrder).where(col(CourtOrder.id).in_(reported))).first()


def get_order(session: Session, reference: str) -> CourtOrder:
    """The court's order with that reference. Raises `NoSuchRecordError`."""
    found = session.exec(select(CourtOrder).where(CourtOrder.reference == reference)).first()
    if found is None:
        raise NoSuchRecordError("there is no such order")
    return found


def get_advice(session: Session, reference: str) -> LegalAdvice:
    """Legal's advice with that reference. Raises `NoSuchRecordError`."""
    found = session.exec(select(LegalAdvice).where(LegalAdvice.reference == reference)).first()
    if found is None:
        raise NoSuchRecordError("there is no such advice")
    return found


def list_named(session: Session, authority: Naming) -> tuple[Person, ...]:
    """The people whom an authorisation, an order or an application names, in a fixed order."""
    by, person = _NAMING[type(authority)]
    named = select(person).where(by == authority.id)
    return tuple(session.exec(select(Person).where(col(Person.id).in_(named)).order_by(col(Person.id))))


def named_by(session: Session, kind: type[Naming], keys: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The keys of those whom each of several authorities of one kind (keys) names, in the same order."""
    by, person = _NAMING[kind]
    found: dict[int, list[int]] = {key: [] for key in keys}
    for key, person_id in session.exec(select(by, person).where(by.in_(found)).order_by(person)):
        found[key].append(person_id)
    return {key: tuple(people) for key, people in found.items()}


def named_for_officers(session: Session, people: Collection[int]) -> frozenset[int]:
    """Which of these people (keys) an authorisation or an application for one names, but for authorisations struck as an error and
    applications that were withdrawn."""
    standing: dict[type[Naming], Any] = {
        RipaAuthorisation: select(RipaAuthorisation.id).where(col(RipaAuthorisation.struck_at).is_(None)),
        NonRipaAuthorisation: select(NonRipaAuthorisation.id).where(col(NonRipaAuthorisation.struck_at).is_(None)),
        Application: select(Application.id).where(col(Application.withdrawn_at).is_(None)),
    }
    found: set[int] = set()
    for kind, keys in standing.items():
        by, person = _NAMING[kind]
        found |= set(session.exec(select(person).where(person.in_(people), by.in_(keys))))
    return frozenset(found)


def advisers_about(session: Session, groups: Mapping[int, Iterable[int]]) -> dict[int, frozenset[int]]:
    """Keys of who recorded advice as Legal about any of these records (keys of groups), each under the key that the group comes
    with."""
    wanted = {key: frozenset(members) for key, members in groups.items()}
    everybody = frozenset[int]().union(*wanted.values())
    query = select(LegalAdvice.person_id, LegalAdvice.recorded_by).where(col(LegalAdvice.person_id).in_(everybody))
    rows = session.exec(query).all() if everybody else []
    return {key: frozenset(who for person_id, who in rows if person_id in members) for key, members in wanted.items()}


_NAMING: dict[type[Naming], tuple[Any, Any]] = {
    RipaAuthorisation: (col(RipaPerson.authorisation_id), col(RipaPerson.person_id)),
    NonRipaAuthorisation: (col(NonRipaPerson.authorisation_id), col(NonRipaPerson.person_id)),
    CourtOrder: (col(CourtOrderPerson.order_id), col(CourtOrderPerson.person_id)),
    Application: (col(ApplicationPerson.application_id), col(ApplicationPerson.person_id)),
}
"""Where it is kept whom each kind names."""
