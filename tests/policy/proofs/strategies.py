"""Hypothesis strategies over the whole vocabulary, drawing from the same pools as the seeded cases.

Records are drawn whole, from some thousands made beforehand out of every value of every pool: drawing each field by
itself costs twice the time, and the fields' own combinations are gone through one rule at a time elsewhere.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from . import pools
from .cases import Facts, Row, facts_from, limits_from

Tried = tuple[Facts, dict[str, Any]]
SEED, DRAWN, MOST_ROWS = 2026, 2_000, 6


def drawn_rows(kind: str) -> list[Row]:
    """Rows of one kind, the same every time."""
    rng = random.Random(SEED)  # noqa: S311 (cases, not secrets)
    return [tuple(rng.choice(pool) for pool in pools.ROWS[kind]) for _ in range(DRAWN)]


ROWS = {kind: drawn_rows(kind) for kind in pools.ROWS}


def rows(kind: str) -> st.SearchStrategy[Row]:
    """One record of one kind, as a row of a sketch."""
    return st.sampled_from(ROWS[kind])


def records() -> st.SearchStrategy[dict[str, list[Row]]]:
    """A few records of any kinds, by kind."""
    some = st.one_of([st.tuples(st.just(kind), rows(kind)) for kind in pools.ROWS])
    return st.lists(some, max_size=MOST_ROWS).map(_by_kind)


def _by_kind(found: Sequence[tuple[str, Row]]) -> dict[str, list[Row]]:
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for kind, row in found:
        by_kind[kind].append(row)
    return by_kind


def cases(**fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Tried]:
    """Facts and limits of any case; a part of the sketch named in `fixed` is drawn from there instead."""
    parts: dict[str, st.SearchStrategy[Any]] = {
        **{name: st.sampled_from(pool) for name, pool in pools.REST.items()},
        "ground": st.sampled_from(pools.GROUNDS),
        "changes": st.lists(st.sampled_from(pools.CHANGES), max_size=3),
        "rows": records(),
    }
    return st.fixed_dictionaries({**parts, **fixed}).map(lambda sketch: (facts_from(sketch), limits_from(sketch)))
