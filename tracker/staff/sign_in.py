"""The door: every route is refused unless it declares who may come in, and everybody else signs in first."""

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from tracker.access.decorators import Access, declared_access
from tracker.access.permissions import require
from tracker.staff import current
from tracker.staff.current import SignedIn, signed_in
from tracker.storage.references import reference_in
from tracker.web.logging import log
from tracker.web.register import Surroundings, surround_pages

_WHILE_THE_PASSWORD_MUST_CHANGE = frozenset({"staff.password_page", "staff.sign_out_page"})


def register(app: Flask) -> None:
    """Guards every route of the application. Call it before `protect_forms`, and before the pages are registered.

    `app.extensions["passwords"]` says how passwords are kept.
    """
    current.register(app)
    app.before_request(_guard)
    surround_pages(app, surroundings)


def surroundings() -> Surroundings:
    """What stands around a page: who is signed in, their team, where their settings are and how they leave."""
    entered = signed_in()
    if entered is None:
        return Surroundings()
    return Surroundings(
        name=entered.actor.name,
        team=entered.team,
        settings=url_for("staff.settings_page"),
        sign_out=url_for("staff.sign_out_page"),
    )


def send_to_sign_in() -> Response:
    """To the sign-in page, and from there back to this one where it can be opened. No query is kept: it may hold words."""
    back = local_page(request.path)
    return redirect(url_for("staff.sign_in_page", next=back if back != "/" else None), 303)


def local_page(path: str | None) -> str | None:
    """`path` if it is a page of ours that can be opened and asks for signing in; else None. Never an address elsewhere."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return None
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match(path, method="GET")
    except (RequestRedirect, HTTPException):
        return None
    access = access_of(endpoint)
    return path if access is not None and not access.public else None


def access_of(endpoint: str | None) -> Access | None:
    """What the view behind an endpoint declares."""
    return declared_access(current_app.view_functions.get(endpoint)) if endpoint else None


def _guard() -> Response | None:
    g.actor = None
    if request.endpoint in (None, current.NOT_A_PAGE):
        return None  # no such page, whoever asks; or a style sheet, which is the same for everybody
    entered = signed_in()
    g.actor = entered.actor if entered else None
    access = access_of(request.endpoint)
    if access is None:
        log("undeclared_route", endpoint=request.endpoint)
        abort(403)
    if access.public:
        return None
    return _admit(entered, access)


def _admit(entered: SignedIn | None, access: Access) -> Response | None:
    if entered is None:
        return send_to_sign_in()
    if entered.must_change_password and request.endpoint not in _WHILE_THE_PASSWORD_MUST_CHANGE:
        return redirect(url_for("staff.password_page"), 303)
    if access.permission is None:
        abort(403)
    require(entered.actor, access.permission, about=_record_asked_for())
    return None


def _record_asked_for() -> str | None:
    """The reference in the address, for the trail of refusals; nothing else that somebody may have typed there."""
    return reference_in(str((request.view_args or {}).get("reference", "")))
