"""Whether the authorising officer may answer an application or review an authorisation: apart from the checks of those named."""

from sqlmodel import Session

from tracker.authorities.models import Application, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.selectors import Naming, list_named
from tracker.authorities.services.granting import is_apart
from tracker.decisions.selectors import staff_concerned_with
from tracker.people.groups import members_of
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key


def may_answer(session: Session, application: Application, *, by: Actor) -> bool:
    """Whether the actor may grant or refuse: an authorising officer who neither prepared it nor is concerned with a check."""
    return _apart(session, application, by=by, also=frozenset({application.recorded_by}))


def may_review(session: Session, authorisation: RipaAuthorisation | NonRipaAuthorisation, *, by: Actor) -> bool:
    """Whether the actor may review: an authorising officer who is not concerned with a check of anybody named."""
    return _apart(session, authorisation, by=by, also=frozenset())


def _apart(session: Session, naming: Naming, *, by: Actor, also: frozenset[int]) -> bool:
    groups = members_of(session, [saved_key(person) for person in list_named(session, naming)])
    members = tuple(sorted({member for group in groups.values() for member in group}))
    return is_apart(session, members, by=by, concerned=staff_concerned_with(session, members) | also)
