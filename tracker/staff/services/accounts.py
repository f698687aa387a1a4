"""Accounts: passwords changed by their owner, one-time passwords and ended locks from an administrator."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor
from tracker.staff.models import StaffLock
from tracker.staff.passwords import ONE_TIME_LASTS, ChosenPassword, Passwords, one_time_password
from tracker.staff.requests import StaffChangeError
from tracker.staff.selectors import get_staff_by_id, is_open
from tracker.staff.services.authority import require_administrator
from tracker.staff.services.sessions import end_every_session


def change_password(session: Session, chosen: ChosenPassword, *, by: Actor, now: datetime) -> None:
    """Gives the actor the password they chose and ends every session of theirs, so that whoever else is signed in is out.

    That they proved the old one is for the page to see to. Raises `NotAllowedError`.
    """
    member = get_staff_by_id(session, by.staff_id)
    require(by, Permission.OWN_SETTINGS, allowed=is_open(member, now), about=by.reference)
    member.password_hash, member.must_change_password, member.password_ends_at = chosen.hash, False, None
    member.version += 1
    session.add(member)
    session.flush()
    ended = end_every_session(session, by.staff_id, why="password_changed", now=now)
    record(session, Event.PASSWORD_CHANGED, at=now, by=by, about=by.reference, facts={"sessions_ended": ended})


def give_one_time_password(
    session: Session, staff_id: int, *, by: Actor | None, now: datetime, passwords: Passwords
) -> str:
    """A password to read out, which lasts 24 hours and must be changed at once; every session of theirs ends.

    `by` None is the operator's command line. Raises `NotAllowedError` (one's own account included), or `StaffChangeError`.
    """
    member = get_staff_by_id(session, staff_id)
    require_administrator(by, of=member)
    if not is_open(member, now):
        raise StaffChangeError("That member of staff is closed")
    password = one_time_password()
    member.password_hash, member.must_change_password = passwords.hash(password), True
    member.password_ends_at, member.version = now + ONE_TIME_LASTS, member.version + 1
    session.add(member)
    session.flush()
    ended = end_every_session(session, staff_id, why="one_time_password", now=now)
    facts = {"sessions_ended": ended}
    record(session, Event.ONE_TIME_PASSWORD_GIVEN, at=now, by=by, about=member.reference, facts=facts)
    return password


def end_lock(session: Session, staff_id: int, *, by: Actor | None, now: datetime) -> None:
    """Ends the lock on an account before its 30 minutes are over. `by` None is the operator's command line.

    Raises `NotAllowedError` (one's own account included), or `StaffChangeError` where it is not locked.
    """
    member = get_staff_by_id(session, staff_id)
    require_administrator(by, of=member)
    standing = (StaffLock.staff_id == staff_id, StaffLock.until_at > now, col(StaffLock.ended_at).is_(None))
    locks = session.exec(select(StaffLock).where(*standing)).all()
    if not locks:
        raise StaffChangeError("That account is not locked")
    for lock in locks:
        lock.ended_at, lock.ended_by = now, by.staff_id if by else None
        session.add(lock)
    session.flush()
    record(session, Event.LOCK_ENDED, at=now, by=by, about=member.reference)
