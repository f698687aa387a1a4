"""The clock of drafts: what was not finished in time is thrown away, also where nobody begins another."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from tracker.clockwork.jobs import Job
from tracker.drafts.models import Draft


def drafts_run_out(session: Session, now: datetime) -> list[int]:
    """The keys of the drafts whose time is over."""
    return [key for key in session.exec(select(Draft.id).where(col(Draft.ends_at) <= now)) if key is not None]


def _throw_away(session: Session, draft_id: int, now: datetime) -> None:
    session.exec(delete(Draft).where(col(Draft.id) == draft_id, col(Draft.ends_at) <= now))


DRAFTS_RUN_OUT = Job("drafts-run-out", "Throw away drafts whose time is over", items=drafts_run_out, do=_throw_away)
