"""What a pattern is made of: a function that sees only the facts and limits it declares, a sentence and a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.policy.limits import Limits
from tracker.policy.pattern_facts import Effect, Found, Pattern, PatternFacts

Finds = Callable[[PatternFacts, Limits], tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A pattern. `find(facts, limits)` gives what it finds; `effects` are all that can follow; `follows` says so in words."""

    id: Pattern
    name: str
    sentence: str
    effects: frozenset[Effect]
    follows: str
    source: str
    reads: frozenset[str]
    limits: tuple[str, ...]
    find: Finds


def pattern(
    id: Pattern,
    *,
    name: str,
    effects: tuple[Effect, ...],
    follows: str,
    source: str,
    reads: tuple[str, ...],
    limits: tuple[str, ...] = (),
) -> Callable[[Finds], PatternRule]:
    """Declare a pattern: the function below it finds it, and says in its docstring what it finds."""

    def declare(find: Finds) -> PatternRule:
        return PatternRule(
            id=id,
            name=name,
            sentence=" ".join((find.__doc__ or "").split()),
            effects=frozenset(effects),
            follows=follows,
            source=source,
            reads=frozenset(reads),
            limits=limits,
            find=find,
        )

    return declare
