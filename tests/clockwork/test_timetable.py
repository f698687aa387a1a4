"""The timetable: London's time, also when the clocks change; what was missed is due at once; every line can be read."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.clockwork.timetable import When, daily, every, weekly
from tracker.scheduler import TIMETABLE

SUMMER_NIGHT = datetime(2026, 7, 1, 1, 15, tzinfo=UTC)  # 02:15 in London
WINTER_NIGHT = datetime(2026, 12, 1, 2, 15, tzinfo=UTC)
CLOCKS_GO_BACK = datetime(2026, 10, 25, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (every(minutes=15), "every 15 minutes"),
        (every(hours=1), "every hour"),
        (every(hours=6), "every 6 hours"),
        (daily(at="02:15"), "every day at 02:15"),
        (weekly("sunday", at="04:00"), "every Sunday at 04:00"),
    ],
)
def test_a_time_is_told_in_words(when: When, told: str) -> None:
    assert when.told == told


@pytest.mark.parametrize(
    ("began", "following"),
    [
        (SUMMER_NIGHT, SUMMER_NIGHT + timedelta(days=1)),
        (WINTER_NIGHT, WINTER_NIGHT + timedelta(days=1)),
        (CLOCKS_GO_BACK - timedelta(hours=25), CLOCKS_GO_BACK),
        (SUMMER_NIGHT + timedelta(seconds=1), SUMMER_NIGHT + timedelta(days=1)),
    ],
)
def test_a_day_is_londons_day(began: datetime, following: datetime) -> None:
    assert daily(at="02:15").next_after(began, now=began) == following


def test_what_was_missed_is_due_at_once_and_what_was_not_at_its_time() -> None:
    night = daily(at="02:15")
    assert night.next_after(None, now=WINTER_NIGHT) == WINTER_NIGHT
    just_missed = WINTER_NIGHT + timedelta(days=1, seconds=1)
    assert night.next_after(WINTER_NIGHT, now=just_missed) == just_missed
    an_hour_later = WINTER_NIGHT + timedelta(hours=1)
    assert night.next_after(WINTER_NIGHT, now=an_hour_later) == WINTER_NIGHT + timedelta(days=1)
    assert every(hours=6).next_after(WINTER_NIGHT, now=an_hour_later) == WINTER_NIGHT + timedelta(hours=6)
    late = WINTER_NIGHT + timedelta(hours=7)
    assert every(hours=6).next_after(WINTER_NIGHT, now=late) == late


def test_every_line_of_the_timetable_has_a_name_of_its_own_and_words() -> None:
    names = [one.job.name for one in TIMETABLE]
    assert len(set(names)) == len(names)
    for one in TIMETABLE:
        assert len(one.job.name) <= 40, one.job.name
        assert one.job.name == one.job.name.lower().replace(" ", "-")
        assert one.job.words[0].isupper(), one.job.name
        assert not one.job.words.endswith("."), one.job.name
        assert one.when.period >= timedelta(minutes=1), one.job.name
