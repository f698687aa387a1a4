"""Roles: granted by an administrator, confirmed by somebody who holds them, ended. Rows are never rewritten otherwise."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import CONFIRMED_ROLES, ON_DUTY, Actor, Role
from tracker.staff.entitlement import may_confirm_role, mixes_administration
from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.staff.requests import NewRole, StaffChangeError
from tracker.staff.selectors import get_staff_by_id, get_team_by_id, grants_in_force, is_open, list_grants
from tracker.staff.services.authority import require_administrator
from tracker.staff.services.ending import end_now
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.tables import NoSuchRecordError, saved_key


def grant_role(session: Session, new: NewRole, *, by: Actor | None, now: datetime) -> RoleGrant:
    """Grants a role. One of `CONFIRMED_ROLES` is in force only once `confirm_role` was done by somebody else.

    `by` None is the operator's command line; what it grants needs no confirming while nobody is there who could confirm it,
    which is how a council gets its first. Raises `NotAllowedError` (one's own roles included), or `StaffChangeError`.
    """
    member = get_staff_by_id(session, new.staff_id)
    require_administrator(by, of=member)
    take_locks(session, LockKind.STAFF, [new.staff_id])
    team = get_team_by_id(session, new.team_id) if new.team_id is not None else None
    from_at = new.from_at or now
    _refuse_what_makes_no_sense(session, new, member, team, from_at=from_at, now=now)
    first = by is None and not _somebody_could_confirm(session, new, now)
    grant = RoleGrant(
        staff_id=new.staff_id,
        role=new.role.value,
        team_id=new.team_id,
        from_at=from_at,
        until_at=new.until_at,
        granted_by=by.staff_id if by else None,
        recorded_at=now,
        confirmed_at=now if first and new.role in CONFIRMED_ROLES else None,
    )
    session.add(grant)
    session.flush()
    facts = _facts(grant, team) | {"waits_for_confirmation": waits_for_confirmation(grant)}
    record(session, Event.ROLE_GRANTED, at=now, by=by, about=member.reference, facts=facts)
    return grant


def confirm_role(session: Session, grant_id: int, *, by: Actor, now: datetime) -> RoleGrant:
    """Puts a granted role in force. For a holder of that role or the Senior Responsible Officer, who neither gets nor granted it.

    Raises `NotAllowedError`, or `StaffChangeError` where there is nothing left to confirm.
    """
    grant, member = _get_grant(session, grant_id)
    allowed = may_confirm_role(by, Role(grant.role), of=grant.staff_id, granted_by=grant.granted_by)
    require(by, Permission.CONFIRM_ROLE, allowed=allowed, about=member.reference)
    take_locks(session, LockKind.STAFF, [grant.staff_id])
    session.refresh(grant)
    if not waits_for_confirmation(grant):
        raise StaffChangeError("That role does not wait for anybody to confirm it")
    if not _runs(grant, now) or not is_open(member, now):
        raise StaffChangeError("That role has ended")
    grant.confirmed_by, grant.confirmed_at = by.staff_id, now
    session.add(grant)
    session.flush()
    facts = _facts(grant, _team_of(session, grant))
    record(session, Event.ROLE_CONFIRMED, at=now, by=by, about=member.reference, facts=facts)
    return grant


def decline_role(session: Session, grant_id: int, *, why: str, by: Actor, now: datetime) -> RoleGrant:
    """Ends a granted role that waits, so that it never comes into force. For whoever could confirm it, with a reason.

    Raises `NotAllowedError`, or `StaffChangeError` where there is nothing left to decline, or no reason.
    """
    grant, member = _get_grant(session, grant_id)
    allowed = may_confirm_role(by, Role(grant.role), of=grant.staff_id, granted_by=grant.granted_by)
    require(by, Permission.CONFIRM_ROLE, allowed=allowed, about=member.reference)
    take_locks(session, LockKind.STAFF, [grant.staff_id])
    session.refresh(grant)
    if not waits_for_confirmation(grant) or not _runs(grant, now):
        raise StaffChangeError("That role does not wait for anybody to confirm it")
    if not why.strip():
        raise StaffChangeError("Say why the role is not confirmed", "why")
    facts = _facts(grant, _team_of(session, grant))
    grant.declined_by, grant.declined_at, grant.declined_why = by.staff_id, now, why.strip()
    end_now(grant, now)
    session.add(grant)
    session.flush()
    about, content = member.reference, {"why": why.strip()}
    record(session, Event.ROLE_DECLINED, at=now, by=by, about=about, facts=facts, content=content)
    return grant


def end_role(session: Session, grant_id: int, *, by: Actor, now: datetime) -> RoleGrant:
    """Ends a role now; one that has not begun never will. Raises `NotAllowedError`, or `StaffChangeError` where it has ended."""
    grant, member = _get_grant(session, grant_id)
    require_administrator(by, of=member)
    take_locks(session, LockKind.STAFF, [grant.staff_id])
    session.refresh(grant)
    if not _runs(grant, now):
        raise StaffChangeError("That role has ended already")
    end_now(grant, now)
    session.add(grant)
    session.flush()
    record(
        session, Event.ROLE_ENDED, at=now, by=by, about=member.reference, facts=_facts(grant, _team_of(session, grant))
    )
    return grant


def waits_for_confirmation(grant: RoleGrant) -> bool:
    """Whether the role is granted but not in force until somebody else confirms it."""
    return Role(grant.role) in CONFIRMED_ROLES and grant.confirmed_at is None and grant.declined_at is None


def _refuse_what_makes_no_sense(
    session: Session, new: NewRole, member: StaffMember, team: Team | None, *, from_at: datetime, now: datetime
) -> None:
    if not is_open(member, now):
        raise StaffChangeError("That member of staff is closed")
    if from_at < now:
        raise StaffChangeError("A role cannot begin in the past", "from_at")
    if new.until_at is not None and new.until_at <= from_at:
        raise StaffChangeError("A role must end after it begins", "until_at")
    if team is not None and team.closed_at is not None:
        raise StaffChangeError("That team is closed", "team")
    if team is not None and team.on_duty != (new.role in ON_DUTY):
        raise StaffChangeError("Duty roles are held in a duty team, all other roles in other teams", "team")
    same = [one for one, _ in list_grants(session, staff_id=saved_key(member), now=now)]
    if any((one.role, one.team_id) == (new.role.value, new.team_id) and one.until_at is None for one in same):
        raise StaffChangeError("They already have that role there", "role")
    if mixes_administration({new.role, *(Role(one.role) for one in same)}):
        raise StaffChangeError(
            "An administrator has no other role: they see no cases. End the other role first", "role"
        )


def _somebody_could_confirm(session: Session, new: NewRole, now: datetime) -> bool:
    able = {new.role.value, Role.SENIOR_RESPONSIBLE_OFFICER.value}
    others = {one.staff_id for one in grants_in_force(session, now=now) if one.role in able} - {new.staff_id}
    return any(is_open(get_staff_by_id(session, staff_id), now) for staff_id in others)


def _get_grant(session: Session, grant_id: int) -> tuple[RoleGrant, StaffMember]:
    grant = session.get(RoleGrant, grant_id)
    if grant is None:
        raise NoSuchRecordError
    return grant, get_staff_by_id(session, grant.staff_id)


def _team_of(session: Session, grant: RoleGrant) -> Team | None:
    return get_team_by_id(session, grant.team_id) if grant.team_id is not None else None


def _runs(grant: RoleGrant, now: datetime) -> bool:
    return grant.until_at is None or grant.until_at > now


def _facts(grant: RoleGrant, team: Team | None) -> dict[str, str | bool | None]:
    return {
        "role": grant.role,
        "team": team.reference if team else None,
        "from": grant.from_at.isoformat(),
        "until": grant.until_at.isoformat() if grant.until_at else None,
    }
