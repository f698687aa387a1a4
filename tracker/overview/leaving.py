"""What a member of staff still has, before an administrator closes them: counts only, nothing of any case."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from tracker.decisions.models import Check
from tracker.decisions.selectors import find_look, list_checks_to_report, list_looks_to_make
from tracker.drafts.models import Draft
from tracker.staff.models import StaffMember
from tracker.staff.selectors import list_grants
from tracker.storage.tables import saved_key


@dataclass(frozen=True, slots=True)
class StillTheirs:
    """How much of each: permits that run, looks whose time is over and that are not reported, outcomes due, drafts, roles."""

    permits: int
    unreported: int
    outcomes: int
    drafts: int
    roles: int


def still_theirs(session: Session, member: StaffMember, *, now: datetime) -> StillTheirs:
    """What that member of staff still has."""
    staff_id = saved_key(member)
    looks = list_looks_to_make(session, staff_id=staff_id)
    running = [check for check in looks if _runs(session, check, now)]
    typed = select(func.count()).select_from(Draft).where(Draft.staff_id == staff_id, Draft.form == "check")
    return StillTheirs(
        permits=len(running),
        unreported=len(looks) - len(running),
        outcomes=len(list_checks_to_report(session, staff_id=staff_id)),
        drafts=session.exec(typed.where(col(Draft.ends_at) > now)).one(),
        roles=len(list_grants(session, staff_id=staff_id, now=now)),
    )


def _runs(session: Session, check: Check, now: datetime) -> bool:
    look = find_look(session, check)
    return look is not None and look.started_at is None and look.ends_at is not None and look.ends_at > now
