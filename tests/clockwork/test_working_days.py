"""Working days in England, and when a day in London ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clockwork.working_days import end_of_day, end_of_working_day, is_working_day, working_day_after
from tracker.policy.periods import LONDON, london_day

DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # Boxing Day falls on a Saturday: its substitute
        (date(2026, 4, 6), False),  # Easter Monday, in England and not in Scotland
        (date(2026, 1, 2), True),  # a bank holiday in Scotland and not in England
        (date(2026, 8, 31), False),  # the summer bank holiday of England
        (date(2026, 11, 30), True),  # St Andrew's Day, in Scotland only
    ],
)
def test_weekends_and_the_bank_holidays_of_england_are_not_worked(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_the_next_working_day_after_christmas_eve_skips_the_holidays_and_the_weekend() -> None:
    assert working_day_after(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert working_day_after(date(2026, 12, 24), 3) == date(2026, 12, 31)
    assert working_day_after(date(2026, 12, 24), 0) == date(2026, 12, 24)


def test_a_day_ends_at_midnight_in_london_whatever_the_season() -> None:
    assert end_of_day(date(2026, 11, 21)) == datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert end_of_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)


def test_an_evening_in_summer_belongs_to_the_day_it_is_in_london() -> None:
    half_past_midnight_in_london = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert end_of_working_day(half_past_midnight_in_london, 0) == datetime(2026, 7, 2, 23, 0, tzinfo=UTC)


@given(DAYS, st.integers(min_value=1, max_value=5))
def test_so_many_working_days_lie_after_a_day_and_the_last_of_them_is_worked(day: date, days: int) -> None:
    last = working_day_after(day, days)
    between = [day + timedelta(days=one) for one in range(1, (last - day).days + 1)]
    assert is_working_day(last)
    assert sum(is_working_day(one) for one in between) == days


@given(DAYS)
def test_the_end_of_a_day_is_the_first_instant_that_is_not_in_it(day: date) -> None:
    end = end_of_day(day)
    assert london_day(end) == day + timedelta(days=1)
    assert london_day(end - timedelta(microseconds=1)) == day
    assert end.astimezone(LONDON).hour == 0
