"""Sessions: a row that can be ended at once, known by the SHA-256 of the token in the cookie."""

import secrets
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor
from tracker.staff.models import SignInSession
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.selectors.signing_in import find_session, token_hash
from tracker.staff.services.authority import require_administrator


def start_session(session: Session, staff_id: int, *, now: datetime) -> str:
    """Starts a session and returns its token, which is kept nowhere but in the cookie. Part of signing in, which is the event."""
    token = secrets.token_urlsafe(32)
    session.add(SignInSession(token_hash=token_hash(token), staff_id=staff_id, started_at=now))
    session.flush()
    return token


def sign_out(session: Session, token: str, *, by: Actor, now: datetime) -> None:
    """Ends the session of that token, if it is the actor's own and still runs."""
    signed_in = find_session(session, token)
    if signed_in is None or signed_in.staff_id != by.staff_id or signed_in.ended_at is not None:
        return
    _end(session, signed_in, why="signed_out", now=now)
    record(session, Event.SIGNED_OUT, at=now, by=by, about=by.reference)


def end_sessions(session: Session, staff_id: int, *, by: Actor, now: datetime) -> int:
    """Signs a member of staff out everywhere, for an administrator; returns how many sessions ended.

    Raises `NotAllowedError`.
    """
    member = get_staff_by_id(session, staff_id)
    require_administrator(by, of=member)
    ended = end_every_session(session, staff_id, why="administrator", now=now)
    record(session, Event.SESSIONS_ENDED, at=now, by=by, about=member.reference, facts={"sessions_ended": ended})
    return ended


def end_every_session(session: Session, staff_id: int, *, why: str, now: datetime) -> int:
    """Ends all running sessions of a member of staff, as part of a use-case that records why; returns how many."""
    running = select(SignInSession).where(SignInSession.staff_id == staff_id, col(SignInSession.ended_at).is_(None))
    rows = session.exec(running).all()
    for row in rows:
        _end(session, row, why=why, now=now)
    return len(rows)


def _end(session: Session, signed_in: SignInSession, *, why: str, now: datetime) -> None:
    signed_in.ended_at, signed_in.ended_why = now, why
    session.add(signed_in)
    session.flush()
