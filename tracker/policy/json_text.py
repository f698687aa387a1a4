"""From text to one JSON object, refusing what a lenient parser would let through."""

from __future__ import annotations

import json
import math
from typing import Any

from tracker.policy.reading import FactsError, Repeating, shown

BYTE_ORDER_MARK = "\ufeff"


def json_object(data: bytes | str) -> dict[str, Any] | Repeating:
    """Read the text of one JSON object. Raises FactsError.

    A field that stands twice and a number that is not JSON's are refused by whoever reads the field, who knows its path.
    """
    try:
        source = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise FactsError(f"this is not UTF-8 text (byte {error.start + 1})") from None
    if source.startswith(BYTE_ORDER_MARK):
        raise FactsError("the text starts with a byte order mark; save it as UTF-8 without one")
    if not source.strip():
        raise FactsError("there is nothing to read")
    value = parsed(source)
    if not isinstance(value, dict | Repeating):
        raise FactsError(f"an object is needed, not {shown(value)}")
    return value


def parsed(source: str) -> Any:
    try:
        return json.loads(source, object_pairs_hook=told_of_repeats, parse_constant=float, parse_int=whole_number)
    except json.JSONDecodeError as error:
        raise FactsError(f"this is not JSON (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise FactsError("the JSON is nested too deeply") from None


def told_of_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Repeating:
    """An object; in its place, where a field stands twice in it, what no reader takes."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    return Repeating(next(name for place, name in enumerate(names) if name in names[:place]))


def whole_number(digits: str) -> int | float:
    """A number as it is read; of thousands of digits, as the constants that are not JSON, one that no field takes."""
    try:
        return int(digits)
    except ValueError:
        return math.inf
