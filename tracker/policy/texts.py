"""How dates, lists and cautions are worded. What is written here may one day be read by the person it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tracker.policy.limits import CAUTION_THRESHOLD
from tracker.policy.periods import in_london
from tracker.policy.vocabulary import Platform

NOT_AT_SOMEBODY_S_RISK = (
    "Do not ask or tell anybody where that would put a child or an adult at risk: say so, and go to Legal."
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

THRESHOLD = f"That number is a {CAUTION_THRESHOLD}."


def on_day(when: date | datetime) -> str:
    """A day in London, as `3 November 2026`."""
    day = in_london(when) if isinstance(when, datetime) else when
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def at_moment(when: datetime) -> str:
    """An instant in London, as `3 November 2026 at 2:15pm`."""
    local = in_london(when)
    return f"{on_day(when)} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun, as `1 view` or `3 views`."""
    return f"{number} {one if number == 1 else many}"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Words in a row, as `Facebook, Reddit and YouTube`."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def named_platforms(platforms: Iterable[Platform]) -> str:
    """The names of some platforms, always in the same order."""
    wanted = frozenset(platforms)
    return joined([platform.label for platform in Platform if platform in wanted])
