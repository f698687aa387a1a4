"""The staff as an administrator sees them: found by name or address, with their roles in words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from tracker.policy.entitlement import ROLE_WORDS, Role
from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.web.paging import Paging
from tracker.web.words import with_capital

_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of staff in the list."""

    member: StaffMember
    roles: tuple[str, ...]


def count_members(session: Session, *, closed: bool, words: str, now: datetime) -> int:
    """How many members of staff, open or closed, have these words in their name or address."""
    query = select(func.count()).select_from(StaffMember).where(*_wanted(closed, words, now))
    return session.exec(query).one()


def list_members(session: Session, shown: Paging, *, closed: bool, words: str, now: datetime) -> list[MemberLine]:
    """One page of them, by name; the roles are those that have not ended, in force or not."""
    query = select(StaffMember).where(*_wanted(closed, words, now)).order_by(StaffMember.name, col(StaffMember.id))
    members = session.exec(query.offset(shown.offset).limit(shown.size)).all()
    roles = _roles_of(session, [member.id or 0 for member in members], now)
    return [MemberLine(member, tuple(roles.get(member.id or 0, ()))) for member in members]


def _wanted(closed: bool, words: str, now: datetime) -> list[ColumnElement[bool]]:
    gone = col(StaffMember.closed_at) <= now
    wanted = [gone if closed else or_(col(StaffMember.closed_at).is_(None), ~gone)]
    for word in words.lower().split():
        like = f"%{word.replace(_ESCAPE, _ESCAPE * 2).replace('%', _ESCAPE + '%').replace('_', _ESCAPE + '_')}%"
        name, email = func.lower(StaffMember.name), col(StaffMember.email)
        wanted.append(or_(name.like(like, escape=_ESCAPE), email.like(like, escape=_ESCAPE)))
    return wanted


def _roles_of(session: Session, members: list[int], now: datetime) -> dict[int, list[str]]:
    query = select(RoleGrant, Team).join(Team, col(Team.id) == col(RoleGrant.team_id), isouter=True)
    running = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    rows = session.exec(query.where(col(RoleGrant.staff_id).in_(members), running).order_by(col(RoleGrant.id)))
    found: dict[int, list[str]] = {}
    for grant, team in rows:
        where = f", {team.name}" if team else ""
        found.setdefault(grant.staff_id, []).append(f"{with_capital(ROLE_WORDS[Role(grant.role)])}{where}")
    return found
