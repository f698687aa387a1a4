"""How a statement is put to generated cases, and how the product is asked for a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.policy.decide import decide, decision_as_json
from tracker.policy.facts import read_facts
from tracker.policy.limits import read_limits

EXAMPLES = 1_500


def proof(*strategies: st.SearchStrategy[Any], examples: int = EXAMPLES) -> Callable[[Callable[..., None]], Any]:
    """Run a function on a fixed number of generated cases.

    The same cases every time (`derandomize`), on any machine and with nothing remembered from earlier runs: a proof
    that is green today and red tomorrow on the same code would block whoever comes next for somebody else's mistake,
    and a mutant must be noticed every time. New ground is broken by adding to the pools, not by luck.
    """
    fixed = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    return lambda test: fixed(given(*strategies)(test))


def decided(facts: Mapping[str, Any], limits: Mapping[str, Any]) -> dict[str, Any]:
    """The product's decision on JSON facts under these limits, as JSON."""
    return decision_as_json(decide(read_facts(facts), read_limits(limits)))
