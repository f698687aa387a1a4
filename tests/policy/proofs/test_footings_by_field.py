"""Each footing over every combination of the states of the fields it reads, against the second reading, on no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tracker.policy.footings import FOOTINGS
from tracker.policy.rules import FootingRule

from .footing_spaces import SPACES
from .second_reading.footings import GIVES
from .spaces import posed


def test_there_is_a_space_for_every_footing_in_the_order_of_the_policy() -> None:
    assert [footing.id for footing in FOOTINGS] == list(SPACES) == list(GIVES)


@pytest.mark.parametrize("footing", FOOTINGS, ids=lambda footing: footing.id)
def test_a_footing_stands_and_gives_exactly_as_the_policy_says(
    footing: FootingRule, tried: Callable[[str, int], None]
) -> None:
    seen: Counter[str | None] = Counter()
    for axes in SPACES[footing.id]:
        for facts, limits, case in posed(axes, footing):
            gives = footing.judge(facts, limits).gives
            assert gives == GIVES[footing.id](case), case
            seen[gives] += 1
    tried(f"each footing by its fields: {footing.id}", seen.total())
    assert set(seen) == {None, *footing.gives}
