"""A page that is posted after its session ended: what was typed is kept for whoever typed it, and shown to nobody else.

Where a page fails instead, what was typed goes back with the answer, and nowhere else.
"""

from dataclasses import dataclass

from flask import Flask, flash, redirect, request, session, url_for
from flask_wtf.csrf import validate_csrf  # type: ignore[import-untyped]
from werkzeug.wrappers import Response
from wtforms import ValidationError  # type: ignore[import-untyped]

from tracker.access.decorators import Access
from tracker.drafts.selectors import list_interrupted
from tracker.drafts.services import forget_interrupted, keep_interrupted
from tracker.staff.current import JUST_SIGNED_IN, SignedIn, ended_sessions_owner, signed_in
from tracker.staff.sign_in import access_of, send_to_sign_in
from tracker.storage.tables import saved_key
from tracker.web.forms import RESTORED, Form
from tracker.web.request import now, reading, transaction

_TOKEN = "csrf_token"  # noqa: S105 - the name of a field
_SUBMISSION = "submission"


@dataclass(frozen=True)
class Typed:
    """What somebody had sent to `path`, which shows it filled in again where it is marked as `restored`."""

    path: str
    values: dict[str, list[str]]
    restored: str = RESTORED


def typed_now() -> Typed | None:
    """What was typed into the form that is being answered; None where it was none, or did not come from a page of ours.

    It reads no database, and may be asked when there is none.
    """
    access = access_of(request.endpoint)
    if request.method != "POST" or access is None or not access.forms or not _came_from_our_page():
        return None
    values = _typed(access.forms)
    return Typed(request.path, values) if values.keys() - {_SUBMISSION} else None


def register(app: Flask) -> None:
    """Has the application keep such a page. Call it before `sign_in.register`, whose guard would turn the post away."""
    app.before_request(_before)


def _before() -> Response | None:
    access = access_of(request.endpoint)
    if access is None or access.public:
        return None
    entered = signed_in()
    if request.method == "POST":
        if entered is None:
            return _keep(access) if access.forms else None
        if RESTORED in request.form:
            _forget(entered)
        return None
    return _offer(entered) if entered is not None and JUST_SIGNED_IN in session else None


def _keep(access: Access) -> Response | None:
    owner, values = ended_sessions_owner(), _typed(access.forms)
    if owner is None or not values.keys() - {_SUBMISSION} or not _came_from_our_page():
        return None
    with transaction() as database_session:
        keep_interrupted(database_session, staff_id=saved_key(owner), path=request.path, values=values, now=now())
    flash("You were signed out before this was saved. Sign in again, and what you typed will be shown to you")
    return send_to_sign_in()


def _forget(entered: SignedIn) -> None:
    if _came_from_our_page():
        with transaction() as database_session:
            forget_interrupted(database_session, path=request.path, by=entered.actor)


def _offer(entered: SignedIn) -> Response | None:
    if entered.must_change_password:
        return None
    session.pop(JUST_SIGNED_IN)
    with reading() as database_session:
        waiting = list_interrupted(database_session, by=entered.actor, now=now())
    return redirect(url_for("drafts.unsaved_page", next=request.path), 303) if waiting else None


def _typed(forms: tuple[type, ...]) -> dict[str, list[str]]:
    """What was posted, but for the token and what was typed as a password, whatever the field is called."""
    secrets = tuple({name for form in forms if issubclass(form, Form) for name in form.secret_names()})
    values = request.form.to_dict(flat=False)
    unkept = ("password", _TOKEN, RESTORED)
    return {
        name: typed
        for name, typed in values.items()
        if not any(part in name.lower() for part in unkept) and name.rpartition("-")[2] not in secrets
    }


def _came_from_our_page() -> bool:
    tokens = [value for name, value in request.form.items() if name.endswith(_TOKEN)]
    try:
        validate_csrf(tokens[0] if tokens else None)
    except ValidationError:
        return False
    return True
