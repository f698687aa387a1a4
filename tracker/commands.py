"""Commands that make, fill and serve a council's database. What stops one is said in one line, never as a traceback."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, NoReturn

import click

from tracker.command_line import read_settings, stop, warn_of
from tracker.config import Settings
from tracker.server import CannotServeError, check_database, ready_to_serve, serve_with_scheduler
from tracker.server import serve as serve_now

if TYPE_CHECKING:
    from tracker.demo.council import Demonstration

CANNOT_START = 1
INTERRUPTED = 130
STOP_WITH = "Stop with Ctrl-C."


@click.command()
@click.option("--grant-to", metavar="ROLE", help="Give this PostgreSQL role what the tracker needs, and no more.")
def init(grant_to: str | None) -> None:
    """Bring the database to the newest migration and put the shipped limits in force where none are.

    Run it as the role that owns the database. With --grant-to another role, as which the tracker is to run, may do what it needs and
    nothing else.

    Exit status: 0, done. 1, the database cannot be reached or changed, or the role cannot be given what it needs.
    """
    from tracker.demo.beginning import begin

    with _told_in_one_line():
        begin(_settings(), now=datetime.now(UTC), grant_to=grant_to)
    click.echo("The database is at the newest migration.")
    if grant_to is not None:
        click.echo(f"The role {grant_to} may do what the tracker needs.")


@click.command()
def serve() -> None:
    """Serve the tracker. Needs TRACKER_SECRET_KEY and a database that `tracker init` has prepared.

    Never makes demonstration staff. Exit status: 0, stopped. 1, it cannot start; one line on standard error says why.
    """
    with _told_in_one_line():
        settings = _settings()
        ready_to_serve(settings)
        warn_of(check_database(settings))
        click.echo(f"Serving on {_address(settings)}\n{STOP_WITH}")
        serve_now(settings)


@click.command()
def scheduler() -> None:
    """Run the scheduler beside the web server: detection's sweep, the tasks of the clocks, the self-check.

    One leads at a time; another copy waits and takes over when the first ends. Exit status: 0, stopped. 1, it cannot start; one
    line on standard error says why.
    """
    with _told_in_one_line():
        settings = _settings()
        warn_of(check_database(settings))

        from tracker.scheduler import run_scheduler
        from tracker.web.logging import configure_logging

        configure_logging()
        ending = Event()
        for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sent, lambda *_: ending.set())
        run_scheduler(settings, ending)


@click.command()
def demo() -> None:
    """Fill an empty database with a demonstration council and print its sign-ins. One that is there stays as it is.

    Exit status: 0, done. 1, the database cannot be reached or changed, or belongs to a council with staff of its own.
    """
    with _told_in_one_line():
        _print_sign_ins(_make_demonstration(_settings()))


@click.command()
def run() -> None:
    """Serve a demonstration council on this machine: `demo`, then `serve` and `scheduler` with a secret key kept in the instance.

    One Ctrl-C stops both. Exit status: 0, stopped. 1, it cannot start, or one of the two ended by itself; one line on standard
    error says why.
    """
    from tracker.demo.kept_secrets import kept_secret

    with _told_in_one_line():
        given = _settings()
        key = given.secret_key.get_secret_value() or kept_secret(given.instance / "secret_key")
        os.environ |= {"TRACKER_SECRET_KEY": key, "TRACKER_DEMONSTRATION": "true", "TRACKER_INSECURE_COOKIES": "true"}
        settings = _settings()
        ready_to_serve(settings)
        made = _make_demonstration(settings)
        check_database(settings)
        click.echo(f"\n  {_address(settings)}\n")
        _print_sign_ins(made)
        click.echo(f"\n{STOP_WITH}")
        status = serve_with_scheduler(settings)
    raise SystemExit(status)


def _make_demonstration(settings: Settings) -> "Demonstration":
    from tracker.demo.council import make_demonstration

    return make_demonstration(settings, now=datetime.now(UTC))


def _print_sign_ins(made: "Demonstration") -> None:
    from tracker.demo.people import SIGN_INS

    width = max(len(email) for email, _ in SIGN_INS)
    for email, who in SIGN_INS:
        click.echo(f"  {email:<{width}}  {who}")
    known = made.password or "the one that was printed when this council was made"
    click.echo(f"\n  Password for all of them: {known}")


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def _settings() -> Settings:
    return read_settings(unreadable=CANNOT_START)


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    """Ends the command with one line on standard error where something known stops it; quietly where a person did."""
    signal.signal(signal.SIGINT, _end_at_once)
    try:
        yield
    except Exception as error:
        sentence = _sentence_for(error)
        if sentence is None:
            raise
        stop(sentence, CANNOT_START)


def _end_at_once(*_: object) -> NoReturn:
    """Ctrl-C before the server runs. The database undoes what was not committed, as it does when the power fails."""
    os._exit(INTERRUPTED)


def _sentence_for(error: Exception) -> str | None:
    """What to say of something known that stops a command; None for anything else, which is a fault of ours."""
    if isinstance(error, CannotServeError | OSError):
        return str(error)

    from sqlalchemy.exc import SQLAlchemyError

    if isinstance(error, SQLAlchemyError):
        return f"the database cannot be used: {str(error).splitlines()[0]}; is it where TRACKER_DATABASE_URL says?"

    from tracker.audit.triggers import TrailUnprotectedError
    from tracker.demo.council import NotADemonstrationError
    from tracker.grants import GrantsError
    from tracker.migrations import BrokenReferencesError, SchemaOutOfDateError

    known = (BrokenReferencesError, GrantsError, NotADemonstrationError, SchemaOutOfDateError, TrailUnprotectedError)
    return str(error) if isinstance(error, known) else None
