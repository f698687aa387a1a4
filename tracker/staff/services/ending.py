"""Ending what runs from an instant to an instant: roles, shifts, cover. Rows are never deleted, and not rewritten otherwise."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from tracker.staff.models import Deputy, RoleGrant, RotaShift

_BEFORE_IT_BEGAN = timedelta(microseconds=1)


def end_now(row: RoleGrant | RotaShift | Deputy, now: datetime) -> None:
    """Ends it now; one that has not begun is dated so that it never does."""
    row.from_at, row.until_at = (row.from_at if row.from_at < now else now - _BEFORE_IT_BEGAN), now


def end_what_they_hold(session: Session, staff_id: int, *, now: datetime) -> list[str]:
    """Ends the roles, the shifts and the cover, on both sides, of a member of staff; the references of what was ended. Part of a
    use-case that records why."""
    runs = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    both_sides = or_(col(Deputy.covers_id) == staff_id, col(Deputy.deputy_id) == staff_id)
    rows: list[Any] = [
        *session.exec(select(RoleGrant).where(RoleGrant.staff_id == staff_id, runs).order_by(col(RoleGrant.id))),
        *session.exec(
            select(RotaShift)
            .where(RotaShift.staff_id == staff_id, RotaShift.until_at > now)
            .order_by(col(RotaShift.id))
        ),
        *session.exec(select(Deputy).where(both_sides, Deputy.until_at > now).order_by(col(Deputy.id))),
    ]
    for row in rows:
        end_now(row, now)
    session.add_all(rows)
    session.flush()
    return [row.reference for row in rows]
