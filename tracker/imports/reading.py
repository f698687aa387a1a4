"""From the bytes of a file to its rows. Pure. What a cell holds is text, a formula too: nothing of it is ever carried out."""

import csv
from collections.abc import Iterator
from io import StringIO

from tracker.imports.columns import COLUMNS
from tracker.imports.requests import FileProblemError, FileRow
from tracker.imports.vocabulary import Kind
from tracker.web.text import cleaned, what_cannot_be_kept

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes: 50,000 people with everything known of them are about 6 million."""

MOST_ROWS = 50_000
MOST_LINES = 4 * MOST_ROWS
"""Empty rows among them: eight million of those would be read for ten seconds."""

LONGEST_CELL = 2_000
_LONGEST_SHOWN = 40

NOT_CSV = "The file is not CSV text in UTF-8. In your spreadsheet choose “Save as” and “CSV UTF-8”"
NOT_KEPT = "has a hidden character that cannot be kept: type it again"


def read_file(data: bytes, kind: Kind) -> tuple[FileRow, ...]:
    """Every row below the header that is not empty. Raises `FileProblemError` for what is no file of that kind."""
    text = _decoded(data)
    separator, header = _header(text, kind)
    rows = _rows(text, separator, header)
    read: list[FileRow] = []
    try:
        for row in rows:
            read.append(row)
            if len(read) > MOST_ROWS:
                raise FileProblemError(f"The file must have {MOST_ROWS:,} rows or fewer. Split it into several")
    except csv.Error:
        after = read[-1].number if read else 1
        raise FileProblemError(
            f"The file cannot be read after row {after}: a quotation mark is not closed, or a cell is too long"
        ) from None
    if not read:
        raise FileProblemError("The file has a header and no rows below it")
    return tuple(read)


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise FileProblemError(f"The file must be {LARGEST_FILE // 1024 // 1024} MB or smaller. Split it into several")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblemError(NOT_CSV) from None
    if "\0" in text:
        raise FileProblemError(NOT_CSV)
    if not text.strip():
        raise FileProblemError("The file is empty")
    return text


def _header(text: str, kind: Kind) -> tuple[str, list[str]]:
    """The separator, comma or semicolon, under which more of the first row is known to us, and the names in it."""
    known = {one.name for one in COLUMNS[kind]}
    ways = [(separator, _names(text, separator)) for separator in (",", ";")]
    separator, names = max(ways, key=lambda way: len(known & set(way[1])))
    while names and not names[-1]:
        names.pop()
    asked = f"The columns are: {', '.join(one.name for one in COLUMNS[kind])}"
    if not known & set(names):
        raise FileProblemError(f"The first row must name the columns. {asked}")
    strange = [name for name in names if name not in known]
    if strange:
        raise FileProblemError(f"There is no column “{strange[0][:_LONGEST_SHOWN]}”. {asked}")
    missing = [one.name for one in COLUMNS[kind] if one.needed and one.name not in names]
    if missing:
        raise FileProblemError(f"The column {missing[0]} is missing. {asked}")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise FileProblemError(f"The column {twice} is there twice")
    return separator, names


def _names(text: str, separator: str) -> list[str]:
    try:
        first = next(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), [])
    except csv.Error:
        return []
    return ["_".join(cleaned(name).casefold().split()) for name in first]


def _rows(text: str, separator: str, header: list[str]) -> Iterator[FileRow]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    next(reader)
    for number, cells in enumerate(reader, start=2):
        if number > MOST_LINES:
            raise FileProblemError("Most rows of the file are empty. Delete the empty rows")
        if any(cell.strip() for cell in cells):
            yield _row(number, cells, header)


def _row(number: int, cells: list[str], header: list[str]) -> FileRow:
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(header):
        return FileRow(number, {}, f"It has {len(cells)} cells, and the header {len(header)}")
    clean = {name: _clean(cell) for name, cell in zip(header, cells, strict=True)}
    for name, cell in clean.items():
        if len(cell) > LONGEST_CELL:
            return FileRow(number, {}, f"{name} must be {LONGEST_CELL:,} characters or fewer")
        if not (cell.isascii() and cell.isprintable()) and what_cannot_be_kept(cell):
            return FileRow(number, {}, f"{name} {NOT_KEPT}")
    return FileRow(number, {name: cell for name, cell in clean.items() if cell})


def _clean(cell: str) -> str:
    return cell.strip() if cell.isascii() and cell.isprintable() else cleaned(cell)
