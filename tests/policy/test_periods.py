"""Days in London, and periods: what is still in, and what is already out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.policy.examples import advice, consent, decided, notice, order, ripa, said_of
from tracker.policy.periods import (
    has_happened,
    in_last_days,
    in_last_hours,
    last_day_of_authorisation,
    london_day,
)
from tracker.policy.texts import at_moment, counted, joined, on_day
from tracker.policy.vocabulary import Footing

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
BLINK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 4, 10), date(2026, 7, 9)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 11, 29), date(2027, 2, 28)),
        (date(2027, 11, 29), date(2028, 2, 28)),
        (date(2026, 12, 1), date(2027, 2, 28)),
        (date(2027, 12, 1), date(2028, 2, 29)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 9, 30), date(2026, 12, 29)),
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 3, 31), date(2026, 6, 30)),
        (date(9999, 10, 2), date.max),
    ],
)
def test_an_authorisation_lasts_three_months_beginning_with_its_first_day(first: date, last: date) -> None:
    assert last_day_of_authorisation(first) == last


def test_a_renewal_that_takes_effect_the_day_after_leaves_no_gap_over_a_year() -> None:
    first = date(2026, 4, 10)
    for _ in range(4):
        first = last_day_of_authorisation(first) + timedelta(days=1)
    assert first == date(2027, 4, 10)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(1, 1, 1, tzinfo=UTC), date(1, 1, 1)),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), date(9999, 12, 31)),
    ],
)
def test_a_day_is_a_day_in_london(instant: datetime, day: date) -> None:
    assert london_day(instant) == day


def test_what_is_dated_exactly_now_has_happened_and_what_has_no_date_has_not() -> None:
    assert has_happened(NOW, NOW)
    assert not has_happened(NOW + BLINK, NOW)
    assert not has_happened(None, NOW)


def test_the_last_days_include_their_first_instant_and_an_hours_limit_excludes_it() -> None:
    assert in_last_days(NOW - timedelta(days=7), NOW, 7)
    assert not in_last_days(NOW - timedelta(days=7) - BLINK, NOW, 7)
    assert in_last_hours(NOW - timedelta(hours=72) + BLINK, NOW, 72)
    assert not in_last_hours(NOW - timedelta(hours=72), NOW, 72)


@pytest.mark.parametrize(
    ("now", "stands"),
    [("2026-07-09T22:59:59.999999Z", True), ("2026-07-09T23:00:00Z", False)],
)
def test_what_ends_on_a_day_ends_at_midnight_in_london(now: str, stands: bool) -> None:
    early = "2026-05-01T09:00:00Z"
    common = {"now": now, "purpose": "prevent_or_detect_crime"}
    assert said_of(Footing.CONSENT, **common, consents=consent(at=early, until="2026-07-09")).stands == stands
    assert said_of(Footing.NOTICE, **common, notices=notice(at=early, until="2026-07-09")).stands == stands
    assert said_of(Footing.LEGAL_ADVICE, **common, advice=advice(at=early, until="2026-07-09")).stands == stands
    in_june = {"from": "2026-06-01", "until": "2026-07-09"}
    assert said_of(Footing.COURT_ORDER, **common, court_orders=order(**in_june)).stands == stands
    granted = {"granted_at": "2026-04-10T08:00:00Z", "approved_at": "2026-04-10T09:00:00Z"}
    by_period = ripa(**granted, next_review_on="2026-12-31")
    assert said_of(Footing.RIPA_AUTHORISATION, **common, ripa_authorisations=by_period).stands == stands
    by_review = ripa(**granted, takes_effect_on="2026-05-01", next_review_on="2026-07-09")
    assert said_of(Footing.RIPA_AUTHORISATION, **common, ripa_authorisations=by_review).stands == stands


@pytest.mark.parametrize(
    ("now", "stands"),
    [("2026-07-08T22:59:59Z", False), ("2026-07-08T23:00:00Z", True)],
)
def test_what_begins_on_a_day_begins_at_midnight_in_london(now: str, stands: bool) -> None:
    starts = {"from": "2026-07-09", "until": None}
    assert said_of(Footing.COURT_ORDER, now=now, court_orders=order(**starts)).stands == stands
    later = ripa(granted_at="2026-07-01T08:00:00Z", approved_at="2026-07-02T09:00:00Z", takes_effect_on="2026-07-09")
    crime = {"now": now, "purpose": "prevent_or_detect_crime"}
    assert said_of(Footing.RIPA_AUTHORISATION, **crime, ripa_authorisations=later).stands == stands


def test_the_ends_of_the_calendar_are_days_like_any_other() -> None:
    for now in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        facts_then = {"now": now, "purpose": "prevent_or_detect_crime"}
        authorisation = ripa(granted_at=now, approved_at=now, next_review_on="9999-12-31")
        assert decided(**facts_then, ripa_authorisations=authorisation).outcome == "permitted"


def test_dates_and_lists_read_as_people_write_them() -> None:
    assert on_day(date(2026, 11, 3)) == "3 November 2026"
    assert at_moment(datetime(2026, 7, 1, 13, 15, tzinfo=UTC)) == "1 July 2026 at 2:15pm"
    assert at_moment(datetime(2026, 7, 1, 23, 5, tzinfo=UTC)) == "2 July 2026 at 12:05am"
    assert at_moment(datetime(2026, 12, 1, 12, 0, tzinfo=UTC)) == "1 December 2026 at 12:00pm"
    assert at_moment(datetime(2026, 12, 1, 11, 59, tzinfo=UTC)) == "1 December 2026 at 11:59am"
    assert [counted(number, "view", "views") for number in (0, 1, 2)] == ["0 views", "1 view", "2 views"]
    assert [joined(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
