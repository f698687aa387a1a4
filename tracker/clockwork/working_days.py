"""Working days in England, and the instant at which a day in London ends."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from holidays import country_holidays

from tracker.policy.periods import LONDON, london_day

_SATURDAY = 5

MORNING = time(8)
"""When a working day begins for what happened since the last one, in London; council practice."""


def is_working_day(day: date) -> bool:
    """Whether a day is neither at the weekend nor a bank holiday in England (Banking and Financial Dealings Act 1971)."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def working_day_after(day: date, days: int) -> date:
    """The last of the next `days` working days after `day`; `day` itself where `days` is 0."""
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return day


def end_of_day(day: date) -> datetime:
    """The instant at which a day ends in London: the midnight that begins the next one."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON).astimezone(UTC)


def end_of_working_day(now: datetime, days: int) -> datetime:
    """When the last of the next `days` working days ends; the end of today where `days` is 0."""
    return end_of_day(working_day_after(london_day(now), days))


def working_days_past(due: datetime, days: int) -> datetime:
    """The end of the working day that comes `days` after the day on which something was due. Midnight ends a day here, as it does
    where something is due by the end of one."""
    return end_of_day(working_day_after(london_day(due - timedelta.resolution), days))


def working_morning_after(at: datetime) -> datetime:
    """The first `MORNING` of a working day after an instant: Friday at 3pm and Monday at 2am both come to Monday morning."""
    day = london_day(at)
    while not is_working_day(day) or _morning_of(day) <= at:
        day += timedelta(days=1)
    return _morning_of(day)


def last_working_morning(now: datetime) -> datetime:
    """The last `MORNING` of a working day that has come by `now`."""
    day = london_day(now)
    while not is_working_day(day) or _morning_of(day) > now:
        day -= timedelta(days=1)
    return _morning_of(day)


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=LONDON).astimezone(UTC)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
