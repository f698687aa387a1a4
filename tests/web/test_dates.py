"""Days and instants in words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.web import dates

NOW = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    """An instant."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (utc(2026, 11, 3, 14, 15), "3 November 2026 at 2:15pm"),
        (utc(2026, 7, 3, 14, 15), "3 July 2026 at 3:15pm"),
        (utc(2026, 11, 3, 12, 0), "3 November 2026 at midday"),
        (utc(2026, 11, 3, 12, 1), "3 November 2026 at 12:01pm"),
        (utc(2026, 11, 3, 0, 0), "midnight at the start of 3 November 2026"),
        (utc(2026, 11, 3, 0, 0, 59), "midnight at the start of 3 November 2026"),
        (utc(2026, 11, 3, 0, 5), "3 November 2026 at 12:05am"),
        (utc(2026, 7, 2, 23, 0), "midnight at the start of 3 July 2026"),
        (utc(2026, 3, 29, 0, 59), "29 March 2026 at 12:59am"),
        (utc(2026, 3, 29, 1, 0), "29 March 2026 at 2:00am"),
        (utc(2026, 10, 25, 0, 30), "25 October 2026 at 1:30am (BST)"),
        (utc(2026, 10, 25, 1, 30), "25 October 2026 at 1:30am (GMT)"),
        (utc(2026, 10, 25, 2, 0), "25 October 2026 at 2:00am"),
    ],
)
def test_an_instant_is_said_on_london_s_clock(instant: datetime, words: str) -> None:
    assert dates.in_words(instant) == words


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        dates.in_words(NOW.replace(tzinfo=None))


def test_a_day_is_said_with_its_month_and_on_request_its_weekday() -> None:
    assert dates.day_in_words(date(2026, 11, 3)) == "3 November 2026"
    assert dates.weekday_in_words(date(2026, 11, 3)) == "Tuesday 3 November 2026"
    assert dates.day_in_words(utc(2026, 7, 2, 23, 30)) == "3 July 2026"


def test_what_ends_at_midnight_ends_with_the_day_before() -> None:
    assert dates.end_in_words(utc(2026, 11, 3)) == "the end of 2 November 2026"
    assert dates.end_in_words(utc(2026, 11, 3, 13)) == "3 November 2026 at 1:00pm"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (utc(2026, 11, 3, 16), "today at 4:00pm"),
        (utc(2026, 11, 3, 9), "today at 9:00am"),
        (utc(2026, 11, 4, 12), "tomorrow at midday"),
        (utc(2026, 11, 2, 23, 59), "yesterday at 11:59pm"),
        (utc(2026, 11, 5, 9), "5 November 2026 at 9:00am"),
        (utc(2026, 11, 4, 0), "midnight at the start of 4 November 2026"),
    ],
)
def test_what_is_near_is_said_from_today(instant: datetime, words: str) -> None:
    assert dates.near_in_words(instant, NOW) == words


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(hours=2), "2 hours left"),
        (timedelta(hours=1, minutes=59), "1 hour left"),
        (timedelta(minutes=35), "35 minutes left"),
        (timedelta(seconds=60), "1 minute left"),
        (timedelta(seconds=59), "less than a minute left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(days=9, hours=23), "9 days left"),
        (timedelta(0), "less than a minute late"),
        (timedelta(hours=-3), "3 hours late"),
    ],
)
def test_time_left_is_never_more_than_there_is(apart: timedelta, words: str) -> None:
    assert dates.time_left(NOW + apart, NOW) == words


def test_time_left_is_counted_over_the_night_the_clocks_change() -> None:
    assert dates.time_left(utc(2026, 3, 29, 11), utc(2026, 3, 28, 12)) == "23 hours left"


def test_what_is_due_says_when_and_how_long_is_left() -> None:
    assert dates.due_in_words(utc(2026, 11, 3, 16), NOW) == "today at 4:00pm (2 hours left)"
    assert dates.due_in_words(utc(2026, 11, 4), NOW) == "the end of 3 November 2026 (10 hours left)"


@given(st.times())
def test_every_time_of_day_has_words(clock: time) -> None:
    assert dates.time_in_words(clock) in {"midday", "midnight"} or dates.time_in_words(clock)[-2:] in {"am", "pm"}
