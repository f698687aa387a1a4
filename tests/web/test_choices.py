"""Questions that are answered by choosing."""

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.asking import answer, error, form_of
from tracker.web.fields import (
    ChoiceField,
    ChoicesField,
    LineField,
    OfferedChoiceField,
    OfferedChoicesField,
    OnlyIf,
    YesNoField,
)
from tracker.web.fields.choices import revealing


class Shade(StrEnum):
    """Made-up answers; noise among them."""

    RED = "red"
    GREEN = "green"
    NONE = "none of these"


WORDS = {Shade.RED: "As red as can be", Shade.GREEN: "Green", Shade.NONE: "None of these"}
ONE = ChoiceField("Shade", Shade, WORDS, required="Select the shade", hints={Shade.RED: "Like a post box"})
SOME = ChoicesField("Shades", Shade, WORDS, required="Select a shade", alone=Shade.NONE)
SURE = YesNoField("Are you sure?", required="Select yes if you are sure", subject="Whether you are sure")


@pytest.mark.parametrize(
    ("field", "sentence"), [(ONE, "Select the shade"), (SOME, "Select a shade"), (SURE, SURE.kwargs["required"])]
)
@pytest.mark.parametrize("typed", [{}, {"it": ""}, {"another": "red"}])
def test_nothing_chosen_is_answered_with_the_sentence_of_the_field(
    field: Any, sentence: str, typed: dict[str, str]
) -> None:
    assert error(field, typed) == sentence


def test_an_answer_is_the_member_and_not_its_text() -> None:
    assert answer(ONE, {"it": "green"}).data is Shade.GREEN
    assert answer(ONE, {"it": "green"}).value is Shade.GREEN
    assert answer(SURE, {"it": "yes"}).data is True
    assert answer(SURE, {"it": "no"}).data is False
    assert answer(SOME, {"it": ["green", "red", "red"]}).data == (Shade.RED, Shade.GREEN)


@pytest.mark.parametrize("unknown", ["RED", "blue", "As red as can be", "\0", "True", "1", "x" * 10_000])
def test_an_answer_that_is_not_offered_is_refused(unknown: str) -> None:
    assert error(ONE, {"it": unknown}) == "Shade: choose one of the answers shown"
    assert error(SOME, {"it": ["red", unknown]}) == "Shades: choose only answers that are shown"
    assert error(SURE, {"it": unknown}) == "Whether you are sure: choose one of the answers shown"


def test_two_answers_to_a_question_with_one_are_refused() -> None:
    assert error(ONE, {"it": ["red", "green"]}) == "Shade: give one answer only"


def test_none_of_these_goes_with_no_other_answer() -> None:
    assert error(SOME, {"it": ["red", "none of these"]}) == "Shades: choose other answers or “None of these”, not both"
    assert answer(SOME, {"it": "none of these"}).data == (Shade.NONE,)


def test_no_answer_is_chosen_for_the_person() -> None:
    for field in (ONE, SOME, SURE):
        assert not any(item.get("checked") for item in form_of({"it": field}).it.params()["items"])


def test_no_is_an_answer_and_not_nothing() -> None:
    assert error(SURE, {"it": "no"}) == ""
    assert [item["checked"] for item in form_of({"it": SURE}, it=False).it.params()["items"]] == [False, True]


def test_an_answer_without_a_hint_has_no_empty_hint() -> None:
    items = form_of({"it": ONE}).it.params()["items"]
    assert [item.get("hint") for item in items] == [{"text": "Like a post box"}, None, None]


def test_only_members_that_a_route_offers_can_be_answered() -> None:
    form = form_of({"it": ONE, "noise": SOME}, {"it": "red", "noise": ["red", "green"]})
    form.it.offer([Shade.GREEN])
    form.noise.offer([Shade.RED, Shade.GREEN])
    assert not form.validate()
    assert form.it.errors == ["Shade: choose one of the answers shown"]
    assert form.noise.data == (Shade.RED, Shade.GREEN)


def test_answers_made_at_run_time_are_read_after_they_are_offered() -> None:
    fields = {
        "one": OfferedChoiceField("Account"),
        "some": OfferedChoicesField("Profiles"),
        "list": OfferedChoiceField("L", listed=True),
    }
    form = form_of(fields, {"one": "a-2", "some": ["p-3", "p-1"], "list": "gone"})
    form.one.offer([("a-1", "First"), ("a-2", "Second", "Used yesterday")])
    form.some.offer([("p-1", "one"), ("p-2", "two"), ("p-3", "three")])
    form.list.offer([("x", "X")])
    form.validate()
    assert form.one.data == "a-2"
    assert form.some.data == ("p-1", "p-3")
    assert form.list.errors
    assert form.one.params()["items"][1]["hint"] == {"text": "Used yesterday"}


def test_what_stands_on_record_is_ticked_once_it_is_offered() -> None:
    form = form_of({"it": OfferedChoicesField("Profiles")}, it=("p-2",))
    form.it.offer([("p-1", "one"), ("p-2", "two")])
    assert [item["checked"] for item in form.it.params()["items"]] == [False, True]


def test_a_further_question_is_asked_only_with_its_answer() -> None:
    fields = {
        "shade": ONE,
        "which": LineField("Which red?", required="Enter which red", only_if=OnlyIf("shade", Shade.RED)),
        "deeper": LineField("Why that?", required="Enter why", only_if=OnlyIf("which", "scarlet")),
    }
    asked = form_of(fields, {"shade": "red"})
    assert not asked.validate()
    assert asked.which.errors == ["Enter which red"]
    assert asked.deeper.errors == []
    not_asked = form_of(fields, {"shade": "green", "which": "\0scarlet", "deeper": "x"})
    assert not_asked.validate()
    assert (not_asked.which.data, not_asked.deeper.data) == ("", "")
    assert not_asked.deeper.shown() == "x"
    both = form_of(fields, {"shade": "red", "which": "scarlet"})
    assert not both.validate()
    assert both.deeper.errors == ["Enter why"]


def test_a_further_question_may_hang_on_one_of_several_answers() -> None:
    fields = {
        "some": SOME,
        "which": LineField("Which?", required="Enter which", only_if=OnlyIf("some", Shade.RED, Shade.NONE)),
    }
    assert not form_of(fields, {"some": ["green", "red"]}).validate()
    assert form_of(fields, {"some": ["green"]}).validate()


def test_a_further_question_for_an_answer_that_is_not_offered_is_a_mistake() -> None:
    items = form_of({"it": ONE}).it.params()["items"]
    assert revealing(items, {"red": "<p>"})[0]["conditional"] == {"html": "<p>"}
    with pytest.raises(KeyError, match="blue"):
        revealing(items, {"blue": "<p>"})


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(st.characters(), max_size=20), st.sampled_from(["yes", *Shade])), max_size=4))
def test_whatever_is_posted_is_answered_and_never_raises(values: list[str]) -> None:
    for field in (ONE, SOME, SURE, OfferedChoiceField("One"), OfferedChoicesField("Some")):
        asked = answer(field, {"it": values})
        assert len(asked.errors) <= 1
        assert asked.params()["items"] is not None


@given(st.sets(st.sampled_from([Shade.RED, Shade.GREEN])))
def test_answers_come_back_as_they_went(there: set[Shade]) -> None:
    field = ChoicesField("Shades", Shade, WORDS)
    shown = form_of({"it": field}, it=tuple(there)).it
    assert set(answer(field, shown.raw()).data or ()) == there
