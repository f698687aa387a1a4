"""What a manager decides on a check: approve one look, decline it, send a blocked check on to Legal, or close it.

Whom only the rota brings to the people of the check says why first, as at the door of its page (`DutyReasonNeededError`; ADR 0150).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.again import require_waiting
from tracker.checks.carrying_out import BLOCKS, carry_out
from tracker.checks.errors import NotWaitingError, WrongViewerError
from tracker.decisions.concerned import Concerned, lock_check, moment_of, standing_of_check
from tracker.decisions.deciding import decide_for_everyone, keep_decision
from tracker.decisions.models import Check, CheckDecision, ManagerDecision
from tracker.decisions.vocabulary import Occasion, Verdict
from tracker.detection.services import detect
from tracker.people.services import act_on_duty_about
from tracker.policy.entitlement import Actor, CheckStanding, may_give_verdict
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Referral
from tracker.referrals.selectors import find_open_referral
from tracker.referrals.services import close_waiting_referral, endorse_referral
from tracker.referrals.vocabulary import ReferralPlace
from tracker.review.selectors.marks import decided_now, require_as_shown
from tracker.staff.selectors import get_staff_by_id, is_open
from tracker.storage.tables import saved_key

FOR_A_MANAGER = frozenset({Outcome.NEEDS_MANAGER_APPROVAL})


def approve_check(
    session: Session, check: Check, *, reasons: str, by: Actor, now: datetime, seen: str | None = None
) -> CheckDecision:
    """A manager approves one look: decided again under the locks; only what still needs their approval is approved.

    Look at the decision returned: where `occasion` is not `approved`, nothing was approved, and its answer says why.
    `seen`: the mark of the page that was read. Raises `NotAllowedError`, `NotWaitingError`, `ChangedMeanwhileError`, and
    `WrongViewerError` where whoever would look has left. Source: policy.md, "Approval decides again".
    """
    concerned, now = _require_may_decide(session, check, seen, by=by, now=now)
    viewer = get_staff_by_id(session, check.viewer_id)
    if not is_open(viewer, now):
        raise WrongViewerError(
            f"{viewer.name}, who would look, has left. Decline it: somebody else may ask for it anew."
        )
    detect(session, [one.person_id for one in concerned], now=now)
    before = decided_now(session, check, concerned, now=now)
    approved = before.outcome in FOR_A_MANAGER
    if approved:
        enter_verdict(session, check, Verdict.APPROVED, reasons, by=by.staff_id, now=now)
        answer = decide_for_everyone(session, check, concerned, at=now, limits=before.limits)
        occasion = Occasion.APPROVED
        if answer.outcome is not Outcome.PERMITTED:
            raise RuntimeError("an approved look did not come out as permitted; nothing was approved")
    else:
        answer, occasion = before, Occasion.ASKED_AGAIN
    decision = keep_decision(session, check, answer, occasion=occasion, at=now, by=by, now=now)
    followed = carry_out(session, check, answer, by=by, now=now)
    facts = {
        "occasion": decision.occasion,
        "decision": answer.as_recorded(),
        "number": decision.number,
        **followed.as_recorded(),
    }
    event = Event.CHECK_APPROVED if approved else Event.CHECK_DECIDED_AGAIN
    _record(session, event, check, concerned, facts=facts, reasons=reasons, by=by, now=now)
    return decision


def decline_check(
    session: Session, check: Check, *, reasons: str, by: Actor, now: datetime, seen: str | None = None
) -> CheckDecision:
    """A manager declines a look that waits for one. Raises `NotAllowedError`, `NotWaitingError`, `ChangedMeanwhileError`."""
    concerned, now = _require_may_decide(session, check, seen, by=by, now=now)
    enter_verdict(session, check, Verdict.DECLINED, reasons, by=by.staff_id, now=now)
    answer = decide_for_everyone(session, check, concerned, at=now)
    decision = keep_decision(session, check, answer, occasion=Occasion.DECLINED, at=now, by=by, now=now)
    followed = carry_out(session, check, answer, by=by, now=now)
    closed = close_waiting_referral(session, saved_key(check), why="A manager declined the look.", by=by, now=now)
    facts = {
        "occasion": decision.occasion,
        "decision": answer.as_recorded(),
        "number": decision.number,
        **followed.as_recorded(),
    }
    facts["closed_referral"] = closed
    _record(session, Event.CHECK_DECLINED, check, concerned, facts=facts, reasons=reasons, by=by, now=now)
    return decision


def endorse_check(
    session: Session, check: Check, *, reasons: str, by: Actor, now: datetime, seen: str | None = None
) -> Check:
    """A manager sends a blocked check on to Legal, with reasons.

    Raises `NotAllowedError`, `NotWaitingError`, `NotOpenError`, `ChangedMeanwhileError`.
    """
    _, standing, referral = _blocked_and_with_managers(session, check, seen, by=by, now=now)
    endorse_referral(session, referral, standing=standing, reasons=reasons, by=by, now=now)
    enter_verdict(session, check, Verdict.ENDORSED, reasons, by=by.staff_id, now=now)
    return check


def close_check(
    session: Session, check: Check, *, reasons: str, by: Actor, now: datetime, seen: str | None = None
) -> Check:
    """A manager closes a blocked check as it was asked, with reasons, and with it the case that waited for them.

    Its answer stands: nothing is declined, since nothing could have been approved. Nothing waits any more, and a look may be
    asked for anew. Raises `NotAllowedError`, `NotWaitingError`, `ChangedMeanwhileError`.
    """
    concerned, _, _ = _blocked_and_with_managers(session, check, seen, by=by, now=now)
    enter_verdict(session, check, Verdict.CLOSED, reasons, by=by.staff_id, now=now)
    closed = close_waiting_referral(session, saved_key(check), why="A manager closed the check.", by=by, now=now)
    facts = {"closed_referral": closed}
    _record(session, Event.CHECK_CLOSED, check, concerned, facts=facts, reasons=reasons, by=by, now=now)
    return check


def _blocked_and_with_managers(
    session: Session, check: Check, seen: str | None, *, by: Actor, now: datetime
) -> tuple[Sequence[Concerned], CheckStanding, Referral]:
    """Everyone concerned, locked; the check's standing; and the case that waits for a manager."""
    concerned = lock_check(session, check)
    standing = standing_of_check(session, check, now=now)
    require(by, Permission.DECIDE_CHECK, allowed=may_give_verdict(by, standing), about=check.reference)
    act_on_duty_about(session, [one.person for one in concerned], by=by, now=now)
    require_waiting(session, check, outcomes=BLOCKS)
    referral = find_open_referral(session, saved_key(check))
    if referral is None or referral.place != ReferralPlace.MANAGER:
        raise NotWaitingError("This check does not wait for a manager.")
    require_as_shown(session, check, concerned, seen=seen, now=now)
    return concerned, standing, referral


