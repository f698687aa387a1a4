"""One member of staff as an administrator sees them: roles from and to, shifts, cover, lock and last sign-in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from tracker.policy.entitlement import CONFIRMED_ROLES, ON_DUTY, ROLE_WORDS, Actor, Role
from tracker.staff.entitlement import may_confirm_role
from tracker.staff.models import Deputy, RoleGrant, RotaShift, SignInSession, StaffLock, StaffMember, Team
from tracker.staff.selectors.members import get_staff_by_id, is_open
from tracker.staff.selectors.signing_in import find_lock, runs
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.blocks import Status
from tracker.web.dates import end_in_words, in_words
from tracker.web.words import with_capital

NO_PASSWORD_YET = "They have none yet: give them a one-time password"  # noqa: S105 - words for the screen
SRO = "the Senior Responsible Officer"
_NO_TIME = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant of a role: what, where, from and to, by whom, and where it stands."""

    grant: RoleGrant
    role: str
    team: str
    granted_by: str
    status: Status

    @property
    def may_be_ended(self) -> bool:
        """Whether it has not ended yet."""
        return self.status.tag not in ("Ended", "Declined")


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One shift: who, in which team, from and to."""

    shift: RotaShift
    member: StaffMember
    team: str


@dataclass(frozen=True, slots=True)
class CoverLine:
    """Cover that runs or is to come, in words."""

    words: str
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class MemberPage:
    """All that an administrator sees of a member of staff. Nothing of any case is in it."""

    member: StaffMember
    is_open: bool
    roles: tuple[GrantLine, ...]
    teams: tuple[str, ...]
    shifts: tuple[ShiftLine, ...]
    cover: tuple[CoverLine, ...]
    lock: StaffLock | None
    last_signed_in: datetime | None
    sessions: int

    @property
    def password(self) -> str:
        """How they sign in, in words."""
        if not self.member.must_change_password:
            return "Known only to them"
        ends = self.member.password_ends_at
        return f"A one-time password, which ends on {in_words(ends)}" if ends else NO_PASSWORD_YET


def member_page(session: Session, member: StaffMember, *, now: datetime) -> MemberPage:
    """The page of one member of staff."""
    staff_id = saved_key(member)
    grants = [_line(session, grant, team, now) for grant, team in _grants(session, RoleGrant.staff_id == staff_id)]
    sessions = session.exec(select(SignInSession).where(SignInSession.staff_id == staff_id)).all()
    return MemberPage(
        member=member,
        is_open=is_open(member, now),
        roles=tuple(grants),
        teams=tuple(sorted({one.team for one in grants if one.may_be_ended and one.grant.team_id is not None})),
        shifts=tuple(line for line in list_shifts(session, now=now) if line.member.id == staff_id),
        cover=tuple(_cover(session, staff_id, now)),
        lock=find_lock(session, staff_id, now=now),
        last_signed_in=max((one.started_at for one in sessions), default=None),
        sessions=sum(runs(one, now) for one in sessions),
    )


def get_grant(session: Session, reference: str) -> RoleGrant:
    """The grant of that reference; raises `NoSuchRecordError`."""
    grant = session.exec(select(RoleGrant).where(RoleGrant.reference == reference)).one_or_none()
    if grant is None:
        raise NoSuchRecordError
    return grant


def get_shift(session: Session, reference: str) -> RotaShift:
    """The shift of that reference; raises `NoSuchRecordError`."""
    shift = session.exec(select(RotaShift).where(RotaShift.reference == reference)).one_or_none()
    if shift is None:
        raise NoSuchRecordError
    return shift


def grant_line(session: Session, grant: RoleGrant, *, now: datetime) -> GrantLine:
    """One grant in words."""
    return _line(session, grant, session.get(Team, grant.team_id) if grant.team_id is not None else None, now)


def list_roles_to_confirm(session: Session, *, by: Actor, now: datetime) -> list[tuple[StaffMember, GrantLine]]:
    """Grants that wait and that the actor may confirm, the oldest first, each with whom it is for."""
    waiting = [
        (get_staff_by_id(session, grant.staff_id), grant, team)
        for grant, team in list_waiting_grants(session, now=now)
        if may_confirm_role(by, Role(grant.role), of=grant.staff_id, granted_by=grant.granted_by)
    ]
    return [(member, _line(session, grant, team, now)) for member, grant, team in waiting]


def list_waiting_grants(session: Session, *, now: datetime) -> list[tuple[RoleGrant, Team | None]]:
    """Every grant to open staff that waits for somebody to confirm it, the oldest first."""
    waits = (
        col(RoleGrant.role).in_(sorted(CONFIRMED_ROLES))
        & col(RoleGrant.confirmed_at).is_(None)
        & col(RoleGrant.declined_at).is_(None)
        & or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    )
    rows = _grants(session, waits)
    return [(grant, team) for grant, team in rows if is_open(get_staff_by_id(session, grant.staff_id), now)]


def list_shifts(session: Session, *, now: datetime) -> list[ShiftLine]:
    """Shifts that run or are to come, by when they begin."""
    query = select(RotaShift, StaffMember, Team)
    query = query.join(StaffMember, col(StaffMember.id) == col(RotaShift.staff_id))
    query = query.join(Team, col(Team.id) == col(RotaShift.team_id)).where(col(RotaShift.until_at) > now)
    rows = session.exec(query.order_by(col(RotaShift.from_at), col(RotaShift.id)))
    return [ShiftLine(shift, member, team.name) for shift, member, team in rows]


def list_who_can_be_on_duty(session: Session, *, now: datetime) -> list[StaffMember]:
    """Open staff with a duty role that has not ended, by name."""
    running = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    held = select(RoleGrant.staff_id).where(col(RoleGrant.role).in_(sorted(ON_DUTY)), running)
    query = select(StaffMember).where(col(StaffMember.id).in_(held), col(StaffMember.closed_at).is_(None))
    return list(session.exec(query.order_by(StaffMember.name, col(StaffMember.id))))


def list_locked(session: Session, *, now: datetime) -> list[StaffMember]:
    """Whose account is locked now, by name."""
    stands = (StaffLock.from_at <= now, StaffLock.until_at > now, col(StaffLock.ended_at).is_(None))
    locked = select(StaffLock.staff_id).where(*stands)
    return list(session.exec(select(StaffMember).where(col(StaffMember.id).in_(locked)).order_by(StaffMember.name)))


def count_without_a_role(session: Session, *, now: datetime) -> int:
    """How many open staff have no role that has not ended."""
    running = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    held = select(RoleGrant.staff_id).where(running)
    query = select(func.count()).select_from(StaffMember)
    query = query.where(col(StaffMember.closed_at).is_(None), col(StaffMember.id).not_in(held))
    return session.exec(query).one()


def _grants(session: Session, wanted: object) -> list[tuple[RoleGrant, Team | None]]:
    query = select(RoleGrant, Team).join(Team, col(Team.id) == col(RoleGrant.team_id), isouter=True)
    return list(session.exec(query.where(wanted).order_by(col(RoleGrant.id))))  # type: ignore[arg-type]


def _line(session: Session, grant: RoleGrant, team: Team | None, now: datetime) -> GrantLine:
    by = get_staff_by_id(session, grant.granted_by).name if grant.granted_by is not None else "The operator"
    words = with_capital(ROLE_WORDS[Role(grant.role)])
    return GrantLine(grant, words, team.name if team else "All teams", by, _status(session, grant, now))


def _status(session: Session, grant: RoleGrant, now: datetime) -> Status:
    if grant.declined_at is not None:
        by = get_staff_by_id(session, grant.declined_by or 0).name
        return Status("Declined", f"By {by}: {grant.declined_why}", "grey")
    if grant.until_at is not None and grant.until_at <= now:
        never = grant.until_at - grant.from_at <= _NO_TIME
        return Status("Ended", "It never began." if never else f"On {in_words(grant.until_at)}.", "grey")
    if Role(grant.role) in CONFIRMED_ROLES and grant.confirmed_at is None:
        return Status("Waiting", f"For a holder of the role or {SRO} to confirm it.", "yellow")
    if grant.from_at > now:
        return Status("Not yet", f"It begins on {in_words(grant.from_at)}.", "grey")
    ends = f" until {end_in_words(grant.until_at)}" if grant.until_at else ""
    if Role(grant.role) in ON_DUTY:
        return Status("Held", f"In force during a shift{ends}.", "green")
    return Status("In force", f"Held now{ends}.", "green")


def _cover(session: Session, staff_id: int, now: datetime) -> list[CoverLine]:
    query = select(Deputy).where(Deputy.until_at > now).order_by(col(Deputy.from_at), col(Deputy.id))
    mine = query.where((col(Deputy.covers_id) == staff_id) | (col(Deputy.deputy_id) == staff_id))
    lines = []
    for deputy in session.exec(mine):
        covered, by = get_staff_by_id(session, deputy.covers_id), get_staff_by_id(session, deputy.deputy_id)
        lines.append(CoverLine(f"{by.name} covers {covered.name}", deputy.from_at, deputy.until_at))
    return lines
