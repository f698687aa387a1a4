"""What commands share: the settings that they read, the database that these name, and an end in one line, never in a traceback."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from tracker.config import Settings
    from tracker.storage.session import Database

WRONG_USE = 2


def stop(sentence: str, status: int) -> NoReturn:
    """Ends the command with one line on standard error."""
    click.echo(" ".join(sentence.splitlines()), err=True)
    raise SystemExit(status)


def warn_of(sentence: str) -> None:
    """Says on standard error what the operator should put right, and goes on; nothing where there is nothing to say."""
    if sentence:
        click.echo(f"Warning: {sentence}.", err=True)


def read_settings(*, unreadable: int = WRONG_USE) -> "Settings":
    """The settings in the environment. One that cannot be read is named, and ends the command with the status `unreadable`."""
    from pydantic import ValidationError

    from tracker.config import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "TRACKER_" + "_".join(str(part) for part in first["loc"]).upper()
        stop(f"{name}: {first['msg']}", unreadable)


@contextmanager
def opened() -> "Iterator[tuple[Database, Settings]]":
    """The database that the settings name, closed afterwards, and the settings, read as `read_settings` does."""
    from tracker.storage.session import Database

    settings = read_settings()
    with closing(Database(settings.database_url)) as database:
        yield database, settings
