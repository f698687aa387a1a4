"""Danger that has been asked about already: the same page posted anew leads to the check that stands, not to a second permit."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.checks.again import is_waiting
from tracker.checks.asking import Asked
from tracker.checks.requests import NewCheck
from tracker.decisions.concerned import Concerned
from tracker.decisions.liveness import liveness_of
from tracker.decisions.models import Check
from tracker.decisions.vocabulary import CheckKind
from tracker.policy.entitlement import Actor
from tracker.rulebook.selectors import limits_in_force


def find_same_danger(
    session: Session, new: NewCheck, asked: Asked, concerned: Concerned, *, by: Actor, now: datetime
) -> Check | None:
    """The check that already answers what is asked in danger, or None.

    By the same member of staff about the same person (or a record linked to theirs), within the hours that a permit in danger
    runs: one whose permit is live and takes in these platforms, where nothing new is said to have happened; or the very same page,
    whose permit is live or which waits for somebody. To be called under the locks.
    """
    if new.kind is not CheckKind.DANGER:
        return None
    for check in _asked_lately(session, concerned, by=by, now=now):
        is_live = liveness_of(session, check, now=now).live
        if is_live and not new.new_event and {one.value for one in asked.platforms} <= set(check.platforms):
            return check
        if _is_the_same_page(check, new, asked) and (is_live or is_waiting(session, check)):
            return check
    return None


def _asked_lately(session: Session, concerned: Concerned, *, by: Actor, now: datetime) -> Iterator[Check]:
    hours = limits_in_force(session, at=now).limits.danger_permit_hours
    mine = (
        Check.kind == CheckKind.DANGER,
        Check.requester_id == by.staff_id,
        col(Check.person_id).in_(concerned.group.members),
        Check.recorded_at >= now - timedelta(hours=hours),
    )
    return iter(session.exec(select(Check).where(*mine).order_by(col(Check.id).desc())).all())


def _is_the_same_page(check: Check, new: NewCheck, asked: Asked) -> bool:
    said = (check.danger, check.newly_happened, check.new_event, check.purpose, check.account, set(check.platforms))
    return said == (
        new.danger,
        new.newly_happened,
        new.new_event,
        new.purpose.value,
        asked.account.value,
        {one.value for one in asked.platforms},
    )
