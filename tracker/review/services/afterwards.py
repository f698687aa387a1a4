"""What a manager confirms or reviews once somebody has looked, or says that nobody did."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.concerned import Concerned, lock_check, standing_of_check
from tracker.checks.errors import NothingToConfirmError
from tracker.checks.models import Check
from tracker.checks.settling import waits_for_confirmation, waits_for_review
from tracker.policy.entitlement import Actor, may_decide_on_check
from tracker.policy.vocabulary import Reviewed
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import find_look_of
from tracker.viewings.vocabulary import LookResult


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


def _require_may_decide(session: Session, check: Check, *, by: Actor, now: datetime) -> tuple[Concerned, ...]:
    concerned = lock_check(session, check)
    allowed = may_decide_on_check(by, standing_of_check(session, check, now=now))
    require(by, Permission.DECIDE_CHECK, allowed=allowed, about=check.reference)
    return concerned
