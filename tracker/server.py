"""Starting the web server: what must be true first, and gunicorn in place of this process."""

import os
import socket
import sys

from tracker.config import SHORTEST_SECRET_KEY, Settings


class CannotServeError(Exception):
    """The server cannot start; the text says why and what to do, in one line."""


def ready_to_serve(settings: Settings) -> None:
    """Raises `CannotServeError` where there is no secret key or the port is taken."""
    if len(settings.secret_key.get_secret_value()) < SHORTEST_SECRET_KEY:
        raise CannotServeError(
            f"TRACKER_SECRET_KEY is missing or shorter than {SHORTEST_SECRET_KEY} characters; "
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotServeError(
                f"port {settings.port} on {settings.host} cannot be used ({error.strerror}); "
                "stop what uses it, or set TRACKER_PORT to another port"
            ) from error


def check_database(settings: Settings) -> None:
    """Raises `SchemaOutOfDateError`, `TrailUnprotectedError` or `SQLAlchemyError`: as the application would, but before it starts."""
    from tracker.audit import triggers
    from tracker.migrations import check_is_newest
    from tracker.storage.session import Database

    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            check_is_newest(session.connection())
            triggers.check(session.connection())
    finally:
        database.engine.dispose()


def serve(settings: Settings) -> None:
    """Becomes gunicorn: this process ends only with the server."""
    arguments = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"{settings.host}:{settings.port}",
        "--workers",
        str(settings.workers),
        "--worker-class",
        "gthread",
        "--threads",
        str(settings.threads),
        "--no-control-socket",
        "--log-level",
        "warning",
        "tracker.wsgi:application",
    ]
    sys.stdout.flush()
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter and words
