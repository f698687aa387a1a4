"""How a statement is put to generated cases, and how the product is asked for a decision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tracker.policy.decide import decide, decision_as_json
from tracker.policy.facts import read_facts
from tracker.policy.limits import read_limits

EXAMPLES = 1_500
MOST_ROUNDS = 8


def proof(*strategies: st.SearchStrategy[Any], examples: int = EXAMPLES) -> Callable[[Callable[..., None]], Any]:
    """Run a function on a fixed number of generated cases, and on as many again while something is `lacking`, eight times at most.

    The same cases every time on the same sources (a seed, and nothing remembered from earlier runs): a proof that is
    green today and red tomorrow on the same code would block whoever comes next for somebody else's mistake. The cases
    do change with any source, since the generator tries the constants that it reads there; so a rare case that one
    round misses is looked for in the next, and a word changed in a sentence fails no proof.
    """
    fixed = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )

    def of(test: Callable[..., None]) -> Callable[..., None]:
        def run(lacking: Callable[[], Collection[Any]] = tuple) -> None:
            for number in range(MOST_ROUNDS):
                seed(number)(fixed(given(*strategies)(test)))()
                if not lacking():
                    return

        return run

    return of


def decided(facts: Mapping[str, Any], limits: Mapping[str, Any]) -> dict[str, Any]:
    """The product's decision on JSON facts under these limits, as JSON."""
    return decision_as_json(decide(read_facts(facts), read_limits(limits)))
