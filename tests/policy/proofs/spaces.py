"""Every combination of the states of some fields, put to one rule at a time.

A space is a list of axes; an axis is a list of options, each of which sets a field of the request, some records, or a
limit. Records are written as rows of the pools, relative to a moment at which London's day is not the day of UTC.
The product's rule gets an object that has the fields it declares and no others, so that reading anything else raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from tracker.policy.facts import CheckFacts, read_facts
from tracker.policy.limits import read_limits
from tracker.policy.rules import FootingRule, StopRule

from . import pools
from .cases import WRITE, Row, Setting
from .declared import Declared, cut
from .second_reading.case import SHIPPED_LIMITS, Case, existing, london_day, parsed_records

NOW = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
ASKED = {**pools.PLAIN_REQUEST, "platforms": pools.PLATFORMS[:2]}
SETTING = Setting(NOW, london_day(NOW), ASKED["platforms"], ASKED["purpose"], ASKED["account"])
Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Option:
    """One state: what it sets in the request, which rows it adds, which limits and other facts it sets."""

    request: Mapping[str, Any] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)


Axis = Sequence[Option]


class Posed(NamedTuple):
    """One combination: what the product's rule is given, and the same for the second reading."""

    facts: Any
    limits: Any
    case: Case


def asked(name: str, *values: Any) -> Axis:
    """One field of the request; no values named: its whole vocabulary."""
    return [Option(request={name: value}) for value in values or pools.VOCABULARY[name]]


def recorded(kind: str, *states: Sequence[Row]) -> Axis:
    """The states of one list of records."""
    return [Option(rows={kind: rows}) for rows in states]


def limited(name: str, *values: Any) -> Axis:
    """One limit."""
    return [Option(limits={name: value}) for value in values]


def posed(axes: Sequence[Axis], rule: StopRule | FootingRule) -> Iterator[Posed]:
    """Every combination of the axes, with the product's side cut down to the facts and limits that a rule declares."""
    reads = rule.reads
    of_request, of_limits = _only(axes, "request"), _only(axes, "limits")
    of_records = [axis for axis in axes if axis not in of_request and axis not in of_limits]
    requests = [_request(_merged(options, "request"), reads) for options in product(*of_request)]
    limits = [_limits(_merged(options, "limits"), rule.limits) for options in product(*of_limits)]
    for options in product(*of_records):
        ours, theirs = _records(options, reads)
        for request, asked_for in requests:
            facts = Declared(**ours, **request)
            for ours_limits, theirs_limits in limits:
                yield Posed(facts, ours_limits, Case(NOW, asked_for, **theirs, limits=theirs_limits))


def _only(axes: Sequence[Axis], part: str) -> list[Axis]:
    return [axis for axis in axes if any(getattr(option, part) for option in axis)]


def _merged(options: Sequence[Option], part: str) -> dict[str, Any]:
    return {name: value for option in options for name, value in getattr(option, part).items()}


def _request(changes: Mapping[str, Any], reads: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    asked_for = {**ASKED, **changes}
    names = {name.removeprefix("request.") for name in reads if name.startswith("request.")}
    request = _facts({"request": asked_for}).request
    return ({"request": cut(request, names)} if names else {}), asked_for


def _limits(changes: Mapping[str, Any], names: frozenset[str]) -> tuple[Declared, dict[str, Any]]:
    return cut(read_limits(changes), names), {**SHIPPED_LIMITS, **changes}


def _records(options: Sequence[Option], reads: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    ours: dict[str, Any] = {kind: () for kind in pools.ROWS if any(name.startswith(f"{kind}.") for name in reads)}
    theirs: dict[str, Any] = dict.fromkeys(pools.ROWS, ())
    for option in options:
        for kind, rows in option.rows.items():
            pairs = [_record(kind, row, reads) for row in rows]
            theirs[kind] += tuple(each for _, found in pairs for each in found)
            if kind in ours:
                ours[kind] += tuple(each for each, _ in pairs)
    rest = _merged(options, "rest")
    for name in ("now", "counted_from", "manager_approval"):
        if name in reads:
            ours[name] = NOW if name == "now" else getattr(_facts(_json(rest)), name)
    return ours, {**theirs, **_parsed_rest(rest)}


def _json(rest: Mapping[str, Any]) -> dict[str, Any]:
    return {name: SETTING.moment(value) if isinstance(value, timedelta) else value for name, value in rest.items()}


def _parsed_rest(rest: Mapping[str, Any]) -> dict[str, Any]:
    return {name: NOW - value if isinstance(value, timedelta) else value for name, value in rest.items()}


@cache
def _record(kind: str, row: Any, reads: frozenset[str]) -> tuple[Any, Sequence[Mapping[str, Any]]]:
    """The record that the product sees, and the record for the second reading, none where it does not exist yet."""
    written = WRITE[kind](SETTING, row)
    names = {name.removeprefix(f"{kind}.") for name in reads if name.startswith(f"{kind}.")}
    record = getattr(_facts({kind: [written]}), kind)[0]
    return cut(record, names), existing(NOW, parsed_records([written]))


def _facts(parts: Mapping[str, Any]) -> CheckFacts:
    empty: dict[str, list[Any]] = {kind: [] for kind in pools.ROWS}
    rest = {"now": NOW.isoformat(), "counted_from": None, "manager_approval": None}
    return read_facts({"request": ASKED, **empty, **rest, **parts})
