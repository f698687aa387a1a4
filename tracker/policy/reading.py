"""Strict reading of JSON: each reader takes one JSON value and gives back the value that the rules use, or an error.

A reader never guesses: `1` is not `true`, `"2026-11-21"` is not an instant, and an unknown field is an error. The
error knows the path of the field it is about, and always fits on one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from tracker.policy.vocabulary import Word

W = TypeVar("W", bound=Word)
T = TypeVar("T")
Reader = Callable[[Any], T]

INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)",
    re.ASCII,
)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PLAIN_NAME = re.compile(r"\w{1,60}", re.ASCII)


class FactsError(ValueError):
    """The facts cannot be read. As text: one line, `path.of.field: what is wrong`."""

    def __init__(self, problem: str, path: str = "") -> None:
        self.problem = problem
        self.path = path

    def __str__(self) -> str:
        return f"{self.path or 'facts'}: {self.problem}"

    def under(self, name: str) -> FactsError:
        """The same error, told from one step further out."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return FactsError(self.problem, f"{name}{joint}{self.path}")


class Repeating:
    """In the place of an object in which the field `twice` stands twice: it cannot be read."""

    def __init__(self, twice: str) -> None:
        self.twice = twice


def named(name: str) -> str:
    """A field's name as it can stand in a one-line message."""
    return name if PLAIN_NAME.fullmatch(name) else shown(name)


def shown(value: object) -> str:
    """A JSON value as it can stand in a one-line message: in ASCII, and short."""
    if isinstance(value, str):
        text = json.dumps(value[:40])
        return text if len(value) <= 40 else f'{text[:-1]}…"'
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list | tuple) else "an object"


def flag(value: Any) -> bool:
    """Read `true` or `false`."""
    if value is True or value is False:
        return bool(value)
    raise FactsError(f"true or false is needed, not {shown(value)}")


def text(value: Any) -> str:
    """Read a string of valid Unicode."""
    if not isinstance(value, str):
        raise FactsError(f"text is needed, not {shown(value)}")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise FactsError("the text is not valid Unicode")
    return value


def count_from_1(value: Any) -> int:
    """Read a whole number from 1."""
    if type(value) is not int or value < 1:
        raise FactsError("a whole number from 1 is needed")
    return value


def instant(value: Any) -> datetime:
    """Read an ISO 8601 instant with an offset or `Z`, as UTC."""
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise FactsError(f"an instant with an offset is needed, such as 2026-11-21T10:00:00Z, not {shown(value)}")
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        raise FactsError(f"there is no such instant as {shown(value)}") from None


def day(value: Any) -> date:
    """Read a date written `YYYY-MM-DD`."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise FactsError(f"a date is needed, such as 2026-11-21, not {shown(value)}")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise FactsError(f"there is no such date as {shown(value)}") from None


def one_of(words: type[W]) -> Reader[W]:
    """Read one word of a vocabulary."""
    known: dict[str, W] = {word.value: word for word in words}

    def read(value: Any) -> W:
        word = known.get(value) if isinstance(value, str) else None
        if word is None:
            raise FactsError(f"{shown(value)} is not one of {', '.join(known)}")
        return word

    return read


def or_null(read: Reader[T]) -> Reader[T | None]:
    """Read `null`, or what another reader reads."""
    return lambda value: None if value is None else read(value)


def listed(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """Read a list of records, in the order given."""

    def read_list(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise FactsError(f"a list is needed, not {shown(value)}")
        items: list[T] = []
        for place, item in enumerate(value):
            try:
                items.append(read(item))
            except FactsError as error:
                raise error.under(f"[{place}]") from None
        return tuple(items)

    return read_list


def set_of(read: Reader[T], *, may_be_empty: bool) -> Reader[frozenset[T]]:
    """Read a list in which nothing stands twice and whose order means nothing."""
    read_items = listed(read)

    def read_set(value: Any) -> frozenset[T]:
        items = read_items(value)
        if not items and not may_be_empty:
            raise FactsError("the list must not be empty")
        found = frozenset(items)
        if len(found) != len(items):
            twice = next(item for place, item in enumerate(items) if item in items[:place])
            raise FactsError(f"{shown(twice)} is in the list twice")
        return found

    return read_set


def record(shape: type[T]) -> Reader[T]:
    """Read an object with exactly the fields of a dataclass (`from_` is written `from`), all of them required."""
    hints = get_type_hints(shape)
    steps = {
        part.name.rstrip("_"): (part.name, reader_for(hints[part.name], **part.metadata))
        for part in fields(shape)  # type: ignore[arg-type]
    }

    def read_record(value: Any) -> T:
        if isinstance(value, Repeating):
            raise FactsError("this field stands twice in one object", named(value.twice))
        if not isinstance(value, Mapping):
            raise FactsError(f"an object is needed, not {shown(value)}")
        if value.keys() != steps.keys():
            raise wrong_fields(value, steps)
        found: dict[str, Any] = {}
        for name, (attribute, read) in steps.items():
            try:
                found[attribute] = read(value[name])
            except FactsError as error:
                raise error.under(name) from None
        return shape(**found)

    return read_record


def reader_for(kind: Any, *, may_be_empty: bool = False) -> Reader[Any]:
    """The reader for the type of a field, or for a dataclass."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    if isinstance(kind, type):
        return one_of(kind) if issubclass(kind, Word) else record(kind)
    inner = reader_for(get_args(kind)[0])
    if get_origin(kind) is frozenset:
        return set_of(inner, may_be_empty=may_be_empty)
    return listed(inner) if get_origin(kind) is tuple else or_null(inner)


SIMPLE: dict[Any, Reader[Any]] = {bool: flag, str: text, int: count_from_1, datetime: instant, date: day}
MAY_BE_EMPTY = {"may_be_empty": True}


def wrong_fields(value: Mapping[Any, Any], steps: Mapping[str, Any]) -> FactsError:
    """Which field is missing, or else unknown."""
    for name in steps:
        if name not in value:
            return FactsError("this field is missing", name)
    unknown = next(name for name in value if name not in steps)
    return FactsError("there is no such field", named(unknown))
