"""The operator's view of the trail: is it as it was written, and does everything that was decided come out the same?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.config import Settings
from tracker.storage.session import Database

NOT_AS_IT_WAS = 1
CANNOT_READ = 2


@click.group()
def audit() -> None:
    """Check the audit trail, and decide again everything that was decided."""


@audit.command()
def verify() -> None:
    """Read the whole trail, and check that every entry is as it was written and none is missing.

    Exit status: 0, the trail holds; the number of entries is printed. 1, it does not; the first bad entry is printed. 2, the
    database cannot be read.
    """
    from tracker.audit.chain import verify as verify_trail

    with _reading() as session:
        found = verify_trail(session)
    if not found.holds:
        _stop(f"Entry {found.bad_entry}: {found.why}. {found.entries} entries before it hold.", NOT_AS_IT_WAS)
    click.echo(f"The trail holds: {found.entries} entries.")


@audit.command()
def replay() -> None:
    """Decide again every stored decision, on its frozen facts and under the limits that made it.

    Exit status: 0, all come out the same; how many is printed, and which of those made under an older release of the rules
    would come out otherwise today. 1, one does not; the first is printed. 2, the database cannot be read.
    """
    from tracker.checks.replay import replay as decide_everything

    with _reading() as session:
        found = decide_everything(session)
    for other in found.otherwise:
        click.echo(f"{other.decision}: {other.then} under {other.policy_version}, {other.now} under today's rules.")
    if found.differs is not None:
        _stop(f"{found.differs}: {found.why}. {found.decisions} before it come out the same.", NOT_AS_IT_WAS)
    click.echo(f"Every stored decision comes out the same: {found.decisions}.")


@contextmanager
def _reading() -> Iterator[Session]:
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        _stop(f"TRACKER_{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}", CANNOT_READ)
    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            yield session
    except SQLAlchemyError as error:
        _stop(f"the database cannot be read: {str(error).splitlines()[0]}", CANNOT_READ)
    finally:
        database.engine.dispose()


def _stop(sentence: str, status: int) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(status)
