"""Splitting the same looks over workers, teams, platforms, linked records or order of recording never lowers what is found.

Through the database: the same looks are recorded twice, once by one worker in the order of time and once split up. The patterns over
a worker's own doing (late, handed back) are left out: they are about that one worker.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from tests.detection.by_hand import sweep
from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tracker.decisions.models import Check
from tracker.detection.models import FindingView, PatternFinding
from tracker.detection.services import add_family_link
from tracker.people.models import Person
from tracker.people.requests import NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.patterns import Effect, Pattern
from tracker.policy.vocabulary import Aim, Outcome, Platform, Visibility
from tracker.viewings.models import Look

pytestmark = pytest.mark.one_database

FIRST_LOOK = START - timedelta(days=45)
STRENGTH = {Effect.TASK: 0, Effect.REFERRAL: 1, Effect.POSSIBLE_ERROR: 1, Effect.HOLD: 2}
OVER_PEOPLE = (Pattern.REPEAT_VIEWING, Pattern.FAMILY_CLUSTER, Pattern.PRESENCE_DRIP)
RELATIVES = (FamilyLinkKind.PARENT, FamilyLinkKind.GRANDPARENT)
WORKERS = ("worker", "colleague", "worker2")
PLATFORMS = (Platform.FACEBOOK, Platform.TIKTOK, Platform.X)
FEW = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@dataclass(frozen=True)
class Part:
    """How one look is split off: by whom, where, whether under a second record, and its place in the order of recording."""

    by: int
    platform: int
    twin: bool
    recorded: int


@dataclass(frozen=True)
class OneLook:
    """At which of three relatives, and on which day."""

    relative: int
    day: int


@dataclass(frozen=True)
class Found:
    """A finding, by the numbers of its looks."""

    pattern: Pattern
    looks: frozenset[int]
    effect: Effect

    def is_no_less_than(self, other: "Found") -> bool:
        """Whether it says all that the other says, and as much follows."""
        as_strong = STRENGTH[self.effect] >= STRENGTH[other.effect]
        return self.pattern is other.pattern and self.looks >= other.looks and as_strong


PARTS = st.builds(
    Part, by=st.integers(0, 2), platform=st.integers(0, 2), twin=st.booleans(), recorded=st.integers(0, 9)
)
LOOKS = st.builds(OneLook, relative=st.integers(0, 2), day=st.integers(0, 40))
WHOLE = Part(by=0, platform=0, twin=False, recorded=0)
SPLIT_LOOKS = st.lists(st.tuples(LOOKS, PARTS), min_size=2, max_size=5)

THREE_TEAMS_TURNED_ROUND = [
    (OneLook(relative, day), Part(relative, relative, twin=True, recorded=9 - relative))
    for relative, day in ((0, 0), (1, 10), (2, 20), (2, 27))
]


@FEW
@example(looks=THREE_TEAMS_TURNED_ROUND, known_later=True)
@example(looks=[(OneLook(1, 3), WHOLE), (OneLook(1, 40), Part(2, 1, twin=True, recorded=0))], known_later=False)
@given(looks=SPLIT_LOOKS, known_later=st.booleans())
def test_splitting_looks_lowers_nothing_that_is_found(
    casework: Casework, looks: list[tuple[OneLook, Part]], known_later: bool
) -> None:
    whole = record(casework, [(look, WHOLE) for look, _ in looks], known_later=False)
    split = record(casework, looks, known_later=known_later)
    lost = [one for one in whole if not any(other.is_no_less_than(one) for other in split)]
    assert not lost, (lost, split)


def test_the_test_of_splitting_notices_what_is_lost(casework: Casework) -> None:
    whole = record(casework, [(look, WHOLE) for look, _ in THREE_TEAMS_TURNED_ROUND], known_later=False)
    assert {(one.pattern, one.effect) for one in whole} >= {
        (Pattern.REPEAT_VIEWING, Effect.HOLD),
        (Pattern.FAMILY_CLUSTER, Effect.HOLD),
    }
    fewer = record(casework, THREE_TEAMS_TURNED_ROUND[:2], known_later=True)
    assert not any(other.is_no_less_than(one) for one in whole for other in fewer)


@settings(FEW, max_examples=3)
@given(parts=st.lists(PARTS, min_size=6, max_size=6))
def test_six_searches_are_found_however_they_are_split(casework: Casework, parts: list[Part]) -> None:
    family = Family(casework, known_later=True)
    family.make_known()
    end = START
    for number, part in enumerate(parts):
        end = START + timedelta(days=number % 3 + number // 3 * 30, minutes=number)
        check = casework.ask(
            family.record(number % 2, part),
            by=getattr(casework, WORKERS[part.by]),
            now=end,
            aim=Aim.FIND_PRESENCE,
            visibility=Visibility.UNKNOWN,
            platforms=(PLATFORMS[part.platform],),
        )
        assert casework.outcome(check) is Outcome.PERMITTED
        family.checks.append(check.reference)
    sweep(casework.database, end + timedelta(minutes=1))
    assert Found(Pattern.PRESENCE_DRIP, frozenset(range(6)), Effect.HOLD) in family.found()


class Family:
    """A child, a parent and a grandparent, each with a second record that is linked; all of that known now or later."""

    def __init__(self, casework: Casework, *, known_later: bool) -> None:
        self.casework = casework
        self.people = [casework.person(name) for name in ("Kit", "Rae", "Oma")]
        self.twins = [casework.person(name) for name in ("Kitt", "Ray", "Ohma")]
        self.checks: list[str] = []
        if not known_later:
            self.make_known()

    def make_known(self) -> None:
        """The links are put on record."""
        child, *relatives = self.people
        for other, kind in zip(relatives, RELATIVES, strict=True):
            link = NewFamilyLink(person=child.reference, other=other.reference, kind=kind)
            with self.casework.transaction() as session:
                add_family_link(session, link, by=self.casework.worker, now=START)
        for one, twin in zip(self.people, self.twins, strict=True):
            self.casework.link(one, twin)

    def record(self, relative: int, part: Part) -> Person:
        """The record under which somebody is looked at."""
        return (self.twins if part.twin else self.people)[relative]

    def found(self) -> list[Found]:
        """What was found over this family's looks."""
        query = (
            select(PatternFinding, Check.reference)
            .join(FindingView, col(FindingView.finding_id) == col(PatternFinding.id))
            .join(Look, col(Look.id) == col(FindingView.look_id))
            .join(Check, col(Check.id) == col(Look.check_id))
            .where(col(Check.reference).in_(self.checks), col(PatternFinding.pattern).in_(OVER_PEOPLE))
        )
        looks: dict[str, set[int]] = {}
        findings: dict[str, PatternFinding] = {}
        with self.casework.database.reading() as session:
            for finding, check in session.exec(query):
                findings[finding.key] = finding
                looks.setdefault(finding.key, set()).add(self.checks.index(check))
        return [Found(Pattern(one.pattern), frozenset(looks[key]), Effect(one.effect)) for key, one in findings.items()]


def record(casework: Casework, looks: list[tuple[OneLook, Part]], *, known_later: bool) -> list[Found]:
    """The looks are recorded afterwards in a family of their own, in the order that their parts say; what is found at once."""
    family = Family(casework, known_later=known_later)
    made: dict[int, str] = {}
    in_time = sorted(range(len(looks)), key=lambda number: (looks[number][0].day, number))
    for number in sorted(in_time, key=lambda number: looks[number][1].recorded):
        look, part = looks[number]
        check = casework.late(
            family.record(look.relative, part),
            FIRST_LOOK + timedelta(days=look.day, minutes=number),
            by=getattr(casework, WORKERS[part.by]),
            platforms=(PLATFORMS[part.platform],),
        )
        made[number] = check.reference
    family.checks = [made[number] for number in sorted(made)]
    if known_later:
        family.make_known()
    return family.found()
