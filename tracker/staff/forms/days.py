"""Days that are typed, as the instants that are kept."""

from datetime import date, datetime, time, timedelta

from tracker.web.dates import LONDON, in_london


def begins(day: date | None, *, now: datetime) -> datetime:
    """The beginning of a day in London; this moment for today or for no day."""
    if day is None or day == in_london(now).date():
        return now
    return datetime.combine(day, time(0), tzinfo=LONDON)


def ends(day: date | None) -> datetime | None:
    """The end of a day in London: the midnight after it."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=LONDON) if day is not None else None
