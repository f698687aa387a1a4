"""The operator's view of the trail: is it as it was written, and does everything that was decided come out the same? And what has
words erased from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session

from tracker.command_line import opened, stop
from tracker.staff.proving import BY, NOT_DONE, PASSWORD, carried_out, prove

NOT_AS_IT_WAS = 1
CANNOT_READ = 2
LARGEST_PLACE = 2**31 - 1
_LACKS_PRIVILEGES = "42501"
"""What PostgreSQL calls it where a role may not do something."""


@click.group()
def audit() -> None:
    """Check the audit trail, decide again everything that was decided, and erase words from the trail."""


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
        stop(f"Entry {found.bad_entry}: {found.why}. {found.entries} entries before it hold.", NOT_AS_IT_WAS)
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
        stop(f"{found.differs}: {found.why}. {found.decisions} before it come out the same.", NOT_AS_IT_WAS)
    click.echo(f"Every stored decision comes out the same: {found.decisions}.")


@audit.command()
@click.argument("number", type=click.IntRange(1, LARGEST_PLACE))
@click.option(
    "--why",
    required=True,
    help="Why the words must go, such as the rule or the request. Name nobody a record is about.",
)
@BY
@PASSWORD
def erase(number: int, why: str, email: str, password_stdin: bool) -> None:
    """Erase the words of entry NUMBER of the trail for good: the names, reasons and other words that stand beside it.

    The entry itself, its facts and its hash stay. A new entry says which was erased, by whom and why. Only the Senior Responsible
    Officer may, with their own password: nobody who stands in for them, and of nothing that they did themself. On PostgreSQL, run it as
    the role that owns the database.

    Exit status: 0, erased. 1, nothing was done: there is no such entry, it has no words, you may not, your password was not
    accepted, or the database cannot be used. 2, wrong use or settings.
    """
    from tracker.audit.selectors import get_entry_at
    from tracker.audit.services import erase_content

    with _told_in_one_line(), opened() as (database, settings):
        with database.reading() as session:
            entry = get_entry_at(session, number)
        about = ", ".join(dict.fromkeys(filter(None, [entry.said["record"], *entry.said["people"]])))
        click.echo(f"Entry {number}, {entry.row.at:%Y-%m-%d %H:%M:%S} UTC: {entry.row.event} {about}".rstrip())
        by = prove(database, settings, email, password_stdin=password_stdin)

        def _erase(session: Session, now: datetime) -> None:
            erase_content(session, number, why=why, by=by, now=now)

        carried_out(database, by, _erase)
    click.echo(f"The words of entry {number} were erased. Backups made before still have them.")


@contextmanager
def _reading() -> Iterator[Session]:
    with opened() as (database, _):
        try:
            with database.reading() as session:
                yield session
        except SQLAlchemyError as error:
            stop(f"the database cannot be read: {str(error).splitlines()[0]}", CANNOT_READ)


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    """Ends the command with one line where it cannot erase."""
    from tracker.audit.services import ErasureError
    from tracker.storage.tables import NoSuchRecordError

    try:
        yield
    except (ErasureError, NoSuchRecordError) as error:
        stop(f"Nothing was done: {error}.", NOT_DONE)
    except SQLAlchemyError as error:
        if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == _LACKS_PRIVILEGES:
            stop("Nothing was done: only the role that owns the database may erase; run this as that role.", NOT_DONE)
        stop(f"Nothing was done: the database cannot be used ({type(error).__name__}).", NOT_DONE)
