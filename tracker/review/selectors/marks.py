"""The mark of all that a manager's page showed, by which a page is known that was read before something changed."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from tracker.checks.questions import list_questions
from tracker.decisions.concerned import Concerned, concerned_by
from tracker.decisions.deciding import Answer, decide_for_everyone
from tracker.decisions.models import Check
from tracker.decisions.records import latest_decision, verdicts_of
from tracker.referrals.selectors import find_open_referral
from tracker.review.errors import ChangedMeanwhileError
from tracker.review.selectors.since import mark_of
from tracker.storage.columns import canonical_json
from tracker.storage.kept import kept
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import find_look_of

CHANGED = (
    "Something has changed since you opened this page. Nothing was recorded. Read what has changed, then send it again "
    "if yours should stand"
)


def decided_now(session: Session, check: Check, concerned: Iterable[Concerned], *, now: datetime) -> Answer:
    """What deciding the check at this moment comes to, without its own look. `concerned`: everyone whom it concerns by now."""
    asked = tuple(concerned)
    about = tuple((one.person_id, one.group.members) for one in asked)
    return kept(session, ("decided_now", check.id, about, now), lambda: _decided_now(session, check, asked, now))


def _decided_now(session: Session, check: Check, concerned: Iterable[Concerned], now: datetime) -> Answer:
    look = find_look_of(session, saved_key(check))
    return decide_for_everyone(
        session, check, concerned, at=now, exclude_look=None if look is None else saved_key(look)
    )


def mark_of_check(session: Session, check: Check, *, now: datetime) -> str:
    """A mark of everything that a manager's page shows of a check: two pages of one mark differ in nothing but the hour."""
    return _mark(session, check, concerned_by(session, check), now)


def require_as_shown(
    session: Session, check: Check, concerned: Iterable[Concerned], *, seen: str | None, now: datetime
) -> None:
    """Raises `ChangedMeanwhileError` where the page that was posted, of the mark `seen`, showed something else than there is now.

    To be called under the locks. `seen` None: nothing was shown, so that there is nothing to compare with.
    """
    if seen is not None and _mark(session, check, concerned, now) != seen:
        raise ChangedMeanwhileError(CHANGED)


def _mark(session: Session, check: Check, concerned: Iterable[Concerned], now: datetime) -> str:
    look = find_look_of(session, saved_key(check))
    referral = find_open_referral(session, saved_key(check))
    asked = list_questions(session, check)
    parts = [
        mark_of(decided_now(session, check, concerned, now=now)),
        latest_decision(session, check).number,
        check.version,
        look and look.version,
        referral and referral.version,
        len(verdicts_of(session, [saved_key(check)])[saved_key(check)]),
        len(asked),
        sum(one.answered_at is not None for one in asked),
    ]
    return sha256(canonical_json(parts).encode()).hexdigest()[:32]
