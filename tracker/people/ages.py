"""Whether somebody is under 18, worked out at the moment asked; where it is not known the rules take the stricter answer."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from tracker.people.births import Birth
from tracker.people.groups import PersonGroup
from tracker.people.models import Person
from tracker.policy.periods import london_day
from tracker.web.dates import day_in_words

ADULT_FROM = 18  # years; Children Act 1989 s.105(1)
MARGIN = 3  # years either way by which an approximate age may be wrong


def is_under_18(someone: Person | PersonGroup, *, at: datetime) -> bool | None:
    """Whether they are under 18 on the day of `at` in London: True, False, or None where that is not known.

    The eighteenth birthday itself counts as 18. An unborn child is under 18. An approximate age may be three years wrong
    either way. Of records that are one person the known answers count, and where they differ it is not known.
    """
    day = london_day(at)
    if isinstance(someone, Person):
        return _under_18_on(someone, day)
    return _what_all_say(_under_18_on(record, day) for record in someone.records)


def birth_in_words(birth: Birth) -> str:
    """What was recorded of a birth: "born 3 March 1990", "about 15 in November 2026", "not born yet, expected 3 May 2027"."""
    if birth.day is not None:
        return f"born {day_in_words(birth.day)}"
    if birth.age is not None and birth.age_on is not None:
        return f"about {birth.age} in {birth.age_on:%B %Y}"
    return f"not born yet, expected {day_in_words(birth.expected_on)}" if birth.expected_on else "not born yet"


def age_in_words(person: Person, *, at: datetime) -> str:
    """The age as a screen says it: "15 years old", "about 15, as recorded on ...", "not born yet", "age not known"."""
    if person.unborn:
        return "not born yet"
    if person.date_of_birth is not None:
        years = _years_between(person.date_of_birth, london_day(at))
        return "1 year old" if years == 1 else f"{max(years, 0)} years old"
    if person.approximate_age is not None and person.approximate_age_on is not None:
        return f"about {person.approximate_age} in {person.approximate_age_on:%B %Y}"
    return "age not known"


def _under_18_on(person: Person, day: date) -> bool | None:
    if person.unborn:
        return True
    if person.date_of_birth is not None:
        return _years_between(person.date_of_birth, day) < ADULT_FROM
    if person.approximate_age is None or person.approximate_age_on is None:
        return None
    earliest = _years_before(person.approximate_age_on, person.approximate_age + MARGIN + 1) + timedelta(days=1)
    latest = _years_before(person.approximate_age_on, person.approximate_age - MARGIN)
    return _what_all_say(_years_between(born, day) < ADULT_FROM for born in (earliest, latest))


def _what_all_say(answers: Iterable[bool | None]) -> bool | None:
    known = {answer for answer in answers if answer is not None}
    return known.pop() if len(known) == 1 else None


def _years_between(born: date, day: date) -> int:
    """Full years on `day` of somebody born on `born`; who was born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _years_before(day: date, years: int) -> date:
    """The corresponding day `years` earlier (later where negative); 1 March where that year has no 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
