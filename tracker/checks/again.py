"""A check that waits: decided again on the facts as they now are, or withdrawn. Nothing that was decided is changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.carrying_out import carry_out
from tracker.checks.errors import NotWaitingError
from tracker.decisions.concerned import Concerned, lock_check, moment_of, standing_of_check
from tracker.decisions.deciding import decide_for_everyone, keep_decision
from tracker.decisions.models import Check, CheckDecision
from tracker.decisions.records import find_closing, latest_decision
from tracker.decisions.speaking import note_who_speaks
from tracker.decisions.vocabulary import Occasion
from tracker.detection.services import detect
from tracker.policy.entitlement import Actor, may_change_as_requester, may_open_person
from tracker.policy.vocabulary import Outcome
from tracker.referrals.services import close_waiting_referral
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import find_look_of

WAITING = frozenset({Outcome.NEEDS_MANAGER_APPROVAL, Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION})
"""Outcomes with which a check waits for somebody. What is refused is closed as asked."""


def ask_again(session: Session, check: Check, *, by: Actor, now: datetime) -> CheckDecision:
    """The requester, or their deputy, has a waiting check decided again; a permit is issued where it comes to that.

    Danger is not asked again later.

    Raises `NotAllowedError`, also for who may not open a record that was restricted since (docs/decisions/0052),
    `NotWaitingError`.
    """
    concerned = lock_check(session, check, with_networks=True)
    standing = standing_of_check(session, check, now=now)
    allowed = may_change_as_requester(by, standing) and may_open_person(by, standing.person)
    require(by, Permission.ASK_FOR_CHECK, allowed=allowed, about=check.reference)
    _require_danger_of_today(session, check, now=now)
    require_waiting(session, check)
    note_who_speaks(session, check, by=by, now=now)
    moment = moment_of(session, concerned, now=now)
    detect(session, [one.person_id for one in concerned], now=moment)
    return decide_waiting(session, check, concerned, occasion=Occasion.ASKED_AGAIN, by=by, now=now)


def _require_danger_of_today(session: Session, check: Check, *, now: datetime) -> None:
    """Danger that was reported is true for as long as a permit in danger would run; later it is asked about anew."""
    hours = limits_in_force(session, at=now).limits.danger_permit_hours
    if check.immediate_risk and now - check.at > timedelta(hours=hours):
        raise NotWaitingError("This was asked for in a danger that may have passed. Record a new check.")


def decide_again(session: Session, check: Check, *, occasion: Occasion, by: Actor, now: datetime) -> CheckDecision:
    """Decides a waiting check again as part of a use-case above, which has asked who may and holds no locks of people yet.

    Raises `NotWaitingError`.
    """
    return decide_waiting(session, check, lock_check(session, check), occasion=occasion, by=by, now=now)


def decide_waiting(
    session: Session,
    check: Check,
    concerned: Sequence[Concerned],
    *,
    occasion: Occasion,
    by: Actor,
    now: datetime,
) -> CheckDecision:
    """Decides a waiting check under locks that are held, keeps the decision beside those before, and carries it out."""
    require_waiting(session, check)
    now = moment_of(session, concerned, now=now)
    answer = decide_for_everyone(session, check, concerned, at=now)
    decision = keep_decision(session, check, answer, occasion=occasion, at=now, by=by, now=now)
    followed = carry_out(session, check, answer, by=by, now=now)
    record(
        session,
        Event.CHECK_DECIDED_AGAIN,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"occasion": occasion.value, "decision": answer.as_recorded(), **followed.as_recorded()},
    )
    return decision


def withdraw_check(session: Session, check: Check, *, why: str, by: Actor, now: datetime) -> Check:
    """The requester, or their deputy, withdraws a check that waits (for a manager or for Legal). What Legal has stays with Legal.

    Raises `NotAllowedError`, `NotWaitingError`.
    """
    concerned = lock_check(session, check)
    allowed = may_change_as_requester(by, standing_of_check(session, check, now=now))
    require(by, Permission.ASK_FOR_CHECK, allowed=allowed, about=check.reference)
    require_waiting(session, check)
    note_who_speaks(session, check, by=by, now=now)
    check.withdrawn_at, check.withdrawn_by, check.withdrawn_why = now, by.staff_id, why
    check.version += 1
    session.add(check)
    session.flush()
    closed = close_waiting_referral(session, saved_key(check), why="The check was withdrawn.", by=by, now=now)
    record(
        session,
        Event.CHECK_WITHDRAWN,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned],
        about=check.reference,
        facts={"closed_referral": closed},
        content={"why": why},
    )
    return check


def is_waiting(session: Session, check: Check) -> bool:
    """Whether the check waits for somebody: decided so, without a look, neither withdrawn, struck nor closed by a manager."""
    if check.withdrawn_at is not None or check.struck_at is not None:
        return False
    if find_look_of(session, saved_key(check)) is not None or find_closing(session, check) is not None:
        return False
    return latest_decision(session, check).outcome in WAITING


def require_waiting(session: Session, check: Check, *, outcomes: frozenset[Outcome] = WAITING) -> CheckDecision:
    """The decision with which the check waits. Raises `NotWaitingError` unless it waits with one of `outcomes`."""
    decision = latest_decision(session, check)
    if not is_waiting(session, check) or decision.outcome not in outcomes:
        raise NotWaitingError("This check no longer waits for that.")
    return decision
