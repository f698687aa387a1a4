"""Members of staff, looked up."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.storage.kept import keeps, kept, kept_rows
from tracker.storage.tables import NoSuchRecordError


def is_open(member: StaffMember, now: datetime) -> bool:
    """Whether the member of staff still works here at `now`."""
    return member.closed_at is None or member.closed_at > now


def get_staff_by_reference(session: Session, reference: str) -> StaffMember:
    """The member of staff of that reference, open or closed; raises `NoSuchRecordError`."""
    member = session.exec(select(StaffMember).where(StaffMember.reference == reference)).one_or_none()
    if member is None:
        raise NoSuchRecordError
    return member


def get_staff_by_id(session: Session, staff_id: int) -> StaffMember:
    """The member of staff of that key, open or closed; raises `NoSuchRecordError`."""
    member = kept(session, ("get_staff_by_id", staff_id), lambda: session.get(StaffMember, staff_id))
    if member is None:
        raise NoSuchRecordError
    return member


def load_staff(session: Session, staff_ids: Iterable[int]) -> None:
    """Reads several members of staff at once where a session keeps what it reads, so that `get_staff_by_id` need not."""
    wanted = frozenset(staff_ids)
    if wanted and keeps(session):
        query = select(StaffMember).where(col(StaffMember.id).in_(wanted))
        kept(session, ("load_staff", wanted), lambda: tuple(session.exec(query)))


def find_staff_by_email(session: Session, email: str) -> StaffMember | None:
    """Who signs in with that address, in any case, open or closed."""
    return session.exec(select(StaffMember).where(StaffMember.email == email.strip().lower())).one_or_none()


def list_staff(session: Session, *, now: datetime) -> list[StaffMember]:
    """Staff who are not closed, by name."""
    return kept_rows(session, _open_staff(), now=now)


@cache
def _open_staff() -> SelectOfScalar[StaffMember]:
    """Built once: every page that says who else could do something asks it."""
    working = or_(col(StaffMember.closed_at).is_(None), col(StaffMember.closed_at) > bindparam("now"))
    return select(StaffMember).where(working).order_by(StaffMember.name, col(StaffMember.id))


def list_grants(session: Session, *, staff_id: int, now: datetime) -> list[tuple[RoleGrant, Team | None]]:
    """Every grant of a member of staff that has not ended, begun and confirmed or not, with its team; the oldest first."""
    query = select(RoleGrant, Team).join(Team, col(Team.id) == col(RoleGrant.team_id), isouter=True)
    running = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    rows = session.exec(query.where(RoleGrant.staff_id == staff_id, running).order_by(col(RoleGrant.id)))
    return list(rows)