def _require_may_decide(
    session: Session, check: Check, seen: str | None, *, by: Actor, now: datetime
) -> tuple[Sequence[Concerned], datetime]:
    concerned = lock_check(session, check, with_networks=True)
    allowed = may_give_verdict(by, standing_of_check(session, check, now=now))
    require(by, Permission.DECIDE_CHECK, allowed=allowed, about=check.reference)
    act_on_duty_about(session, [one.person for one in concerned], by=by, now=now)
    require_waiting(session, check, outcomes=FOR_A_MANAGER)
    now = moment_of(session, concerned, now=now)
    require_as_shown(session, check, concerned, seen=seen, now=now)
    return concerned, now


def enter_verdict(
    session: Session, check: Check, verdict: Verdict, reasons: str, *, by: int, now: datetime
) -> ManagerDecision:
    """Keeps a verdict on a check. `by`: the key of the manager whose verdict it is, whoever records it."""
    entered = ManagerDecision(
        check_id=saved_key(check),
        verdict=verdict.value,
        reasons=reasons,
        at=now,
        decided_by=by,
        recorded_at=now,
    )
    session.add(entered)
    session.flush()
    return entered


def _record(
    session: Session,
    event: Event,
    check: Check,
    concerned: Sequence[Concerned],
    *,
    facts: dict[str, Any],
    reasons: str,
    by: Actor,
    now: datetime,
) -> None:
    people = [one.person.reference for one in concerned]
    record(
        session, event, at=now, by=by, people=people, about=check.reference, facts=facts, content={"reasons": reasons}
    )
