"""Questions that are answered with a day, a time, or both. Days and times are London's; an instant is kept in UTC."""

import calendar
import re
from datetime import UTC, date, datetime, time
from typing import Any

from tracker.web.dates import LONDON, MONTHS, day_in_words, in_london, in_words, time_in_words
from tracker.web.fields.base import GroupField, OwnField, Refusal
from tracker.web.text import on_one_line

FIRST_YEAR, LAST_YEAR = 1900, 2199
DAY_PARTS = ("day", "month", "year")
_MONTH_OF = {
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_TIME_HELP = "Enter a time like 2:15pm, midday or 14:15"


class DayParts(GroupField[Any]):
    """What a date and an instant have in common: three inputs, and one sentence about the first that is wrong."""

    def read_day(self) -> date | None:
        """The day, None when all three inputs are blank. Raises `Refusal` naming the first wrong part."""
        typed = {part: on_one_line(self.one(part)) for part in DAY_PARTS}
        missing = [part for part in DAY_PARTS if not typed[part]]
        if len(missing) == len(DAY_PARTS):
            return None
        if missing:
            raise Refusal(f"{self.subject} must include a {' and a '.join(missing)}", missing[0])
        year, month, day = self._year(typed["year"]), self._month(typed["month"]), self._number(typed["day"], "day", 31)
        days = calendar.monthrange(year, month)[1]
        if day > days:
            raise Refusal(f"{self.subject} must be a real date: {MONTHS[month - 1]} {year} has {days} days", "day")
        return date(year, month, day)

    def _number(self, text: str, part: str, most: int) -> int:
        if not re.fullmatch("[0-9]{1,2}", text) or not 1 <= int(text) <= most:
            raise Refusal(f"{self.subject}: the {part} must be a number from 1 to {most}", part)
        return int(text)

    def _month(self, text: str) -> int:
        named = _MONTH_OF.get(text.casefold().rstrip("."))
        return named if named is not None else self._number(text, "month", 12)

    def _year(self, text: str) -> int:
        if not re.fullmatch("[0-9]{4}", text):
            raise Refusal(f"{self.subject}: the year must have 4 numbers, like 2026", "year")
        if not FIRST_YEAR <= int(text) <= LAST_YEAR:
            raise Refusal(f"{self.subject}: the year must be between {FIRST_YEAR} and {LAST_YEAR}", "year")
        return int(text)

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds the inputs, the wrong one marked; all of them when nothing was entered."""
        blank = not any(self.shown(part).strip() for part in self.parts)
        inputs = [self._input(part, bool(self.errors) and (blank or part == self.error_part)) for part in self.parts]
        return {**super().params(size, heading), "namePrefix": self.name, "items": inputs}

    def _input(self, part: str, wrong: bool) -> dict[str, Any]:
        width = {"year": "4", "time": "5"}.get(part, "2")
        classes = f"govuk-input--width-{width}{' govuk-input--error' if wrong else ''}"
        words = {"value": self.shown(part), "inputmode": "text" if part == "time" else "numeric"}
        return {"name": part, "classes": classes, **words}


class DateField(DayParts):
    """A day, in three inputs. A month may be a number or a name. `data` is a `datetime.date`."""

    kind = "date"
    parts = DAY_PARTS
    data: date | None

    def read(self) -> date | None:
        """The day. Raises `Refusal` for one that is not whole, not real, or not between 1900 and 2199."""
        return self.read_day()

    def write(self, data: date | None) -> dict[str, list[str]]:
        """Its three numbers."""
        return _written_day(data) if data else {}

    def words(self, data: date | None) -> str:
        """ "3 November 2026"."""
        return day_in_words(data) if data else ""

    @property
    def value(self) -> date:
        """The day, after the form was found valid."""
        day: date = super().value
        return day


class TimeField(OwnField[time]):
    """A time of day in one input: "2:15pm", "2pm", "midday" or "14:15". `data` is a naive `datetime.time` of London."""

    kind = "line"

    def read(self) -> time | None:
        """The time. Raises `Refusal` for what is none."""
        return _read_time(on_one_line(self.one()), "")

    def write(self, data: time | None) -> dict[str, list[str]]:
        """In words."""
        return {"": [time_in_words(data)]} if data is not None else {}

    def words(self, data: time | None) -> str:
        """ "2:15pm"."""
        return time_in_words(data) if data is not None else ""

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds what was typed."""
        return {**super().params(size, heading), "value": self.shown(), "classes": "govuk-input--width-5"}


class InstantField(DayParts):
    """A day and a time in London; `data` is an aware `datetime` in UTC, to the minute.

    The hour that the clocks skip in spring is refused. Of the hour that comes twice in autumn the first is meant
    (British Summer Time): nothing extra is asked, and who means the second writes so in the reasons.
    """

    kind = "instant"
    parts = (*DAY_PARTS, "time")
    data: datetime | None

    def read(self) -> datetime | None:
        """The instant. Raises `Refusal` for a day or a time that is missing, wrong or was skipped."""
        day, text = self.read_day(), on_one_line(self.one("time"))
        if day is None and not text:
            return None
        if day is None:
            raise Refusal(f"{self.subject} must include a day, a month and a year", "day")
        if not text:
            raise Refusal(f"{self.subject} must include a time, like 2:15pm", "time")
        return self._instant(day, _read_time(text, "time"))

    def _instant(self, day: date, clock: time | None) -> datetime:
        local = datetime.combine(day, clock or time(0))
        instant = local.replace(tzinfo=LONDON).astimezone(UTC)
        if instant.astimezone(LONDON).replace(tzinfo=None) != local:
            said = f"the clocks went forward that night and skipped {time_in_words(local.time())}"
            raise Refusal(f"{self.subject}: {said}. Enter a time before 1:00am or from 2:00am", "time")
        return instant

    def write(self, data: datetime | None) -> dict[str, list[str]]:
        """Its day and time in London."""
        if data is None:
            return {}
        local = in_london(data)
        return {**_written_day(local), "time": [time_in_words(local.time())]}

    def words(self, data: datetime | None) -> str:
        """ "3 November 2026 at 2:15pm"."""
        return in_words(data) if data else ""

    @property
    def value(self) -> datetime:
        """The instant in UTC, after the form was found valid."""
        instant: datetime = super().value
        return instant


def _written_day(day: date) -> dict[str, list[str]]:
    return {"day": [str(day.day)], "month": [str(day.month)], "year": [f"{day.year:04}"]}


def _read_time(text: str, part: str) -> time | None:
    if not text:
        return None
    named = {"midday": time(12), "noon": time(12), "midnight": time(0)}.get(text.casefold())
    return named if named is not None else _clock_time(text, part)


def _clock_time(text: str, part: str) -> time:
    found = _TIME.fullmatch(text)
    if not found:
        raise Refusal(_TIME_HELP, part)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold().replace(".", "")
    if not half and len(found[1]) == 1 and hour:
        raise Refusal(f"Say whether {text} is am or pm, like {hour}:{minute:02}pm", part)
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12) or (not half and found[2] is None):
        raise Refusal(_TIME_HELP, part)
    return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)
