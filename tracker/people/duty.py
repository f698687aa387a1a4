"""Who came to a record on duty, and why: the reason stands for the shift in which it was given, and no longer."""

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.people.groups import group_of
from tracker.people.models import DutyOpening
from tracker.policy.entitlement import ON_DUTY, Actor
from tracker.staff.models import RotaShift
from tracker.storage.kept import kept


def find_duty_opening(session: Session, person_id: int, *, by: Actor, now: datetime) -> DutyOpening | None:
    """What the actor said on a shift that still runs about this person, or about a record linked to theirs; None where nothing."""
    asked = {"staff": by.staff_id, "members": group_of(session, person_id).members, "now": now}
    return kept(
        session,
        ("find_duty_opening", by.staff_id, person_id, now),
        lambda: session.exec(_on_a_shift_that_runs(), params=asked).first(),
    )


@cache
def _on_a_shift_that_runs() -> SelectOfScalar[DutyOpening]:
    """Built once: whoever is on duty asks it of each record, twice."""
    about = col(DutyOpening.person_id).in_(bindparam("members", expanding=True))
    running = (RotaShift.from_at <= bindparam("now"), RotaShift.until_at > bindparam("now"))
    query = select(DutyOpening).join(RotaShift, col(RotaShift.id) == col(DutyOpening.shift_id))
    return query.where(DutyOpening.staff_id == bindparam("staff"), about, *running).order_by(col(DutyOpening.id))


def shift_of(session: Session, by: Actor, *, now: datetime) -> RotaShift | None:
    """The shift on which the actor is now, their own before that of somebody they stand in for, the last to end of several."""
    whose = {held.covers or by.staff_id for held in by.holdings if held.role in ON_DUTY}
    running = (RotaShift.from_at <= now, RotaShift.until_at > now)
    query = select(RotaShift).where(col(RotaShift.staff_id).in_(whose), *running)
    shifts = [one for one in session.exec(query) if one.team_id in by.duty_teams]
    shifts.sort(key=lambda one: (one.staff_id == by.staff_id, one.until_at, one.id or 0))
    return shifts[-1] if shifts else None
