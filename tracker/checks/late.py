"""A look that was already made. It counts whatever comes out; what is decided is whether it could have been made.

Decided twice, and both are kept: on what had been recorded before the look, which governs, and on what is now said to have been
true. Source: policy.md, "Two times".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.asking import codes_of, enter_check, list_people_in, read_request, words_of
from tracker.checks.errors import SittingError, WrongViewerError
from tracker.checks.requests import LateEntry
from tracker.decisions.concerned import Concerned, concerned_by, lock_concerned, moment_of
from tracker.decisions.deciding import Answer, DecidedFor, decide_for_everyone, keep_decision
from tracker.decisions.models import Check
from tracker.decisions.vocabulary import CheckKind, Occasion
from tracker.detection.services import detect
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Aim, Footing, Outcome, Platform, ViewFooting
from tracker.referrals.models import Referral
from tracker.referrals.services import open_referral
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.storage.tables import saved_key
from tracker.viewings.ledger import enter_late_look
from tracker.viewings.models import Look


def record_late_entry(session: Session, entry: LateEntry, *, by: Actor, now: datetime) -> Check:
    """Records a look that was already made by `by`: decided twice, both kept, and counted whatever comes out.

    What was seen is reported afterwards, with `report_look`. One that was not permitted on what had been recorded goes to Legal as a
    possible error. Raises `NotAllowedError`, `WrongViewerError`, `SittingError`, `NoSuchRecordError`, `ClockBehindError`.
    """
    require_sitting(entry.opened_at, entry.closed_at, now=now)
    if entry.check.viewer != by.reference:
        raise WrongViewerError("Only the one who looked can record it.")
    concerned = lock_concerned(session, list_people_in(session, entry.check), with_networks=True)
    now = moment_of(session, concerned, now=now)
    asked = read_request(session, entry.check, concerned, by=by, at=entry.opened_at, now=now)
    check = enter_check(
        session,
        entry.check,
        asked,
        concerned,
        kind=CheckKind.LATE_ENTRY,
        at=entry.opened_at,
        by=by,
        now=now,
        why_late=entry.why_late,
    )
    as_recorded, as_said = _decide_twice(session, check, concerned, by=by, now=now)
    look = _enter_look(session, check, entry, as_recorded, now=now)
    referral = _possible_error(session, check, as_recorded, as_said, by=by, now=now)
    record(
        session,
        Event.LATE_ENTRY_RECORDED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={
            "team": asked.team.reference,
            "asked": codes_of(entry.check),
            "opened_at": entry.opened_at.isoformat(),
            "closed_at": entry.closed_at.isoformat(),
            "decision": as_recorded.as_recorded(),
            "as_said": as_said.as_recorded(),
            "look": look.reference,
            "referral": referral and referral.reference,
        },
        content={**words_of(entry.check), "why_late": entry.why_late},
    )
    detect(session, [one.person_id for one in concerned], now=now)
    return check


def require_sitting(opened_at: datetime | None, closed_at: datetime | None, *, now: datetime) -> None:
    """Raises `SittingError` unless a sitting began, and then ended, by now."""
    if opened_at is None:
        raise SittingError("Enter when the look began.", "opened_at")
    if closed_at is None:
        raise SittingError("Enter when the look ended.", "closed_at")
    if opened_at > now:
        raise SittingError("The start of the look must be in the past.", "opened_at")
    if closed_at > now:
        raise SittingError("The end of the look must be in the past.", "closed_at")
    if closed_at < opened_at:
        raise SittingError("The end of the look must be after its start.", "closed_at")


def _decide_twice(
    session: Session, check: Check, concerned: Sequence[Concerned], *, by: Actor, now: datetime
) -> tuple[Answer, Answer]:
    then = concerned_by(session, check, links_at=check.at)
    as_recorded = decide_for_everyone(session, check, then, at=check.at)
    as_said = decide_for_everyone(session, check, concerned, at=check.at, recorded_by=now)
    for answer, occasion in ((as_recorded, Occasion.LATE_AS_RECORDED), (as_said, Occasion.LATE_AS_SAID)):
        keep_decision(session, check, answer, occasion=occasion, at=check.at, by=by, now=now)
    return as_recorded, as_said


def _enter_look(session: Session, check: Check, entry: LateEntry, as_recorded: Answer, *, now: datetime) -> Look:
    soon = now - entry.opened_at <= timedelta(hours=as_recorded.limits.limits.outcome_due_hours)
    return enter_late_look(
        session,
        check_id=saved_key(check),
        viewer_id=check.viewer_id,
        team_id=check.team_id,
        platforms=[Platform(platform) for platform in check.platforms],
        searched_first=check.aim == Aim.FIND_THEN_VIEW,
        footings={saved_key(one.person): _footing_of(one, soon=soon) for one in as_recorded.each},
        opened_at=entry.opened_at,
        closed_at=entry.closed_at,
        now=now,
    )


def _footing_of(one: DecidedFor, *, soon: bool) -> ViewFooting:
    """A look in danger that was recorded soon enough waits for a manager's review; any other is a late entry."""
    danger = next(reason for reason in one.decision.footings if reason.rule is Footing.IMMEDIATE_RESPONSE)
    return ViewFooting.IMMEDIATE_RESPONSE if soon and danger.stands else ViewFooting.LATE_ENTRY


def _possible_error(
    session: Session, check: Check, as_recorded: Answer, as_said: Answer, *, by: Actor, now: datetime
) -> Referral | None:
    if as_recorded.outcome is Outcome.PERMITTED:
        return None
    otherwise = " On what is now said it could have been made." if as_said.outcome is Outcome.PERMITTED else ""
    return open_referral(
        session,
        kind=ReferralKind.POSSIBLE_ERROR,
        place=ReferralPlace.LEGAL,
        people=[one.person for one in as_recorded.each],
        check_id=saved_key(check),
        about=check.reference,
        why=f"A look was made that could not go ahead on what was recorded: {as_recorded.outcome.label}.{otherwise}",
        urgent=False,
        by=by,
        now=now,
    )
