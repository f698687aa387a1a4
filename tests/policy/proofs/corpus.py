"""A corpus of seeded cases with the second reading's answers, and where the product's answers differ from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .cases import Facts, facts_from, limits_from, seeded_sketches
from .second_reading import weighing


class Answered(NamedTuple):
    """Facts and limits as JSON, and the decision, without its sentences, that the second reading comes to."""

    facts: Facts
    limits: dict[str, Any]
    answer: dict[str, Any]


def answered(seed: int, count: int) -> list[Answered]:
    """So many cases with their answers. Loads nothing of the product."""
    drawn = [(facts_from(sketch), limits_from(sketch)) for sketch in seeded_sketches(seed, count)]
    return [Answered(facts, limits, weighing.decide(facts, limits)) for facts, limits in drawn]


def without_sentences(decision: dict[str, Any]) -> dict[str, Any]:
    """The parts of a decision that the second reading answers too."""
    return {
        **{name: decision[name] for name in ("outcome", "footing", "conditions", "referral", "views_counted")},
        "stops": [stop["rule"] for stop in decision["stops"]],
        "footings": [(footing["rule"], footing["stands"]) for footing in decision["footings"]],
    }


def disagreements(corpus: Iterable[Answered]) -> Iterator[tuple[Answered, dict[str, Any]]]:
    """The cases that the product decides otherwise, with its decision."""
    from .proving import decided

    for case in corpus:
        decision = without_sentences(decided(case.facts, case.limits))
        if decision != case.answer:
            yield case, decision
