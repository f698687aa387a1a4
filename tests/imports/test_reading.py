"""From bytes to rows: what is taken, and what is refused with which words."""

from datetime import date

import pytest

from tests.imports.files import HEADER, people
from tracker.imports.columns import COLUMNS, template_of
from tracker.imports.reading import LARGEST_FILE, MOST_LINES, MOST_ROWS, read_file
from tracker.imports.requests import FileProblemError, RowProblemError
from tracker.imports.rows import person_row, staff_row, team_row
from tracker.imports.vocabulary import Kind

TODAY = date(2026, 11, 21)
GOOD = people("R1,Kit Zzone,23/04/2014")


@pytest.mark.parametrize(
    "text", [GOOD, "\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), GOOD.replace(",", ";"), GOOD.upper()]
)
def test_comma_or_semicolon_mark_or_none_and_any_newline_are_read_alike(text: str) -> None:
    (row,) = read_file(text.encode(), Kind.PEOPLE)
    assert (row.number, row.problem) == (2, "")
    read = person_row({**row.cells, "name": row.cells["name"].title()}, today=TODAY)
    assert (read.new.details.name, read.born, read.new.involvement.opened_on) == ("Kit Zzone", date(2014, 4, 23), TODAY)


def test_a_quoted_newline_is_part_of_its_cell_and_rows_are_numbered_as_a_spreadsheet_does() -> None:
    header = f"{HEADER},other_names"
    text = f'{header}\na,R1,T,Kit,,service_user,"Kat\nKate"\n\na,R2,T,"Zz, Sam",,service_user,\n'
    first, second = read_file(text.encode(), Kind.PEOPLE)
    assert person_row(first.cells, today=TODAY).new.details.other_names == ("Kat", "Kate")
    assert (second.number, second.cells["name"]) == (4, "Zz, Sam")


def test_a_formula_is_just_text() -> None:
    (row,) = read_file(people("R1,=cmd|'/c calc'!A0,23/04/2014").encode(), Kind.PEOPLE)
    assert person_row(row.cells, today=TODAY).new.details.name == "=cmd|'/c calc'!A0"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xff\xfen\0a\0", "not CSV text in UTF-8"),
        (GOOD.encode("utf-16"), "not CSV text in UTF-8"),
        (GOOD.encode().replace(b"Kit", b"Kit\0"), "not CSV text in UTF-8"),
        (GOOD.replace("Kit", "K\xe9t").encode("latin-1"), "not CSV text in UTF-8"),
        (b"PK\x03\x04\x14\0", "not CSV text in UTF-8"),
        (b"Kit Zzone,23/04/2014\n", "The first row must name the columns"),
        (GOOD.replace("relation", "status").encode(), "There is no column \u201cstatus\u201d"),
        (GOOD.replace(",relation", "").encode(), "The column relation is missing"),
        (GOOD.replace("relation", "relation,name").encode(), "The column name is there twice"),
        (HEADER.encode(), "no rows below it"),
        (GOOD.replace("Kit", '"Kit').encode(), "a quotation mark is not closed"),
        (f"name\n{'x' * 140_000}\n".encode(), "is missing"),
        (b"x" * (LARGEST_FILE + 1), "8 MB or smaller"),
        (("name\n" + "a\n" * (MOST_ROWS + 1)).encode(), "50,000 rows or fewer"),
        (b"name\na" + b"\n" * MOST_LINES, "Delete the empty rows"),
    ],
    ids=str,
)
def test_what_is_no_such_file_is_refused_in_words(data: bytes, said: str) -> None:
    kind = Kind.TEAMS if data.startswith(b"name\na") else Kind.PEOPLE
    with pytest.raises(FileProblemError, match=said):
        read_file(data, kind)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"date_of_birth": "31/02/2014"}, "31 February is not a day"),
        ({"date_of_birth": "2014-13-01"}, "has no such month"),
        ({"date_of_birth": "spring"}, "must be a day such as"),
        ({"date_of_birth": "1/1/99999"}, "must be a day such as"),
        ({"approximate_age": "\u0661\u0662"}, "whole number of years"),
        ({"relation": "no_case"}, "relation must be one of"),
        ({"case_reference": ""}, "case_reference is empty"),
        ({"name": "x" * 121}, "120 characters or fewer"),
        ({"somebody_else": "perhaps"}, "must be yes or no"),
    ],
    ids=str,
)
def test_a_row_that_cannot_be_says_why_and_repeats_nothing_of_it(cells: dict[str, str], said: str) -> None:
    whole = {"case_system": "Z", "case_reference": "R", "team": "T", "name": "Kit Zzone", "relation": "service user"}
    assert person_row(whole, today=TODAY).key == ("Z", "R")
    with pytest.raises(RowProblemError, match=said) as problem:
        person_row({**whole, **cells}, today=TODAY)
    assert "Zzone" not in str(problem.value)


def test_a_row_of_another_length_or_with_hidden_characters_cannot_be_taken() -> None:
    short, hidden, turned = read_file(
        people("R1,Kit", "R2,Kit\x1b,1/1/2001", "R3,Kit\u202e,1/1/2001").encode(), Kind.PEOPLE
    )
    assert short.problem == "It has 5 cells, and the header 6"
    assert [one.problem for one in (hidden, turned)] == [
        "name has a hidden character that cannot be kept: type it again"
    ] * 2


def test_the_file_to_fill_in_can_be_read_with_every_column_in_it() -> None:
    for kind, read in ((Kind.TEAMS, team_row), (Kind.STAFF, staff_row)):
        (row,) = read_file(template_of(kind).encode(), kind)
        assert read(row.cells)
    (row,) = read_file(template_of(Kind.PEOPLE).encode(), Kind.PEOPLE)
    assert person_row(row.cells, today=TODAY).new.details.other_names == ("Sam Sample", "Sammy")
    assert all(column.name in template_of(kind) for kind in Kind for column in COLUMNS[kind])
