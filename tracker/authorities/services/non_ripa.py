"""Non-RIPA authorisations: the council's own, where it has the route on. They give no protection under RIPA s.27."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import NonRipaAuthorisation, NonRipaPerson
from tracker.authorities.requests import NewCancellation, NewNonRipaGrant
from tracker.authorities.selectors import get_non_ripa
from tracker.authorities.services.granting import (
    add_review,
    cancel,
    lock_named,
    not_in_the_future,
    refuse_across_a_seal,
    require_apart,
    stored,
)
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


def grant_non_ripa(
    session: Session, new: NewNonRipaGrant, *, by: Actor, now: datetime, concerned: frozenset[int]
) -> NonRipaAuthorisation:
    """Grants, outside RIPA, a number of looks at the people named. `concerned` as for `grant_ripa`.

    Raises `NotAllowedError`, or `ProblemError` where the council does not have the route on, the grant lies in the future or
    a sealed record is named with others.
    Source: HRA 1998 art 8; BA v Cleveland (IPT 2012).
    """
    persons, members = lock_named(session, new.persons)
    require_apart(session, members, by=by, concerned=concerned)
    refuse_across_a_seal(session, persons)
    not_in_the_future("granted_at", new.granted_at, now)
    if not limits_in_force(session, at=now).limits.non_ripa:
        raise ProblemError("non_ripa", "Your council does not use non-RIPA authorisations")
    made = _row(new, by=by, now=now)
    session.add(made)
    session.flush()
    session.add_all(NonRipaPerson(authorisation_id=saved_key(made), person_id=saved_key(person)) for person in persons)
    add_review(session, made, at=made.granted_at, result="Granted.", wanted=new.next_review_on, by=by, now=now)
    facts = {"granted_at": made.granted_at.isoformat(), "until": made.until_on.isoformat(), "max_views": made.max_views}
    content, about = {"own_words": made.own_words}, made.reference
    people = [person.reference for person in persons]
    record(session, Event.NON_RIPA_GRANTED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made


def cancel_non_ripa(session: Session, new: NewCancellation, *, by: Actor, now: datetime) -> NonRipaAuthorisation:
    """Cancels a non-RIPA authorisation, by the authorising officer. Raises as `cancel_ripa` does."""
    authorisation = get_non_ripa(session, new.authorisation)
    require(by, Permission.GRANT_AUTHORISATION, about=authorisation.reference)
    cancel(session, authorisation, new, Event.NON_RIPA_CANCELLED, by=by, now=now)
    return authorisation


def _row(new: NewNonRipaGrant, *, by: Actor, now: datetime) -> NonRipaAuthorisation:
    return NonRipaAuthorisation(
        reference=new_reference("NRA"),
        granted_at=new.granted_at,
        granted_by=by.staff_id,
        grade=new.grade.strip(),
        own_words=new.own_words.strip(),
        until_on=new.until_on,
        platforms=stored(new.platforms),
        max_views=new.max_views,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
