"""Splitting the same looks over workers, teams, platforms, linked records or the order of recording changes nothing.

Statement 7 of the policy, through the database: the same looks are recorded for one person in one plain way and for another in
some other way, and the same look is then asked for at both.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, ONLY_POSTGRES, START
from tracker.decisions.models import Check
from tracker.decisions.selectors import latest_decision, list_person_decisions
from tracker.people.models import Person
from tracker.policy.vocabulary import Aim, Platform, Visibility

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
RECORDS = 3

REQUESTS: list[dict[str, Any]] = [
    {},
    {"aim": Aim.FIND_THEN_VIEW, "visibility": Visibility.UNKNOWN},
    {"aim": Aim.FIND_PRESENCE, "visibility": Visibility.UNKNOWN},
    {"immediate_risk": True, "danger": "A threat to life."},
    {"immediate_risk": True, "danger": "A threat to life.", "new_event": True, "newly_happened": "A call."},
]


@dataclass(frozen=True)
class Sitting:
    """One look: how long before the ask, whether in danger; and then how it is spread."""

    hours_ago: int
    in_danger: bool
    by: str
    platform: Platform
    record: int


SITTINGS = st.builds(
    Sitting,
    hours_ago=st.integers(min_value=2, max_value=23),
    in_danger=st.booleans(),
    by=st.sampled_from(["worker", "colleague", "worker2"]),
    platform=st.sampled_from([Platform.FACEBOOK, Platform.X, Platform.TIKTOK]),
    record=st.integers(min_value=0, max_value=RECORDS - 1),
)
CASES = st.tuples(
    st.lists(SITTINGS, max_size=4),
    st.randoms(use_true_random=False),
    st.sampled_from(REQUESTS),
    st.booleans(),
    st.integers(min_value=0, max_value=RECORDS - 1),
    st.booleans(),
)


def plainly(sittings: list[Sitting]) -> list[Sitting]:
    """All by one worker, on one platform, on one record, in the order of the looks."""
    ordered = sorted(sittings, key=lambda one: -one.hours_ago)
    return [Sitting(one.hours_ago, one.in_danger, "worker", Platform.FACEBOOK, 0) for one in ordered]


def arranged(
    casework: Casework,
    sittings: list[Sitting],
    request: dict[str, Any],
    *,
    told: bool,
    asked_on: int,
    linked_first: bool,
) -> tuple[str, str | None, int]:
    """The outcome, footing and count of one look asked for after these, on three records that are one person."""
    records = [casework.person("Kit") for _ in range(RECORDS)]
    if linked_first:
        link(casework, records)
    if told:
        casework.notice(records[asked_on], now=START - 24 * HOUR)
    for place, one in enumerate(sittings):
        danger: dict[str, Any] = {"immediate_risk": True, "danger": "A threat."} if one.in_danger else {}
        casework.late(
            records[one.record],
            START - one.hours_ago * HOUR,
            by=getattr(casework, one.by),
            now=START - HOUR + place * SECOND,
            platforms=(one.platform,),
            **danger,
        )
    if not linked_first:
        link(casework, records)
    return answered(casework, casework.ask(records[asked_on], **request))


def link(casework: Casework, records: list[Person]) -> None:
    for other in records[1:]:
        casework.link(records[0], other, now=START - 30 * HOUR if other is records[1] else START - 29 * HOUR)


def answered(casework: Casework, check: Check) -> tuple[str, str | None, int]:
    with casework.database.reading() as session:
        decision = latest_decision(session, check)
        (part,) = list_person_decisions(session, decision)
    return decision.outcome, decision.footing, part.answer["views_counted"]


def the_same_however_split(casework: Casework, case: tuple[Any, ...]) -> None:
    sittings, shuffler, request, told, asked_on, linked_first = case
    shuffled = list(sittings)
    shuffler.shuffle(shuffled)
    plain = arranged(casework, plainly(sittings), request, told=told, asked_on=0, linked_first=True)
    split = arranged(casework, shuffled, request, told=told, asked_on=asked_on, linked_first=linked_first)
    assert split == plain
    assert plain[2] == len(sittings)


@ONE_DATABASE
@settings(max_examples=24, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CASES)
def test_the_same_looks_however_split_give_the_same_count_and_outcome(
    casework: Casework, case: tuple[Any, ...]
) -> None:
    the_same_however_split(casework, case)


@ONLY_POSTGRES
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CASES)
def test_and_on_postgresql(casework: Casework, case: tuple[Any, ...]) -> None:
    the_same_however_split(casework, case)


@ONE_DATABASE
def test_control_without_the_links_the_split_looks_are_not_counted_together(casework: Casework) -> None:
    records = [casework.person("Kit") for _ in range(RECORDS)]
    for place, record in enumerate(records[:2]):
        casework.late(record, START - 5 * HOUR, now=START - HOUR + place * SECOND)
    assert answered(casework, casework.ask(records[2]))[2] == 0
