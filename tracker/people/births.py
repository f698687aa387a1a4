"""Two dates of birth that may be one: typed wrongly, guessed, or not known.

Tolerance: day and month the other way round, one digit different, the same day a year before or after, or 1 January of the
same year, which is what is recorded where only the year is known. The law gives none of this; ADR 0130.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

YEARS_OF_AN_AGE = 3
"""How far an age that was guessed may be from the truth."""

AROUND_A_BIRTH = timedelta(days=120)
"""How far a birth may be from the day on which it was expected."""


class BirthLikeness(IntEnum):
    """How two dates of birth are alike, the most telling first."""

    SAME = 1
    SWAPPED = 2
    DIGIT = 3
    YEAR = 4
    JANUARY = 5
    UNKNOWN = 6
    APART = 7


BIRTH_WORDS: dict[BirthLikeness, str] = {
    BirthLikeness.SAME: "the same date of birth",
    BirthLikeness.SWAPPED: "a date of birth with day and month the other way round",
    BirthLikeness.DIGIT: "a date of birth with one digit different",
    BirthLikeness.YEAR: "the same birthday, a year apart",
    BirthLikeness.JANUARY: "a date of birth in the same year, one of them on 1 January",
}


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of when somebody was, or will be, born."""

    day: date | None = None
    age: int | None = None
    age_on: date | None = None
    unborn: bool = False
    expected_on: date | None = None


def compare_births(one: Birth, other: Birth) -> BirthLikeness:
    """How alike they are; `UNKNOWN` where at least one is not known and the other does not contradict it."""
    if one.day is not None and other.day is not None:
        return _of_days(one.day, other.day)
    return BirthLikeness.APART if _contradict(one, other) or _contradict(other, one) else BirthLikeness.UNKNOWN


def is_worth_keeping(before: Birth, after: Birth) -> bool:
    """Whether somebody may be known by what was recorded before it was changed and not by what is recorded now.

    A child who was born about when expected is: by the day of birth.
    """
    if before == after or not (before.day or before.age is not None or before.unborn):
        return False
    return not (before.unborn and after.day and compare_births(before, after) is BirthLikeness.UNKNOWN)


def near_days(day: date) -> frozenset[date]:
    """Every day that is the same as this one, or near it by anything but 1 January."""
    swapped = _day(day.year, day.day, day.month)
    years = (_day(day.year + one, day.month, day.day) for one in (-1, 1))
    return frozenset(found for found in (day, swapped, *years, *_one_digit_off(day)) if found is not None)


def _of_days(one: date, other: date) -> BirthLikeness:
    if one == other:
        return BirthLikeness.SAME
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return BirthLikeness.SWAPPED
    if sum(here != there for here, there in zip(one.isoformat(), other.isoformat(), strict=True)) == 1:
        return BirthLikeness.DIGIT
    if abs(one.year - other.year) == 1 and (one.month, one.day) == (other.month, other.day):
        return BirthLikeness.YEAR
    if one.year == other.year and (1, 1) in ((one.month, one.day), (other.month, other.day)):
        return BirthLikeness.JANUARY
    return BirthLikeness.APART


def _contradict(known: Birth, other: Birth) -> bool:
    """Whether what is known of the first rules the second out."""
    if other.unborn and not known.unborn:
        if known.day is None:
            return known.age is not None and known.age > 0
        return other.expected_on is None or abs(known.day - other.expected_on) > AROUND_A_BIRTH
    years, others = _year(known), _year(other)
    return years is not None and others is not None and abs(years - others) > YEARS_OF_AN_AGE


def _year(birth: Birth) -> int | None:
    if birth.day is not None:
        return birth.day.year
    if birth.age is None or birth.age_on is None:
        return None
    return birth.age_on.year - birth.age


def _one_digit_off(day: date) -> list[date | None]:
    text = day.strftime("%Y%m%d") if day.year >= 1000 else ""
    return [
        _day(int(other[:4]), int(other[4:6]), int(other[6:]))
        for place in range(1, len(text))
        for digit in "0123456789"
        if digit != text[place]
        for other in (text[:place] + digit + text[place + 1 :],)
    ]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
