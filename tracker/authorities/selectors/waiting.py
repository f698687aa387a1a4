"""What waits about authorities: applications for the officer, hearings and sealed copies for Legal, reviews and ends."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from tracker.authorities.models import (
    Application,
    CourtOrder,
    JpHearing,
    NonRipaAuthorisation,
    RipaAuthorisation,
)
from tracker.authorities.selectors.as_facts import last_day_of
from tracker.policy.periods import london_day


def list_applications_waiting(session: Session) -> list[Application]:
    """The applications that nobody has granted, refused or withdrawn, the oldest first."""
    answered = col(Application.ripa_id).is_not(None) | col(Application.non_ripa_id).is_not(None)
    ended = col(Application.refused_at).is_not(None) | col(Application.withdrawn_at).is_not(None)
    query = select(Application).where(~answered, ~ended)
    return list(session.exec(query.order_by(col(Application.recorded_at), col(Application.id))))


def list_applications_not_granted(session: Session) -> list[Application]:
    """The applications that were refused or withdrawn, the newest first: they are part of the central record."""
    ended = func.coalesce(col(Application.refused_at), col(Application.withdrawn_at))
    query = select(Application).where(ended.is_not(None))
    return list(session.exec(query.order_by(ended.desc(), col(Application.id).desc())))


def list_waiting_for_a_justice(session: Session) -> list[RipaAuthorisation]:
    """The RIPA authorisations that were granted and on which no justice's decision is recorded, the oldest first."""
    heard = select(JpHearing.authorisation_id)
    query = select(RipaAuthorisation).where(
        col(RipaAuthorisation.id).not_in(heard),
        col(RipaAuthorisation.cancelled_at).is_(None),
        col(RipaAuthorisation.struck_at).is_(None),
    )
    return list(session.exec(query.order_by(col(RipaAuthorisation.granted_at), col(RipaAuthorisation.id))))


def list_not_ended(session: Session, *, now: datetime) -> list[tuple[RipaAuthorisation | NonRipaAuthorisation, date]]:
    """The authorisations that were neither cancelled nor struck and whose last day is not over, each with its last day; the
    first to end at the top. A RIPA authorisation without approval has no last day and is not among them."""
    return [(one, last_day) for one, last_day in list_not_cancelled(session) if last_day >= london_day(now)]


def list_not_cancelled(session: Session) -> list[tuple[RipaAuthorisation | NonRipaAuthorisation, date]]:
    """The same, and those whose last day is over."""
    ripa = select(RipaAuthorisation).where(
        col(RipaAuthorisation.cancelled_at).is_(None), col(RipaAuthorisation.struck_at).is_(None)
    )
    outside = select(NonRipaAuthorisation).where(
        col(NonRipaAuthorisation.cancelled_at).is_(None), col(NonRipaAuthorisation.struck_at).is_(None)
    )
    approved = [(one, last_day_of(session, one)) for one in session.exec(ripa).all()]
    found: list[tuple[RipaAuthorisation | NonRipaAuthorisation, date]] = [
        *((one, last_day) for one, last_day in approved if last_day is not None),
        *((one, one.until_on) for one in session.exec(outside).all()),
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0].granted_at, pair[0].reference))


def list_orders_not_seen(session: Session) -> list[CourtOrder]:
    """The court's orders that were reported and whose sealed copy nobody has seen, the oldest first."""
    query = select(CourtOrder).where(col(CourtOrder.seen_at).is_(None), col(CourtOrder.struck_at).is_(None))
    return list(session.exec(query.order_by(col(CourtOrder.reported_at), col(CourtOrder.id))))


def usable_until(order: CourtOrder, *, hours: int) -> datetime | None:
    """Until when an order that was only reported can be used; None for one that was not reported."""
    return None if order.reported_at is None else order.reported_at + timedelta(hours=hours)


def get_renewed(session: Session, application: Application) -> RipaAuthorisation | None:
    """The authorisation that an application would renew; None for a first one."""
    return session.get(RipaAuthorisation, application.renewal_of_id) if application.renewal_of_id else None
