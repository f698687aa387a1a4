"""What the statements draw by chance, from the same pools as the corpus.

A draw takes a source of chance and gives one value: the same one every time from the same source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from .cases import Facts, Row, drawn_row, drawn_sketch, facts_from, limits_from

Value = TypeVar("Value")
Draw = Callable[[Random], Value]
Tried = tuple[Facts, dict[str, Any]]


def one_of(values: Sequence[Value]) -> Draw[Value]:
    """Any of them."""
    return lambda chance: chance.choice(values)


def some_of(values: Sequence[Value], most: int) -> Draw[list[Value]]:
    """None of them or up to so many, in any order; one may come twice."""
    return lambda chance: chance.choices(values, k=chance.randint(0, most))


def rows(kind: str) -> Draw[Row]:
    """One record of one kind, as a row of a sketch."""
    return lambda chance: drawn_row(chance, kind)


def shufflers() -> Draw[Random]:
    """What shuffles, each in its own way."""
    return lambda chance: chance


def cases(**fixed: Draw[Any]) -> Draw[Tried]:
    """Facts and limits of any case; a part of the sketch named in `fixed` is drawn from there instead."""

    def draw(chance: Random) -> Tried:
        sketch = {**drawn_sketch(chance), **{part: drawn(chance) for part, drawn in fixed.items()}}
        return facts_from(sketch), limits_from(sketch)

    return draw
