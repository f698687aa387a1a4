"""What can be done next about an authorisation, and by whom: the justice's decision, a review, a cancellation, a renewal."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.authorities.models import NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.selectors import last_day_of
from tracker.policy.entitlement import Actor
from tracker.policy.limits import Limits
from tracker.policy.periods import london_day


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps the actor may take now; `heard`: a justice has approved it, so that a further decision is the exception."""

    hear: bool = False
    heard: bool = False
    review: bool = False
    cancel: bool = False
    renew: bool = False


def steps_for_ripa(session: Session, authorisation: RipaAuthorisation, *, by: Actor, now: datetime) -> Steps:
    """Legal records the justice's decision and prepares a renewal; the authorising officer reviews and cancels."""
    if authorisation.cancelled_at is not None or authorisation.struck_at is not None:
        return Steps()
    last_day = last_day_of(session, authorisation)
    approved, over = last_day is not None, last_day is not None and london_day(now) > last_day
    officer = has_permission(by, Permission.GRANT_AUTHORISATION) and not over
    return Steps(
        heard=approved,
        hear=has_permission(by, Permission.RECORD_JP_APPROVAL) and not over,
        review=officer,
        cancel=officer,
        renew=has_permission(by, Permission.PREPARE_APPLICATION) and approved and not over,
    )


def steps_for_non_ripa(authorisation: NonRipaAuthorisation, limits: Limits, *, by: Actor, now: datetime) -> Steps:
    """The authorising officer reviews and cancels, while the council has the route on."""
    ended = authorisation.cancelled_at is not None or authorisation.struck_at is not None
    running = not ended and london_day(now) <= authorisation.until_on and limits.non_ripa
    officer = running and has_permission(by, Permission.GRANT_AUTHORISATION)
    return Steps(review=officer, cancel=officer)
