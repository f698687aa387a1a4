"""What a rule is made of: a function that sees only the facts and limits it declares, a sentence and a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.policy.facts import CheckFacts
from tracker.policy.limits import Limits
from tracker.policy.vocabulary import Footing, Outcome, Stop


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a footing says: what it gives where it stands (None where it does not), and the sentences to show."""

    gives: Outcome | None
    text: str


@dataclass(frozen=True, slots=True)
class StopRule:
    """A reason not to go ahead. `applies(facts, limits)` says whether; `reads` are the facts it looks at, dotted."""

    id: Stop
    sentence: str
    outcome: Outcome
    lifted_by: frozenset[Footing]
    text: str
    source: str
    reads: frozenset[str]
    limits: frozenset[str]
    applies: Callable[[CheckFacts, Limits], bool]


@dataclass(frozen=True, slots=True)
class FootingRule:
    """A ground that a look can stand on. `judge(facts, limits)` gives the verdict; `gives` are all it can give."""

    id: Footing
    sentence: str
    gives: frozenset[Outcome]
    source: str
    reads: frozenset[str]
    limits: frozenset[str]
    judge: Callable[[CheckFacts, Limits], Verdict]


def stop(
    id: Stop,
    *,
    outcome: Outcome,
    text: str,
    source: str,
    reads: tuple[str, ...],
    lifted_by: tuple[Footing, ...] = (),
) -> Callable[[Callable[[CheckFacts, Limits], bool]], StopRule]:
    """Declare a stop: the function below it says, in its docstring, when it applies. No stop uses a limit."""

    def declare(applies: Callable[[CheckFacts, Limits], bool]) -> StopRule:
        return StopRule(
            id=id,
            sentence=applies.__doc__ or "",
            outcome=outcome,
            lifted_by=frozenset(lifted_by),
            text=text,
            source=source,
            reads=frozenset(reads),
            limits=frozenset(),
            applies=applies,
        )

    return declare


def footing(
    id: Footing,
    *,
    gives: tuple[Outcome, ...],
    source: str,
    reads: tuple[str, ...],
    limits: tuple[str, ...] = (),
) -> Callable[[Callable[[CheckFacts, Limits], Verdict]], FootingRule]:
    """Declare a footing: the function below it says whether it stands, or what is missing."""

    def declare(judge: Callable[[CheckFacts, Limits], Verdict]) -> FootingRule:
        return FootingRule(
            id=id,
            sentence=judge.__doc__ or "",
            gives=frozenset(gives),
            source=source,
            reads=frozenset(reads),
            limits=frozenset(limits),
            judge=judge,
        )

    return declare


def unmet(*missing: str | None) -> Verdict | None:
    """The verdict that a footing does not stand, with every requirement that is not met; None where all are met."""
    sentences = [sentence for sentence in missing if sentence]
    return Verdict(None, " ".join(sentences)) if sentences else None
