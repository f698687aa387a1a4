"""The application: settings, database, sign-in, error pages and the list of blueprints. Never routes or rules."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import blueprints, errors
from tracker.audit import triggers
from tracker.config import SHORTEST_SECRET_KEY, Settings
from tracker.demo.people import is_demonstration
from tracker.drafts import interrupted
from tracker.imports import uploads
from tracker.migrations import check_is_newest
from tracker.overview import menu
from tracker.staff import sign_in
from tracker.staff.passwords import Passwords
from tracker.storage.session import Database
from tracker.web.register import register_web
from tracker.web.request import Clock
from tracker.web.security import protect_forms

PROJECT = Path(__file__).resolve().parent.parent
LARGEST_POST = 256 * 1024  # bytes; a route that takes a file declares its own


class SecretKeyMissingError(Exception):
    """The tracker does not start without a secret key of at least 32 characters."""


def create_app(
    settings: Settings | None = None, *, clock: Clock | None = None, passwords: Passwords | None = None
) -> Flask:
    """The web application. A test's clock and its cheap passwords are arguments; no setting can move time or weaken a hash.

    Raises `SecretKeyMissingError`, `SchemaOutOfDateError` or `TrailUnprotectedError` rather than start in doubt.
    """
    settings = settings or Settings()
    secret = settings.secret_key.get_secret_value()
    if len(secret) < SHORTEST_SECRET_KEY:
        raise SecretKeyMissingError(f"TRACKER_SECRET_KEY must have at least {SHORTEST_SECRET_KEY} characters")
    database = Database(settings.database_url)
    _check(database)
    if _holds_a_demonstration(database):
        settings = settings.model_copy(update={"demonstration": True})
    app = Flask("tracker", template_folder=str(PROJECT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=secret,
        MAX_CONTENT_LENGTH=LARGEST_POST,
        MAX_FORM_MEMORY_SIZE=LARGEST_POST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.insecure_cookies,
        SESSION_COOKIE_NAME="tracker" if settings.insecure_cookies else "__Host-tracker",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions.update(
        database=database, settings=settings, clock=clock or _utc_now, passwords=passwords or Passwords()
    )
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]
    register_web(app)
    uploads.register(app)
    interrupted.register(app)
    sign_in.register(app)
    menu.register(app)
    protect_forms(app)
    errors.register(app)
    for blueprint in blueprints.ALL:
        app.register_blueprint(blueprint)
    return app


def _check(database: Database) -> None:
    with database.reading() as session:
        check_is_newest(session.connection())
        triggers.check(session.connection())


def _holds_a_demonstration(database: Database) -> bool:
    """The database itself says so: its pages carry the banner, however they are served."""
    with database.reading() as session:
        return is_demonstration(session)


def _utc_now() -> datetime:
    return datetime.now(UTC)
