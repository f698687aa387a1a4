"""Keeping the register of the council's own profiles: the administrator registers, allows and ends. Nothing is deleted."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.corporate_accounts.models import CorporateProfile, CorporateProfileUser
from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser, RegisterError, as_registered
from tracker.corporate_accounts.selectors import get_profile
from tracker.policy.entitlement import Actor
from tracker.staff.models import StaffMember
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


def register_profile(session: Session, new: NewCorporateProfile, *, by: Actor, now: datetime) -> CorporateProfile:
    """Registers a profile that the council opened in its own name.

    Raises `NotAllowedError`, or `RegisterError` where it is registered already or dated in the future. Source: IPCO
    inspections ask for a register of every online profile that a council uses.
    """
    require(by, Permission.MANAGE_CORPORATE_PROFILES)
    if new.registered_at > now:
        raise RegisterError("registered_at", "The day it was registered must not be in the future")
    handle = as_registered(new.handle)
    same = select(CorporateProfile).where(
        CorporateProfile.platform == new.platform.value, CorporateProfile.handle == handle
    )
    if session.exec(same).first() is not None:
        raise RegisterError("handle", "This profile is already in the register")
    made = CorporateProfile(
        reference=new_reference("COP"),
        platform=new.platform.value,
        handle=handle,
        registered_at=new.registered_at,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(made)
    session.flush()
    facts = {"platform": made.platform, "handle": made.handle}
    record(session, Event.CORPORATE_PROFILE_ADDED, at=now, by=by, about=made.reference, facts=facts)
    return made


def close_profile(session: Session, reference: str, *, by: Actor, now: datetime) -> CorporateProfile:
    """Closes a profile that the council no longer has or uses: from now nobody may use it.

    Raises `NoSuchRecordError`, `NotAllowedError`, or `RegisterError` where it is closed already.
    """
    require(by, Permission.MANAGE_CORPORATE_PROFILES, about=reference)
    profile = get_profile(session, reference)
    session.refresh(profile, with_for_update=True)  # two who close it at once: the second is told
    if profile.closed_at is not None:
        raise RegisterError("profile", "This profile is closed already")
    profile.closed_at, profile.version = now, profile.version + 1
    session.add(profile)
    session.flush()
    record(session, Event.CORPORATE_PROFILE_CLOSED, at=now, by=by, about=profile.reference)
    return profile


def allow_user(session: Session, new: NewProfileUser, *, by: Actor, now: datetime) -> CorporateProfileUser:
    """Allows a member of staff to use a profile, from now or later.

    Raises `NoSuchRecordError`, `NotAllowedError`, or `RegisterError` where the profile or the member is closed, the use would begin
    in the past, or they may use it at some of that time already.
    """
    require(by, Permission.MANAGE_CORPORATE_PROFILES, about=new.profile)
    profile = get_profile(session, new.profile)
    take_locks(session, LockKind.STAFF, [new.staff_id])
    member = session.get(StaffMember, new.staff_id)
    if profile.closed_at is not None:
        raise RegisterError("profile", "This profile is closed")
    if member is None or member.closed_at is not None:
        raise RegisterError("staff_id", "Choose a member of staff who is not closed")
    if new.from_at < now:
        raise RegisterError("from_at", "The use must not begin in the past")
    if _uses_already(session, profile, new):
        raise RegisterError("staff_id", "They may already use this profile at that time")
    made = CorporateProfileUser(
        profile_id=saved_key(profile),
        staff_id=new.staff_id,
        from_at=new.from_at,
        until_at=new.until_at,
        recorded_by=by.staff_id,
        recorded_at=now,
    )
    session.add(made)
    session.flush()
    facts = {
        "staff": member.reference,
        "from": made.from_at.isoformat(),
        "until": made.until_at.isoformat() if made.until_at else None,
    }
    record(session, Event.CORPORATE_PROFILE_USER_ADDED, at=now, by=by, about=profile.reference, facts=facts)
    return made


def end_user(session: Session, profile_reference: str, staff_id: int, *, by: Actor, now: datetime) -> None:
    """Ends, from now, every use of a profile by a member of staff that has not ended; a use still to begin never does.

    Raises `NoSuchRecordError`, `NotAllowedError`, or `RegisterError` where they have no use left to end.
    """
    require(by, Permission.MANAGE_CORPORATE_PROFILES, about=profile_reference)
    profile = get_profile(session, profile_reference)
    take_locks(session, LockKind.STAFF, [staff_id])
    member = session.get(StaffMember, staff_id)
    uses = _uses_left(session, profile, staff_id, now)
    if member is None or not uses:
        raise RegisterError("staff_id", "They may not use this profile now")
    for use in uses:
        use.until_at = max(now, use.from_at)
        session.add(use)
    session.flush()
    facts = {"staff": member.reference}
    record(session, Event.CORPORATE_PROFILE_USER_ENDED, at=now, by=by, about=profile.reference, facts=facts)


def _uses_left(session: Session, profile: CorporateProfile, staff_id: int, now: datetime) -> list[CorporateProfileUser]:
    """The uses of a profile by a member of staff that have not ended by `now`, and were not ended before they began."""
    until_at = col(CorporateProfileUser.until_at)
    query = select(CorporateProfileUser).where(
        CorporateProfileUser.profile_id == saved_key(profile),
        CorporateProfileUser.staff_id == staff_id,
        or_(until_at.is_(None), (until_at > now) & (until_at > col(CorporateProfileUser.from_at))),
    )
    return list(session.exec(query.order_by(col(CorporateProfileUser.id))))


def _uses_already(session: Session, profile: CorporateProfile, new: NewProfileUser) -> bool:
    """Whether a use of theirs that is on record shares some time with the new one."""
    left = _uses_left(session, profile, new.staff_id, new.from_at)
    return any(new.until_at is None or use.from_at < new.until_at for use in left)
