"""Who came to a record on duty, and why: the reason stands for the shift in which it was given, and no longer."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.people.groups import group_of
from tracker.people.models import DutyOpening
from tracker.policy.entitlement import ON_DUTY, Actor
from tracker.staff.models import RotaShift


def find_duty_opening(session: Session, person_id: int, *, by: Actor, now: datetime) -> DutyOpening | None:
    """What the actor said on a shift that still runs about this person, or about a record linked to theirs; None where nothing."""
    members = group_of(session, person_id).members
    query = (
        select(DutyOpening)
        .join(RotaShift, col(RotaShift.id) == col(DutyOpening.shift_id))
        .where(
            DutyOpening.staff_id == by.staff_id,
            col(DutyOpening.person_id).in_(members),
            RotaShift.from_at <= now,
            RotaShift.until_at > now,
        )
        .order_by(col(DutyOpening.id))
    )
    return session.exec(query).first()


def shift_of(session: Session, by: Actor, *, now: datetime) -> RotaShift | None:
    """The shift on which the actor is now, their own before that of somebody they stand in for, the last to end of several."""
    whose = {held.covers or by.staff_id for held in by.holdings if held.role in ON_DUTY}
    running = (RotaShift.from_at <= now, RotaShift.until_at > now)
    query = select(RotaShift).where(col(RotaShift.staff_id).in_(whose), *running)
    shifts = [one for one in session.exec(query) if one.team_id in by.duty_teams]
    shifts.sort(key=lambda one: (one.staff_id == by.staff_id, one.until_at, one.id or 0))
    return shifts[-1] if shifts else None
