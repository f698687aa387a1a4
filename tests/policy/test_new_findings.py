"""What is on record is not found again; what Legal released holds nobody again; one more look is new, and names the release."""

from __future__ import annotations

import pytest

from tests.policy.pattern_examples import day, looks_of
from tracker.policy.new_findings import MAY_HOLD
from tracker.policy.patterns import PATTERNS, Effect, Found, NewFinding, Pattern, Recorded, Release, new_findings

REPEAT = Pattern.REPEAT_VIEWING


def finding(*looks: int, pattern: Pattern = REPEAT, people: tuple[str, ...] = ("PER-1",)) -> Found:
    return Found(pattern, Effect.HOLD, looks_of(*looks), people, "Words.")


def recorded(*looks: int, pattern: Pattern = REPEAT, people: tuple[str, ...] = ("PER-1",)) -> Recorded:
    return Recorded(pattern, looks_of(*looks), frozenset(people))


def release(*looks: int, hold: str = "HLD-1", at: float = 0) -> Release:
    return Release(hold, day(at), looks_of(*looks))


def test_a_finding_is_new_where_nothing_is_on_record() -> None:
    one, two = finding(1, 2), finding(3, 4)
    assert new_findings([one, two], [], []) == (NewFinding(one), NewFinding(two))


def test_a_second_run_changes_nothing() -> None:
    noise = recorded(7, 8), recorded(1, 2, pattern=Pattern.FAMILY_CLUSTER)
    assert new_findings([finding(1, 2)], [*noise, recorded(1, 2)], []) == ()
    assert new_findings([finding(1, 2)], noise, []) == (NewFinding(finding(1, 2)),)


def test_fewer_looks_than_on_record_are_nothing_new_and_more_or_others_are() -> None:
    assert new_findings([finding(1, 2)], [recorded(1, 2, 3)], []) == ()
    assert new_findings([finding(1, 2, 3)], [recorded(1, 2)], []) == (NewFinding(finding(1, 2, 3)),)
    assert new_findings([finding(2, 3)], [recorded(1, 2)], []) == (NewFinding(finding(2, 3)),)
    assert new_findings([finding(1, 2, 3)], [recorded(1, 2), recorded(2, 3)], []) == (NewFinding(finding(1, 2, 3)),)


def test_the_same_looks_at_more_people_widen_what_is_on_record() -> None:
    wider = finding(1, 2, people=("PER-1", "PER-2"))
    assert new_findings([wider], [recorded(1, 2)], []) == (NewFinding(wider, widens=True),)
    assert new_findings([wider], [recorded(1, 2, 3)], []) == (NewFinding(wider),)
    assert new_findings([wider], [recorded(1, 2, people=("PER-1", "PER-2", "PER-3"))], []) == ()
    other = recorded(1, 2, pattern=Pattern.SHARED_PROFILE)
    assert new_findings([wider], [other], []) == (NewFinding(wider),)


@pytest.mark.parametrize("pattern", sorted(MAY_HOLD))
def test_looks_that_were_released_never_hold_again_whatever_the_pattern(pattern: Pattern) -> None:
    again = finding(1, 2, pattern=pattern, people=("PER-1", "PER-2"))
    assert new_findings([again], [], [release(1, 2, 3)]) == ()
    assert new_findings([again], [], [release(1, 2)]) == ()


@pytest.mark.parametrize("pattern", sorted(set(Pattern) - MAY_HOLD))
def test_a_release_silences_nothing_but_holds(pattern: Pattern) -> None:
    other = finding(1, 2, pattern=pattern)
    assert new_findings([other], [], [release(1, 2, 3)]) == (NewFinding(other),)


def test_one_more_look_is_a_new_finding_that_names_the_release() -> None:
    more = finding(1, 2, 3)
    assert new_findings([more], [recorded(1, 2)], [release(1, 2)]) == (NewFinding(more, names="HLD-1"),)


def test_looks_of_two_releases_together_were_never_released_together() -> None:
    both = finding(1, 2, 3, 4)
    releases = [release(1, 2, hold="HLD-3", at=1), release(3, 4, hold="HLD-2", at=5), release(8, 9, hold="HLD-9", at=9)]
    assert new_findings([both], [], releases) == (NewFinding(both, names="HLD-2"),)
    assert new_findings([both], [], releases[::-1]) == (NewFinding(both, names="HLD-2"),)


def test_of_two_releases_at_one_instant_the_later_reference_is_named() -> None:
    more = finding(1, 2, 3)
    releases = [release(1, 2, hold="HLD-5"), release(1, 2, hold="HLD-4")]
    assert new_findings([more], [], releases) == new_findings([more], [], releases[::-1])
    assert new_findings([more], [], releases)[0].names == "HLD-5"


def test_a_release_of_other_looks_is_not_named() -> None:
    assert new_findings([finding(1, 2)], [], [release(3, 4)]) == (NewFinding(finding(1, 2)),)


def test_what_a_release_silences_is_what_may_place_a_hold() -> None:
    assert {rule.id for rule in PATTERNS if Effect.HOLD in rule.effects} == MAY_HOLD
