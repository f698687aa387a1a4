"""The rota of duty teams, and deputies."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor, Role
from tracker.staff.entitlement import may_name_deputy, mixes_administration
from tracker.staff.models import Deputy, RotaShift
from tracker.staff.requests import NewDeputy, NewShift, StaffChangeError
from tracker.staff.selectors import get_staff_by_id, get_team_by_id, is_open, list_grants
from tracker.staff.selectors.cover import find_overlapping, may_be_ended_by, roles_passed_on
from tracker.staff.services.authority import require_administrator
from tracker.staff.services.ending import end_now
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.tables import NoSuchRecordError


def add_rota_shift(session: Session, new: NewShift, *, by: Actor, now: datetime) -> RotaShift:
    """Puts a member of staff on the rota of a duty team: their duty role there is in force during the shift.

    Raises `NotAllowedError` (one's own shifts included), or `StaffChangeError`.
    """
    member, team = get_staff_by_id(session, new.staff_id), get_team_by_id(session, new.team_id)
    require_administrator(by, of=member)
    if not team.on_duty or team.closed_at is not None:
        raise StaffChangeError("Only an open duty team has a rota", "team")
    if not is_open(member, now):
        raise StaffChangeError("That member of staff is closed")
    if new.from_at < now:
        raise StaffChangeError("A shift cannot begin in the past", "from_at")
    shift = RotaShift(
        staff_id=new.staff_id,
        team_id=new.team_id,
        from_at=new.from_at,
        until_at=new.until_at,
        added_by=by.staff_id,
        recorded_at=now,
    )
    session.add(shift)
    session.flush()
    facts = {"team": team.reference, "from": new.from_at.isoformat(), "until": new.until_at.isoformat()}
    record(session, Event.ROTA_SHIFT_ADDED, at=now, by=by, about=member.reference, facts=facts)
    return shift


def end_rota_shift(session: Session, shift_id: int, *, by: Actor, now: datetime) -> RotaShift:
    """Ends a shift now; one that has not begun never will. Raises `NotAllowedError`, or `StaffChangeError` where it is over."""
    shift = session.get(RotaShift, shift_id)
    if shift is None:
        raise NoSuchRecordError
    member, team = get_staff_by_id(session, shift.staff_id), get_team_by_id(session, shift.team_id)
    require_administrator(by, of=member)
    take_locks(session, LockKind.STAFF, [shift.staff_id])
    session.refresh(shift)
    if shift.until_at <= now:
        raise StaffChangeError("That shift is over")
    facts = {"team": team.reference, "from": shift.from_at.isoformat(), "until": shift.until_at.isoformat()}
    end_now(shift, now)
    session.add(shift)
    session.flush()
    record(session, Event.ROTA_SHIFT_ENDED, at=now, by=by, about=member.reference, facts=facts)
    return shift


def name_deputy(session: Session, new: NewDeputy, *, by: Actor, now: datetime) -> Deputy:
    """Has one member of staff stand in for another; never for a check of either of them, and never passed on.

    For the person covered; for an administrator where no role passes on that needs confirming; else for somebody who could
    confirm each such role. Raises `NotAllowedError`, or `StaffChangeError`.
    """
    take_locks(session, LockKind.STAFF, [new.covers_id])
    covered, deputy = get_staff_by_id(session, new.covers_id), get_staff_by_id(session, new.deputy_id)
    roles = roles_passed_on(session, new.covers_id, now=now)
    allowed = may_name_deputy(by, covers=new.covers_id, deputy=new.deputy_id, passing_on=roles)
    require(by, _permission(by, covers=new.covers_id), allowed=allowed, about=covered.reference)
    if not (is_open(covered, now) and is_open(deputy, now)):
        raise StaffChangeError("Both must be open members of staff")
    own = {Role(grant.role) for grant, _ in list_grants(session, staff_id=new.deputy_id, now=now)}
    if mixes_administration(own | roles):
        raise StaffChangeError("An administrator stands in only for an administrator, and only one for them", "deputy")
    if new.from_at < now:
        raise StaffChangeError("Cover cannot begin in the past", "from_at")
    if find_overlapping(session, new) is not None:
        raise StaffChangeError(f"{deputy.name} stands in for {covered.name} for some of that time already", "deputy")
    cover = Deputy(
        covers_id=new.covers_id,
        deputy_id=new.deputy_id,
        from_at=new.from_at,
        until_at=new.until_at,
        reason=new.reason,
        named_by=by.staff_id,
        recorded_at=now,
    )
    session.add(cover)
    session.flush()
    facts = {"deputy": deputy.reference, "from": new.from_at.isoformat(), "until": new.until_at.isoformat()}
    about, content = covered.reference, {"reason": new.reason}
    record(session, Event.DEPUTY_NAMED, at=now, by=by, about=about, facts=facts, content=content)
    return cover


def end_cover(session: Session, cover_id: int, *, by: Actor, now: datetime) -> Deputy:
    """Ends cover now; cover that has not begun never will. Nothing is deleted.

    For the person covered, an administrator, and whoever could name that deputy. Raises `NoSuchRecordError`, `NotAllowedError`,
    or `StaffChangeError` where it is over.
    """
    cover = session.get(Deputy, cover_id)
    if cover is None:
        raise NoSuchRecordError
    take_locks(session, LockKind.STAFF, [cover.covers_id])
    session.refresh(cover)
    covered, deputy = get_staff_by_id(session, cover.covers_id), get_staff_by_id(session, cover.deputy_id)
    allowed = may_be_ended_by(session, cover, by, now=now)
    require(by, _permission(by, covers=cover.covers_id), allowed=allowed, about=covered.reference)
    if cover.until_at <= now:
        raise StaffChangeError("That cover is over")
    facts = {"deputy": deputy.reference, "from": cover.from_at.isoformat(), "until": cover.until_at.isoformat()}
    end_now(cover, now)
    session.add(cover)
    session.flush()
    record(session, Event.COVER_ENDED, at=now, by=by, about=covered.reference, facts=facts)
    return cover


def _permission(by: Actor, *, covers: int) -> Permission:
    return Permission.OWN_SETTINGS if by.staff_id == covers else Permission.NAME_DEPUTY
