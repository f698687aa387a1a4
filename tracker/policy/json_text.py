"""From text to one JSON object, refusing what a lenient parser would let through."""

from __future__ import annotations

import json
from typing import Any

from tracker.policy.reading import FactsError, named, shown

BYTE_ORDER_MARK = "\ufeff"


def json_object(data: bytes | str) -> dict[str, Any]:
    """Read the text of one JSON object. Raises FactsError, also where a field stands twice or a number is not JSON's."""
    try:
        source = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise FactsError(f"this is not UTF-8 text (byte {error.start + 1})") from None
    if source.startswith(BYTE_ORDER_MARK):
        raise FactsError("the text starts with a byte order mark; save it as UTF-8 without one")
    if not source.strip():
        raise FactsError("there is nothing to read")
    value = parsed(source)
    if not isinstance(value, dict):
        raise FactsError(f"an object is needed, not {shown(value)}")
    return value


def parsed(source: str) -> Any:
    try:
        return json.loads(source, object_pairs_hook=without_repeats, parse_constant=refuse_constant)
    except FactsError:
        raise
    except json.JSONDecodeError as error:
        raise FactsError(f"this is not JSON (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise FactsError("the JSON is nested too deeply") from None
    except ValueError:  # an integer of thousands of digits
        raise FactsError("a number is too long to read") from None


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise FactsError("this field stands twice in one object", named(twice))
    return found


def refuse_constant(name: str) -> Any:
    raise FactsError(f"{name} is not a JSON number")
