"""A form that is posted twice is carried out once, in whichever room."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import String
from sqlmodel import Field, Session

from tracker.policy.entitlement import Actor
from tracker.storage.locks import LockKind, key_of, take_locks
from tracker.storage.tables import Table, code, instant, to


class Submission(Table, table=True):
    """A one-time form that was carried out: `result` is where the second click is sent."""

    __tablename__ = "submission"

    id: str = Field(sa_type=String(32), primary_key=True)
    staff_id: int = to("staff_member.id")
    form: str = code()
    result: str = Field(sa_type=String(200))
    recorded_at: datetime = instant()


class SubmissionTakenError(Exception):
    """A one-time form came back from somebody else than who posted it first; nothing was done."""


def result_of(session: Session, submission: str, *, by: Actor) -> str | None:
    """What came of a one-time form that the actor had carried out; None where they had not."""
    earlier = session.get(Submission, submission)
    return earlier.result if earlier is not None and earlier.staff_id == by.staff_id else None


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
    session.flush()
    return result
