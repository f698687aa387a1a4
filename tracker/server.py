"""Starting the web server: what must be true first, gunicorn in place of this process, or gunicorn and the scheduler under it."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping

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


def check_database(settings: Settings) -> str:
    """Raises `SchemaOutOfDateError`, `TrailUnprotectedError` or `SQLAlchemyError`, as the application would, but before it starts; and
    `GrantsError`.

    Gives what the role may do that the tracker does not need, in a sentence for the operator; empty where there is nothing, and for a
    demonstration, which holds nobody's records.
    """
    from tracker import grants
    from tracker.audit import triggers
    from tracker.migrations import check_is_newest
    from tracker.storage.session import Database

    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            grants.check(session.connection())  # first: who may not read cannot look at the rest
            check_is_newest(session.connection())
            triggers.check(session.connection())
            return "" if settings.demonstration else grants.surplus(session.connection())
    finally:
        database.close()


def serve(settings: Settings) -> None:
    """Becomes gunicorn: this process ends only with the server."""
    sys.stdout.flush()
    os.execv(sys.executable, _web_server(settings))  # noqa: S606 - our own interpreter and words


def serve_with_scheduler(settings: Settings) -> int:
    """Runs the web server and the scheduler until one signal, or the end of either, ends both; gives the exit status.

    0 where this process was asked to end. 1 where one of them ended by itself, which is said in one line. Neither is left
    behind, even where this process is killed.
    """
    sys.stdout.flush()
    ours = {signal.SIGCHLD, *_ENDING}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ours)
    parts = {"web server": _begin(_web_server(settings)), "scheduler": _begin(_SCHEDULER)}
    while True:
        if signal.sigwait(ours) in _ENDING:
            _end(parts)
            status = 0
            break
        ended = [name for name, part in parts.items() if part.poll() is not None]
        if ended:
            _end(parts)
            print(f"The {ended[0]} ended by itself, so everything was stopped.", file=sys.stderr)  # noqa: T201
            status = 1
            break
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return status


_ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_SCHEDULER = [sys.executable, "-c", "from tracker.cli import main; main()", "scheduler"]
_PATIENCE_S = 15
_PR_SET_PDEATHSIG = 1


def _begin(arguments: list[str]) -> "subprocess.Popen[bytes]":
    """In a session of its own: Ctrl-C in a terminal reaches only this process, which passes it on once."""
    ours = os.getpid()

    def _be_ended_with_the_parent() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD, *_ENDING})
        if os.getppid() != ours:
            os._exit(1)

    return subprocess.Popen(arguments, start_new_session=True, preexec_fn=_be_ended_with_the_parent)  # noqa: S603


def _end(parts: "Mapping[str, subprocess.Popen[bytes]]") -> None:
    for part in parts.values():
        part.terminate()
    for part in parts.values():
        try:
            part.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()


def _web_server(settings: Settings) -> list[str]:
    return [
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
        "--config",
        "python:tracker.preloading",
        "--log-level",
        "warning",
        "tracker.wsgi:application",
    ]
