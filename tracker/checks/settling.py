"""After the look: what it means for the case, and what a manager confirms or reviews."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.concerned import Concerned, lock_check, standing_of_check
from tracker.checks.errors import AlreadyReportedError, NothingToConfirmError, NotYetReportedError
from tracker.checks.looking import takes_out_of_count
from tracker.checks.models import Check
from tracker.policy.entitlement import Actor, may_change_as_requester, may_decide_on_check
from tracker.policy.vocabulary import Reviewed, ViewFooting
from tracker.storage.tables import saved_key
from tracker.viewings.models import CaseReport, Look
from tracker.viewings.requests import ReportForCase
from tracker.viewings.selectors import find_case_report_of, find_look_of, list_viewings_of
from tracker.viewings.vocabulary import LookResult


def report_for_case(session: Session, check: Check, report: ReportForCase, *, by: Actor, now: datetime) -> CaseReport:
    """The requester reports, once, what the look means for the case.

    Raises `NotAllowedError`, `NotYetReportedError`, `AlreadyReportedError`. Source: UK GDPR article 14 (who was told).
    """
    concerned = lock_check(session, check)
    allowed = may_change_as_requester(by, standing_of_check(session, check, now=now))
    require(by, Permission.ASK_FOR_CHECK, allowed=allowed, about=check.reference)
    look = find_look_of(session, saved_key(check))
    if look is None or look.reported_at is None or look.result == LookResult.NOT_USED:
        raise NotYetReportedError("The look has not been reported yet.")
    if find_case_report_of(session, saved_key(check)) is not None:
        raise AlreadyReportedError("What this look means for the case has been recorded already.")
    kept = CaseReport(
        check_id=saved_key(check),
        meaning=report.meaning,
        told=report.told.value,
        told_words=report.told_words,
        shared=report.shared,
        shared_words=report.shared_words,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(kept)
    session.flush()
    record(
        session,
        Event.OUTCOME_REPORTED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"look": look.reference, "told": kept.told, "shared": kept.shared},
        content={"meaning": report.meaning, "told": report.told_words, "shared": report.shared_words},
    )
    return kept


def confirm_result(session: Session, check: Check, *, by: Actor, now: datetime) -> Look:
    """A manager confirms a result that takes a view out of the count and did not do so by itself: not used or nothing found
    and said too late, or somebody else's page. Raises `NotAllowedError`, `NothingToConfirmError`."""
    concerned = _require_may_decide(session, check, by=by, now=now)
    look = find_look_of(session, saved_key(check))
    if look is None or not waits_for_confirmation(look):
        raise NothingToConfirmError("Nothing about this look waits to be confirmed.")
    look.result_counts_from, look.result_confirmed_by = now, by.staff_id
    look.version += 1
    session.add(look)
    session.flush()
    nobody_looked = look.result == LookResult.NOT_USED
    record(
        session,
        Event.NOT_USED_CONFIRMED if nobody_looked else Event.RESULT_CONFIRMED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"look": look.reference, "result": look.result},
    )
    return look


def review_immediate_response(
    session: Session, check: Check, *, reviewed: Reviewed, why: str, by: Actor, now: datetime
) -> Look:
    """A manager reviews a look made in danger, once: agreed or not agreed. Nothing unlawful is ratified by it.

    Raises `NotAllowedError`, and `NothingToConfirmError` where the look was not made in danger, is reviewed, or may still be made.
    """
    concerned = _require_may_decide(session, check, by=by, now=now)
    look = find_look_of(session, saved_key(check))
    if look is None or not waits_for_review(session, look, now=now):
        raise NothingToConfirmError("Nothing about this look waits to be reviewed.")
    look.reviewed, look.reviewed_at, look.reviewed_by, look.reviewed_why = reviewed.value, now, by.staff_id, why
    look.version += 1
    session.add(look)
    session.flush()
    record(
        session,
        Event.RESPONSE_REVIEWED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"look": look.reference, "reviewed": reviewed.value},
        content={"why": why},
    )
    return look


def waits_for_confirmation(look: Look) -> bool:
    """Whether the look has a result that would take a view out of the count once a manager confirms it."""
    return look.reported_at is not None and look.result_counts_from is None and takes_out_of_count(look)


def waits_for_review(session: Session, look: Look, *, now: datetime) -> bool:
    """Whether the look was made in danger and nobody has reviewed it: reported as made, or no longer to be made."""
    if look.reviewed is not None or look.result == LookResult.NOT_USED:
        return False
    over = look.reported_at is not None or look.ends_at is None or look.ends_at <= now
    danger = ViewFooting.IMMEDIATE_RESPONSE.value
    return over and any(viewing.footing == danger for viewing in list_viewings_of(session, saved_key(look)))


def _require_may_decide(session: Session, check: Check, *, by: Actor, now: datetime) -> tuple[Concerned, ...]:
    concerned = lock_check(session, check)
    allowed = may_decide_on_check(by, standing_of_check(session, check, now=now))
    require(by, Permission.DECIDE_CHECK, allowed=allowed, about=check.reference)
    return concerned
