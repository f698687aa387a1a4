"""Records that are one person: linked with a reason. While a link stands they count as one; undoing it is for `corrections`."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.groups import PersonGroup, lock_everyone
from tracker.people.models import SamePersonLink
from tracker.people.problems import ProblemError
from tracker.people.requests import LinkedRecords
from tracker.people.selectors import get_person
from tracker.people.services.opening import require_person
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key


def link_records(session: Session, linked: LinkedRecords, *, by: Actor, now: datetime) -> SamePersonLink:
    """Makes two records, and all that are linked to either, count as one person from now on.

    Takes the locks of everyone in both groups. Raises `NotAllowedError`, `PeopleBusyError`, or `ProblemError` where they
    count as one already.
    """
    require(by, Permission.LINK_RECORDS, about=linked.person)
    person, other = get_person(session, linked.person), get_person(session, linked.other)
    groups = lock_everyone(session, [saved_key(person), saved_key(other)])
    for one in (person, other):
        require_person(session, one, Permission.LINK_RECORDS, by=by, now=now)
    mine, theirs = groups[saved_key(person)], groups[saved_key(other)]
    if mine.members == theirs.members:
        raise ProblemError("other", "These records count as one person already")
    low, high = sorted((saved_key(person), saved_key(other)))
    link = SamePersonLink(person_id=low, other_id=high, why=linked.why, recorded_at=now, made_by=by.staff_id)
    session.add(link)
    session.flush()
    record(
        session,
        Event.RECORDS_LINKED,
        at=now,
        by=by,
        people=_references(mine, theirs),
        about=person.reference,
        facts={"link": link.reference, "of": sorted((person.reference, other.reference))},
        content={"why": linked.why},
    )
    return link


def _references(*groups: PersonGroup) -> set[str]:
    return {one.reference for group in groups for one in group.records}
