"""Reading facts: everything that is allowed round-trips, and everything else is one clear line naming the field."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.policy.examples import (
    advice,
    as_json,
    consent,
    hold,
    non_ripa,
    notice,
    order,
    ripa,
    view,
)
from tests.policy.generated import any_record
from tracker.policy.facts import CheckFacts, Consent, FactsError, facts_as_json, read_facts
from tracker.policy.json_text import json_object
from tracker.policy.reading import shown
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy

FULL = as_json(
    views=view("2026-11-03T14:00:00Z"),
    consents=[consent(platforms=["facebook"]), consent("withdrawn")],
    notices=notice(purposes=["assessment"]),
    advice=[advice(), advice("chis")],
    ripa_authorisations=ripa(accounts=["logged_out"]),
    non_ripa_authorisations=non_ripa(),
    court_orders=order(),
    holds=hold(),
    code_factors=["builds_profile"],
)
LEFT_OUT = object()


@settings(max_examples=300, deadline=None)
@given(any_record(CheckFacts))
def test_facts_written_as_json_read_back_as_the_same_facts(facts: CheckFacts) -> None:
    assert read_facts(json_object(json.dumps(facts_as_json(facts)))) == facts


def test_json_read_and_written_is_the_same_json() -> None:
    assert facts_as_json(read_facts(FULL)) == FULL


def changed(path: list[str | int], value: object) -> dict[str, Any]:
    whole = copy.deepcopy(FULL)
    inner: Any = whole
    for step in path[:-1]:
        inner = inner[step]
    if value is LEFT_OUT:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return whole


def paths(value: Any) -> list[list[str | int]]:
    """The path of every field of the facts, at every depth."""
    found: list[list[str | int]] = []
    for name, inner in value.items():
        found.append([name])
        if isinstance(inner, dict):
            found.extend([name, *rest] for rest in paths(inner))
        if isinstance(inner, list):
            found.extend(
                [name, i, *rest] for i, item in enumerate(inner) if isinstance(item, dict) for rest in paths(item)
            )
    return found


def dotted(path: list[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def error_of(whole: Any) -> str:
    with pytest.raises(FactsError) as caught:
        read_facts(whole)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize("path", paths(FULL), ids=dotted)
def test_every_field_is_needed_and_an_error_names_it_by_its_path(path: list[str | int]) -> None:
    assert error_of(changed(path, LEFT_OUT)) == f"{dotted(path)}: this field is missing"
    wrongs: list[Any] = [1.5, {}, "no such word", [1]]
    for wrong in wrongs:
        allowed_text = wrong == "no such word" and path[-1] in ("person", "by", "team", "urn", "reference", "pattern")
        if not allowed_text:
            assert error_of(changed(path, wrong)).startswith(dotted(path))


@pytest.mark.parametrize("inside", [[], ["request"], ["views", 0], ["court_orders", 0]])
def test_an_unknown_field_is_an_error_at_every_depth(inside: list[str | int]) -> None:
    assert error_of(changed([*inside, "colour"], 1)) == f"{dotted([*inside, 'colour'])}: there is no such field"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["now"], "2026-11-21T10:00:00", "an instant with an offset is needed"),
        (["now"], "2026-11-21", "an instant with an offset is needed"),
        (["now"], "2026-11-21 10:00:00Z", "an instant with an offset is needed"),
        (["now"], "2026-W47-6T10:00:00Z", "an instant with an offset is needed"),
        (["now"], "2026-11-31T10:00:00Z", "there is no such instant"),
        (["now"], "2026-11-21T24:00:00Z", "there is no such instant"),
        (["now"], "0001-01-01T00:00:00+01:00", "there is no such instant"),
        (["now"], "9999-12-31T23:59:59-01:00", "there is no such instant"),
        (["now"], "٢٠٢٦-11-21T10:00:00Z", "an instant with an offset is needed"),
        (["now"], 1795255200, "an instant with an offset is needed"),
        (["consents", 0, "until"], "2026-02-29", "there is no such date"),
        (["consents", 0, "until"], "99999-02-28", "a date is needed"),
        (["consents", 0, "until"], "20270510", "a date is needed"),
        (["consents", 0, "until"], "2027-05-10T00:00:00Z", "a date is needed"),
        (["consents", 0, "until"], None, "a date is needed where this is given"),
        (["consents", 1, "until"], "2027-05-10", "this must be null unless the record is given"),
        (["advice", 0, "until"], None, "a date is needed where this is not_directed_surveillance"),
        (["advice", 1, "until"], "2027-05-10", "this must be null unless"),
        (["notices", 0, "until"], None, "a date is needed"),
        (["ripa_authorisations", 0, "next_review_on"], None, "a date is needed"),
        (["request", "under_18"], 1, "true or false is needed, not a number"),
        (["request", "under_18"], "true", "true or false is needed"),
        (["request", "new_event"], None, "true or false is needed, not null"),
        (["request", "aim"], "look", '"look" is not one of find_presence, find_then_view, view'),
        (["request", "aim"], "VIEW", '"VIEW" is not one of'),
        (["request", "platforms"], [], "the list must not be empty"),
        (["request", "platforms"], ["x", "x"], '"x" is in the list twice'),
        (["request", "platforms"], None, "a list is needed, not null"),
        (["request", "platforms"], "facebook", "a list is needed"),
        (["request", "code_factors"], ["builds_profile"] * 2, '"builds_profile" is in the list twice'),
        (["request", "person"], 7, "text is needed, not a number"),
        (["request", "person"], True, "text is needed, not true"),
        (["request", "person"], "\ud800", "the text is not valid Unicode"),
        (["request", "person"], "Zz\udfffé", "the text is not valid Unicode"),
        (["consents", 0, "purposes"], [], "the list must not be empty"),
        (["ripa_authorisations", 0, "persons"], None, "a list is needed"),
        (["ripa_authorisations", 0, "persons"], ["P1", "P1"], '"P1" is in the list twice'),
        (["ripa_authorisations", 0, "persons"], ["P1", "P2", "P2"], '"P2" is in the list twice'),
        (["ripa_authorisations", 0, "accounts"], [], "the list must not be empty"),
        (["advice", 0, "max_views"], 0, "a whole number from 1 is needed"),
        (["advice", 0, "max_views"], True, "a whole number from 1 is needed"),
        (["advice", 0, "max_views"], 1.0, "a whole number from 1 is needed"),
        (["views"], {}, "a list is needed, not an object"),
        (["views", 0, "footing"], "emergency", '"emergency" is not one of'),
        (["manager_approval"], "maybe", '"maybe" is not one of approved, declined'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_of_the_field(path: list[str | int], value: object, message: str) -> None:
    assert error_of(changed(path, value)).startswith(f"{dotted(path)}: {message}")


def test_a_wrong_word_inside_a_list_is_named_by_its_place() -> None:
    assert error_of(changed(["request", "platforms"], ["x", "myspace"])).startswith(
        'request.platforms[1]: "myspace" is'
    )


@pytest.mark.parametrize("name", ["two\nlines", "x" * 1000, "é", "a.b", "\u2028"])
def test_a_strange_field_name_still_makes_one_short_line(name: str) -> None:
    message = error_of({**FULL, name: 1})

    assert message.isascii() or "…" in message
    assert len(message) < 120


@pytest.mark.parametrize(
    ("written", "the_same"),
    [
        ("2026-11-21T10:00Z", "2026-11-21T10:00:00Z"),
        ("2026-07-01T09:30:00+01:00", "2026-07-01T08:30:00Z"),
        ("2026-07-01T09:30:00-0130", "2026-07-01T11:00:00Z"),
        ("2026-07-01T09:30:00+01", "2026-07-01T08:30:00Z"),
        ("2026-07-01T09:30:00.25Z", "2026-07-01T09:30:00.250000Z"),
    ],
)
def test_an_instant_may_be_written_in_several_ways(written: str, the_same: str) -> None:
    assert facts_as_json(read_facts(changed(["now"], written)))["now"] == the_same


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "facts: there is nothing to read"),
        (b" \n", "facts: there is nothing to read"),
        (b"[]", "facts: an object is needed, not a list"),
        (b"null", "facts: an object is needed, not null"),
        (b"{", "facts: this is not JSON (line 1, column 2)"),
        (b"{}{}", "facts: this is not JSON (line 1, column 3)"),
        (b"[" * 200_000, "facts: the JSON is nested too deeply"),
        (b'{"now": "\xff"}', "facts: this is not UTF-8 text (byte 10)"),
        (b"\xef\xbb\xbf{}", "facts: the text starts with a byte order mark; save it as UTF-8 without one"),
    ],
)
def test_text_that_is_not_one_json_object_is_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(FactsError) as caught:
        json_object(data)
    assert str(caught.value) == message


NOT_A_FLAG = "true or false is needed, not a number"


@pytest.mark.parametrize(
    ("field", "written", "message"),
    [
        (["request", "under_18"], "NaN", f"request.under_18: {NOT_A_FLAG}"),
        (["request", "under_18"], "1" * 5000, f"request.under_18: {NOT_A_FLAG}"),
        (["request", "may_lack_capacity"], "-Infinity", f"request.may_lack_capacity: {NOT_A_FLAG}"),
        (["advice", 0, "max_views"], "Infinity", "advice[0].max_views: a whole number from 1 is needed"),
        (["advice", 1, "max_views"], "1" * 5000, "advice[1].max_views: a whole number from 1 is needed"),
        (["request", "aim"], '"view", "aim": "view"', "request.aim: this field stands twice in one object"),
        (["now"], '1, "views": 1', "views: this field stands twice in one object"),
        (["views", 0, "by"], '"W1", "team": "T1"', "views[0].team: this field stands twice in one object"),
    ],
)
def test_a_value_that_is_none_of_jsons_and_a_field_that_stands_twice_are_named_by_their_path(
    field: list[str | int], written: str, message: str
) -> None:
    text = json.dumps(changed(field, "HERE")).replace('"HERE"', written)
    with pytest.raises(FactsError) as caught:
        read_facts(json_object(text))
    assert str(caught.value) == message


def test_a_record_built_in_the_program_keeps_the_rule_about_its_end() -> None:
    given = {"platforms": None, "purposes": None, "given_by": GivenBy.SELF, "competence": Competence.HAS}
    at = read_facts(FULL).now

    with pytest.raises(FactsError, match=r"until: a date is needed where this is given$"):
        Consent(status=ConsentStatus.GIVEN, at=at, until=None, **given)  # type: ignore[arg-type]


def test_a_long_value_is_shown_in_an_error_by_its_first_forty_characters() -> None:
    assert shown("a" * 40) == f'"{"a" * 40}"'
    assert shown("a" * 41) == f'"{"a" * 40}…"'
