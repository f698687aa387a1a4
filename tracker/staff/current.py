"""Who is signed in: the session's token and the moment last seen are in the signed cookie, the session itself is a row.

The moment is renewed with every answer, so that no page has to write to the database for it (ADR 0004).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Response, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user  # type: ignore[import-untyped]
from sqlmodel import Session

from tracker.policy.entitlement import Actor
from tracker.staff.models import StaffMember
from tracker.staff.selectors import get_staff_by_id, get_team_by_id, is_open, load_actor
from tracker.staff.selectors.signing_in import find_session, find_whose, runs
from tracker.storage.tables import saved_key
from tracker.web.request import now, reading

IDLE_LIMIT = timedelta(minutes=30)
JUST_SIGNED_IN = "just_signed_in"
"""In the cookie from signing in until the first page after it."""

NOT_A_PAGE = "site.asset"
"""The endpoint of what pages load: nobody is looked up for it, and it keeps no session alive."""

_TOKEN = "_user_id"  # noqa: S105 - where Flask-Login keeps what `get_id` gives
_ENDED = "ended"
_SEEN_AT = "seen_at"
_CSRF = "csrf_token"


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """Who is signed in, in which session, and what stands around their pages: `beat_at` is when the scheduler last said it lives."""

    token: str
    actor: Actor
    team: str
    must_change_password: bool
    beat_at: datetime | None = None

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the session's token, not the person's key."""
        return self.token


def register(app: Flask) -> None:
    """Has the application know from the cookie who is signed in, and renew the moment last seen with every answer."""
    manager = LoginManager()
    manager.session_protection = None  # the row, not the address of a laptop on the move, says whether a session holds
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)  # it would look up who it is, for the error page too
    app.after_request(_seen)


def signed_in() -> SignedIn | None:
    """Who is signed in now, or None."""
    return cast(SignedIn, current_user._get_current_object()) if current_user.is_authenticated else None


def was_signed_in() -> bool:
    """Whether the cookie is of a session that nobody left by signing out: it was ended, or has run out."""
    return _TOKEN in session and signed_in() is None


@dataclass(frozen=True)
class Entering:
    """A session that was just begun, and whether its browser was the same person's before."""

    entered: SignedIn
    was_here: bool


def about_to_enter(database_session: Session, token: str) -> Entering:
    """Reads all that `enter` needs, in the transaction that begins the session: once that is committed, nothing can fail.

    Raises `RuntimeError` for a token that is of no session that runs.
    """
    entered = _read(database_session, token)
    if entered is None:
        raise RuntimeError("the session does not run")
    before = _owner(database_session)
    return Entering(entered, before is not None and before.id == entered.actor.staff_id)


def enter(entering: Entering) -> None:
    """Puts a new session, committed by now, into a new cookie.

    Nothing of the cookie before survives, so that nobody can hand somebody a session. The one exception: whoever signs in
    again in the same browser keeps the token against forgery, so that a page they left open can still be sent.
    """
    kept = session.get(_CSRF) if entering.was_here else None
    session.clear()
    session[_SEEN_AT] = _seconds()
    login_user(entering.entered)
    session[JUST_SIGNED_IN] = True
    if kept:
        session[_CSRF] = kept
    g.actor = entering.entered.actor


def leave() -> None:
    """Takes the session, ended by now, out of the cookie. What is left only says whose page it was that is posted yet."""
    token, kept = session.get(_TOKEN), session.get(_CSRF)
    session.clear()
    g.pop("actor", None)
    if token and kept:
        session[_ENDED], session[_CSRF] = token, kept


def ended_sessions_owner() -> StaffMember | None:
    """Whose session the cookie was part of, running, ended or run out; None where it was nobody's or they have left."""
    with reading() as database_session:
        return _owner(database_session)


def _owner(database_session: Session) -> StaffMember | None:
    token = session.get(_TOKEN) or session.get(_ENDED)
    row = find_session(database_session, token) if isinstance(token, str) else None
    member = get_staff_by_id(database_session, row.staff_id) if row else None
    return member if member is not None and is_open(member, now()) else None


def _load(token: str) -> SignedIn | None:
    if _idle():
        return None
    with reading() as database_session:
        return _read(database_session, token)


def _read(database_session: Session, token: str) -> SignedIn | None:
    whose = find_whose(database_session, token, now=now())
    if whose is None or not runs(whose, now()) or not is_open(whose.member, now()):
        return None
    actor = load_actor(database_session, staff_id=saved_key(whose.member), now=now(), covers=whose.covers)
    team = _team_of(database_session, actor)
    return SignedIn(token, actor, team, whose.member.must_change_password, whose.beat_at)


def _idle() -> bool:
    seen_at: Any = session.get(_SEEN_AT)
    return not isinstance(seen_at, int) or _seconds() - seen_at >= IDLE_LIMIT.total_seconds()


def _seen(response: Response) -> Response:
    if g.get("actor") is not None:
        session[_SEEN_AT] = _seconds()
    return response


def _seconds() -> int:
    return int(now().timestamp())


def _team_of(database_session: Session, actor: Actor) -> str:
    """The team that stands in the header: the first that the actor works in themself."""
    own = [held.team for held in actor.holdings if held.team is not None and held.covers is None]
    return get_team_by_id(database_session, own[0]).name if own else ""
