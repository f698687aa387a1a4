"""What somebody, or somebody's program, may post in place of an answer."""

from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

from tracker.web.fields import OwnField
from tracker.web.fields.days import DayParts

Posted = dict[str, list[str] | list[bytes]]
Bad = Callable[[OwnField[Any], Mapping[str, list[str]]], Posted]

WRITTEN: dict[str, str] = {
    "empty": "",
    "blank": "   ",
    "unknown choice": "zz-no-such-answer",
    "31 February": "31 February 2026",
    "10,000 characters": "x" * 10_000,
    "NUL": "before\0after",
    "right to left": "before\u202eafter\u200f",
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "emoji": "\U0001f469\u200d\U0001f467 and e\u0301",
    "SQL": "'; DROP TABLE person; --",
    "a huge number": "9" * 30,
    "another script's digits": "\u0661\u0662",
    "new lines": "one\r\ntwo\rthree\x0bfour",
    "a control character": "before\x1bafter",
}
"""Posted for every input of a field alike."""

DATES: dict[str, dict[str, str]] = {
    "31 February": {"day": "31", "month": "2", "year": "2026", "time": "10:10am"},
    "year 99999": {"day": "1", "month": "1", "year": "99999", "time": "10:10am"},
    "one part": {"day": "", "month": "11", "year": "", "time": ""},
    "an impossible time": {"day": "1", "month": "1", "year": "2026", "time": "25:99"},
    "a skipped hour": {"day": "29", "month": "3", "year": "2026", "time": "1:30am"},
    "far future": {"day": "31", "month": "12", "year": "2199", "time": "11:59pm"},
    "long ago": {"day": "1", "month": "1", "year": "1900", "time": "midnight"},
}
"""Posted part by part, for a field that asks for a day or an instant."""


def missing(field: OwnField[Any], whole: Mapping[str, list[str]]) -> Posted:
    """Not posted at all."""
    return {field.part_name(part): [] for part in field.parts}


def repeated(field: OwnField[Any], whole: Mapping[str, list[str]]) -> Posted:
    """Posted twice, with an answer more."""
    names = [field.part_name(part) for part in field.parts]
    return {name: [*(whole.get(name) or ["a"]), "zz-another"] for name in names}


def no_text(field: OwnField[Any], whole: Mapping[str, list[str]]) -> Posted:
    """Bytes that are no UTF-8: half a surrogate, and a lone continuation byte."""
    return {field.part_name(part): [b"\xed\xa0\x80 \xff"] for part in field.parts}


def written(text: str) -> Bad:
    """The same text in every input."""
    return lambda field, whole: {field.part_name(part): [text] for part in field.parts}


def dated(parts: Mapping[str, str]) -> Bad:
    """Parts of a day, and of a time where one is asked; nothing for another kind of field."""

    def _bad(field: OwnField[Any], whole: Mapping[str, list[str]]) -> Posted:
        if not isinstance(field, DayParts):
            return {}
        return {field.part_name(part): [parts[part]] for part in field.parts}

    return _bad


BAD: dict[str, Bad] = {
    "missing": missing,
    "repeated": repeated,
    "no text": no_text,
    **{name: written(text) for name, text in WRITTEN.items()},
    **{f"date: {name}": dated(parts) for name, parts in DATES.items()},
}

IN_EVERY_FIELD = (
    "missing",
    "empty",
    "repeated",
    "unknown choice",
    "10,000 characters",
    "NUL",
    "right to left",
    "markup",
)
"""What every field meets, whatever it asks for. Source: the main job, "What must never happen"."""

IN_EVERY_DAY = ("date: one part", "date: 31 February", "date: year 99999")
"""What every field meets besides that asks for a day or an instant."""

IN_TURN = sorted(name for name in BAD.keys() - {*IN_EVERY_FIELD} if not name.startswith("date: "))
"""What fields meet in turn, each three of them."""


def mixed(turn: int, form: str) -> Bad:
    """One value of `IN_EVERY_DAY` in every day; in another field one of `IN_TURN`, by the names of the form and the field."""

    def _bad(field: OwnField[Any], whole: Mapping[str, list[str]]) -> Posted:
        if isinstance(field, DayParts):
            return BAD[IN_EVERY_DAY[turn]](field, whole)
        place = crc32(f"{form} {field.short_name}".encode()) + turn * len(IN_EVERY_DAY)
        return BAD[IN_TURN[place % len(IN_TURN)]](field, whole)

    return _bad


def bad_values_for(form: str) -> dict[str, Bad]:
    """What is posted in a form: few posts, in which each field meets what it must, and three of what fields meet in turn."""
    in_turn = {f"mixed, with {IN_EVERY_DAY[turn]}": mixed(turn, form) for turn in range(len(IN_EVERY_DAY))}
    return {name: BAD[name] for name in IN_EVERY_FIELD} | in_turn
