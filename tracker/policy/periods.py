"""Days and periods. A day is a day in London, from midnight to midnight; a date that ends something includes that day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def in_london(instant: datetime) -> datetime:
    """The same instant on a clock in London. At the ends of the calendar, where there is none, as it is."""
    try:
        return instant.astimezone(LONDON)
    except OverflowError:
        return instant


def london_day(instant: datetime) -> date:
    """The day in London on which an instant falls."""
    return in_london(instant).date()


def has_happened(at: datetime | None, now: datetime) -> bool:
    """Whether something dated `at` exists by `now`; what is dated exactly now does, and what has no date does not."""
    return at is not None and at <= now


def in_last_days(at: datetime, now: datetime, days: int) -> bool:
    """Whether a past instant lies in the last `days` times 24 hours, their first instant included."""
    return now - at <= timedelta(days=days)


def in_last_hours(at: datetime, now: datetime, hours: int) -> bool:
    """Whether a past instant lies less than `hours` hours ago."""
    return now - at < timedelta(hours=hours)


def last_day_of_authorisation(first: date) -> date:
    """The last day of three months that begin with the day `first` (RIPA 2000 s.43(3)).

    The period ends with the day before the corresponding day; where that month has no such day, with its last day.
    10 April gives 9 July; 30 November gives 28 February, or the 29th in a leap year.
    """
    year, month = (first.year, first.month + 3) if first.month <= 9 else (first.year + 1, first.month - 9)
    if year > date.max.year:
        return date.max
    days_in_month = monthrange(year, month)[1]
    if first.day > days_in_month:
        return date(year, month, days_in_month)
    return date(year, month, first.day) - timedelta(days=1)
