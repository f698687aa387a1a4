"""The clock of sessions: one that nobody ended is marked as ended when its time was over. It opened no page after that anyway."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.clockwork.jobs import Job
from tracker.staff.models import SignInSession
from tracker.staff.selectors.signing_in import SESSION_LASTS

RAN_OUT = "ran_out"


def sessions_run_out(session: Session, now: datetime) -> list[int]:
    """The keys of the sessions that have run out and are not marked as ended."""
    over = (col(SignInSession.ended_at).is_(None), col(SignInSession.started_at) <= now - SESSION_LASTS)
    return [key for key in session.exec(select(SignInSession.id).where(*over)) if key is not None]


def _mark_ended(session: Session, session_id: int, now: datetime) -> None:
    signed_in = session.get_one(SignInSession, session_id, with_for_update=True)
    if signed_in.ended_at is None:
        signed_in.ended_at, signed_in.ended_why = signed_in.started_at + SESSION_LASTS, RAN_OUT
        session.add(signed_in)


SESSIONS_RUN_OUT = Job(
    "sessions-run-out", "Mark sessions as ended whose time is over", items=sessions_run_out, do=_mark_ended
)
