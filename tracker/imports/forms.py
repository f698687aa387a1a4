"""Choosing a file of each kind, and the buttons that carry it out. The file is the one upload there is."""

from typing import ClassVar

from tracker.imports.reading import LARGEST_FILE
from tracker.imports.vocabulary import Kind
from tracker.web.fields.files import FileField
from tracker.web.forms import Form

LARGEST_POST = LARGEST_FILE + 64 * 1024
"""Bytes of a post with a file in it."""

_HINT = "CSV text in UTF-8. Nothing is changed before you have seen what becomes of each row."


def _file() -> FileField:
    return FileField(
        "Choose the file",
        hint=_HINT,
        required="Choose a file",
        subject="The file",
        most=LARGEST_FILE,
        accept=".csv,text/csv",
    )


class FileForm(Form):
    """A file to try."""

    kind: ClassVar[Kind]

    @property
    def file(self) -> FileField:
        """The question that is answered with the file."""
        field: FileField = self[f"{self.kind}_file"]
        return field


class TeamsFileForm(FileForm):
    """A file of teams."""

    kind = Kind.TEAMS
    teams_file = _file()


class StaffFileForm(FileForm):
    """A file of staff."""

    kind = Kind.STAFF
    staff_file = _file()


class PeopleFileForm(FileForm):
    """A file of people."""

    kind = Kind.PEOPLE
    people_file = _file()


class BeginImportForm(Form):
    """The button that begins what the page has shown."""


class GoOnForm(Form):
    """The button that carries on with what was begun."""
