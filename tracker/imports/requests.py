"""What is asked of this room, frozen: the rows of a file as they were read, and what somebody is told of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.imports.vocabulary import Fate, Kind
from tracker.people.requests import NewPerson
from tracker.policy.entitlement import Role


class FileProblemError(Exception):
    """The file as a whole cannot be taken; the message says why, in words for whoever sent it."""


class RowProblemError(Exception):
    """A row cannot be taken; the message says why. It repeats nothing of the row."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: `number` as a spreadsheet counts it, the header being 1. `problem`: why it cannot be read, or empty."""

    number: int
    cells: Mapping[str, str] = field(repr=False)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of a row, in a code and a sentence; `record` is the reference of what was added, or is here already.

    `meant`: the reference of a record that may not be opened and was not named, for the trail alone.
    """

    fate: Fate
    said: str
    record: str | None = None
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team to be."""

    name: str
    parent: str = ""
    on_duty: bool = False


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who is to sign in, and a role of theirs; `team` is a name, "" for all teams."""

    email: str
    name: str
    job_title: str
    role: Role | None = None
    team: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody to be put on record; `new` has the name of the team where a request has its reference.

    `somebody_else`: whoever sent the file says that they are none of those who look like them.
    """

    new: NewPerson = field(repr=False)
    somebody_else: bool = False

    @property
    def team(self) -> str:
        """The name of the team."""
        return self.new.involvement.team

    @property
    def key(self) -> tuple[str, str]:
        """Case system and reference: by these a row is known."""
        return self.new.involvement.case_system or "", self.new.involvement.case_reference or ""

    @property
    def born(self) -> date | None:
        """The date of birth, where it is known."""
        return self.new.details.date_of_birth


@dataclass(frozen=True, slots=True)
class TriedFile:
    """A file after the dry run: its rows, and what was told of each, in the same order."""

    kind: Kind
    rows: tuple[FileRow, ...] = field(repr=False)
    told: tuple[Told, ...]
