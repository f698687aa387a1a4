"""Whatever happens, in whatever order, a sweep of what is new finds all that has come to be there since the last: nothing is passed over
for lying too far from what has changed, and nothing for being no look."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.detection.happening import PEOPLE, Finding, World, people_alone
from tracker.detection import changes, reading, statements
from tracker.detection.rows import rows
from tracker.migrations import upgrade
from tracker.policy.patterns import Pattern
from tracker.storage.session import Database

pytestmark = pytest.mark.one_database

Step = tuple[Any, ...]

ONE, LOOK, FEW = st.integers(0, PEOPLE - 1), st.integers(0, 20), st.integers(0, 4)
DAY = st.sampled_from((0, 1, 10, 27, 28, 29, 60, 84, 85, 200))
STEPS = st.one_of(
    st.tuples(st.just("permit"), ONE, FEW, FEW, st.booleans()),
    st.tuples(st.just("late"), ONE, DAY, FEW),
    st.tuples(st.just("late"), ONE, DAY, FEW),
    st.tuples(st.just("nothing"), LOOK, FEW, st.booleans()),
    st.tuples(st.just("nothing"), LOOK, FEW, st.booleans()),
    st.tuples(st.just("confirmed"), LOOK),
    st.tuples(st.just("waited"), st.sampled_from((5, 20))),
    st.tuples(st.just("wrong"), LOOK, ONE),
    st.tuples(st.just("also_seen"), LOOK, ONE),
    st.tuples(st.just("not_agreed"), LOOK),
    st.tuples(st.just("struck"), LOOK),
    st.tuples(st.just("family"), ONE, ONE),
    st.tuples(st.just("one_person"), ONE, ONE),
    st.tuples(st.just("restarted"), ONE, DAY),
)
NIGHTS = st.lists(st.lists(STEPS, min_size=1, max_size=6), min_size=2, max_size=6)
"""What happens between each sweep and the next."""

EXAMPLES: dict[Pattern, list[list[Step]]] = {
    Pattern.REPEAT_VIEWING: [[("late", 0, 200, 0)], [("one_person", 0, 1)], [("late", 1, 0, 0)]],
    Pattern.FAMILY_CLUSTER: [
        [("family", 0, 1), ("family", 1, 2), ("late", 0, 28, 0), ("late", 2, 0, 1)],
        [("late", 1, 1, 0)],
    ],
    Pattern.PRESENCE_DRIP: [
        [("family", 0, 1), *(("permit", i % 2, 1, i) for i in range(5)), ("waited", 60), ("permit", 0, 2, 0)],
        [("nothing", 5, 0, False)],
        [("confirmed", 5)],
    ],
    Pattern.SHARED_PROFILE: [[("permit", 0, 0, 0, True)], [("permit", 1, 2, 1, True)]],
    Pattern.COLLATERAL: [
        [("permit", i, 2, 0) for i in range(3)] + [("also_seen", 0, 4), ("also_seen", 1, 5), ("one_person", 4, 5)],
        [("also_seen", 2, 4)],
    ],
    Pattern.LATE_LOGGING: [[("late", 0, 9, 0), ("late", 1, 8, 0)], [("late", 2, 7, 0)]],
    Pattern.HANDED_BACK: [
        [("permit", i % 2, 2, i) for i in range(3)] + [("one_person", 0, 1), ("nothing", 0, 0, True)],
        [("nothing", 1, 0, True), ("nothing", 2, 0, False)],
    ],
}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("changes")
    database = Database(f"sqlite:///{folder / 'world.sqlite'}")
    upgrade(database)
    people_alone(database)
    yield database
    database.close()


def missed(council: Database, nights: list[list[Step]]) -> list[set[Finding]]:
    """What has come to be there in each night, and the sweep of that night did not find."""
    world, known, left = World(council), set[Finding](), []
    for night in nights:
        since = world.end_of_trail()
        world.happens(*night)
        there = world.found()
        passed_over = there - world.found_since(since)
        left.append({one for one in passed_over if not any(one.is_part_of(other) for other in known)})
        known |= there
    return left


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(nights=[[("late", 0, 1, 0), ("late", 0, 50, 0)], [("restarted", 0, 30)], [("restarted", 0, 0)]])
@example(nights=[[("late", 0, 1, 0), ("permit", 1, 0, 0)], [("wrong", 1, 0)]])
@example(nights=[[("late", 0, 1, 0), ("permit", 0, 3, 0)], [("struck", 0), ("not_agreed", 1)], [("late", 0, 60, 1)]])
@example(nights=[[("permit", 0, 0, 0, True), ("wrong", 0, 1)], [("permit", 1, 0, 0, True)]])
@given(nights=NIGHTS)
def test_a_sweep_of_what_is_new_finds_all_that_is_new(council: Database, nights: list[list[Step]]) -> None:
    assert not any(missed(council, nights))


@pytest.mark.parametrize("pattern", EXAMPLES)
def test_the_last_look_of_a_pattern_is_enough_to_find_it(council: Database, pattern: Pattern) -> None:
    assert not any(missed(council, EXAMPLES[pattern]))
    world = World(council)
    *before, last = EXAMPLES[pattern]
    for night in before:
        world.happens(*night)
    known = world.found()
    world.happens(*last)
    assert [one for one in world.found() - known if one.pattern is pattern], "the control: there was nothing to find"


def passes_over(council: Database, pattern: Pattern) -> bool:
    """Whether the last sweep of the example misses its pattern."""
    return any(one.pattern is pattern for one in missed(council, EXAMPLES[pattern])[-1])


def test_control_with_too_short_a_time_around_a_look_that_has_changed_a_pattern_is_missed(
    council: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pattern, days in ((Pattern.FAMILY_CLUSTER, 20), (Pattern.PRESENCE_DRIP, 50)):
        assert not passes_over(council, pattern)
        with monkeypatch.context() as patched:
            patched.setattr(reading, "timedelta", lambda days, most=days: timedelta(days=min(days, most)))
            assert passes_over(council, pattern), pattern


@pytest.mark.parametrize(
    ("pattern", "statement"),
    [
        (Pattern.REPEAT_VIEWING, "LINKS_NEAR"),
        (Pattern.PRESENCE_DRIP, "LINKS_NEAR"),
        (Pattern.COLLATERAL, "SEEN_IN"),
        (Pattern.COLLATERAL, "SAME_NEAR"),
        (Pattern.SHARED_PROFILE, "SHARED_PROFILES"),
        (Pattern.HANDED_BACK, "BACK_OR_LATE"),
        (Pattern.LATE_LOGGING, "LATE"),
    ],
)
def test_control_with_one_statement_giving_nothing_its_pattern_is_missed(
    council: Database, monkeypatch: pytest.MonkeyPatch, pattern: Pattern, statement: str
) -> None:
    read: Callable[..., Any] = rows
    of_none = getattr(statements, statement)

    def _without(session: Any, one: str, keys: Any, **how: Any) -> Any:
        return () if one == of_none and keys is not None else read(session, one, keys, **how)

    monkeypatch.setattr(reading, "rows", _without)
    monkeypatch.setattr("tracker.detection.links.rows", _without)
    assert passes_over(council, pattern)


def test_control_with_the_people_left_out_what_a_link_makes_is_missed(
    council: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights: list[list[Step]] = [[("late", 0, 60, 0), ("late", 1, 0, 0)], [("one_person", 0, 1)]]
    assert not any(missed(council, nights))
    monkeypatch.setattr(statements, "NAMED", f"{statements.NAMED} AND FALSE")
    assert any(missed(council, nights))


def test_a_colleagues_permit_struck_through_makes_a_share_large_that_was_not(
    council: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    permits: list[Step] = [("permit", 5, 2, 1), ("permit", 5, 2, 1), *(("permit", one, 2, 0) for one in range(5))]
    handed_back: list[Step] = [("nothing", place, 1, True) for place in (0, 2, 3, 4, 5, 6)]
    nights = [[*permits, *handed_back, ("one_team",)], [("struck", 0)]]
    assert not any(missed(council, nights))
    monkeypatch.setattr(statements, "STRUCK_PERMITS", f"{statements.STRUCK_PERMITS} AND FALSE")
    assert any(missed(council, nights)), "the control: there was nothing to find"


def test_limits_that_were_signed_since_are_a_reason_to_look_at_everybody(council: Database) -> None:
    world = World(council)
    since = world.end_of_trail()
    world.happens(("signed",))
    with council.reading() as session:
        assert changes.list_changes(session, since, since) is not None
        assert changes.list_changes(session, since, since + 1) is None
