"""Every authority that is about a person's records, newest first; struck ones are left out."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from tracker.authorities.models import (
    AuthorisationReview,
    CourtOrder,
    CourtOrderPerson,
    LegalAdvice,
    NonRipaAuthorisation,
    NonRipaPerson,
    RipaAuthorisation,
    RipaPerson,
)


def list_advice(session: Session, members: Iterable[int]) -> list[LegalAdvice]:
    """Legal advice on any of these records. Privileged: show no more than that it was taken, and when."""
    mine = select(LegalAdvice).where(
        col(LegalAdvice.person_id).in_(list(members)), col(LegalAdvice.struck_at).is_(None)
    )
    return list(session.exec(mine.order_by(col(LegalAdvice.at).desc(), col(LegalAdvice.id).desc())))


def list_ripa_authorisations(session: Session, members: Iterable[int]) -> list[RipaAuthorisation]:
    """RIPA authorisations that name any of these records, approved or not."""
    named = select(RipaPerson.authorisation_id).where(col(RipaPerson.person_id).in_(list(members)))
    mine = select(RipaAuthorisation).where(
        col(RipaAuthorisation.id).in_(named), col(RipaAuthorisation.struck_at).is_(None)
    )
    return list(session.exec(mine.order_by(col(RipaAuthorisation.granted_at).desc(), col(RipaAuthorisation.id).desc())))


def list_non_ripa_authorisations(session: Session, members: Iterable[int]) -> list[NonRipaAuthorisation]:
    """Non-RIPA authorisations that name any of these records."""
    named = select(NonRipaPerson.authorisation_id).where(col(NonRipaPerson.person_id).in_(list(members)))
    mine = select(NonRipaAuthorisation).where(
        col(NonRipaAuthorisation.id).in_(named), col(NonRipaAuthorisation.struck_at).is_(None)
    )
    newest = (col(NonRipaAuthorisation.granted_at).desc(), col(NonRipaAuthorisation.id).desc())
    return list(session.exec(mine.order_by(*newest)))


def list_court_orders(session: Session, members: Iterable[int]) -> list[CourtOrder]:
    """Orders and directions of a court that name any of these records."""
    named = select(CourtOrderPerson.order_id).where(col(CourtOrderPerson.person_id).in_(list(members)))
    mine = select(CourtOrder).where(col(CourtOrder.id).in_(named), col(CourtOrder.struck_at).is_(None))
    return list(session.exec(mine.order_by(col(CourtOrder.recorded_at).desc(), col(CourtOrder.id).desc())))


def list_reviews(
    session: Session, authorisation: RipaAuthorisation | NonRipaAuthorisation
) -> list[AuthorisationReview]:
    """The reviews of an authorisation, the newest first; the first row of all was set at the grant."""
    is_ripa = isinstance(authorisation, RipaAuthorisation)
    kind = col(AuthorisationReview.ripa_id) if is_ripa else col(AuthorisationReview.non_ripa_id)
    newest = (col(AuthorisationReview.at).desc(), col(AuthorisationReview.id).desc())
    return list(session.exec(select(AuthorisationReview).where(kind == authorisation.id).order_by(*newest)))
