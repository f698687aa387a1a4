"""What a court or a justice decided, recorded by Legal: by nobody who is a party to a check about the people named.

An order lifts stops and needs no manager, so that whoever wants to look must not be who says that its sealed copy was seen.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.authorities.models import CourtOrder, JpHearing
from tracker.authorities.requests import NewCourtOrder, NewJpHearing
from tracker.authorities.selectors import get_order, get_ripa, list_named
from tracker.authorities.services import correct_court_order, record_court_order, record_jp_hearing, record_order_seen
from tracker.authorities.services.granting import lock_named
from tracker.policy.entitlement import Actor
from tracker.review.selectors.parties import parties_about


def enter_court_order(session: Session, new: NewCourtOrder, *, by: Actor, now: datetime) -> CourtOrder:
    """Legal records an order whose sealed copy was seen. Raises as `authorities.services.record_court_order`."""
    require(by, Permission.RECORD_COURT_ORDER)
    return record_court_order(session, new, apart_from=_parties(session, new.persons), by=by, now=now)


def enter_order_seen(session: Session, reference: str, *, by: Actor, now: datetime) -> CourtOrder:
    """Legal has seen the sealed copy of a reported order. Raises as `authorities.services.record_order_seen`."""
    require(by, Permission.RECORD_COURT_ORDER, about=reference)
    named = [person.reference for person in list_named(session, get_order(session, reference))]
    return record_order_seen(session, reference, apart_from=_parties(session, named), by=by, now=now)


def enter_corrected_order(
    session: Session, reference: str, new: NewCourtOrder, *, by: Actor, now: datetime
) -> CourtOrder:
    """Legal records what the sealed copy of a reported order says. Raises as `authorities.services.correct_court_order`."""
    require(by, Permission.RECORD_COURT_ORDER, about=reference)
    named = {person.reference for person in list_named(session, get_order(session, reference))}
    parties = _parties(session, named | new.persons)
    return correct_court_order(session, reference, new, apart_from=parties, by=by, now=now)


def enter_jp_hearing(session: Session, new: NewJpHearing, *, by: Actor, now: datetime) -> JpHearing:
    """Legal records what a justice of the peace decided. Raises as `authorities.services.record_jp_hearing`."""
    require(by, Permission.RECORD_JP_APPROVAL, about=new.authorisation)
    named = [person.reference for person in list_named(session, get_ripa(session, new.authorisation))]
    return record_jp_hearing(session, new, apart_from=_parties(session, named), by=by, now=now)


def _parties(session: Session, references: Iterable[str]) -> frozenset[int]:
    """Keys of the parties to every check about these people, who are locked. Raises `ProblemError` on `persons`."""
    _, members = lock_named(session, references)
    return parties_about(session, members)
