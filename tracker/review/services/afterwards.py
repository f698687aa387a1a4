"""What a manager confirms, reviews or has seen once somebody has looked, or says that nobody did.

Whom only the rota brings to the people of the check says why first (`DutyReasonNeededError`; ADR 0150).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.errors import NothingToConfirmError
from tracker.checks.settling import nobody_left_since, waits_for_confirmation, waits_for_review, waits_to_be_seen
from tracker.decisions.concerned import Concerned, lock_check, moment_of, standing_of_check
from tracker.decisions.models import Check, ManagerDecision
from tracker.decisions.vocabulary import Verdict
from tracker.detection.services import detect
from tracker.people.services import act_on_duty_about
from tracker.policy.entitlement import Actor, may_give_verdict
from tracker.policy.vocabulary import Reviewed
from tracker.review.selectors.marks import require_as_shown
from tracker.review.services.verdicts import enter_verdict
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import find_look_of
from tracker.viewings.vocabulary import LookResult


def confirm_result(session: Session, check: Check, *, by: Actor, now: datetime, seen: str | None = None) -> Look:
    """A manager confirms a result that takes a view out of the count and did not do so by itself: not used or nothing found
    and said too late, or somebody else's page. `seen`: the mark of the page that was read.

    Raises `NotAllowedError`, `NothingToConfirmError`, `ChangedMeanwhileError`.
    """
    concerned = _require_may_decide(session, check, by=by, now=now)
    look = find_look_of(session, saved_key(check))
    if look is None or not waits_for_confirmation(look):
        raise NothingToConfirmError("Nothing about this look waits to be confirmed.")
    require_as_shown(session, check, concerned, seen=seen, now=now)
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
    _detect(session, concerned, now=now)
    return look


def review_immediate_response(
    session: Session,
    check: Check,
    *,
    reviewed: Reviewed,
    why: str,
    by: Actor,
    now: datetime,
    seen: str | None = None,
) -> Look:
    """A manager reviews a look made in danger, once: agreed or not agreed. Nothing unlawful is ratified by it.

    Raises `NotAllowedError`, `ChangedMeanwhileError`, and `NothingToConfirmError` where the look was not made in danger, is
    reviewed, or may still be made.
    """
    concerned = _require_may_decide(session, check, by=by, now=now)
    look = find_look_of(session, saved_key(check))
    if look is None or not waits_for_review(session, look, now=now):
        raise NothingToConfirmError("Nothing about this look waits to be reviewed.")
    require_as_shown(session, check, concerned, seen=seen, now=now)
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
    _detect(session, concerned, now=now)
    return look


def see_late_entry(
    session: Session, check: Check, *, reasons: str, by: Actor, now: datetime, seen: str | None = None
) -> ManagerDecision:
    """A manager has seen, once, that a look was made and recorded afterwards, and says so in words. It counts all the same.

    Raises `NotAllowedError`, `NothingToConfirmError`, `ChangedMeanwhileError`. Source: policy.md, "Late entries".
    """
    concerned = _require_may_decide(session, check, by=by, now=now)
    if not waits_to_be_seen(session, check):
        raise NothingToConfirmError("This late entry does not wait to be seen.")
    require_as_shown(session, check, concerned, seen=seen, now=now)
    verdict = enter_verdict(session, check, Verdict.SEEN, reasons, by=by.staff_id, now=now)
    people = [one.person.reference for one in concerned]
    content = {"reasons": reasons}
    record(session, Event.LATE_ENTRY_SEEN, at=now, by=by, people=people, about=check.reference, content=content)
    return verdict


def see_nobody_left(
    session: Session, check: Check, *, known: str, by: Actor, now: datetime, seen: str | None = None
) -> ManagerDecision:
    """A manager has seen, once, that whoever alone could report a look has left, and says what is known about it. It counts all the
    same: nothing takes it out of the count but a report. `known`: in the manager's words.

    Raises `NotAllowedError`, `NothingToConfirmError`, `ChangedMeanwhileError`.
    """
    concerned = _require_may_decide(session, check, by=by, now=now)
    left = nobody_left_since(session, check)
    if left is None or left > now:
        raise NothingToConfirmError("Somebody is here who has to report, or it has been seen already.")
    require_as_shown(session, check, concerned, seen=seen, now=now)
    verdict = enter_verdict(session, check, Verdict.NOBODY_LEFT, known, by=by.staff_id, now=now)
    people = [one.person.reference for one in concerned]
    content = {"known": known}
    record(session, Event.NOBODY_LEFT_SEEN, at=now, by=by, people=people, about=check.reference, content=content)
    return verdict


def _require_may_decide(session: Session, check: Check, *, by: Actor, now: datetime) -> tuple[Concerned, ...]:
    concerned = lock_check(session, check, with_networks=True)
    allowed = may_give_verdict(by, standing_of_check(session, check, now=now))
    require(by, Permission.DECIDE_CHECK, allowed=allowed, about=check.reference)
    act_on_duty_about(session, [one.person for one in concerned], by=by, now=now)
    return concerned


def _detect(session: Session, concerned: Sequence[Concerned], *, now: datetime) -> None:
    """What a manager said may make a pattern of what was looked at before: found at once (ADR 0101)."""
    detect(session, [one.person_id for one in concerned], now=moment_of(session, concerned, now=now))
