"""After the look: what it means for the case, and what about it still waits for a manager."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.errors import AlreadyReportedError, NotSaidYetError, NotYetReportedError
from tracker.checks.looking import takes_out_of_count
from tracker.checks.requests import SaidAfterDanger
from tracker.checks.telling import in_figures, require_day
from tracker.decisions.concerned import lock_check, standing_of_check
from tracker.decisions.models import Check, SaidAfterwards
from tracker.decisions.records import verdicts_of
from tracker.decisions.speaking import note_who_speaks
from tracker.decisions.vocabulary import CheckKind, Verdict
from tracker.policy.entitlement import Actor, may_change_as_requester
from tracker.policy.vocabulary import ViewFooting
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import saved_key
from tracker.viewings.models import CaseReport, Look
from tracker.viewings.requests import ReportForCase
from tracker.viewings.selectors import find_case_report_of, find_look_of, list_viewings_of
from tracker.viewings.vocabulary import LookResult, Told


def report_for_case(
    session: Session,
    check: Check,
    report: ReportForCase,
    *,
    said: SaidAfterDanger | None = None,
    by: Actor,
    now: datetime,
) -> CaseReport:
    """The requester, or their deputy, reports, once, what the look means for the case; after danger also what a planned check
    answers before.

    Raises `NotAllowedError`, `NotYetReportedError`, `AlreadyReportedError`, `NotSaidYetError` where it was danger and nothing is
    `said`, and `WrongDayError` where a day is missing, in the future or before the look. Source: UK GDPR article 14 (who was told).
    """
    concerned = lock_check(session, check)
    allowed = may_change_as_requester(by, standing_of_check(session, check, now=now))
    require(by, Permission.ASK_FOR_CHECK, allowed=allowed, about=check.reference)
    look = find_look_of(session, saved_key(check))
    if look is None or look.reported_at is None or look.result == LookResult.NOT_USED:
        raise NotYetReportedError("The look has not been reported yet.")
    if find_case_report_of(session, saved_key(check)) is not None:
        raise AlreadyReportedError("What this look means for the case has been recorded already.")
    if (said is None) == (check.kind == CheckKind.DANGER):
        raise NotSaidYetError("Answer what was not asked in danger, and only that.")
    require_day(report.told_on, "told_on", look, wanted=report.told is Told.TOLD, now=now)
    require_day(report.shared_on, "shared_on", look, wanted=report.shared, now=now)
    kept = CaseReport(
        check_id=saved_key(check),
        meaning=report.meaning,
        told=report.told.value,
        told_on=report.told_on,
        told_words=report.told_words,
        shared=report.shared,
        shared_on=report.shared_on,
        shared_words=report.shared_words,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    note_who_speaks(session, check, by=by, now=now)
    session.add(kept)
    if said is not None:
        session.add(_said(check, said, by=by, now=now))
    session.flush()
    record(
        session,
        Event.OUTCOME_REPORTED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={
            "look": look.reference,
            "told": kept.told,
            "told_on": in_figures(kept.told_on),
            "shared": kept.shared,
            "shared_on": in_figures(kept.shared_on),
            **_as_recorded(said),
        },
        content={
            "meaning": report.meaning,
            "told": report.told_words,
            "shared": report.shared_words,
            **_words_of(said),
        },
    )
    return kept


def _said(check: Check, said: SaidAfterDanger, *, by: Actor, now: datetime) -> SaidAfterwards:
    return SaidAfterwards(
        check_id=saved_key(check),
        relation=said.relation.value,
        may_lack_capacity=said.may_lack_capacity,
        purpose_words=said.purpose_words,
        why_this_person=said.why_this_person,
        why_not_by_agreement=said.why_not_by_agreement.value,
        why_not_words=said.why_not_words,
        less_intrusive=said.less_intrusive,
        code_factors=[factor.value for factor in said.code_factors],
        confidential_material_likely=said.confidential_material_likely,
        illegal_content_suspected=said.illegal_content_suspected,
        basis_does_not_fit=said.basis_does_not_fit,
        recorded_at=now,
        recorded_by=by.staff_id,
    )


def _as_recorded(said: SaidAfterDanger | None) -> dict[str, Any]:
    """What was answered from lists, for the trail."""
    if said is None:
        return {}
    return {
        "said_after_danger": {
            "relation": said.relation.value,
            "may_lack_capacity": said.may_lack_capacity,
            "why_not_by_agreement": said.why_not_by_agreement.value,
            "code_factors": [factor.value for factor in said.code_factors],
            "confidential_material_likely": said.confidential_material_likely,
            "illegal_content_suspected": said.illegal_content_suspected,
        }
    }


def _words_of(said: SaidAfterDanger | None) -> dict[str, str | None]:
    """What was answered in words, for the part of the trail that can be erased."""
    if said is None:
        return {}
    return {
        "purpose": said.purpose_words,
        "why_this_person": said.why_this_person,
        "why_not_by_agreement": said.why_not_words,
        "less_intrusive": said.less_intrusive,
        "basis_does_not_fit": said.basis_does_not_fit,
    }


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


def waits_to_be_seen(session: Session, check: Check) -> bool:
    """Whether the check is a late entry that no manager has seen. Whoever reviewed it as a look in danger has seen it."""
    if check.kind != CheckKind.LATE_ENTRY or check.struck_at is not None:
        return False
    look = find_look_of(session, saved_key(check))
    return (look is None or look.reviewed is None) and not _was_said(session, check, Verdict.SEEN)


def nobody_left_since(session: Session, check: Check) -> datetime | None:
    """Since when nobody is left who could report: whoever was to look, or to say what it means, has left, and no manager has seen
    that yet. None where somebody has to report, or nothing is owed."""
    look = find_look_of(session, saved_key(check))
    if look is None or look.struck_at is not None:
        return None
    who = look.viewer_id if look.reported_at is None else check.requester_id
    if look.reported_at is not None and (
        look.result == LookResult.NOT_USED or find_case_report_of(session, saved_key(check)) is not None
    ):
        return None
    return None if nobody_left_was_seen(session, check) else get_staff_by_id(session, who).closed_at


def nobody_left_was_seen(session: Session, check: Check) -> bool:
    """Whether a manager has seen that nobody is left who could report: then nothing waits for a report any more."""
    return _was_said(session, check, Verdict.NOBODY_LEFT)


def _was_said(session: Session, check: Check, verdict: Verdict) -> bool:
    said = verdicts_of(session, [saved_key(check)])[saved_key(check)]
    return any(one.verdict == verdict for one in said)
