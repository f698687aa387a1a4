"""From exception to page. A refusal is recorded in a transaction of its own, after the rollback."""

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.decisions.errors import ClockBehindError
from tracker.drafts.interrupted import typed_now
from tracker.drafts.services import SubmissionTakenError, result_of
from tracker.people.groups import PeopleBusyError
from tracker.people.services import DutyReasonNeededError, RestrictedRecordError
from tracker.staff.sign_in import local_page
from tracker.storage.locks import is_deadlock
from tracker.storage.references import is_taken
from tracker.storage.tables import NoSuchRecordError, StaleVersionError
from tracker.web.logging import log_failure
from tracker.web.request import now, reading, transaction

Answer = tuple[str, int]
_PAGES = {400, 403, 404, 405, 409, 413, 429, 500, 503}


def register(app: Flask) -> None:
    """Joins every exception that may leave a route to its page."""
    app.register_error_handler(NotAllowedError, _refused)
    app.register_error_handler(RestrictedRecordError, _restricted)
    app.register_error_handler(DutyReasonNeededError, _reason_needed)
    app.register_error_handler(PeopleBusyError, _busy)
    app.register_error_handler(ClockBehindError, _clock_behind)
    app.register_error_handler(NoSuchRecordError, _not_found)
    app.register_error_handler(StaleVersionError, _stale)
    app.register_error_handler(SubmissionTakenError, _stale)
    app.register_error_handler(CSRFError, _bad_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _collided)
    app.register_error_handler(Exception, _broken)


def _refused(error: NotAllowedError) -> Answer:
    _record_refusal(error)
    return _page(403)


def _restricted(error: RestrictedRecordError) -> Answer:
    _record_refusal(error)
    return render_template("people/restricted.html", ask_whom=error.ask_whom), 403


def _reason_needed(error: DutyReasonNeededError) -> ResponseReturnValue:
    """No refusal: who is on duty says why, and comes back to the page. What was sent meanwhile is shown to be sent again."""
    say_why = url_for("people.duty", reference=error.about, next=_page_of(request.path))
    if request.method in ("GET", "HEAD"):
        return redirect(say_why, 303)
    return render_template("people/duty_first.html", say_why=say_why, typed=typed_now()), 403


def _page_of(path: str) -> str | None:
    """The page that a form stands on, which is sent to it or to an address beneath it."""
    return local_page(path) or local_page(path.rpartition("/")[0])


def _busy(_: PeopleBusyError) -> Answer:
    return _page(503)


def _clock_behind(error: ClockBehindError) -> Answer:
    log_failure(error)
    return _page(503)


def _record_refusal(error: NotAllowedError) -> None:
    actor = g.get("actor")
    if actor is not None:
        with transaction() as session:
            facts = {"permission": error.permission.value}
            record(session, Event.ACCESS_REFUSED, at=now(), by=actor, about=error.about, facts=facts)


def _not_found(_: NoSuchRecordError) -> Answer:
    return _page(409 if _was_sent_before() else 404)


def _was_sent_before() -> bool:
    """Whether the form that is being answered was carried out by a first click, after which its own page may be gone."""
    actor, submission = g.get("actor"), request.form.get("submission", "") if request.method == "POST" else ""
    if actor is None or not submission.isalnum():
        return False
    with reading() as session:
        return result_of(session, submission, by=actor) is not None


def _stale(_: StaleVersionError | SubmissionTakenError) -> Answer:
    return _page(409)


def _bad_token(_: CSRFError) -> Answer:
    return _page(400)


def _http(error: HTTPException) -> Answer | HTTPException:
    if error.code is not None and error.code < 400:
        return error
    return _page(error.code if error.code in _PAGES else 400)


def _collided(error: DBAPIError) -> ResponseReturnValue:
    """References are random, so now and then a new one is taken; and PostgreSQL ends one of two that wait for each other. Its
    transaction left nothing: all is done once more."""
    if not (is_taken(error) or is_deadlock(error)) or "tried_again" in g:
        return _broken(error)
    g.tried_again = True
    try:
        turned_away = current_app.preprocess_request()  # whoever may not is refused this time too
        return current_app.dispatch_request() if turned_away is None else turned_away
    except Exception as again:  # to its own page, as the first time
        return current_app.handle_user_exception(again)


def _broken(error: Exception) -> Answer:
    log_failure(error)  # its kind and place; its words may hold what was typed
    return _page(500)


def _page(status: int) -> Answer:
    typed = typed_now() if status >= 500 else None  # a browser that goes back may have forgotten it
    return render_template(f"site/error_{status}.html", typed=typed), status
