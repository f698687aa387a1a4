"""Questions that are answered by writing."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.asking import answer, error, form_of
from tracker.web.fields import EmailField, LineField, PasswordField, TextField, WholeNumberField

TURNING = ["\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
CONTROLS = ["\0", "\x01", "\x08", "\x1b", "\x7f", "\x9f", "\ud800"]


def written() -> list[Any]:
    """One of each kind, required."""
    asked: dict[str, Any] = {"required": "Enter it"}
    return [LineField("Name", **asked), TextField("Why", **asked), EmailField("Email", **asked),
            PasswordField(**asked), WholeNumberField("Looks", **asked)]  # fmt: skip


@pytest.mark.parametrize("field", written())
@pytest.mark.parametrize("typed", [{}, {"it": ""}, {"it": []}, {"another": "x"}])
def test_no_answer_is_answered_with_the_sentence_of_the_field(field: Any, typed: dict[str, str]) -> None:
    assert error(field, typed) == "Enter it"


@pytest.mark.parametrize("blank", [" ", "\r\n \t", "\u00a0", "\u200b\ufeff\u2060\u00ad", "\u3000"])
@pytest.mark.parametrize("field", [LineField("Name", required="Enter it"), TextField("Why", required="Enter it")])
def test_what_looks_blank_is_no_answer(field: Any, blank: str) -> None:
    assert error(field, {"it": blank}) == "Enter it"


@pytest.mark.parametrize("field", [LineField("Name"), TextField("Why"), WholeNumberField("Looks")])
def test_an_optional_question_may_be_left_out(field: Any) -> None:
    asked = answer(field, {})
    assert asked.errors == []
    assert asked.is_empty


@pytest.mark.parametrize("field", written())
def test_a_question_answered_twice_is_refused_and_the_first_answer_stays_on_the_page(field: Any) -> None:
    asked = answer(field, {"it": ["7", "8"]})
    assert "give one answer only" in asked.errors[0]
    assert asked.shown() == "7"


@pytest.mark.parametrize("mark", TURNING)
def test_a_character_that_turns_the_direction_of_text_is_refused_and_its_place_named(mark: str) -> None:
    typed = {"it": f"Sam {mark}Specimen"}
    for field in (LineField("Name"), TextField("Why")):
        asked = answer(field, typed)
        assert "changes the direction of text" in asked.errors[0]
        assert "after “Sam”" in asked.errors[0]
        assert asked.shown() == typed["it"]
        assert asked.data == ""


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_character_is_refused(control: str) -> None:
    for field in (LineField("Name"), TextField("Why"), PasswordField()):
        assert "a hidden control character" in error(field, {"it": f"a{control}b"})


def test_a_nul_is_shown_where_it_stood_and_refused_again_when_sent_back() -> None:
    asked = answer(TextField("Why"), {"it": "before\0after"})
    assert asked.shown() == "before\ufffdafter"
    assert "could not be read after “before”" in error(TextField("Why"), {"it": asked.shown()})


def test_a_line_is_one_line_without_stray_blanks() -> None:
    assert answer(LineField("Name"), {"it": "  Sam \t\r\n  Spe\u200bcimen\u00a0 Junior "}).data == "Sam Specimen Junior"


def test_a_text_keeps_its_lines_whatever_program_it_was_copied_from() -> None:
    typed = "  one \r\ntwo\rthree\vfour\u2028five\x85\n\n six\t "
    assert answer(TextField("Why"), {"it": typed}).data == "one\ntwo\nthree\nfour\nfive\n\n\n six"


def test_two_spellings_of_one_letter_are_one() -> None:
    assert answer(LineField("Name"), {"it": "Zoe\u0308"}).data == "Zoë"


@pytest.mark.parametrize(
    ("field", "most"), [(LineField("Name"), 200), (TextField("Why"), 4000), (LineField("N", most=3), 3)]
)
def test_a_text_may_be_as_long_as_allowed_and_no_longer(field: Any, most: int) -> None:
    assert error(field, {"it": "x" * most}) == ""
    asked = answer(field, {"it": "x" * (most + 1)})
    assert asked.errors[0].endswith(f"must be {most:,} characters or fewer. It has {most + 1:,}")
    assert asked.shown() == "x" * (most + 1)


def test_a_line_must_look_as_it_is_told_to() -> None:
    field = LineField("Reference", like=(re.compile("[A-Z]{3}"), "Enter a reference like ABC"))
    assert error(field, {"it": "abc"}) == "Enter a reference like ABC"
    assert error(field, {"it": "ABC"}) == ""
    assert error(field, {"it": ""}) == ""


@pytest.mark.parametrize("typed", ["asha", "asha@", "@demo.example", "a b@demo.example", "asha@demo", "a@b@c.example"])
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    assert error(EmailField("Email"), {"it": typed}).endswith("like name@example.com")


def test_an_email_address_is_taken() -> None:
    assert answer(EmailField("Email"), {"it": " asha.shah@north.demo.example "}).data == "asha.shah@north.demo.example"


def test_a_password_is_taken_as_typed_and_neither_shown_nor_kept() -> None:
    asked = answer(PasswordField(), {"it": "  two  blanks\u200b "})
    assert asked.data == "  two  blanks\u200b "
    assert asked.params()["value"] == ""
    assert asked.raw() == {}


@pytest.mark.parametrize(("typed", "number"), [("0", 0), (" 12 ", 12), ("1,000", 1000), ("007", 7), ("-0", 0)])
def test_a_whole_number_is_read(typed: str, number: int) -> None:
    assert answer(WholeNumberField("Looks"), {"it": typed}).data == number


@pytest.mark.parametrize("typed", ["x", "1.5", "1e3", "٣", "²", "--1", "9" * 10_000, "1\0", "0x1"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert error(WholeNumberField("Looks"), {"it": typed}) == "Looks must be a whole number, like 3"


def test_a_number_out_of_range_is_refused() -> None:
    field = WholeNumberField("Looks", least=1, most=9)
    assert [error(field, {"it": number}) for number in ("0", "1", "9", "10", "-1")] == [
        "Looks must be between 1 and 9", "", "", "Looks must be between 1 and 9", "Looks must be between 1 and 9",
    ]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.characters(), max_size=300), max_size=3))
def test_whatever_is_posted_is_answered_and_never_raises(values: list[str]) -> None:
    for field in written():
        asked = answer(field, {"it": values})
        assert asked.errors == [] or len(asked.errors[0]) < 600
        assert "\0" not in asked.shown()
        assert (asked.data in ("", None)) or not asked.errors


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\ufffd"), min_size=1, max_size=60))
def test_a_line_that_was_taken_is_taken_again_unchanged(line: str) -> None:
    once = answer(LineField("Name"), {"it": line})
    assert once.errors == []
    shown = form_of({"it": LineField("Name")}, it=once.data).it
    assert answer(LineField("Name"), shown.raw()).data == once.data


@settings(deadline=None, max_examples=100)
@given(st.integers(-1_000, 1_000_000))
def test_a_number_comes_back_as_it_went(number: int) -> None:
    shown = form_of({"it": WholeNumberField("Looks", least=-1_000)}, it=number).it
    assert answer(WholeNumberField("Looks", least=-1_000), shown.raw()).data == number
