"""Legal takes a case, gives it back, and answers it. One lawyer has a case at a time; everybody sees who."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.again import decide_waiting, is_waiting
from tracker.decisions.concerned import Concerned, lock_check, lock_concerned, moment_of
from tracker.decisions.deciding import decide_for_everyone
from tracker.decisions.models import Check, CheckDecision
from tracker.decisions.vocabulary import Occasion
from tracker.detection.selectors import list_holds_of_case
from tracker.people.groups import members_of
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.referrals.errors import NotOpenError
from tracker.referrals.models import Referral
from tracker.referrals.selectors import list_people_of
from tracker.referrals.vocabulary import FINDINGS_OF, Finding, ReferralKind, ReferralPlace
from tracker.review.errors import ChangedMeanwhileError
from tracker.review.requests import NewResolution
from tracker.review.selectors.parties import may_answer_as_taken, parties_of_referral
from tracker.review.selectors.since import mark_of
from tracker.review.services.holding import release_reviewed
from tracker.staff.selectors import get_staff_by_id
from tracker.storage.tables import next_version, saved_key


@dataclass(frozen=True, slots=True)
class Resolved:
    """A case that was answered, and the decision that this led to where its check waited."""

    referral: Referral
    decision: CheckDecision | None


def take_referral(session: Session, referral: Referral, *, version: int, by: Actor, now: datetime) -> Referral:
    """A legal reviewer takes a case that is free. `version`: of the case as the page showed it.

    Raises `NotAllowedError`, `NotOpenError` where somebody has it or it is closed, `StaleVersionError`.
    """
    concerned = _require_may_answer(session, referral, by=by)
    if referral.taken_by is not None:
        raise NotOpenError(f"{get_staff_by_id(session, referral.taken_by).name} has taken this case.")
    next_version(session, referral, version)
    referral.taken_by, referral.taken_at = by.staff_id, now
    session.add(referral)
    session.flush()
    _record(session, Event.REFERRAL_TAKEN, referral, concerned, by=by, now=now)
    return referral


def give_back_referral(session: Session, referral: Referral, *, version: int, by: Actor, now: datetime) -> Referral:
    """A case is free again: given back by who has it, or by another legal reviewer where they are away.

    Raises `NotAllowedError`, `NotOpenError` where nobody has it or it is closed, `StaleVersionError`.
    """
    concerned = _require_may_answer(session, referral, by=by)
    if referral.taken_by is None:
        raise NotOpenError("Nobody has taken this case.")
    next_version(session, referral, version)
    had_it = get_staff_by_id(session, referral.taken_by).reference
    referral.taken_by, referral.taken_at = None, None
    session.add(referral)
    session.flush()
    _record(session, Event.REFERRAL_GIVEN_BACK, referral, concerned, by=by, now=now, facts={"taken_by": had_it})
    return referral


def resolve_referral(session: Session, referral: Referral, new: NewResolution, *, by: Actor, now: datetime) -> Resolved:
    """Who has taken the case, or their deputy, answers it: a check that waits is decided again under the locks, that decision is
    kept beside the first, and the case is closed. A pattern whose hold is released has its holds released with it.

    Raises `NotAllowedError`, `NotOpenError`, `StaleVersionError`, `ProblemError` on `finding`, and `ChangedMeanwhileError` where
    the facts are not those of the page any more. Source: policy.md, "So do resolving a referral and asking again".
    """
    concerned = _require_may_answer(session, referral, by=by)
    if not may_answer_as_taken(referral, by):
        raise NotOpenError("Take this case before you answer it.")
    _require_finding(referral, new)
    next_version(session, referral, new.version)
    decision = _decided_again(session, referral, concerned, new, by=by, now=now)
    if new.finding is Finding.HOLD_RELEASED:
        _release_holds_of(session, referral, why=new.answer, by=by, now=now)
    referral.place, referral.closed_at = ReferralPlace.CLOSED.value, now
    referral.closed_by, referral.closed_why = by.staff_id, new.answer
    referral.finding = new.finding and new.finding.value
    session.add(referral)
    session.flush()
    facts = {"kind": referral.kind, "finding": referral.finding, "decision": decision and decision.number}
    content = {"answer": new.answer}
    _record(session, Event.REFERRAL_RESOLVED, referral, concerned, by=by, now=now, facts=facts, content=content)
    return Resolved(referral, decision)


def _decided_again(
    session: Session,
    referral: Referral,
    concerned: tuple[Concerned, ...],
    new: NewResolution,
    *,
    by: Actor,
    now: datetime,
) -> CheckDecision | None:
    """The new decision on the check of a block; None where it no longer waits, or the case is of another kind."""
    check = None if referral.check_id is None else session.get_one(Check, referral.check_id)
    if check is None or referral.kind != ReferralKind.BLOCKED_CHECK or not is_waiting(session, check):
        return None
    now = moment_of(session, concerned, now=now)
    if mark_of(decide_for_everyone(session, check, concerned, at=now)) != new.seen:
        raise ChangedMeanwhileError(
            "What this stands on has changed since you read it. Read what has changed, then send your answer again."
        )
    return decide_waiting(session, check, concerned, occasion=Occasion.REFERRAL_RESOLVED, by=by, now=now)


def _release_holds_of(session: Session, referral: Referral, *, why: str, by: Actor, now: datetime) -> None:
    """Releases the holds that the case is about, with its answer as the reason."""
    apart_from = parties_of_referral(session, referral)
    groups = members_of(session, list_people_of(session, saved_key(referral)))
    for hold in list_holds_of_case(session, referral, {key for members in groups.values() for key in members}):
        release_reviewed(session, hold, why=why, apart_from=apart_from, by=by, now=now)


def _require_finding(referral: Referral, new: NewResolution) -> None:
    wanted = FINDINGS_OF[ReferralKind(referral.kind)]
    if wanted and new.finding not in wanted:
        raise ProblemError("finding", "Select what was found")
    if not wanted and new.finding is not None:
        raise ProblemError("finding", "Only a possible error or a pattern has a finding")


def _require_may_answer(session: Session, referral: Referral, *, by: Actor) -> tuple[Concerned, ...]:
    """Everyone the case is about, locked; the case, read again, lies with Legal and the actor may answer it."""
    _require_apart(session, referral, by=by)
    check = None if referral.check_id is None else session.get_one(Check, referral.check_id)
    if check is not None:
        concerned = lock_check(session, check)
    else:
        keys = list_people_of(session, saved_key(referral))
        concerned = lock_concerned(session, [get_person_by_id(session, one) for one in keys])
    session.refresh(referral)
    _require_apart(session, referral, by=by)
    if referral.place != ReferralPlace.LEGAL:
        raise NotOpenError("This case does not wait for Legal.")
    return concerned


def _require_apart(session: Session, referral: Referral, *, by: Actor) -> None:
    apart = may_act_for_legal(by, parties_of_referral(session, referral))
    require(by, Permission.ANSWER_REFERRAL, allowed=apart, about=referral.reference)


def _record(
    session: Session,
    event: Event,
    referral: Referral,
    concerned: tuple[Concerned, ...],
    *,
    by: Actor,
    now: datetime,
    facts: dict[str, Any] | None = None,
    content: dict[str, Any] | None = None,
) -> None:
    people, about = [one.person.reference for one in concerned], referral.reference
    record(session, event, at=now, by=by, people=people, about=about, facts=facts, content=content)
