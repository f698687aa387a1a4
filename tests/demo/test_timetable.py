"""Moments of the last weeks, and tales that go on side by side in time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.clockwork.working_days import is_working_day
from tracker.demo.timetable import FIRST_DAY, Tale, Timetable, tell
from tracker.policy.periods import LONDON

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EVERY_NINE_HOURS = [datetime(2026, 12, 20, tzinfo=UTC) + timedelta(hours=9 * step) for step in range(40)]
AROUND_THE_CLOCK_CHANGES = [
    datetime(year, month, day, hour, tzinfo=UTC)
    for year, month, day in ((2026, 10, 25), (2027, 3, 28))
    for hour in range(0, 24, 5)
]


def test_days_are_counted_in_working_days_of_england() -> None:
    boxing_day_week = Timetable(datetime(2026, 12, 29, 12, 0, tzinfo=UTC))  # a Tuesday; the 28th is a bank holiday
    days = [boxing_day_week.day(ago, "10:00").date() for ago in (1, 2, 3)]
    assert days == [date(2026, 12, 24), date(2026, 12, 23), date(2026, 12, 22)]


def test_the_time_of_a_day_is_that_of_london() -> None:
    summer = Timetable(datetime(2026, 7, 8, 12, 0, tzinfo=UTC))
    assert summer.day(1, "9:30") == datetime(2026, 7, 7, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("now", EVERY_NINE_HOURS + AROUND_THE_CLOCK_CHANGES)
def test_every_day_lies_before_the_last_hours_and_those_before_now(now: datetime) -> None:
    timetable = Timetable(now)
    moments = [
        timetable.beginning,
        *(timetable.day(ago, "15:59") for ago in range(FIRST_DAY - 1, 0, -1)),
        timetable.ago(hours=8),
        timetable.ago(minutes=1),
        now,
    ]
    assert moments == sorted(set(moments))
    assert all(is_working_day(moment.astimezone(LONDON).date()) for moment in moments[:FIRST_DAY])


@pytest.mark.parametrize(("ago", "at"), [(0, "9:00"), (1, "16:00"), (1, "23:00")])
def test_a_moment_that_could_be_out_of_order_is_refused(ago: int, at: str) -> None:
    with pytest.raises(ValueError, match="before"):
        Timetable(NOON).day(ago, at)


@pytest.mark.parametrize("hours", [-1, 9])
def test_the_last_hours_are_eight(hours: int) -> None:
    with pytest.raises(ValueError, match="eight"):
        Timetable(NOON).ago(hours=hours)


@pytest.mark.parametrize("now", [*AROUND_THE_CLOCK_CHANGES, datetime(2028, 2, 29, tzinfo=UTC)])
def test_somebody_born_so_long_ago_is_that_old_today(now: datetime) -> None:
    timetable = Timetable(now)
    for age in range(100):
        born = timetable.born(age)
        birthday = born.replace(year=born.year + age)
        assert birthday <= timetable.today < birthday.replace(year=birthday.year + 1)
    assert len({(timetable.born(age).month, timetable.born(age).day) for age in range(80)}) > 60


def test_tales_go_on_in_the_order_of_time() -> None:
    said: list[str] = []

    def tale(name: str, *hours: int) -> Tale:
        for hour in hours:
            yield NOON + timedelta(hours=hour)
            said.append(f"{name}{hour}")

    moments: list[datetime] = []
    tell([tale("a", 1, 4, 5), tale("b", 2, 3, 9)], go_to=moments.append)
    assert said == ["a1", "b2", "b3", "a4", "a5", "b9"]
    assert moments == sorted(moments)


def test_a_tale_that_goes_back_in_time_is_refused() -> None:
    def tale() -> Tale:
        yield NOON
        yield NOON - timedelta(seconds=1)

    with pytest.raises(ValueError, match="back in time"):
        tell([tale()], go_to=lambda _: None)
