"""Two records that look like one person and are not: said once by whoever compared them, and never suggested again."""

from datetime import datetime

from sqlmodel import Session, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.services.linking import SEALED
from tracker.people.groups import lock_everyone
from tracker.people.models import NotSamePerson
from tracker.people.problems import ProblemError
from tracker.people.requests import RecordsToldApart
from tracker.people.selectors import get_person, is_any_sealed
from tracker.people.services import require_person
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key


def tell_apart(session: Session, told: RecordsToldApart, *, by: Actor, now: datetime) -> NotSamePerson:
    """Keeps that two records are not the same person, for whoever may open and work on both.

    It changes no count and stops nobody from linking them later, with a reason. Nothing undoes it but such a link.
    Raises `NotAllowedError`, `PeopleBusyError`, or `ProblemError` where they count as one, one is sealed, or this is on record.
    """
    require(by, Permission.LINK_RECORDS, about=told.person)
    person, other = get_person(session, told.person), get_person(session, told.other)
    groups = lock_everyone(session, [saved_key(person), saved_key(other)])
    for one in (person, other):
        require_person(session, one, Permission.LINK_RECORDS, by=by, now=now)
    if is_any_sealed(session, [saved_key(person), saved_key(other)]):
        raise ProblemError("", SEALED)
    if groups[saved_key(person)].members == groups[saved_key(other)].members:
        raise ProblemError("", "These records count as one person: undo the link instead")
    low, high = sorted((saved_key(person), saved_key(other)))
    same = select(NotSamePerson).where(NotSamePerson.person_id == low, NotSamePerson.other_id == high)
    if session.exec(same).first() is not None:
        raise ProblemError("", "It is on record already that they are not the same person")
    apart = NotSamePerson(person_id=low, other_id=high, why=told.why, recorded_at=now, recorded_by=by.staff_id)
    session.add(apart)
    session.flush()
    record(
        session,
        Event.RECORDS_TOLD_APART,
        at=now,
        by=by,
        people=[person.reference, other.reference],
        about=person.reference,
        facts={"of": sorted((person.reference, other.reference))},
        content={"why": told.why},
    )
    return apart
