"""Days and instants in words, as a person in London says them: "3 November 2026 at 2:15pm"."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MIDNIGHT, _MIDDAY = time(0), time(12)


def in_london(instant: datetime) -> datetime:
    """An aware instant on London's clock. Raises `ValueError` for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no place in London's day")
    return instant.astimezone(LONDON)


def day_in_words(day: date) -> str:
    """ "3 November 2026". An instant is taken as its day in London."""
    local = in_london(day) if isinstance(day, datetime) else day
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def weekday_in_words(day: date) -> str:
    """ "Tuesday 3 November 2026"."""
    local = in_london(day) if isinstance(day, datetime) else day
    return f"{_DAYS[local.weekday()]} {day_in_words(local)}"


def time_in_words(clock: time) -> str:
    """ "2:15pm", "midday", "midnight"; seconds are left out."""
    minute = clock.replace(second=0, microsecond=0, tzinfo=None)
    if minute in (_MIDNIGHT, _MIDDAY):
        return "midnight" if minute == _MIDNIGHT else "midday"
    return f"{minute.hour % 12 or 12}:{minute.minute:02}{'am' if minute.hour < 12 else 'pm'}"


def in_words(instant: datetime) -> str:
    """ "3 November 2026 at 2:15pm" in London.

    Midnight says which end of the day it is; the hour that comes twice when the clocks go back says which of the two.
    """
    local = in_london(instant)
    if _is_midnight(local):
        return f"midnight at the start of {day_in_words(local.date())}"
    return f"{day_in_words(local.date())} at {time_in_words(local.time())}{_which_hour(local)}"


def end_in_words(instant: datetime) -> str:
    """When something ends: as `in_words`, but midnight is the end of the day before: "the end of 2 November 2026"."""
    local = in_london(instant)
    if _is_midnight(local):
        return f"the end of {day_in_words(local.date() - timedelta(days=1))}"
    return in_words(instant)


def near_in_words(instant: datetime, now: datetime) -> str:
    """ "today at 4:00pm", "yesterday at midday", "tomorrow at 9:00am"; further off, as `in_words`."""
    local = in_london(instant)
    distance = (local.date() - in_london(now).date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(distance)
    if near is None or _is_midnight(local):
        return in_words(instant)
    return f"{near} at {time_in_words(local.time())}{_which_hour(local)}"


def time_left(until: datetime, now: datetime) -> str:
    """ "2 hours left", "1 day left", "less than a minute left"; afterwards "3 hours late". Whole units, rounded down."""
    seconds = (until.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
    return f"{_length(abs(seconds))} {'left' if seconds > 0 else 'late'}"


def waited_in_words(since: datetime, now: datetime) -> str:
    """How long something has waited: "3 days", "2 hours", "less than a minute". Whole units, rounded down."""
    return _length(max(0.0, (now.astimezone(UTC) - since.astimezone(UTC)).total_seconds()))


def due_in_words(until: datetime, now: datetime) -> str:
    """ "today at 4:00pm (2 hours left)"; midnight as the end of the day before."""
    day = end_in_words(until) if _is_midnight(in_london(until)) else near_in_words(until, now)
    return f"{day} ({time_left(until, now)})"


def _is_midnight(local: datetime) -> bool:
    return local.time().replace(second=0, microsecond=0) == _MIDNIGHT


def _which_hour(local: datetime) -> str:
    other = local.replace(fold=1 - local.fold)
    twice = other.utcoffset() != local.utcoffset() and other.astimezone(UTC).astimezone(LONDON) == other
    return f" ({local.tzname()})" if twice else ""


def _length(seconds: float) -> str:
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(seconds // size)
        if count:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"
