"""What deciding on the rows of a file has in common, whatever they hold.

A decider remembers the rows that it has decided on, so that a row is judged with those before it as if they were on record already.
Deciding writes nothing. Carrying out decides again, on what is on record by then.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlmodel import Session, select

from tracker.imports.requests import FileRow, RowProblemError, Told
from tracker.imports.vocabulary import Fate
from tracker.staff.models import Team

LONGEST_SAID = 500


class Decider(Protocol):
    """One kind of file."""

    def decide(self, rows: Sequence[FileRow]) -> list[Told]:
        """What would become of each row, in their order."""

    def carry_out(self, rows: Sequence[FileRow]) -> list[Told]:
        """Decides on each row again and adds what is new; what became of each, in their order."""


def wrong(said: str) -> Told:
    """A row that cannot be taken."""
    return Told(Fate.WRONG, said[:LONGEST_SAID])


def readable(row: FileRow) -> None:
    """Raises `RowProblemError` for a row that could not even be read."""
    if row.problem:
        raise RowProblemError(row.problem)


def same_words(name: str) -> str:
    """A name as two spellings of it compare: case and runs of blanks do not matter."""
    return " ".join(name.split()).casefold()


def teams_by_name(session: Session) -> dict[str, Team]:
    """Every team, open or closed, by its name as `same_words` gives it."""
    return {same_words(team.name): team for team in session.exec(select(Team))}
