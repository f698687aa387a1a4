"""What one check waits for a manager to do, and since when: worked out from its rows, never stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.checks.again import is_waiting
from tracker.checks.settling import (
    nobody_left_since,
    nobody_left_was_seen,
    waits_for_confirmation,
    waits_for_review,
    waits_to_be_seen,
)
from tracker.decisions.models import Check
from tracker.decisions.selectors import find_case_report, find_look, latest_decision
from tracker.policy.limits import Limits
from tracker.policy.vocabulary import Outcome
from tracker.referrals.selectors import find_open_referral
from tracker.referrals.vocabulary import ReferralPlace
from tracker.review.vocabulary import Wanted
from tracker.storage.kept import kept
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import report_due_at
from tracker.viewings.vocabulary import LookResult

CONFIRMED: dict[str | None, Wanted] = {
    LookResult.NOT_USED: Wanted.NOT_USED,
    LookResult.WRONG_PERSON: Wanted.WRONG_PERSON,
}


@dataclass(frozen=True, slots=True)
class Waits:
    """What is wanted, since when, and by when where the case says so."""

    wanted: Wanted
    since: datetime
    needed_by: datetime | None = None


def waits_for_manager(session: Session, check: Check, limits: Limits, *, now: datetime) -> Waits | None:
    """What the check waits for a manager to do at `now`; None where it does not. One thing at a time, what counts most first."""
    return kept(session, ("waits_for_manager", check.id, limits, now), lambda: _waits(session, check, limits, now))


def _waits(session: Session, check: Check, limits: Limits, now: datetime) -> Waits | None:
    if check.struck_at is not None or check.withdrawn_at is not None:
        return None
    look = find_look(session, check)
    if look is None:
        return _without_look(session, check)
    if look.struck_at is not None:
        return None
    return _to_settle(session, check, look, now=now) or _overdue(session, check, look, limits, now=now)


def _without_look(session: Session, check: Check) -> Waits | None:
    if not is_waiting(session, check):
        return None
    decision = latest_decision(session, check)
    if decision.outcome == Outcome.NEEDS_MANAGER_APPROVAL:
        return Waits(Wanted.APPROVAL, decision.at)
    referral = find_open_referral(session, saved_key(check))
    if referral is None or referral.place != ReferralPlace.MANAGER:
        return None
    return Waits(Wanted.REFERRAL, referral.opened_at, referral.needed_by)


def _to_settle(session: Session, check: Check, look: Look, *, now: datetime) -> Waits | None:
    if waits_for_review(session, look, now=now):
        return Waits(Wanted.REVIEW, look.reported_at or look.ends_at or look.recorded_at)
    if waits_for_confirmation(look):
        return Waits(CONFIRMED.get(look.result, Wanted.NOTHING_FOUND), look.reported_at or look.recorded_at)
    if waits_to_be_seen(session, check):
        return Waits(Wanted.LATE_ENTRY, check.recorded_at)
    return None


def _overdue(session: Session, check: Check, look: Look, limits: Limits, *, now: datetime) -> Waits | None:
    left = nobody_left_since(session, check)
    if left is not None and left <= now:
        return Waits(Wanted.NOBODY_LEFT, max(left, look.recorded_at))
    if nobody_left_was_seen(session, check):
        return None
    if look.reported_at is None:
        due = report_due_at(look, limits)
        return Waits(Wanted.OUTCOME, due) if due is not None and due <= now else None
    if look.result == LookResult.NOT_USED or look.opened_at is None or find_case_report(session, check) is not None:
        return None
    due = look.opened_at + timedelta(hours=limits.outcome_due_hours)
    return Waits(Wanted.MEANING, max(due, look.reported_at)) if due <= now else None
