"""Under 18 is worked out at the moment asked, by the day in London."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.people.ages import age_in_words, is_under_18
from tracker.people.groups import PersonGroup
from tracker.people.models import Person

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)
CHILD, ADULT, UNKNOWN = Person(date_of_birth=date(2015, 1, 1)), Person(date_of_birth=date(1990, 1, 1)), Person()


@pytest.mark.parametrize(
    ("born", "under_18"),
    [(date(2008, 11, 22), True), (date(2008, 11, 21), False), (date(2008, 11, 20), False), (TODAY, True)],
)
def test_the_eighteenth_birthday_counts_as_18(born: date, under_18: bool) -> None:
    assert is_under_18(Person(date_of_birth=born), at=NOON) is under_18


def test_the_day_is_the_day_in_london() -> None:
    born = Person(date_of_birth=date(2008, 7, 1))
    before_midnight = datetime(2026, 6, 30, 23, 59, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
    assert before_midnight.date() == date(2026, 6, 30)
    assert is_under_18(born, at=before_midnight) is True
    assert is_under_18(born, at=before_midnight + timedelta(minutes=1)) is False


def test_who_was_born_on_29_february_is_18_on_1_march() -> None:
    born = Person(date_of_birth=date(2008, 2, 29))
    assert is_under_18(born, at=datetime(2026, 2, 28, 12, tzinfo=UTC)) is True
    assert is_under_18(born, at=datetime(2026, 3, 1, 12, tzinfo=UTC)) is False


@pytest.mark.parametrize(
    ("age", "under_18"), [(0, True), (14, True), (15, None), (18, None), (20, None), (21, False), (60, False)]
)
def test_an_approximate_age_may_be_three_years_wrong_either_way(age: int, under_18: bool | None) -> None:
    assert is_under_18(Person(approximate_age=age, approximate_age_on=TODAY), at=NOON) is under_18


def test_an_approximate_age_grows_older() -> None:
    aged_14 = Person(approximate_age=14, approximate_age_on=TODAY)
    later = {years: is_under_18(aged_14, at=NOON.replace(year=2026 + years)) for years in (0, 1, 6, 7)}
    assert later == {0: True, 1: None, 6: None, 7: False}


def test_an_unborn_child_is_under_18_and_without_an_age_it_is_not_known() -> None:
    assert is_under_18(Person(unborn=True), at=NOON) is True
    assert is_under_18(UNKNOWN, at=NOON) is None


@pytest.mark.parametrize(
    ("records", "under_18"),
    [
        ((CHILD, CHILD), True),
        ((CHILD, UNKNOWN), True),
        ((UNKNOWN, ADULT), False),
        ((CHILD, ADULT), None),
        ((UNKNOWN, UNKNOWN), None),
        ((), None),
    ],
)
def test_records_that_are_one_person_must_agree(records: tuple[Person, ...], under_18: bool | None) -> None:
    assert is_under_18(PersonGroup("PER-0000-0000", (), records), at=NOON) is under_18


def test_the_age_is_said_in_words() -> None:
    assert age_in_words(Person(date_of_birth=date(2025, 11, 21)), at=NOON) == "1 year old"
    assert age_in_words(Person(date_of_birth=date(2011, 11, 22)), at=NOON) == "14 years old"
    assert age_in_words(Person(approximate_age=15, approximate_age_on=TODAY), at=NOON) == "about 15 in November 2026"
    assert age_in_words(Person(unborn=True), at=NOON) == "not born yet"
    assert age_in_words(UNKNOWN, at=NOON) == "age not known"
