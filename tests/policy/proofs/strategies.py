"""Hypothesis strategies over the whole vocabulary, drawing from the same pools as the seeded cases.

A case is drawn whole, by a number from which chance makes its sketch: drawing each of its thirty choices by itself costs more than
deciding it. What fails is told as it was drawn, and not made smaller.
"""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from . import pools
from .cases import Facts, Row, Sketch, facts_from, limits_from, seeded_sketches

Tried = tuple[Facts, dict[str, Any]]
SEED, DRAWN, CASES = 2026, 2_000, 1 << 20


def sketch_of(number: int) -> Sketch:
    """The case of that number, the same every time."""
    return next(seeded_sketches(number, 1))


def drawn_rows(kind: str) -> list[Row]:
    """Rows of one kind, the same every time."""
    rng = random.Random(SEED)  # noqa: S311 (cases, not secrets)
    return [tuple(rng.choice(pool) for pool in pools.ROWS[kind]) for _ in range(DRAWN)]


def rows(kind: str) -> st.SearchStrategy[Row]:
    """One record of one kind, as a row of a sketch."""
    return st.sampled_from(drawn_rows(kind))


def shufflers() -> st.SearchStrategy[random.Random]:
    """What shuffles, each in its own way."""
    return st.integers(0, CASES - 1).map(random.Random)


def cases(**fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Tried]:
    """Facts and limits of any case; a part of the sketch named in `fixed` is drawn from there instead."""
    drawn = st.tuples(st.integers(0, CASES - 1).map(sketch_of), st.fixed_dictionaries(fixed))
    return drawn.map(_told)


def _told(drawn: tuple[Sketch, Sketch]) -> Tried:
    sketch = {**drawn[0], **drawn[1]}
    return facts_from(sketch), limits_from(sketch)
