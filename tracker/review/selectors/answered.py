"""What Legal answered lately, for who asked: that it was answered and what can be done now, never what Legal concluded or why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.decisions.models import Check
from tracker.decisions.selectors import latest_decision
from tracker.policy.vocabulary import Outcome
from tracker.referrals.models import Referral
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.web.blocks import Status
from tracker.web.dates import near_in_words

LATELY = timedelta(days=14)
MOST = 20

NOW: dict[Outcome, Status] = {
    Outcome.PERMITTED: Status("May go ahead", "One look may be made.", "green"),
    Outcome.NEEDS_MANAGER_APPROVAL: Status("Waiting", "A manager is asked to approve one look.", "yellow"),
    Outcome.BLOCKED_LEGAL_ADVICE: Status(
        "Blocked", "It stays blocked. The check says what would let a look go ahead; then ask again there.", "red"
    ),
    Outcome.BLOCKED_COURT_AUTHORISATION: Status(
        "Blocked", "It stays blocked. The check says what would let a look go ahead; then ask again there.", "red"
    ),
    Outcome.REFUSED: Status("Cannot go ahead", "It stays closed as asked. A different check may be asked for.", "red"),
}
"""What can be done now, by the answer that governs."""

SEEN_TO = Status("Answered", "Legal has looked into it. There is nothing for you to do.", "grey")


@dataclass(frozen=True)
class Answered:
    """A check whose case Legal answered, and where it stands now."""

    check: Check
    status: Status


def list_answered_lately(session: Session, *, staff_id: int, now: datetime) -> list[Answered]:
    """The checks that somebody asked for whose case Legal closed in the last 14 days, the latest first."""
    query = (
        select(Check, Referral)
        .join(Referral, col(Referral.check_id) == col(Check.id))
        .where(
            Check.requester_id == staff_id,
            col(Check.withdrawn_at).is_(None),
            col(Check.struck_at).is_(None),
            col(Referral.with_legal_at).is_not(None),
            Referral.place == ReferralPlace.CLOSED.value,
            col(Referral.closed_at) > now - LATELY,
        )
        .order_by(col(Referral.closed_at).desc(), col(Referral.id).desc())
        .limit(MOST)
    )
    return [Answered(check, _status(session, check, referral, now)) for check, referral in session.exec(query)]


def _status(session: Session, check: Check, referral: Referral, now: datetime) -> Status:
    late = referral.kind == ReferralKind.POSSIBLE_ERROR
    stands = SEEN_TO if late else NOW[Outcome(latest_decision(session, check).outcome)]
    when = near_in_words(referral.closed_at or now, now)
    return Status(stands.tag, f"Answered {when}. {stands.sentence}", stands.colour)
