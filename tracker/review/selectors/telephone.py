"""Approvals by telephone: who could be called about a check, and what still has to be confirmed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.decisions.concerned import standing_of_check
from tracker.decisions.models import Check, ManagerDecision, TelephoneApproval
from tracker.policy.entitlement import Actor, CheckStanding, Role, may_give_verdict
from tracker.staff.models import StaffMember
from tracker.staff.selectors import get_staff_by_id, list_actors
from tracker.staff.standing_in import parts_of

HOURS_TO_CONFIRM = timedelta(hours=24)
"""How long the manager named has to confirm before the worker and the Senior Responsible Officer are told. Source: issue 5."""


@dataclass(frozen=True, slots=True)
class SaidByTelephone:
    """An approval by telephone, with the check, who recorded it and whom they named, and what was said."""

    approval: TelephoneApproval
    check: Check
    recorded_by: StaffMember
    manager: StaffMember
    said: str

    @property
    def due_at(self) -> datetime:
        """By when it is to be confirmed."""
        return self.approval.recorded_at + HOURS_TO_CONFIRM


def list_reachable(session: Session, check: Check, *, by: Actor, now: datetime) -> list[Actor]:
    """Duty managers on a rota at `now` who may decide on the check as such, by name: never who asked, would look, spoke or advised,
    nor who is a duty manager only in the place of one of them."""
    standing = standing_of_check(session, check, now=now)
    managers = list_actors(session, role=Role.DUTY_MANAGER, now=now)
    return [one for one in managers if one.staff_id != by.staff_id and _may_as_duty_manager(one, standing)]


def _may_as_duty_manager(one: Actor, check: CheckStanding) -> bool:
    return any(Role.DUTY_MANAGER in part.roles and may_give_verdict(part, check) for _, part in parts_of(one))


def find_reachable(session: Session, check: Check, reference: str, *, by: Actor, now: datetime) -> Actor | None:
    """That one of them, or None."""
    return next((one for one in list_reachable(session, check, by=by, now=now) if one.reference == reference), None)


def said_of(session: Session, approval: TelephoneApproval) -> SaidByTelephone:
    """An approval with what stands around it."""
    return SaidByTelephone(
        approval=approval,
        check=session.get_one(Check, approval.check_id),
        recorded_by=get_staff_by_id(session, approval.recorded_by),
        manager=get_staff_by_id(session, approval.manager_id),
        said=session.get_one(ManagerDecision, approval.decision_id).reasons,
    )


def list_to_confirm(session: Session, staff_id: int) -> list[SaidByTelephone]:
    """What this member of staff is said to have approved by telephone and has not answered, the oldest first."""
    mine = (TelephoneApproval.manager_id == staff_id, col(TelephoneApproval.answered_at).is_(None))
    query = select(TelephoneApproval).where(*mine).order_by(col(TelephoneApproval.recorded_at))
    return [said_of(session, one) for one in session.exec(query)]


def list_unconfirmed(session: Session) -> list[SaidByTelephone]:
    """Every approval by telephone that nobody has answered, the oldest first; of a check recorded in error since too, so that striking
    it hides no approval that was never given."""
    open_still = col(TelephoneApproval.answered_at).is_(None)
    query = select(TelephoneApproval).where(open_still).order_by(col(TelephoneApproval.recorded_at))
    return [said_of(session, one) for one in session.exec(query)]
