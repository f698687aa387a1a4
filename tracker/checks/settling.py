"""After the look: what it means for the case, and what about it still waits for a manager."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.concerned import lock_check, standing_of_check
from tracker.checks.errors import AlreadyReportedError, NotYetReportedError
from tracker.checks.looking import takes_out_of_count
from tracker.checks.models import Check
from tracker.policy.entitlement import Actor, may_change_as_requester
from tracker.policy.vocabulary import ViewFooting
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
