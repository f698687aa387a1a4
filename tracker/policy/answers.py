"""From the text of some facts to the text of the decision: what `tracker decide` says, without any file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.policy.decide import decide, decision_as_json
from tracker.policy.facts import FactsError, read_facts
from tracker.policy.json_text import json_object
from tracker.policy.limits import SHIPPED, Limits


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one line: the decision, or, where the line cannot be read, the error; as JSON on one line."""

    text: str
    was_read: bool


def answer(data: bytes, limits: Limits = SHIPPED, *, limits_version: str = "shipped", indent: int | None = None) -> str:
    """The decision on the facts in some UTF-8 JSON, as JSON. Raises FactsError."""
    decision = decide(read_facts(json_object(data)), limits, limits_version=limits_version)
    return as_text(decision_as_json(decision), indent)


def answers(lines: Iterable[bytes], limits: Limits = SHIPPED, *, limits_version: str = "shipped") -> Iterator[Answer]:
    """One answer for each line, in order and one at a time. A blank line cannot be read, like any other without facts."""
    for line in lines:
        try:
            yield Answer(answer(line, limits, limits_version=limits_version), was_read=True)
        except FactsError as error:
            yield Answer(as_text({"error": str(error)}), was_read=False)


def as_text(value: object, indent: int | None = None) -> str:
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
