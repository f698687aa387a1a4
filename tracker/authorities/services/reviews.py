"""Reviews of authorisations, RIPA or not."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import AuthorisationReview
from tracker.authorities.requests import NewReview
from tracker.authorities.selectors import get_authorisation, list_named
from tracker.authorities.services.granting import add_review, lock_named, not_in_the_future, require_apart
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor


def review_authorisation(
    session: Session, new: NewReview, *, by: Actor, now: datetime, concerned: frozenset[int]
) -> AuthorisationReview:
    """Records the authorising officer's review of an authorisation, and when the next one is due.

    A review lets it run on, so the officer is apart from the checks as for a grant; `concerned` as for `grant_ripa`. Raises
    `NoSuchRecordError`, `NotAllowedError`, or `ProblemError` where it is cancelled, the review lies in the future or before the
    grant, or the next one would be too late.
    """
    authorisation = get_authorisation(session, new.authorisation)
    require(by, Permission.GRANT_AUTHORISATION, about=authorisation.reference)
    _, members = lock_named(session, [person.reference for person in list_named(session, authorisation)])
    session.refresh(authorisation)
    require_apart(session, members, by=by, concerned=concerned, about=authorisation.reference)
    not_in_the_future("at", new.at, now)
    if new.at < authorisation.granted_at:
        raise ProblemError("at", "The review must not be dated before the grant")
    if authorisation.cancelled_at is not None:
        raise ProblemError("at", "It was cancelled, so there is nothing to review")
    made = add_review(
        session,
        authorisation,
        at=new.at,
        result=new.result.strip(),
        wanted=new.next_review_on,
        by=by,
        now=now,
        value_so_far=new.value_so_far,
    )
    facts = {"next_review_on": made.next_review_on.isoformat()}
    content = {"result": made.result, "value_so_far": made.value_so_far}
    people = [person.reference for person in list_named(session, authorisation)]
    about = authorisation.reference
    record(session, Event.RIPA_REVIEWED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made
