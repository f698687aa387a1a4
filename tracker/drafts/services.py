"""Keeping what is not finished, and carrying a form out once however often it is posted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.drafts.models import Draft, Submission
from tracker.drafts.selectors import get_draft
from tracker.policy.entitlement import Actor
from tracker.storage.locks import LockKind, key_of, take_locks
from tracker.storage.references import new_reference

KEPT_FOR = timedelta(days=30)
DRAFT = "DRF"


class SubmissionTakenError(Exception):
    """A one-time form came back from somebody else than who posted it first; nothing was done."""


def once(session: Session, submission: str, *, form: str, by: Actor, now: datetime, do: Callable[[], str]) -> str:
    """Runs `do` unless this one-time form was carried out before, and gives the result (a reference) of the first time.

    Call it first in the transaction: its lock comes before everybody's. Raises `SubmissionTakenError`.
    """
    take_locks(session, LockKind.SUBMISSION, [key_of(submission)])
    earlier = session.get(Submission, submission)
    if earlier is not None:
        if earlier.staff_id != by.staff_id or earlier.form != form:
            raise SubmissionTakenError("the form was carried out by somebody else, or is another form")
        return earlier.result
    result = do()
    session.add(Submission(id=submission, staff_id=by.staff_id, form=form, result=result, recorded_at=now))
    return result


def begin_draft(
    session: Session, *, form: str, about: str | None, content: dict[str, Any], by: Actor, now: datetime
) -> Draft:
    """A new draft of the actor's, kept for 30 days after it was last saved."""
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
