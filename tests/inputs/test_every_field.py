"""Every field of every form, from the route map and the form classes: whatever is typed, the answer is below 500.

The bad value stands in all fields at once, and then in those alone that took it, until the form is taken or none is left: so
each value meets each field, and what the fields take meets the service. What a page carries hidden is left out first, one at a
time, where the page says that it was not received as it was sent: else nothing else would meet the service. Each of what is carried
stands alone besides, with one value. Values of which a field meets only some stand side by side in one post, another in each field.
Singles of all values are drawn besides.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.fixtures.rehearsal import Rehearsal
from tests.inputs.answering import Answer
from tests.inputs.bad_values import BAD, IN_EVERY_FIELD, IN_TURN, Bad, bad_values_for
from tests.inputs.places import Place, answer_that_asks, forms_posted, place_of
from tracker.web.fields import DateField, OwnField
from tracker.web.fields.writing import WrittenField

FORMS = forms_posted()
Fields = list[OwnField[Any]]
Values = Mapping[str, Any]

MOST_ROUNDS = 8
READ_AS_MISSING = "empty"
"""What meets the service of this value is what meets it where nothing is posted at all; so it is posted in all fields at once, and then
not again in those that took it. `test_an_empty_answer_is_read_as_one_that_is_missing` holds every field to that."""

A_WORD = "unknown choice"
"""Where words are asked for it is an answer as good as that of the whole form; so what asks for words does not meet the service with it
once more."""

CARRIED_ALONE = (*IN_EVERY_FIELD, *IN_TURN)

LONG = "10,000 characters"
LONG_AT_ONCE = 16
"""Fields with the long value at once: an instant has four inputs, and all of a long form with it are too much for one post."""


@cache
def wholes(rehearsal: Rehearsal, place: Place) -> tuple[tuple[Values, Fields], ...]:
    """What the form sends when whole, once for each way in which it asks more, with the fields that it asks so."""
    whole, fields = place.whole(rehearsal), place.fields(rehearsal)
    always = [field for field in fields if field.only_if is None]
    further: dict[tuple[str, str], Fields] = {}
    for field in fields:
        asked_by = answer_that_asks(field, fields)
        if asked_by is not None:
            further.setdefault(asked_by, []).append(field)
    return (whole, always), *together(whole, further)


def together(whole: Values, further: Mapping[tuple[str, str], Fields]) -> Iterator[tuple[Values, Fields]]:
    """The form with as many of its further questions asked at once as do not need two answers to one question."""
    left = dict(further)
    while left:
        chosen: dict[str, str] = {}
        for name, answer in left:
            chosen.setdefault(name, answer)
        fields = [
            field for (name, answer) in list(left) if chosen[name] == answer for field in left.pop((name, answer))
        ]
        yield {**whole, **{name: [answer] for name, answer in chosen.items()}}, fields


def with_bad(whole: Values, fields: Fields, bad: Bad) -> dict[str, Any]:
    """The whole form with a bad value in these fields."""
    posted = dict(whole)
    for field in fields:
        posted.update(bad(field, whole))
    return posted


def tried(rehearsal: Rehearsal, place: Place, whole: Values, fields: Fields, bad: Bad) -> Iterator[str]:
    """What went wrong with a bad value in these fields: in many at once, then in those that took it."""
    able = [field for field in fields if bad(field, whole)]
    at_once = LONG_AT_ONCE if bad is BAD[LONG] else max(len(able), 1)
    for start in range(0, len(able), at_once):
        yield from tried_in(rehearsal, place, whole, able[start : start + at_once], bad)


def tried_in(rehearsal: Rehearsal, place: Place, whole: Values, left: Fields, bad: Bad) -> Iterator[str]:
    """The same for so few fields that even the longest values may be posted: until the form is taken, or none is left."""
    for _ in range(1 if bad is BAD[READ_AS_MISSING] else MOST_ROUNDS):
        answer = Answer(rehearsal, place, with_bad(whole, left, bad))
        if answer.wrong:
            yield f"in {[field.short_name for field in left]}: {answer.wrong}"
        took = [field for field in answer.took(left) if not (bad is BAD[A_WORD] and asks_for_words(field))]
        if answer.taken or len(took) == len(left) or not any(field.visible for field in took):
            return
        left = took


def asks_for_words(field: OwnField[Any]) -> bool:
    """Whether somebody writes an answer of their own there."""
    return field.visible and isinstance(field, WrittenField)


@pytest.mark.parametrize(("endpoint", "form"), FORMS)
def test_whatever_is_typed_is_taken_or_shown_again_with_what_is_wrong(
    rehearsal: Rehearsal, endpoint: str, form: str
) -> None:
    place = place_of(rehearsal, endpoint, form)
    found = [
        f"{name} {wrong}"
        for whole, fields in wholes(rehearsal, place)
        for name, bad in bad_values_for(form).items()
        for wrong in tried(rehearsal, place, whole, fields, bad)
    ]
    assert [*found, *tried_in_what_is_carried(rehearsal, place, endpoint, form)] == []


def tried_in_what_is_carried(rehearsal: Rehearsal, place: Place, endpoint: str, form: str) -> Iterator[str]:
    """What went wrong with a bad value in one thing that the form carries and none elsewhere: the next value for the next of them."""
    (whole, fields), *_ = wholes(rehearsal, place)
    carried = [field for field in fields if not field.visible]
    for turn, field in enumerate(carried, FORMS.index((endpoint, form))):
        yield from tried_in(rehearsal, place, whole, [field], BAD[CARRIED_ALONE[turn % len(CARRIED_ALONE)]])


def test_an_empty_answer_is_read_as_one_that_is_missing(rehearsal: Rehearsal) -> None:
    for place in (place_of(rehearsal, *one) for one in FORMS):
        for field in place.fields(rehearsal):
            empty, missing = (what_is_read(rehearsal, field, BAD[name]) for name in (READ_AS_MISSING, "missing"))
            assert empty == missing, (place.endpoint, field.name)


def what_is_read(rehearsal: Rehearsal, field: OwnField[Any], bad: Bad) -> tuple[object, list[str]]:
    """The answer that a field makes of a value, and what it says against it. What is made up for a missing one-time id is no answer."""
    with rehearsal.app.test_request_context():
        field.process(MultiDict[str, Any](bad(field, {})))
    return field.data if field.visible else None, field.process_errors


@pytest.mark.parametrize("seed", range(4))
def test_one_bad_field_among_good_ones_is_shown_again_with_what_is_wrong(rehearsal: Rehearsal, seed: int) -> None:
    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(FORMS[seed::4]), st.sampled_from(sorted(BAD)), st.data())
    def _one(of_route: tuple[str, str], name: str, data: st.DataObject) -> None:
        place = place_of(rehearsal, *of_route)
        whole, fields = data.draw(st.sampled_from([one for one in wholes(rehearsal, place) if one[1]]))
        field = data.draw(st.sampled_from(fields))
        answer = Answer(rehearsal, place, with_bad(whole, [field], BAD[name]))
        assert not answer.wrong, (place.address, field.short_name, name, answer.wrong)

    _one()


def test_every_value_of_those_met_in_turn_is_met_by_many_fields(rehearsal: Rehearsal) -> None:
    met: Counter[str] = Counter()
    for endpoint, form in FORMS:
        fields = place_of(rehearsal, endpoint, form).fields(rehearsal)
        for name in IN_TURN:
            met[name] += sum(
                bad(field, {}) == BAD[name](field, {}) != {}
                for bad in bad_values_for(form).values()
                for field in fields
            )
    assert min(met.values()) >= 50, met


def test_what_would_break_is_found(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The controls: a field that raises, and a page that forgets what was typed."""
    place = place_of(rehearsal, "people.details", "DetailsForm")
    (whole, fields), *_ = wholes(rehearsal, place)
    one_part, nul = BAD["date: one part"], BAD["NUL"]
    born = {**whole, "age_known": ["date_of_birth"]}
    day = [field for field in place.fields(rehearsal) if field.short_name == "date_of_birth"]
    assert not list(tried(rehearsal, place, born, day, one_part))

    def _raise(field: DateField) -> None:
        raise IndexError

    monkeypatch.setattr(DateField, "read", _raise)
    assert any("answered 500" in wrong for wrong in tried(rehearsal, place, born, day, one_part))
    monkeypatch.undo()
    monkeypatch.setattr(OwnField, "shown", lambda field, part="": "")
    assert any("is shown as []" in wrong for wrong in tried(rehearsal, place, whole, fields, nul))
