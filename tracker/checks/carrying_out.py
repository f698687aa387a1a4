"""What follows from a decision, in the same transaction: a permit where the look may go ahead, a case where it is flagged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.decisions.deciding import Answer, DecidedFor
from tracker.decisions.models import Check
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Aim, Footing, Outcome, Platform, ViewFooting
from tracker.referrals.models import Referral
from tracker.referrals.services import close_waiting_referral, open_referral
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.storage.tables import saved_key
from tracker.viewings.ledger import issue_permit
from tracker.viewings.models import Look
from tracker.viewings.permits import permit_end

BLOCKS = frozenset({Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION})


@dataclass(frozen=True, slots=True)
class Followed:
    """What a decision led to."""

    look: Look | None = None
    referral: Referral | None = None
    closed_referral: str | None = None
    for_legal: Referral | None = None
    """The case that nobody but Legal knows of: danger went ahead although something crosses a sealed record."""

    def as_recorded(self) -> dict[str, Any]:
        """What the trail keeps of it, without what did not happen."""
        kept = {
            "look": self.look and self.look.reference,
            "ends_at": self.look and self.look.ends_at and self.look.ends_at.isoformat(),
            "referral": self.referral and self.referral.reference,
            "closed_referral": self.closed_referral,
            "for_legal": self.for_legal and self.for_legal.reference,
        }
        return {name: value for name, value in kept.items() if value is not None}


def carry_out(session: Session, check: Check, answer: Answer, *, by: Actor, now: datetime) -> Followed:
    """Issues the permit, or opens the case; a case that waited for a manager is closed once the look may go ahead."""
    if answer.outcome is Outcome.PERMITTED:
        closed = close_waiting_referral(
            session, saved_key(check), why="The check was decided again and may go ahead.", by=by, now=now
        )
        look = _issue(session, check, answer, now=now)
        return Followed(look=look, closed_referral=closed, for_legal=_tell_legal(session, answer, now=now))
    return Followed(referral=_flag(session, check, answer, by=by, now=now))


def _issue(session: Session, check: Check, answer: Answer, *, now: datetime) -> Look:
    return issue_permit(
        session,
        check_id=saved_key(check),
        viewer_id=check.viewer_id,
        team_id=check.team_id,
        platforms=[Platform(platform) for platform in check.platforms],
        searched_first=check.aim == Aim.FIND_THEN_VIEW,
        footings={one.person_id: ViewFooting(one.footing.value) for one in _standings(answer)},
        ends_at=min(permit_end(one.decided.facts, one.footing, answer.limits.limits) for one in _standings(answer)),
        now=now,
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    person_id: int
    footing: Footing
    decided: DecidedFor


def _standings(answer: Answer) -> list[_Standing]:
    """What the look stands on for each person: their own footing, never another's. A view on a mother's consent is, for the
    father, a view on what decided for him."""
    found = []
    for one in answer.each:
        footing = one.decision.footing
        assert footing is not None  # noqa: S101 - what is permitted stands on a footing
        found.append(_Standing(saved_key(one.person), footing, one))
    return found


def _flag(session: Session, check: Check, answer: Answer, *, by: Actor, now: datetime) -> Referral | None:
    if answer.referral is None:
        return None
    blocked = answer.outcome in BLOCKS
    first_to_manager = (
        blocked and not answer.asks_legal
    )  # whatever it is referred for: that may be what Legal concluded
    return open_referral(
        session,
        kind=ReferralKind.BLOCKED_CHECK if blocked else ReferralKind.REFUSED_CHECK,
        place=ReferralPlace.MANAGER if first_to_manager else ReferralPlace.LEGAL,
        people=[one.person for one in answer.each],
        check_id=saved_key(check),
        about=check.reference,
        why=_why(answer),
        urgent=check.immediate_risk,
        by=by,
        now=now,
    )


def _tell_legal(session: Session, answer: Answer, *, now: datetime) -> Referral | None:
    """Danger goes ahead, on this side's own facts, and Legal hears of it the same day: only Legal knows that there is another side."""
    if not answer.asks_legal:
        return None
    return open_referral(
        session,
        kind=ReferralKind.SEALED,
        place=ReferralPlace.LEGAL,
        people=[one.person for one in answer.each],
        check_id=None,
        about=None,
        why="A look in danger went ahead. On what is recorded of the sealed counterpart it would have been answered more strictly.",
        urgent=True,
        by=None,
        now=now,
    )


def _why(answer: Answer) -> str:
    """The outcome in words and the stops that apply; never what Legal concluded, which is privileged."""
    stops = [reason.text for one in answer.each for reason in one.decision.stops]
    return " ".join([f"{answer.outcome.label}.", *dict.fromkeys(stops)])
