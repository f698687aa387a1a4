"""Questions that are answered with a day, a time, or both."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.asking import answer, error, form_of
from tracker.web.dates import LONDON
from tracker.web.fields import DateField, InstantField, TimeField

BORN = DateField("Date of birth", required="Enter the date of birth")
LOOKED = InstantField("When did you look?", required="Enter when you looked", subject="When you looked")


def day(d: object = "", m: object = "", y: object = "", at: str | None = None) -> dict[str, str]:
    """What a browser sends."""
    typed = {"it-day": str(d), "it-month": str(m), "it-year": str(y)}
    return typed if at is None else {**typed, "it-time": at}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (day(3, 11, 2026), date(2026, 11, 3)),
        (day("03", "04", "2011"), date(2011, 4, 3)),
        (day(" 3 ", "November", 2026), date(2026, 11, 3)),
        (day(3, "sept.", 2026), date(2026, 9, 3)),
        (day(29, "feb", 2024), date(2024, 2, 29)),
        (day(1, 1, 1900), date(1900, 1, 1)),
        (day(31, 12, 2199), date(2199, 12, 31)),
    ],
)
def test_a_day_is_read(typed: dict[str, str], read: date) -> None:
    assert answer(BORN, typed).data == read


@pytest.mark.parametrize(
    ("typed", "sentence", "part"),
    [
        ({}, "Enter the date of birth", "day"),
        (day(), "Enter the date of birth", "day"),
        (day(3), "Date of birth must include a month and a year", "month"),
        (day("", 11), "Date of birth must include a day and a year", "day"),
        (day("", "", 2026), "Date of birth must include a day and a month", "day"),
        (day(3, "", 2026), "Date of birth must include a month", "month"),
        (day(3, 11), "Date of birth must include a year", "year"),
        (day(31, 2, 2026), "Date of birth must be a real date: February 2026 has 28 days", "day"),
        (day(31, 4, 2026), "Date of birth must be a real date: April 2026 has 30 days", "day"),
        (day(0, 11, 2026), "Date of birth: the day must be a number from 1 to 31", "day"),
        (day(32, 11, 2026), "Date of birth: the day must be a number from 1 to 31", "day"),
        (day("x", 11, 2026), "Date of birth: the day must be a number from 1 to 31", "day"),
        (day("٣", 11, 2026), "Date of birth: the day must be a number from 1 to 31", "day"),
        (day("3\0", 11, 2026), "Date of birth: the day must be a number from 1 to 31", "day"),
        (day("9" * 10_000, 11, 2026), "Date of birth: the day must be a number from 1 to 31", "day"),
        (day(3, 13, 2026), "Date of birth: the month must be a number from 1 to 12", "month"),
        (day(3, "Nov\u202e", 2026), "Date of birth: the month must be a number from 1 to 12", "month"),
        (day(3, 11, 26), "Date of birth: the year must have 4 numbers, like 2026", "year"),
        (day(3, 11, 99999), "Date of birth: the year must have 4 numbers, like 2026", "year"),
        (day(3, 11, "MMXX"), "Date of birth: the year must have 4 numbers, like 2026", "year"),
        (day(3, 11, "0026"), "Date of birth: the year must be between 1900 and 2199", "year"),
        ({**day(3, 11, 2026), "it-month": ["11", "12"]}, "Date of birth: give one answer only", "month"),
    ],
)
def test_a_day_that_is_wrong_says_what_to_do_and_leads_to_the_first_wrong_part(
    typed: dict[str, Any], sentence: str, part: str
) -> None:
    asked = answer(BORN, typed)
    assert asked.errors == [sentence]
    assert asked.focus_id == f"it-{part}"
    assert asked.data is None
    for name, value in typed.items():
        first = value if isinstance(value, str) else value[0]
        assert asked.shown(name.removeprefix("it-")) == first.replace("\0", "\ufffd")


def test_only_the_wrong_part_is_marked_and_all_of_them_when_nothing_was_entered() -> None:
    def marked(typed: dict[str, str]) -> list[str]:
        inputs = answer(BORN, typed).params()["items"]
        return [one["name"] for one in inputs if "govuk-input--error" in one["classes"]]

    assert marked(day(31, 13, 2026)) == ["month"]
    assert marked(day()) == ["day", "month", "year"]
    assert marked(day(3, 11, 2026)) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2:15pm", time(14, 15)),
        ("2.15 PM", time(14, 15)),
        ("2:15 p.m.", time(14, 15)),
        ("215pm", time(14, 15)),
        ("2pm", time(14)),
        ("12am", time(0)),
        ("12:30am", time(0, 30)),
        ("12pm", time(12)),
        ("14:15", time(14, 15)),
        ("1415", time(14, 15)),
        ("09:05", time(9, 5)),
        ("0:05", time(0, 5)),
        ("00:05", time(0, 5)),
        ("midday", time(12)),
        ("Midnight", time(0)),
        (" Noon ", time(12)),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, read: time | None) -> None:
    assert answer(TimeField("The time"), {"it": typed}).data == read


@pytest.mark.parametrize(
    "typed", ["25:00", "14:60", "13pm", "0pm", "14", "later", "2:15xm", "\u0661\u0664:\u0661\u0665", "1:2", "9" * 999]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert error(TimeField("The time"), {"it": typed}) == "Enter a time like 2:15pm, midday or 14:15"


@pytest.mark.parametrize("typed", ["2:15", "9.30", "7"])
def test_a_time_that_could_be_morning_or_afternoon_is_asked_again(typed: str) -> None:
    assert error(TimeField("The time"), {"it": typed}).startswith(f"Say whether {typed} is am or pm")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (day(3, 11, 2026, "2:15pm"), datetime(2026, 11, 3, 14, 15, tzinfo=UTC)),
        (day(3, 7, 2026, "2:15pm"), datetime(2026, 7, 3, 13, 15, tzinfo=UTC)),
        (day(29, 3, 2026, "12:59am"), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (day(29, 3, 2026, "02:00"), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (day(25, 10, 2026, "1:30am"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (day(25, 10, 2026, "midnight"), datetime(2026, 10, 24, 23, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_is_london_s_and_of_an_hour_that_comes_twice_the_first_is_meant(
    typed: dict[str, str], read: datetime
) -> None:
    instant = answer(LOOKED, typed).data
    assert instant == read
    assert instant.tzinfo is UTC


@pytest.mark.parametrize(
    ("typed", "sentence", "part"),
    [
        (day(at=""), "Enter when you looked", "day"),
        (day(at="2pm"), "When you looked must include a day, a month and a year", "day"),
        (day(3, 11, 2026), "When you looked must include a time, like 2:15pm", "time"),
        (day(3, "", 2026, "2pm"), "When you looked must include a month", "month"),
        (day(3, 11, 2026, "then"), "Enter a time like 2:15pm, midday or 14:15", "time"),
        (day(3, 11, 2026, "2:15"), "Say whether 2:15 is am or pm, like 2:15pm", "time"),
    ],
)
def test_an_instant_that_is_not_whole_leads_to_what_is_missing(typed: dict[str, str], sentence: str, part: str) -> None:
    asked = answer(LOOKED, typed)
    assert asked.errors == [sentence]
    assert asked.focus_id == f"it-{part}"


@pytest.mark.parametrize("at", ["1:00am", "01:30", "1:59am"])
def test_an_hour_that_the_clocks_skipped_is_refused(at: str) -> None:
    asked = answer(LOOKED, day(29, 3, 2026, at))
    assert "the clocks went forward" in asked.errors[0]
    assert asked.focus_id == "it-time"


MINUTES = int(timedelta(days=365 * 299) / timedelta(minutes=1))
INSTANTS = st.integers(0, MINUTES).map(lambda minute: datetime(1900, 1, 2, tzinfo=UTC) + timedelta(minutes=minute))


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_comes_back_as_it_went(there: date) -> None:
    shown = form_of({"it": BORN}, it=there).it
    assert answer(BORN, shown.raw()).data == there


@settings(deadline=None)
@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_time_comes_back_as_it_went(there: time) -> None:
    field = TimeField("The time")
    assert answer(field, form_of({"it": field}, it=there).it.raw()).data == there


@settings(deadline=None)
@given(INSTANTS)
def test_an_instant_comes_back_as_it_went_but_for_the_second_of_a_doubled_hour(there: datetime) -> None:
    shown = form_of({"it": LOOKED}, it=there).it
    back = answer(LOOKED, shown.raw()).data
    assert back is not None
    assert back == there or (there.astimezone(LONDON).fold == 1 and there - back == timedelta(hours=1))


PARTS = st.one_of(st.text(st.characters(), max_size=40), st.sampled_from(["", "31", "2", "2026", "29", "1:30am", "\0"]))


@settings(deadline=None, max_examples=300)
@given(st.fixed_dictionaries({f"it-{part}": st.lists(PARTS, max_size=2) for part in ("day", "month", "year", "time")}))
def test_whatever_is_posted_is_answered_and_never_raises(typed: dict[str, list[str]]) -> None:
    for field in (BORN, LOOKED, DateField("Day"), InstantField("When")):
        asked = answer(field, typed)
        assert (asked.data is None) or not asked.errors
        assert asked.focus_id.startswith("it-")
        assert len(asked.errors) <= 1
