"""Each rule looks at the facts and limits that it declares, at all of them, and at no other."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast

import pytest

from tests.policy.generated import likely_facts
from tracker.policy.facts import CheckFacts
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import LIMITS, Limits
from tracker.policy.rules import FootingRule, StopRule
from tracker.policy.stops import STOPS
from tracker.policy.vocabulary import Outcome

SEED, CASES = 2026, 2500
RULES: tuple[StopRule | FootingRule, ...] = (*STOPS, *FOOTINGS)


class UndeclaredError(AssertionError):
    """A rule looked at something that it does not declare."""


class Guarded:
    """Stands for some facts or limits, notes what is looked at, and raises where that is not declared."""

    def __init__(self, value: Any, path: str, declared: frozenset[str], seen: set[str]) -> None:
        self._guard = (value, path, declared, seen)

    def __getattr__(self, name: str) -> Any:
        value, path, declared, seen = self._guard
        inner, dotted = getattr(value, name), f"{path}{name}"
        within = f"{dotted}."
        if is_dataclass(inner):
            return Guarded(inner, within, declared, seen)
        if isinstance(inner, tuple):
            if not any(field.startswith(within) for field in declared):
                raise UndeclaredError(dotted)
            return tuple(Guarded(item, within, declared, seen) for item in inner)
        if dotted not in declared:
            raise UndeclaredError(dotted)
        seen.add(dotted)
        return inner


def judged(rule: StopRule | FootingRule, facts: CheckFacts, limits: Limits) -> Any:
    return rule.applies(facts, limits) if isinstance(rule, StopRule) else rule.judge(facts, limits)


@cache
def cases() -> list[tuple[CheckFacts, Limits]]:
    """The facts and limits that every rule is judged on: to make them takes longer than to judge them."""
    chance = random.Random(SEED)  # noqa: S311  a fixed series
    return [(likely_facts(chance), Limits(non_ripa=chance.random() < 0.9)) for _ in range(CASES)]


def run(rule: StopRule | FootingRule, declared: frozenset[str]) -> tuple[set[str], set[str], set[Any]]:
    """Judge a rule on many guarded facts: the facts it saw, the limits it saw, and what it answered."""
    facts_seen: set[str] = set()
    limits_seen: set[str] = set()
    answered: set[Any] = set()
    for facts, limits in cases():
        guarded_facts = cast(CheckFacts, Guarded(facts, "", declared, facts_seen))
        guarded_limits = cast(Limits, Guarded(limits, "", rule.limits, limits_seen))
        answer = judged(rule, guarded_facts, guarded_limits)
        assert answer == judged(rule, facts, limits)
        answered.add(answer if isinstance(answer, bool) else answer.gives)
    return facts_seen, limits_seen, answered


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_looks_at_what_it_declares_and_gives_what_it_declares(rule: StopRule | FootingRule) -> None:
    facts_seen, limits_seen, answered = run(rule, rule.reads)

    assert facts_seen == rule.reads
    assert limits_seen == rule.limits
    assert answered == ({True, False} if isinstance(rule, StopRule) else {None, *rule.gives})


def test_a_rule_that_declares_too_little_is_found_out() -> None:
    footing = FOOTINGS[-1]

    with pytest.raises(UndeclaredError, match=r"views\.at"):
        run(footing, footing.reads - {"views.at"})


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_has_one_plain_sentence_and_a_source(rule: StopRule | FootingRule) -> None:
    assert rule.sentence.endswith(".")
    assert ". " not in rule.sentence
    assert "\n" not in rule.sentence
    assert rule.source


def test_a_rule_declares_only_fields_and_limits_that_exist() -> None:
    known = {f"{part.name}" for part in fields(CheckFacts)}
    for rule in RULES:
        assert {field.split(".")[0] for field in rule.reads} <= known
        assert rule.limits <= {limit.name for limit in LIMITS}


def test_a_limit_names_the_footings_that_use_it() -> None:
    for limit in LIMITS:
        assert set(limit.used_by) == {footing.id for footing in FOOTINGS if limit.name in footing.limits}


def test_a_stop_blocks_or_refuses_and_a_footing_lets_go_on() -> None:
    assert {stop.outcome for stop in STOPS} == {Outcome.REFUSED, Outcome.BLOCKED_LEGAL_ADVICE}
    assert {outcome for footing in FOOTINGS for outcome in footing.gives} == {
        Outcome.PERMITTED,
        Outcome.NEEDS_MANAGER_APPROVAL,
    }
