"""Reviews of authorisations, RIPA or not."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import AuthorisationReview, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.requests import NewReview
from tracker.authorities.selectors import get_non_ripa, get_ripa, list_named
from tracker.authorities.services.granting import add_review, lock_authority, not_in_the_future
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor
from tracker.storage.tables import NoSuchRecordError


def review_authorisation(session: Session, new: NewReview, *, by: Actor, now: datetime) -> AuthorisationReview:
    """Records the authorising officer's review of an authorisation, and when the next one is due.

    Raises `NoSuchRecordError`, `NotAllowedError`, or `ProblemError` where it is cancelled, the review lies in the future or before
    the grant, or the next one would be too late.
    """
    authorisation = _either(session, new.authorisation)
    require(by, Permission.GRANT_AUTHORISATION, about=authorisation.reference)
    lock_authority(session, authorisation)
    not_in_the_future("at", new.at, now)
    if new.at < authorisation.granted_at:
        raise ProblemError("at", "The review must not be dated before the grant")
    if authorisation.cancelled_at is not None:
        raise ProblemError("at", "It was cancelled, so there is nothing to review")
    made = add_review(
        session, authorisation, at=new.at, result=new.result.strip(), wanted=new.next_review_on, by=by, now=now
    )
    facts, content = {"next_review_on": made.next_review_on.isoformat()}, {"result": made.result}
    people = [person.reference for person in list_named(session, authorisation)]
    about = authorisation.reference
    record(session, Event.RIPA_REVIEWED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made


def _either(session: Session, reference: str) -> RipaAuthorisation | NonRipaAuthorisation:
    try:
        return get_ripa(session, reference)
    except NoSuchRecordError:
        return get_non_ripa(session, reference)
