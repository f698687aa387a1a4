"""Members of staff: added with a password for one use, and closed, never deleted."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor
from tracker.staff.models import StaffMember
from tracker.staff.passwords import ONE_TIME_LASTS, Passwords, one_time_password
from tracker.staff.requests import NewStaffMember, StaffChangeError
from tracker.staff.selectors import find_staff_by_email, get_staff_by_id
from tracker.staff.services.authority import require_administrator
from tracker.staff.services.ending import end_what_they_hold
from tracker.staff.services.sessions import end_every_session
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.references import new_reference


@dataclass(frozen=True, slots=True)
class AddedStaffMember:
    """The new member of staff, and the password to read out to them: shown once, kept nowhere."""

    member: StaffMember
    one_time_password: str = field(repr=False)


def add_staff_member(
    session: Session, new: NewStaffMember, *, by: Actor | None, now: datetime, passwords: Passwords
) -> AddedStaffMember:
    """Adds somebody who may sign in within 24 hours with a one-time password, and must then choose their own.

    They hold no role yet. `by` None is the operator's command line. Raises `NotAllowedError`, or `StaffChangeError` where the
    e-mail address is taken.
    """
    require_administrator(by)
    password = one_time_password()
    member = _put(session, new, hashed=passwords.hash(password), ends_at=now + ONE_TIME_LASTS, by=by, now=now)
    return AddedStaffMember(member, password)


def enrol_staff_member(
    session: Session, new: NewStaffMember, *, by: Actor | None, now: datetime, hashed: str
) -> StaffMember:
    """Adds somebody who cannot sign in before an administrator gives them a one-time password: one of many, from a file.

    `hashed` is of a password that nobody knows. `by` None is the operator's command line. Raises as `add_staff_member`.
    """
    require_administrator(by)
    return _put(session, new, hashed=hashed, ends_at=None, by=by, now=now)


def _put(
    session: Session, new: NewStaffMember, *, hashed: str, ends_at: datetime | None, by: Actor | None, now: datetime
) -> StaffMember:
    if find_staff_by_email(session, new.email):
        raise StaffChangeError("Somebody already signs in with that e-mail address", "email")
    member = StaffMember(
        reference=new_reference("STF"),
        email=new.email.strip().lower(),
        name=new.name.strip(),
        job_title=new.job_title.strip(),
        password_hash=hashed,
        must_change_password=True,
        password_ends_at=ends_at,
        recorded_at=now,
    )
    session.add(member)
    session.flush()
    content = {"name": member.name, "email": member.email, "job_title": member.job_title}
    record(session, Event.STAFF_ADDED, at=now, by=by, about=member.reference, content=content)
    return member


def close_staff_member(session: Session, staff_id: int, *, by: Actor, now: datetime) -> StaffMember:
    """Closes a member of staff who has left: their sessions, roles, shifts and cover end now, and what was to come never will.

    Raises `NotAllowedError`, for an administrator who would close themself too, or `StaffChangeError` where closed already.
    """
    member = get_staff_by_id(session, staff_id)
    require_administrator(by, of=member)
    take_locks(session, LockKind.STAFF, [staff_id])
    session.refresh(member)
    if member.closed_at is not None:
        raise StaffChangeError("That member of staff was closed already")
    member.closed_at, member.version = now, member.version + 1
    session.add(member)
    session.flush()
    facts = {
        "sessions_ended": end_every_session(session, staff_id, why="closed", now=now),
        "ended": end_what_they_hold(session, staff_id, now=now),
    }
    record(session, Event.STAFF_CLOSED, at=now, by=by, about=member.reference, facts=facts)
    return member
