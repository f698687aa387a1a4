"""Facts and limits cut down to what a rule declares that it reads: anything else raises."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from tracker.policy.facts import CheckFacts, read_facts
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import Limits, read_limits
from tracker.policy.rules import FootingRule, StopRule
from tracker.policy.stops import STOPS

from .corpus import Answered
from .pools import ROWS

RULES: tuple[StopRule | FootingRule, ...] = (*STOPS, *FOOTINGS)


class Declared:
    """An object with just these fields; any other raises AttributeError."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)


def cut(whole: Any, names: Collection[str]) -> Declared:
    """The named fields of an object. Raises AttributeError where it has no such field."""
    return Declared(**{name: getattr(whole, name) for name in names})


def declared_facts(facts: CheckFacts, rule: StopRule | FootingRule) -> Declared:
    """What a rule declares, of some facts."""
    parts: dict[str, Any] = {}
    for part in {path.partition(".")[0] for path in rule.reads}:
        whole = getattr(facts, part)
        names = {path.partition(".")[2] for path in rule.reads if path.startswith(f"{part}.")}
        if part in ROWS:
            parts[part] = tuple(cut(record, names) for record in whole)
        else:
            parts[part] = cut(whole, names) if names else whole
    return Declared(**parts)


def declared_limits(limits: Limits, rule: StopRule | FootingRule) -> Declared:
    """What a rule declares, of the limits."""
    return cut(limits, rule.limits)


def judged(rule: StopRule | FootingRule, facts: Any, limits: Any) -> Any:
    """What a rule answers."""
    return rule.applies(facts, limits) if isinstance(rule, StopRule) else rule.judge(facts, limits)


def undeclared(corpus: Iterable[Answered]) -> Iterator[tuple[str, str]]:
    """The rules that look at more than they declare, with what they looked at, or that answer otherwise without it."""
    for case in corpus:
        facts, limits = read_facts(case.facts), read_limits(case.limits)
        for rule in RULES:
            try:
                answer = judged(rule, declared_facts(facts, rule), declared_limits(limits, rule))
            except AttributeError as error:
                yield rule.id, str(error)
            else:
                if answer != judged(rule, facts, limits):
                    yield rule.id, "another answer"
