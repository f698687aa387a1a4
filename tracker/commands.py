"""Commands that make, fill and serve a council's database."""

import os
from typing import NoReturn

import click
from pydantic import ValidationError

from tracker.config import Settings
from tracker.server import CannotServeError, kept_secret, ready_to_serve
from tracker.server import serve as serve_now

CANNOT_START = 1


@click.command()
def init() -> None:
    """Bring the database to the newest migration and put the shipped limits in force where none are.

    Exit status: 0, done. 1, the database cannot be reached or changed.
    """
    from tracker.demo.beginning import begin

    with _told_in_one_line():
        begin(_settings())
    click.echo("The database is at the newest migration.")


@click.command()
def serve() -> None:
    """Serve the tracker. Needs TRACKER_SECRET_KEY and a database that `tracker init` has prepared.

    Never makes demonstration staff. Exit status: 1, it cannot start; one line on standard error says why.
    """
    settings = _settings()
    with _told_in_one_line():
        ready_to_serve(settings)
        _check_database(settings)
    click.echo(f"Serving on http://{settings.host}:{settings.port}")
    serve_now(settings)


@click.command()
def demo() -> None:
    """Fill an empty database with a demonstration council and print its sign-ins. Keeps a database that has data.

    Exit status: 0, done. 1, the database cannot be reached or changed.
    """
    with _told_in_one_line():
        _print_sign_ins(_make_demonstration(_settings()))


@click.command()
def run() -> None:
    """Serve a demonstration council on this machine: `demo`, then `serve` with a secret key kept in the instance.

    Exit status: 1, it cannot start; one line on standard error says why.
    """
    key = kept_secret(_settings().instance / "secret_key")
    os.environ |= {"TRACKER_SECRET_KEY": key, "TRACKER_DEMONSTRATION": "true", "TRACKER_INSECURE_COOKIES": "true"}
    settings = _settings()
    with _told_in_one_line():
        ready_to_serve(settings)
        password = _make_demonstration(settings)
    click.echo(f"\n  http://{settings.host}:{settings.port}\n")
    _print_sign_ins(password)
    click.echo("\nStop with Ctrl-C.")
    serve_now(settings)


def _make_demonstration(settings: Settings) -> str:
    from tracker.demo.council import make_demonstration

    given = settings.demo_password.get_secret_value()
    password = given or kept_secret(settings.instance / "demo_password", length=12)
    make_demonstration(settings, password=password)
    return password


def _print_sign_ins(password: str) -> None:
    from tracker.demo.people import SIGN_INS

    width = max(len(email) for email, _ in SIGN_INS)
    for email, who in SIGN_INS:
        click.echo(f"  {email:<{width}}  {who}")
    click.echo(f"\n  Password for all of them: {password}")


def _check_database(settings: Settings) -> None:
    from tracker.app import create_app

    create_app(settings)


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "TRACKER_" + "_".join(str(part) for part in first["loc"]).upper()
        _stop(f"{name}: {first['msg']}")


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(CANNOT_START)


class _told_in_one_line:  # noqa: N801 - reads as a phrase after `with`
    """What stops a start is said in one line, never as a traceback."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        from sqlalchemy.exc import SQLAlchemyError

        from tracker.app import SecretKeyMissingError
        from tracker.audit.triggers import TrailUnprotectedError
        from tracker.migrations import SchemaOutOfDateError

        known = (CannotServeError, SecretKeyMissingError, TrailUnprotectedError, SchemaOutOfDateError, OSError)
        if isinstance(error, known):
            _stop(str(error))
        if isinstance(error, SQLAlchemyError):
            _stop(f"the database cannot be used: {str(error).splitlines()[0]}")
