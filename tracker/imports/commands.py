"""The operator's commands for imports: a whole council's staff, teams or people from a file, with how far it is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.command_line import opened, stop
from tracker.imports.deciding import Decider
from tracker.imports.reading import LARGEST_FILE, read_file
from tracker.imports.requests import FileProblemError, FileRow, Told
from tracker.imports.services import AT_ONCE, counted, decider_of, people_named, take_turns
from tracker.imports.vocabulary import FATE_AFTER, FATE_BEFORE, IN_ORDER, Fate, Kind
from tracker.staff.passwords import Passwords
from tracker.staff.selectors import find_staff_by_email, is_open
from tracker.storage.references import again_if_taken
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

NOT_DONE, LEFT_OUT = 1, 3
MOST_SHOWN = 200
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_DRY = click.option("--dry-run", is_flag=True, help="Say what would become of each row, and change nothing.")


@dataclass(frozen=True)
class _Work:
    """What is imported, from where to where. `answering`: key and reference of who answers for records of people; 0 and "" for
    other files."""

    kind: Kind
    rows: Sequence[FileRow]
    database: Database
    answering: tuple[int, str] = (0, "")

    @property
    def facts(self) -> dict[str, str | int]:
        """What the trail keeps of it."""
        answers = {"answering": self.answering[1]} if self.answering[0] else {}
        return {"kind": self.kind.value, "rows": len(self.rows), **answers}

    def decider(self, session: Session, now: datetime) -> Decider:
        """What decides on the rows, in this transaction."""
        return decider_of(self.kind, session, by=None, answering=self.answering[0], now=now, passwords=Passwords())

    def pieces(self) -> Iterator[Sequence[FileRow]]:
        """The rows, as many at a time as one transaction takes."""
        size = AT_ONCE[self.kind]
        return (self.rows[start : start + size] for start in range(0, len(self.rows), size))


@click.group(name="import")
def import_() -> None:
    """Import teams, staff or people from a CSV file. What is there already stays as it is."""


@import_.command()
@_FILE
@_DRY
def teams(file: Path, dry_run: bool) -> None:
    """Import the teams in FILE. They are known again by their names.

    Exit status: 0, every row is there now (with --dry-run: could be). 1, nothing was done. 2, wrong use or settings. 3, rows were
    left out; each is printed with the reason.
    """
    _import(Kind.TEAMS, file, dry_run)


@import_.command()
@_FILE
@_DRY
def staff(file: Path, dry_run: bool) -> None:
    """Import the staff in FILE. They are known again by their e-mail addresses.

    Nobody gets a password: an administrator gives each a one-time password. A role that needs confirming waits in the application,
    unless nobody could confirm it yet.

    Exit status: 0, every row is there now (with --dry-run: could be). 1, nothing was done. 2, wrong use or settings. 3, rows were
    left out; each is printed with the reason.
    """
    _import(Kind.STAFF, file, dry_run)


@import_.command()
@_FILE
@_DRY
@click.option("--answering", required=True, metavar="EMAIL", help="Who answers for the records: a member of staff.")
def people(file: Path, dry_run: bool, answering: str) -> None:
    """Import the people in FILE, of any team. They are known again by case system and reference.

    Killed midway or run twice, it doubles nobody: run it again.

    Exit status: 0, every row is there now (with --dry-run: could be). 1, nothing was done. 2, wrong use or settings. 3, rows were
    left out; each is printed with the reason.
    """
    _import(Kind.PEOPLE, file, dry_run, answering)


def _import(kind: Kind, file: Path, dry_run: bool, email: str = "") -> None:
    try:
        with file.open("rb") as source:
            rows = read_file(source.read(LARGEST_FILE + 1), kind)
    except (FileProblemError, OSError) as problem:
        said = problem if isinstance(problem, FileProblemError) else "The file cannot be read"
        stop(f"Nothing was done. {said}.", NOT_DONE)
    with _opened() as database:
        work = _Work(kind, rows, database, _answering(database, email) if email else (0, ""))
        told = _tried(work) if dry_run else _carried_out(work)
    _say(rows, told, FATE_BEFORE if dry_run else FATE_AFTER)
    if any(one.fate in (Fate.WRONG, Fate.ALIKE) for one in told):
        raise SystemExit(LEFT_OUT)


def _answering(database: Database, email: str) -> tuple[int, str]:
    with database.reading() as session:
        member = find_staff_by_email(session, email)
        if member is None or not is_open(member, datetime.now(UTC)):
            stop("Nothing was done. Nobody who works here signs in with that address.", NOT_DONE)
        return saved_key(member), member.reference


def _tried(work: _Work) -> list[Told]:
    now = datetime.now(UTC)
    told: list[Told] = []
    with work.database.reading() as session, _bar(work) as bar:
        decider = work.decider(session, now)
        for piece in work.pieces():
            told += decider.decide(piece)
            bar.update(len(piece))
    with work.database.transaction() as session:
        facts = {**work.facts, **counted(tuple(told))}
        record(session, Event.IMPORT_TRIED, at=now, by=None, facts=facts, content=people_named(work.kind, told))
    return told


def _carried_out(work: _Work) -> list[Told]:
    with work.database.transaction() as session:
        record(session, Event.IMPORT_BEGUN, at=datetime.now(UTC), by=None, facts=work.facts)
    told: list[Told] = []
    with _bar(work) as bar:
        for piece in work.pieces():
            told += again_if_taken(partial(_carried_out_a_piece, work, piece))
            bar.update(len(piece))
    with work.database.transaction() as session:
        facts, named = {**work.facts, **counted(tuple(told))}, people_named(work.kind, told)
        record(session, Event.IMPORT_DONE, at=datetime.now(UTC), by=None, facts=facts, content=named)
    return told


def _carried_out_a_piece(work: _Work, piece: Sequence[FileRow]) -> list[Told]:
    with work.database.transaction() as session:
        take_turns(session, work.kind)
        return work.decider(session, datetime.now(UTC)).carry_out(piece)


def _bar(work: _Work) -> "click._termui_impl.ProgressBar[int]":
    return click.progressbar(length=len(work.rows), label=f"{len(work.rows):,} rows", show_pos=True)


def _say(rows: Sequence[FileRow], told: Sequence[Told], words: dict[Fate, str]) -> None:
    """How many rows have each fate, and why those that were left out were: their numbers, and nothing of what they hold."""
    for fate in IN_ORDER:
        click.echo(f"{words[fate]}: {sum(one.fate is fate for one in told):,}")
    left = [(row.number, one.said) for row, one in zip(rows, told, strict=True) if one.fate in (Fate.WRONG, Fate.ALIKE)]
    for number, said in left[:MOST_SHOWN]:
        click.echo(f"Row {number}: {said.rstrip('.')}.")
    if len(left) > MOST_SHOWN:
        click.echo(f"And {len(left) - MOST_SHOWN:,} more. Mend these and run it again.")


@contextmanager
def _opened() -> Iterator[Database]:
    with opened() as (database, _):
        try:
            yield database
        except SQLAlchemyError as error:
            fault = type(error).__name__
            stop(f"The database cannot be used ({fault}). What was carried out stays; run it again.", NOT_DONE)
