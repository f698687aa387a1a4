"""Finding one authority, and whom it names."""

from sqlmodel import Session, col, select

from tracker.authorities.models import (
    CourtOrder,
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


def list_named(session: Session, authority: Authority) -> tuple[Person, ...]:
    """The people whom an authorisation or an order names, in a fixed order."""
    match authority:
        case RipaAuthorisation():
            named = select(RipaPerson.person_id).where(RipaPerson.authorisation_id == authority.id)
        case NonRipaAuthorisation():
            named = select(NonRipaPerson.person_id).where(NonRipaPerson.authorisation_id == authority.id)
        case CourtOrder():
            named = select(CourtOrderPerson.person_id).where(CourtOrderPerson.order_id == authority.id)
    return tuple(session.exec(select(Person).where(col(Person.id).in_(named)).order_by(col(Person.id))))
