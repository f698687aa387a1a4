"""How a statement is put to generated cases, and how the product is asked for a decision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import islice
from random import Random
from typing import Any

from tracker.policy.decide import decide, decision_as_json
from tracker.policy.facts import read_facts
from tracker.policy.limits import read_limits

from .drawing import Draw

EXAMPLES = 1_500
MOST_ROUNDS = 8
MOST_DRAWN = 20
"""How many are drawn at most for each that is a case of the statement."""


class NotACaseError(Exception):
    """What was drawn is none of the cases that a statement is about."""


def only_where(so: object) -> None:
    """Has another case drawn instead of this one unless it is so."""
    if not so:
        raise NotACaseError


def proof(*draws: Draw[Any], examples: int = EXAMPLES) -> Callable[[Callable[..., None]], Any]:
    """Run a function on a fixed number of drawn cases, and on as many again while something is `lacking`, eight times at most.

    The same cases every time (a seed for each round): a proof that is green today and red tomorrow on the same code would
    block whoever comes next for somebody else's mistake. A rare case that one round misses is looked for in the next. What
    fails is told as it was drawn: to look for a smaller case, and to remember what was drawn, costs more than deciding it.
    """

    def of(test: Callable[..., None]) -> Callable[..., None]:
        def run(lacking: Callable[[], Collection[Any]] = tuple) -> None:
            for number in range(MOST_ROUNDS):
                chance = Random(number)  # noqa: S311 (cases, not secrets)
                drawn = ([draw(chance) for draw in draws] for _ in range(MOST_DRAWN * examples))
                put = sum(islice((True for one in drawn if _put(test, one)), examples))
                assert put == examples, f"{put} cases in {MOST_DRAWN * examples} that were drawn"
                if not lacking():
                    return

        return run

    return of


def _put(test: Callable[..., None], drawn: list[Any]) -> bool:
    """Whether it was a case of this statement. One that fails is told with what was drawn."""
    try:
        test(*drawn)
    except NotACaseError:
        return False
    except Exception as error:
        error.add_note(f"drawn: {drawn!r}")
        raise
    return True


def decided(facts: Mapping[str, Any], limits: Mapping[str, Any]) -> dict[str, Any]:
    """The product's decision on JSON facts under these limits, as JSON."""
    return decision_as_json(decide(read_facts(facts), read_limits(limits)))
