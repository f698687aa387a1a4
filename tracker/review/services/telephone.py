"""A look approved by telephone: recorded by who asked, confirmed or denied by the manager when they next sign in.

It is for when no manager can sign in: only somebody on a rota as duty manager can be named, at the time of the call and now (ADR
0150). The permit runs as if approved; a denial ends it at once and goes to Legal.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.again import require_waiting
from tracker.checks.carrying_out import carry_out
from tracker.checks.errors import AlreadyAnsweredError
from tracker.decisions.concerned import Concerned, lock_check, moment_of, standing_of_check
from tracker.decisions.deciding import Answer, decide_for_everyone, keep_decision
from tracker.decisions.models import Check, CheckDecision, TelephoneApproval
from tracker.decisions.selectors import list_decisions
from tracker.decisions.telephone import get_telephone_approval
from tracker.decisions.vocabulary import Occasion, Verdict
from tracker.detection.services import detect
from tracker.people.problems import ProblemError
from tracker.policy.entitlement import Actor, CheckStanding, may_change_as_requester, may_open_person
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Referral
from tracker.referrals.services import open_referral
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.review.requests import TelephoneCall
from tracker.review.selectors.telephone import find_reachable
from tracker.review.services.verdicts import FOR_A_MANAGER, enter_verdict
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import find_look_of
from tracker.viewings.vocabulary import LookResult


def record_telephone_approval(
    session: Session, check: Check, call: TelephoneCall, *, by: Actor, now: datetime
) -> CheckDecision:
    """Who asked for a look records that a duty manager approved it by telephone. It is decided again under the locks; only what still
    needs a manager's approval is approved.

    Look at the decision returned: where `occasion` is not `approved_by_telephone`, nothing was approved, and its answer says why.
    Raises `NotAllowedError`, `NotWaitingError`, and `ProblemError` for a manager or a time that cannot be.
    """
    concerned = lock_check(session, check, with_networks=True)
    standing = standing_of_check(session, check, now=now)
    _require_requester(standing, check, by=by)
    require_waiting(session, check, outcomes=FOR_A_MANAGER)
    manager = _manager_of(session, check, call, by=by, now=now)
    now = moment_of(session, concerned, now=now)
    detect(session, [one.person_id for one in concerned], now=now)
    before = decide_for_everyone(session, check, concerned, at=now)
    approved = before.outcome in FOR_A_MANAGER
    occasion, answer = Occasion.ASKED_AGAIN, before
    if approved:
        answer = _approve(session, check, call, concerned, manager=manager, by=by, now=now)
        occasion = Occasion.APPROVED_BY_TELEPHONE
    decision = keep_decision(session, check, answer, occasion=occasion, at=now, by=by, now=now)
    followed = carry_out(session, check, answer, by=by, now=now)
    facts = {
        "occasion": decision.occasion,
        "decision": answer.as_recorded(),
        "number": decision.number,
        "manager": manager.reference,
        "called_at": call.called_at.isoformat(),
        **followed.as_recorded(),
    }
    record(
        session,
        Event.CHECK_APPROVED_BY_TELEPHONE if approved else Event.CHECK_DECIDED_AGAIN,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts=facts,
        content={"said": call.said},
    )
    return decision


def confirm_telephone_approval(session: Session, check: Check, *, by: Actor, now: datetime) -> TelephoneApproval:
    """The manager named says that they approved the look by telephone. Raises `NotAllowedError`, `NoSuchRecordError`,
    `AlreadyAnsweredError`."""
    concerned, approval, now = _to_answer(session, check, by=by, now=now)
    approval.answered_at, approval.confirmed = now, True
    session.add(approval)
    session.flush()
    people = [one.person.reference for one in concerned]
    record(session, Event.TELEPHONE_APPROVAL_CONFIRMED, at=now, by=by, people=people, about=check.reference)
    return approval


def deny_telephone_approval(
    session: Session, check: Check, *, words: str, by: Actor, now: datetime
) -> TelephoneApproval:
    """The manager named says that they did not approve the look. From then on it is declined, so that its permit is dead, and Legal
    has it as a possible error, whether or not somebody has looked: a permit counts as a look until it is said to be unused.

    Raises `NotAllowedError`, `NoSuchRecordError`, `AlreadyAnsweredError`.
    """
    concerned, approval, now = _to_answer(session, check, by=by, now=now)
    approval.answered_at, approval.confirmed, approval.words = now, False, words
    session.add(approval)
    enter_verdict(session, check, Verdict.DENIED, words, by=by.staff_id, now=now)
    referral = _to_legal(session, check, concerned, by=by, now=now)
    record(
        session,
        Event.TELEPHONE_APPROVAL_DENIED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"referral": referral.reference},
        content={"words": words},
    )
    return approval


def _require_requester(standing: CheckStanding, check: Check, *, by: Actor) -> None:
    themself = by.staff_id == standing.requester and may_change_as_requester(by, standing)
    allowed = themself and may_open_person(by, standing.person)
    require(by, Permission.RECORD_TELEPHONE_APPROVAL, allowed=allowed, about=check.reference)


def _manager_of(session: Session, check: Check, call: TelephoneCall, *, by: Actor, now: datetime) -> Actor:
    """The duty manager who was called. Raises `ProblemError` unless they were on a rota, and could decide on the check, both when they
    were called and now, and were called since it last came to wait for a manager: what was blocked then, nobody could approve."""
    if call.called_at > now:
        raise ProblemError("called_at", "The time of the call must be in the past")
    if call.called_at < _to_the_minute(check.recorded_at):
        raise ProblemError("called_at", "The call must be after the check was asked for")
    if call.called_at < _to_the_minute(_waits_since(session, check)):
        raise ProblemError("called_at", "The call must be after the check came to wait for a manager")
    manager = find_reachable(session, check, call.manager, by=by, now=now)
    if manager is None:
        raise ProblemError("manager", "Select a duty manager who is on the rota now and can decide on this check")
    if find_reachable(session, check, call.manager, by=by, now=call.called_at) is None:
        raise ProblemError("called_at", "This manager was not on the rota at the time of the call")
    return manager


def _waits_since(session: Session, check: Check) -> datetime:
    """Since when every decision on a check that waits for a manager said that it does."""
    latest_first = reversed(list_decisions(session, check))
    return [one.recorded_at for one in takewhile(lambda one: one.outcome in FOR_A_MANAGER, latest_first)][-1]


def _to_the_minute(at: datetime) -> datetime:
    """As the time of a call is typed."""
    return at.replace(second=0, microsecond=0)


def _approve(
    session: Session,
    check: Check,
    call: TelephoneCall,
    concerned: Sequence[Concerned],
    *,
    manager: Actor,
    by: Actor,
    now: datetime,
) -> Answer:
    verdict = enter_verdict(session, check, Verdict.APPROVED_BY_TELEPHONE, call.said, by=manager.staff_id, now=now)
    approval = TelephoneApproval(
        check_id=saved_key(check),
        decision_id=saved_key(verdict),
        manager_id=manager.staff_id,
        called_at=call.called_at,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(approval)
    session.flush()
    answer = decide_for_everyone(session, check, concerned, at=now)
    if answer.outcome is not Outcome.PERMITTED:
        raise RuntimeError("an approved look did not come out as permitted; nothing was approved")
    return answer


def _to_answer(
    session: Session, check: Check, *, by: Actor, now: datetime
) -> tuple[Sequence[Concerned], TelephoneApproval, datetime]:
    """Everyone concerned, locked; the approval, still unanswered; and the moment. Only the manager named answers, on the rota or not."""
    concerned = lock_check(session, check)
    approval = get_telephone_approval(session, check)
    allowed = by.staff_id == approval.manager_id
    require(by, Permission.ANSWER_TELEPHONE_APPROVAL, allowed=allowed, about=check.reference)
    if approval.answered_at is not None:
        raise AlreadyAnsweredError("You have said already whether you approved this look.")
    return concerned, approval, moment_of(session, concerned, now=now)


def _to_legal(session: Session, check: Check, concerned: Sequence[Concerned], *, by: Actor, now: datetime) -> Referral:
    looked = _whether_looked(find_look_of(session, saved_key(check)))
    return open_referral(
        session,
        kind=ReferralKind.POSSIBLE_ERROR,
        place=ReferralPlace.LEGAL,
        people=[one.person for one in concerned],
        check_id=saved_key(check),
        about=check.reference,
        why=f"The manager named says that they did not approve this look by telephone. {looked}",
        urgent=False,
        by=by,
        now=now,
    )


def _whether_looked(look: Look | None) -> str:
    if look is None or look.result == LookResult.NOT_USED:
        return "It was reported that nobody looked."
    if look.result is not None:
        return "Somebody has looked."
    if look.started_at is not None:
        return "Somebody had started to look; nothing has been reported."
    return "Nothing has been reported: the permit counts as a look until it is said that nobody looked."
