"""Opening a check's record: permission first, then the access event, then the page."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check, list_concerned, standing_of_check
from tracker.people.services import come_on_duty_to
from tracker.policy.entitlement import Actor, CheckStanding, may_open_check, may_open_person

Entitled = Callable[[Actor, CheckStanding], bool]


def is_shut_out(session: Session, check: Check, *, by: Actor, now: datetime) -> bool:
    """Whether a record of those whom the check is about was restricted since, so that the actor may not read whose it is any more."""
    return not may_open_person(by, standing_of_check(session, check, now=now).person)


def open_check(
    session: Session,
    reference: str,
    *,
    by: Actor,
    now: datetime,
    permission: Permission = Permission.OPEN_CHECK,
    entitled: Entitled = may_open_check,
) -> Check:
    """The check, once it is recorded that `by` opened it. Raises `NoSuchRecordError`, `NotAllowedError`, and `DutyReasonNeededError` for
    who is on duty and neither asked for it nor would look: whomever it is about, each is listed to their home team."""
    check = get_check(session, reference)
    standing = standing_of_check(session, check, now=now)
    require(by, permission, allowed=entitled(by, standing), about=check.reference)
    people = list_concerned(session, check)
    if by.staff_id not in standing.parties:
        come_on_duty_to(session, people, by=by, now=now)
    references = [person.reference for person in people]
    record(session, Event.CHECK_OPENED, at=now, by=by, people=references, about=check.reference)
    return check
