"""What a pattern is made of: a function that sees only the facts and limits it declares, a sentence and a source.

And what several patterns share: the windows of days in which things are counted, and how what is found in them is put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from tracker.policy.limits import Limits
from tracker.policy.pattern_facts import Effect, Found, Pattern, PatternFacts
from tracker.policy.periods import in_last_days

Finds = Callable[[PatternFacts, Limits], tuple[Found, ...]]
Thing = TypeVar("Thing")


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
            sentence=" ".join(str(find.__doc__).split()),
            effects=frozenset(effects),
            follows=follows,
            source=source,
            reads=frozenset(reads),
            limits=limits,
            find=find,
        )

    return declare


def windows(things: Iterable[Thing], days: int, at: Callable[[Thing], datetime]) -> Iterator[list[Thing]]:
    """The largest sets of things that lie within `days` times 24 hours, both ends included: each thing is in at least one."""
    in_order = sorted(things, key=at)
    end = 0
    for start, first in enumerate(in_order):
        reach = end
        while reach < len(in_order) and in_last_days(at(first), at(in_order[reach]), days):
            reach += 1
        if reach > end:
            yield in_order[start:reach]
            end = reach


@dataclass(frozen=True, slots=True)
class Candidate:
    """Looks that are enough for a pattern, on their own, with whom they are about and what would follow."""

    views: frozenset[str]
    people: frozenset[str]
    effect: Effect
    worker: str = ""
    team: str = ""


def put_together(
    pattern: Pattern, candidates: Iterable[Candidate], words: Callable[[Candidate], str]
) -> tuple[Found, ...]:
    """What was found: each largest set of looks once, in one fixed order.

    The people of a smaller set within it, from which the same follows, are its people too, so that one more look never takes
    anybody out. `words` tells a finding as a sentence.
    """
    gathered = tuple(candidates)
    by_look: dict[str, list[Candidate]] = defaultdict(list)
    for one in gathered:
        for look in one.views:
            by_look[look].append(one)
    largest = {
        one.views: whole(one.views, by_look)
        for one in gathered
        if not any(one.views < other.views for other in by_look[next(iter(one.views))])
    }
    return tuple(
        Found(
            pattern, one.effect, one.views, tuple(sorted(one.people)), words(one), one.worker or None, one.team or None
        )
        for one in sorted(largest.values(), key=lambda one: sorted(one.views))
    )


def whole(views: frozenset[str], by_look: dict[str, list[Candidate]]) -> Candidate:
    """A largest set with everyone who belongs to it. Where one worker is behind all of it, that worker is named."""
    within = {one for look in views for one in by_look[look] if one.views <= views}
    same = [one for one in within if one.views == views]
    first = max(same, key=lambda one: (one.worker, one.team))
    people = frozenset(person for one in within if one.effect is first.effect for person in one.people)
    return Candidate(views, people, first.effect, first.worker, first.team)
