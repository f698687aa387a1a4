"""The simulator's own book: who did what, when and why, written down before anything is played or detected.

Plain Python and plain words. Staff, people and checks are named by keys of the book's own; the product gives them references only
when the book is played.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
_HOLIDAYS = country_holidays("GB", subdiv="ENG", years=range(2024, 2029))
_SATURDAY = 5

QUIET = "quiet"
"""A team with little to do: whether somebody hands back more than the rest can be known beforehand only there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that somebody did. `more`: what the deed needs besides, in plain words. `check`: the book's key of the check."""

    at: datetime
    who: str
    did: str
    whom: tuple[str, ...]
    why: str
    check: str = ""
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plant:
    """A pattern that is in the book on purpose: by the checks whose looks it consists of, and what must follow."""

    pattern: str
    disguise: str
    effect: str
    checks: frozenset[str]
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Something just on the innocent side of a limit: no finding of that pattern (and effect) may be over these checks, or some
    of them, nor over all of them and more. What some of them make with others is reckoned by `truth.py`."""

    pattern: str
    what: str
    checks: frozenset[str]
    effect: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """An ordinary piece of work with a family, by one worker."""

    worker: str
    people: frozenset[str]
    checks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Worker:
    """A member of staff. `team` "" is all teams. `left_at`: when they left."""

    key: str
    name: str
    roles: tuple[str, ...]
    team: str = ""
    left_at: datetime | None = None


@dataclass
class Book:
    """A year (or less) in a council."""

    seed: int
    begins: datetime
    days: int
    rng: random.Random = field(init=False, repr=False)
    entries: list[Entry] = field(default_factory=list)
    plants: list[Plant] = field(default_factory=list)
    near_misses: list[NearMiss] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    staff: dict[str, Worker] = field(default_factory=dict)
    teams: tuple[str, ...] = ()
    families: list[tuple[str, ...]] = field(default_factory=list)
    people: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311 - a simulation, not a secret

    def go_on(self, seed: int) -> None:
        """Whatever is drawn from here on is drawn from that seed."""
        self.seed, self.rng = seed, random.Random(seed)  # noqa: S311 - a simulation, not a secret

    @property
    def ends(self) -> datetime:
        """When the book is closed."""
        return self.begins + timedelta(days=self.days)

    def write(self, at: datetime, who: str, did: str, *whom: str, why: str, check: str = "", **more: Any) -> None:
        """Writes down one thing. Raises `ValueError` outside the time of the book."""
        if not self.begins - timedelta(days=30) <= at <= self.ends:
            raise ValueError(f"{did} at {at} is not in this book")
        self.entries.append(Entry(at, who, did, whom, why, check, more))

    def in_order(self, *, after: int = 0) -> Iterator[Entry]:
        """Everything (but the first entries written) by the time at which it was done; what was written first goes first."""
        return iter(sorted(self.entries[after:], key=lambda entry: entry.at))

    def at_work(self, day: int, hour: float = 10.0) -> datetime:
        """A working hour in London of the first working day on or after that day of the book."""
        on = self.day(day)
        while not is_working_day(on):
            on += timedelta(days=1)
        return at_hour(on, hour)

    def day(self, day: int) -> date:
        """That day of the book, in London."""
        return self.begins.astimezone(LONDON).date() + timedelta(days=day)

    def workers_of(self, team: str, at: datetime, until: datetime | None = None) -> list[Worker]:
        """Social workers of a team who are there from `at` (to `until`)."""
        return [
            one
            for one in self.staff.values()
            if one.team == team
            and "social_worker" in one.roles
            and (one.left_at is None or one.left_at > (until or at))
        ]

    def keep(self, path: Path) -> None:
        """Writes the book to a file, before it is played: one line of JSON an entry, then the plants and near misses."""
        lines: list[dict[str, Any]] = [
            {
                "at": one.at.isoformat(),
                "who": one.who,
                "did": one.did,
                "whom": one.whom,
                "why": one.why,
                "check": one.check,
            }
            for one in self.in_order()
        ]
        lines += [{"plant": one.pattern, "disguise": one.disguise, "checks": sorted(one.checks)} for one in self.plants]
        lines += [
            {"near_miss": one.pattern, "what": one.what, "checks": sorted(one.checks)} for one in self.near_misses
        ]
        path.write_text("".join(f"{json.dumps(line)}\n" for line in [{"seed": self.seed}, *lines]), encoding="utf-8")


def is_working_day(day: date) -> bool:
    """Neither at the weekend nor a bank holiday in England."""
    return day.weekday() < _SATURDAY and day not in _HOLIDAYS


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def at_hour(day: date, hour: float) -> datetime:
    """An hour of a day in London, as an instant."""
    local = datetime.combine(day, time.min, tzinfo=LONDON) + timedelta(hours=hour)
    return local.astimezone(UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def days(number: float) -> timedelta:
    return timedelta(days=number)


def together(*groups: Iterable[str]) -> frozenset[str]:
    """All keys of some groups."""
    return frozenset(one for group in groups for one in group)
