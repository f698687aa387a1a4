"""The rule catalogue: every footing, stop, pattern and limit as data, for the screens, and as the text of `docs/policy.md`.

`python -m tracker.policy.catalogue` prints that text; with the word `patterns`, the table in the guide to how repeat viewing is found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.policy.decide import BOUND_BY
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import CAUTION_THRESHOLD, LIMITS, RULES_RELEASE, LimitDescription
from tracker.policy.patterns import PATTERNS, Pattern
from tracker.policy.plain_words import (
    FACTS_IN_WORDS,
    FACTS_OF_PATTERNS,
    INTRODUCTION,
    NEEDS,
    PATTERNS_IN_WORDS,
    TERMS,
    WEIGHING,
)
from tracker.policy.stops import STOPS
from tracker.policy.vocabulary import Condition, Footing, Outcome, Stop


@dataclass(frozen=True, slots=True)
class CatalogueLimit:
    """A limit in words: its name, what it is, its default and range, and the names of the footings or patterns that use it."""

    name: str
    sentence: str
    default: str
    range: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CatalogueFooting:
    """A footing in words: what it is and needs, what it gives, what it looks at, its source and its limits."""

    id: Footing
    name: str
    sentence: str
    needs: tuple[str, ...]
    gives: tuple[Outcome, ...]
    looks_at: tuple[str, ...]
    source: str
    limits: tuple[CatalogueLimit, ...]


@dataclass(frozen=True, slots=True)
class CatalogueStop:
    """A stop in words: when it applies and what is then said, what it leads to, what lifts it, and its source."""

    id: Stop
    name: str
    sentence: str
    text: str
    outcome: Outcome
    lifted_by: tuple[str, ...]
    looks_at: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CataloguePattern:
    """A pattern in words: what it finds, what follows, what it looks at, its source and its limits."""

    id: Pattern
    name: str
    sentence: str
    follows: str
    looks_at: tuple[str, ...]
    source: str
    limits: tuple[CatalogueLimit, ...]


def in_words(reads: Iterable[str]) -> tuple[str, ...]:
    """What a rule looks at, in plain words: each field of the request, and each kind of record once."""
    read = {path if path.startswith("request.") else path.split(".")[0] for path in reads}
    return tuple(words for path, words in FACTS_IN_WORDS.items() if path in read)


def limit_in_words(limit: LimitDescription) -> CatalogueLimit:
    is_switch = isinstance(limit.default, bool)
    return CatalogueLimit(
        name=limit.name,
        sentence=limit.sentence,
        default=("yes" if limit.default else "no") if is_switch else str(limit.default),
        range="yes or no" if is_switch else f"{limit.lowest} to {limit.highest}",
        used_by=(
            *(footing.label for footing in limit.used_by),
            *(pattern.name for pattern in PATTERNS if limit.name in pattern.limits),
        ),
    )


LIMIT_CATALOGUE: tuple[CatalogueLimit, ...] = tuple(limit_in_words(limit) for limit in LIMITS)

FOOTING_CATALOGUE: tuple[CatalogueFooting, ...] = tuple(
    CatalogueFooting(
        id=rule.id,
        name=rule.id.label,
        sentence=rule.sentence,
        needs=NEEDS[rule.id],
        gives=tuple(sorted(rule.gives, key=lambda outcome: outcome.strictness)),
        looks_at=in_words(rule.reads),
        source=rule.source,
        limits=tuple(limit for limit in LIMIT_CATALOGUE if limit.name in rule.limits),
    )
    for rule in FOOTINGS
)

STOP_CATALOGUE: tuple[CatalogueStop, ...] = tuple(
    CatalogueStop(
        id=rule.id,
        name=rule.id.label,
        sentence=rule.sentence,
        text=rule.text,
        outcome=rule.outcome,
        lifted_by=tuple(footing.label for footing in Footing if footing in rule.lifted_by),
        looks_at=in_words(rule.reads),
        source=rule.source,
    )
    for rule in STOPS
)

PATTERN_CATALOGUE: tuple[CataloguePattern, ...] = tuple(
    CataloguePattern(
        id=rule.id,
        name=rule.name,
        sentence=rule.sentence,
        follows=rule.follows,
        looks_at=tuple(words for name, words in FACTS_OF_PATTERNS.items() if name in rule.reads),
        source=rule.source,
        limits=tuple(limit for limit in LIMIT_CATALOGUE if limit.name in rule.limits),
    )
    for rule in PATTERNS
)


ANY_BUT_CONSENT_AND_ORDER = "Any but consent and a court's order"

BOUNDS: tuple[tuple[str, str], ...] = (
    *((footing.label, " ".join(condition.label for condition in bound_by)) for footing, bound_by in BOUND_BY.items()),
    ("A court's order or direction, where it allows contact", Condition.IN_OWN_NAME.label),
    (f"{ANY_BUT_CONSENT_AND_ORDER}, on a page that is partly visible", Condition.OPEN_PART_ONLY.label),
    (f"{ANY_BUT_CONSENT_AND_ORDER}, where the profile is still to be found", Condition.STOP_UNLESS_OPEN.label),
)
"""What a look that may go ahead is bound by: on which footing, and the conditions."""


def as_markdown() -> str:
    """The whole catalogue as one Markdown document."""
    return (
        "\n".join(line for part in (opening, footings, bounds, stops, patterns, terms, limits) for line in part())
        + "\n"
    )


def opening() -> Iterator[str]:
    yield "# When a look may go ahead"
    yield ""
    yield f"*Release {RULES_RELEASE} of the rules. Made from the code by `python -m tracker.policy.catalogue`; edit that.*"
    yield ""
    for paragraph in INTRODUCTION:
        yield from (paragraph, "")
    yield from ("## The answers, from least to most strict", "", "| answer | shown as |", "|---|---|")
    for outcome in Outcome:
        yield f"| `{outcome}` | {outcome.label} |"
    yield from ("", "On every look that may go ahead, unless it stands on RIPA, the screen adds:", "")
    yield from ("> This is not a RIPA authorisation.", "", "## How footings and stops are weighed", "")
    for step, sentence in enumerate(WEIGHING, 1):
        yield f"{step}. {sentence}"
    yield ""


def footings() -> Iterator[str]:
    yield from ("## The footings, in order", "")
    for place, footing in enumerate(FOOTING_CATALOGUE, 1):
        yield from (f"### {place}. {footing.name}", "", footing.sentence, "", "It needs:", "")
        yield from (f"- {need}" for need in footing.needs)
        yield ""
        yield f"**Gives:** {', or '.join(f'*{outcome.label}*' for outcome in footing.gives)}  "
        yield f"**Looks at:** {', '.join(footing.looks_at)}  "
        if footing.limits:
            yield f"**Limits:** {', '.join(f'`{limit.name}` ({limit.default})' for limit in footing.limits)}  "
        yield from (f"**Source:** {footing.source}  ", f"**Identifier:** `{footing.id}`", "")


def bounds() -> Iterator[str]:
    yield from ("## What a look is bound by", "", "| footing | condition |", "|---|---|")
    yield from (f"| {footing} | {conditions} |" for footing, conditions in BOUNDS)
    yield ""


def stops() -> Iterator[str]:
    yield from ("## The stops", "")
    for stop in STOP_CATALOGUE:
        yield from (f"### {stop.id.split('_')[0]}. {stop.name}", "", stop.sentence, "", f"> {stop.text}", "")
        yield f"**Leads to:** *{stop.outcome.label}*  "
        yield f"**Lifted by:** {', '.join(stop.lifted_by) or 'nothing'}  "
        yield f"**Looks at:** {', '.join(stop.looks_at)}  "
        yield from (f"**Source:** {stop.source}  ", f"**Identifier:** `{stop.id}`", "")


def patterns() -> Iterator[str]:
    yield from ("## The patterns", "")
    for paragraph in PATTERNS_IN_WORDS:
        yield from (paragraph, "")
    for pattern in PATTERN_CATALOGUE:
        yield from (f"### {pattern.name}", "", pattern.sentence, "")
        yield f"**What follows:** {pattern.follows}  "
        yield f"**Looks at:** {'; '.join(pattern.looks_at)}  "
        if pattern.limits:
            yield f"**Limits:** {shipped_limits(pattern)}  "
        yield from (f"**Source:** {pattern.source}  ", f"**Identifier:** `{pattern.id}`", "")


def shipped_limits(pattern: CataloguePattern) -> str:
    return ", ".join(f"`{limit.name}` ({limit.default})" for limit in pattern.limits)


def patterns_table() -> str:
    """The patterns, and then their limits: the part of the guide for lawyers and inspectors that is made from the code."""
    lines = ["| pattern | what it finds | what follows | source |", "|---|---|---|---|"]
    for pattern in PATTERN_CATALOGUE:
        lines.append(
            f"| {pattern.name} (`{pattern.id}`) | {pattern.sentence} | {pattern.follows}. | {pattern.source}. |"
        )
    lines += ["", f"Every number is a {CAUTION_THRESHOLD}.", ""]
    lines += ["| pattern | limit | shipped as | may be set to |", "|---|---|---|---|"]
    for pattern in PATTERN_CATALOGUE:
        lines += [f"| {pattern.name} | {one.sentence} | {one.default} | {one.range} |" for one in pattern.limits]
    return "\n".join(lines) + "\n"


def terms() -> Iterator[str]:
    yield from ("## What the words mean", "")
    for term, meaning in TERMS:
        yield f"- **{term}.** {meaning}"
    yield ""


def limits() -> Iterator[str]:
    yield from ("## The limits", "", f"Every one of them is a {CAUTION_THRESHOLD}.", "")
    yield from ("| limit | what it is | shipped as | may be set to | used by |", "|---|---|---|---|---|")
    for limit in LIMIT_CATALOGUE:
        used_by = ", ".join(limit.used_by) or "screens and clocks"
        yield f"| `{limit.name}` | {limit.sentence} | {limit.default} | {limit.range} | {used_by} |"


if __name__ == "__main__":
    sys.stdout.write(patterns_table() if sys.argv[1:] == ["patterns"] else as_markdown())
