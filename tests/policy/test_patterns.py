"""What a pattern is: it declares what it reads and gives, tells itself in a sentence, and counts in windows that are whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import pytest

from tests.policy.pattern_examples import NOW, awaited, day, family, look, looks_of, mention, permit, search
from tracker.policy.limits import LIMITS, SHIPPED, Limits
from tracker.policy.pattern_rules import windows
from tracker.policy.patterns import (
    PATTERNS,
    Effect,
    Found,
    Pattern,
    PatternFacts,
    PatternRule,
    StoodOn,
    find_patterns,
)
from tracker.policy.vocabulary import ViewFooting


class UndeclaredError(AssertionError):
    """A pattern looked at something that it does not declare."""


class Guarded:
    """Stands for facts or limits, notes what is looked at, and raises where that is not declared."""

    def __init__(self, value: object, declared: Iterable[str], seen: set[str]) -> None:
        self._guard = (value, frozenset(declared), seen)

    def __getattr__(self, name: str) -> Any:
        value, declared, seen = self._guard
        if name not in declared:
            raise UndeclaredError(name)
        seen.add(name)
        return getattr(value, name)


BUSY = PatternFacts(
    now=NOW,
    views=(
        *(look(number, at=number, recorded=number + 2) for number in range(1, 6)),
        *(search(number, at=number) for number in range(6, 12)),
        *(look(number, f"PER-{number}", profiles=("x:sam",)) for number in (12, 13)),
        *(look(number, "PER-9", at=number) for number in (20, 21, 22)),
    ),
    networks=family("PER-1", "PER-2"),
    counted_from={"PER-1": day(0)},
    also_seen=tuple(mention(number) for number in range(3)),
    permits=tuple(permit(number) for number in range(3)),
    team_permits=(*(permit(number) for number in range(5)), permit(9, "looked", worker="W2")),
    stood_on=(StoodOn("LOK-1", "PER-1", day(0), ViewFooting.CONSENT, stood=False, why_not="It was withdrawn."),),
    responses=(awaited(1, 1),),
    outcomes=(awaited(2, 1),),
)


# Written by hand, since they are stored: what is on record must be readable for ever.
STORED = (
    "repeat_viewing",
    "family_cluster",
    "shared_profile",
    "presence_drip",
    "collateral",
    "late_logging",
    "handed_back",
    "authority_gap",
    "unreviewed",
    "unreported",
)


def test_the_patterns_are_those_ten_in_their_order() -> None:
    assert tuple(pattern.value for pattern in Pattern) == STORED
    assert [effect.value for effect in Effect] == ["hold", "referral", "possible_error", "task"]
    assert [rule.id for rule in PATTERNS] == list(Pattern)
    assert len({rule.name for rule in PATTERNS}) == len(PATTERNS) == 10


@pytest.mark.parametrize("rule", PATTERNS, ids=[rule.id for rule in PATTERNS])
def test_a_pattern_looks_at_what_it_declares_and_gives_what_it_declares(rule: PatternRule) -> None:
    facts_seen: set[str] = set()
    limits_seen: set[str] = set()
    facts = cast(PatternFacts, Guarded(BUSY, rule.reads, facts_seen))
    limits = cast(Limits, Guarded(SHIPPED, rule.limits, limits_seen))
    found = rule.find(facts, limits)
    assert found
    assert {one.pattern for one in found} == {rule.id}
    assert {one.effect for one in found} == rule.effects
    assert facts_seen == rule.reads
    assert limits_seen == set(rule.limits)
    for name in rule.reads:
        with pytest.raises(UndeclaredError):
            rule.find(cast(PatternFacts, Guarded(BUSY, rule.reads - {name}, set())), SHIPPED)


@pytest.mark.parametrize("rule", PATTERNS, ids=[rule.id for rule in PATTERNS])
def test_a_pattern_has_one_plain_sentence_a_source_and_what_follows(rule: PatternRule) -> None:
    assert rule.sentence.endswith(".")
    assert ". " not in rule.sentence
    assert "  " not in rule.sentence
    assert rule.source
    assert rule.follows


def test_every_limit_that_a_pattern_uses_exists_and_each_limit_of_patterns_is_used_once() -> None:
    used = [name for rule in PATTERNS for name in rule.limits]
    known = [limit.name for limit in LIMITS]
    assert len(set(used)) == len(used) == 16
    assert set(known[-16:]) == set(used)


def test_only_the_patterns_that_are_wanted_are_looked_for() -> None:
    assert {one.pattern for one in find_patterns(BUSY, SHIPPED)} == set(Pattern)
    wanted = {Pattern.UNREPORTED, Pattern.COLLATERAL}
    assert [one.pattern for one in find_patterns(BUSY, SHIPPED, only=wanted)] == [
        Pattern.COLLATERAL,
        Pattern.UNREPORTED,
    ]
    assert find_patterns(PatternFacts(now=NOW), SHIPPED) == ()


def test_the_key_of_a_finding_is_its_rule_and_its_looks() -> None:
    one = Found(Pattern.REPEAT_VIEWING, Effect.HOLD, looks_of(2, 1), ("PER-1",), "Words.")
    assert one.key == "repeat_viewing:LOK-1,LOK-2"


def test_what_is_found_comes_in_the_order_of_the_looks() -> None:
    views = [look(number, f"PER-{number % 3}", at=number) for number in (8, 2, 4, 7, 6, 3)]
    found = find_patterns(PatternFacts(now=NOW, views=tuple(views)), SHIPPED, only=[Pattern.REPEAT_VIEWING])
    assert [one.key for one in found] == sorted(one.key for one in found)
    assert len(found) == 3


def test_windows_are_the_largest_that_fit_and_things_at_one_instant_are_together() -> None:
    def days(*numbers: int) -> list[list[int]]:
        return list(windows(numbers, 7, day))

    assert days() == []
    assert days(5) == [[5]]
    assert days(9, 2, 1, 8, 1, 20) == [[1, 1, 2, 8], [2, 8, 9], [20]]
    assert days(0, 7, 14) == [[0, 7], [7, 14]]


def test_a_finding_tells_nothing_but_references() -> None:
    for one in find_patterns(BUSY, SHIPPED):
        for word in ("W1", "W2", "T1", "T2", "x:sam"):
            assert word not in one.text.replace(";", " ").split()
