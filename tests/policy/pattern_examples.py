"""Facts for the patterns' tests: looks, permits and mentions in a line each. Days count from 1 July 2026 at 10:00 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tracker.policy.limits import SHIPPED, Limits
from tracker.policy.pattern_facts import AlsoSeen, Awaited, IssuedPermit, PatternFacts, PatternView
from tracker.policy.patterns import Found, Pattern, find_patterns
from tracker.policy.vocabulary import Reviewed, ViewFooting

START = datetime(2026, 7, 1, 10, tzinfo=UTC)
NOW = START + timedelta(days=500)
A_MOMENT = timedelta(microseconds=1)
FOOTINGS_OF_PATTERNS = (ViewFooting.OPEN_SOURCE, ViewFooting.LATE_ENTRY)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def look(
    number: int,
    person: str = "PER-1",
    at: float | datetime = 0,
    *,
    footing: ViewFooting = ViewFooting.OPEN_SOURCE,
    reviewed: Reviewed | None = None,
    by: str = "W1",
    team: str = "T1",
    page: str | None = None,
    recorded: float | datetime | None = None,
    profiles: tuple[str, ...] = (),
) -> PatternView:
    """One row of look number such-and-such, for a person; a look for two people is two of them."""
    when = at if isinstance(at, datetime) else day(at)
    known = when if recorded is None else recorded if isinstance(recorded, datetime) else day(recorded)
    return PatternView(
        look=f"LOK-{number}",
        person=person,
        page=page or person,
        at=when,
        recorded_at=known,
        by=by,
        team=team,
        footing=footing,
        reviewed=reviewed,
        profiles=frozenset(profiles),
    )


def search(number: int, person: str = "PER-1", at: float | datetime = 0, **more: Any) -> PatternView:
    return look(number, person, at, footing=ViewFooting.PRESENCE_SEARCH, **more)


def mention(number: int, person: str = "PER-9", at: float = 0, *, about: tuple[str, ...] = ("PER-1",)) -> AlsoSeen:
    return AlsoSeen(person, f"LOK-{number}", f"CHK-{number}", day(at), frozenset(about))


def permit(
    number: int,
    result: str | None = "not_used",
    at: float = 0,
    *,
    people: tuple[str, ...] = ("PER-1",),
    worker: str = "W1",
    team: str = "T1",
    reported: float | None = None,
) -> IssuedPermit:
    """A permit; what has a result was reported on `reported`, or an hour after its issue."""
    told = day(at) + timedelta(hours=1) if reported is None else day(reported)
    return IssuedPermit(
        f"LOK-{number}", frozenset(people), worker, team, day(at), result, None if result is None else told
    )


def awaited(number: int, due: float, *, people: tuple[str, ...] = ("PER-1",)) -> Awaited:
    return Awaited(f"LOK-{number}", frozenset(people), "W1", "T1", day(0), day(due))


def family(*people: str) -> dict[str, frozenset[str]]:
    """Networks where everybody is within one step of everybody."""
    return {person: frozenset(people) for person in people}


def links(*pairs: tuple[str, str]) -> dict[str, frozenset[str]]:
    """Networks made of links between two people each."""
    around: dict[str, set[str]] = {}
    for one, other in pairs:
        around.setdefault(one, {one}).add(other)
        around.setdefault(other, {other}).add(one)
    return {person: frozenset(network) for person, network in around.items()}


def facts(now: datetime = NOW, **given: Any) -> PatternFacts:
    return PatternFacts(now, **given)


def found(pattern: Pattern, given: PatternFacts, limits: Limits = SHIPPED) -> list[Found]:
    return list(find_patterns(given, limits, only=[pattern]))


def looks_of(*numbers: int) -> frozenset[str]:
    return frozenset(f"LOK-{number}" for number in numbers)
