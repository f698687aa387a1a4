"""Keeping what is not finished. `once` and `result_of`, which rooms below need too, stand in `storage/submissions.py`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from tracker.drafts.models import Draft
from tracker.drafts.selectors import INTERRUPTED, get_draft
from tracker.policy.entitlement import Actor
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.references import new_reference
from tracker.storage.submissions import SubmissionTakenError, once, result_of

KEPT_FOR = timedelta(days=30)
INTERRUPTED_KEPT_FOR = timedelta(hours=24)
MOST_INTERRUPTED = 10  # pages of one person; a browser that posts again and again fills nothing
DRAFT = "DRF"

__all__ = [
    "SubmissionTakenError",
    "begin_draft",
    "end_draft",
    "forget_interrupted",
    "keep_interrupted",
    "once",
    "result_of",
    "save_draft",
]


def begin_draft(
    session: Session, *, form: str, about: str | None, content: dict[str, Any], by: Actor, now: datetime
) -> Draft:
    """A new draft of the actor's, kept for 30 days after it was last saved. Throws away everybody's that have ended."""
    _throw_away_what_has_ended(session, now)
    draft = Draft(
        reference=new_reference(DRAFT),
        staff_id=by.staff_id,
        form=form,
        about=about,
        content=content,
        saved_at=now,
        ends_at=now + KEPT_FOR,
    )
    session.add(draft)
    session.flush()
    return draft


def save_draft(session: Session, reference: str, *, content: dict[str, Any], by: Actor, now: datetime) -> Draft:
    """Keeps these pages of the draft, beside those that it has. Raises `NoSuchRecordError` for somebody else's."""
    draft = get_draft(session, reference, by=by, now=now)
    draft.content = {**draft.content, **content}
    draft.saved_at, draft.ends_at = now, now + KEPT_FOR
    draft.version += 1
    session.add(draft)
    return draft


def end_draft(session: Session, reference: str, *, by: Actor, now: datetime) -> None:
    """Throws the draft away: it was carried out, or is not wanted. Raises `NoSuchRecordError` for somebody else's."""
    session.delete(get_draft(session, reference, by=by, now=now))


def keep_interrupted(
    session: Session, *, staff_id: int, path: str, values: Mapping[str, list[str]], now: datetime
) -> Draft:
    """Keeps a page that was posted after its session had ended, for 24 hours, for whose session it was.

    A second one of the same path takes the place of the first, and at most ten are kept.
    """
    _throw_away_what_has_ended(session, now)
    take_locks(session, LockKind.STAFF, [staff_id])
    mine = select(Draft).where(Draft.form == INTERRUPTED, Draft.staff_id == staff_id).order_by(col(Draft.id).desc())
    for place, earlier in enumerate(session.exec(mine).all(), start=1):
        if earlier.content["path"] == path or place >= MOST_INTERRUPTED:
            session.delete(earlier)
    draft = Draft(
        reference=new_reference(DRAFT),
        staff_id=staff_id,
        form=INTERRUPTED,
        content={"path": path, "values": dict(values)},
        saved_at=now,
        ends_at=now + INTERRUPTED_KEPT_FOR,
    )
    session.add(draft)
    session.flush()
    return draft


def forget_interrupted(session: Session, *, path: str, by: Actor) -> None:
    """Throws away what the actor had sent to that path: it is shown to them in its form again."""
    mine = select(Draft).where(Draft.form == INTERRUPTED, Draft.staff_id == by.staff_id)
    for draft in session.exec(mine).all():
        if draft.content["path"] == path:
            session.delete(draft)


def _throw_away_what_has_ended(session: Session, now: datetime) -> None:
    session.exec(delete(Draft).where(col(Draft.ends_at) <= now))
