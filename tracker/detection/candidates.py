"""Who may be in a pattern, found in few statements over the whole ledger, or over those to whom something has happened since.

What is given is never too little and seldom too much: the patterns themselves (`policy/patterns.py`) judge afterwards, and find nothing
twice.
"""

import gc
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from tracker.detection import statements
from tracker.policy.limits import Limits

STEPS = 2
"""How many links of family to follow: every network with one of the people in it is reached by two."""

_FOR_A_FEW = """
    SELECT set_config('random_page_cost', '1.1', TRUE), set_config('max_parallel_workers_per_gather', '0', TRUE),
           set_config('jit', 'off', TRUE)
"""
"""For the rest of a transaction: a few thousand people are found by the indexes, sooner than PostgreSQL has read a million rows,
started helpers or compiled anything."""

Row = Sequence[Any]
Looks = dict[int, datetime | str]
"""The looks of somebody by key, with their time as the database gave it."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Keys of people who may be in a pattern, family by family, and of staff about whom there may be a task."""

    families: tuple[tuple[int, ...], ...]
    staff: frozenset[int]


def find_candidates(session: Session, limits: Limits, *, touched: Collection[int] | None = None) -> Candidates:
    """Who may be in a pattern: of everybody, or of the people `touched` and their families. Reads only."""
    if touched is not None and session.get_bind().dialect.name == "postgresql":
        session.execute(text(_FOR_A_FEW))
    with _without_collecting():
        return _find(session, limits, touched)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A million rows have no cycles, and looking for some among them takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _find(session: Session, limits: Limits, touched: Collection[int] | None) -> Candidates:
    links = _Links(session, touched)
    looks = _read_everything(session) if links.own is None else _read_near(session, links, limits)
    such, searches = _counted(looks)
    people = {
        *_often(such, links.group, limits.repeat_viewing_views, None),
        *_often(such, links.family, _least_in_one_family(limits), limits.family_cluster_days),
        *_often(searches, links.family, limits.presence_drip_searches, limits.presence_drip_days),
        *_seen_often(session, links, touched, limits),
        *(row[0] for row in _rows(session, statements.SHARED_PROFILES, links.own)),
        *(row[0] for row in _rows(session, statements.AUTHORITY_GAPS, links.own, column="p.person_id")),
        *(row[0] for row in _rows(session, statements.STANDS_ON_AN_AUTHORITY, links.linked)),
    }
    people |= _often(looks.handed_back, links.group, limits.handed_back_permits, limits.handed_back_days)
    staff = _staff(session, looks, limits, of_everybody=touched is None)
    return Candidates(_families(people, links.family), frozenset(staff))


def _families(people: Iterable[int], family: dict[int, int]) -> tuple[tuple[int, ...], ...]:
    """The people sorted, those of one family together."""
    together: dict[int, list[int]] = {}
    for person in sorted(people):
        together.setdefault(family.get(person, person), []).append(person)
    return tuple(map(tuple, together.values()))


class _Links:
    """Who is one person with whom, and who belongs to one family: to each key the lowest key of theirs.

    `own`: those to whom something has happened, and whoever is one person with somebody here; `around`: their families too. None:
    everybody.
    """

    def __init__(self, session: Session, touched: Collection[int] | None) -> None:
        links = _rows(session, statements.LINKS, None) if touched is None else _links_near(session, touched)
        same = [link for link in links if link[2]]
        self.group = _joined(same)
        self.family = _joined(links)
        self.linked = {key for one, other, _ in same for key in (one, other)}
        self.own = None if touched is None else {*touched, *self.linked}
        self.around = None if touched is None else {*touched, *self.family}


def _links_near(session: Session, touched: Collection[int]) -> list[Row]:
    """The links by which a network of one of these people can be reached: `STEPS` steps of family, and who is one person with anybody
    on the way."""
    found: list[Row] = []
    steps = dict.fromkeys(touched, 0)
    fringe = set(touched)
    while fringe:
        outermost = {key for key in fringe if steps[key] == STEPS}
        links = [
            *_rows(session, statements.LINKS_NEAR, fringe - outermost, column="person_id", other="other_id"),
            *_rows(session, statements.SAME_NEAR, outermost, column="person_id", other="other_id"),
        ]
        found += links
        fringe = set()
        for one, other, is_same in links:
            for here, there in ((one, other), (other, one)):
                beyond = steps.get(here, STEPS + 1) + (not is_same)
                if beyond <= STEPS and beyond < steps.get(there, STEPS + 1):
                    steps[there] = beyond
                    fringe.add(there)
    return found


def _crowded(session: Session, links: _Links, limits: Limits) -> set[int]:
    """Of those to whom something has happened and their families, whoever has looks enough for a pattern, whatever became of each look,
    which is not read for it: for a repeat viewing, or with their family, within its days, for a cluster or a drip of searches."""
    such_at: Counter[int] = Counter()
    around: defaultdict[int, list[tuple[datetime | str, bool]]] = defaultdict(list)
    person: int
    for person, at, is_such in _rows(session, statements.LOOKS_AROUND, links.around):
        around[links.family.get(person, person)].append((at, is_such))
        if is_such:
            such_at[links.group.get(person, person)] += 1
    families = {family for family, looks in around.items() if _is_crowded(looks, limits)}
    groups = {group for group, looks in such_at.items() if looks >= limits.repeat_viewing_views}
    return {
        one
        for one in links.around or ()
        if links.family.get(one, one) in families or links.group.get(one, one) in groups
    }


def _is_crowded(looks: list[tuple[datetime | str, bool]], limits: Limits) -> bool:
    least = _least_in_one_family(limits)
    if len(looks) < min(least, limits.presence_drip_searches):
        return False
    moments = [(_instant(at), is_such) for at, is_such in looks]
    return _within(
        [at for at, _ in moments], limits.presence_drip_searches, timedelta(days=limits.presence_drip_days)
    ) or _within([at for at, is_such in moments if is_such], least, timedelta(days=limits.family_cluster_days))


def _least_in_one_family(limits: Limits) -> int:
    return min(limits.family_cluster_views, limits.family_cluster_views_one_team)


def _joined(pairs: Iterable[Row]) -> dict[int, int]:
    """To each key in a pair, the lowest of all that it hangs together with."""
    above: dict[int, int] = {}
    for one, other, _ in pairs:
        one, other = _top(above, one), _top(above, other)
        if one < other:
            above[other] = one
        else:
            above[one] = other
    lowest: dict[int, int] = {}
    for key in sorted(above):  # what is above is lower, and so is known already
        lowest[key] = lowest.get(above[key], key)
    return lowest


def _top(above: dict[int, int], key: int) -> int:
    higher = above.setdefault(key, key)
    while higher != key:
        above[key] = key = above[higher]
        higher = above[key]
    return key


@dataclass(frozen=True, slots=True)
class _LooksRead:
    """The looks that can matter, as the three statements of the same names give them."""

    counted: Sequence[Row]
    handed_back: Sequence[Row]
    late: Sequence[Row]


def _read_everything(session: Session) -> _LooksRead:
    return _LooksRead(
        *(_rows(session, one, None) for one in (statements.COUNTED, statements.HANDED_BACK, statements.LATE))
    )


def _read_near(session: Session, links: _Links, limits: Limits) -> _LooksRead:
    """The looks at those to whom something has happened that were handed back or entered late; and what counts of the looks at whoever
    has many."""
    rows = _rows(session, statements.BACK_OR_LATE, links.own)
    back, late = {row[1] for row in rows if row[2]}, {row[1] for row in rows if row[3]}

    def those(statement: str, looks: set[int]) -> list[Row]:
        return [row for row in _rows(session, statement, looks, column="l.id") if row[0] in (links.own or ())]

    return _LooksRead(
        _rows(session, statements.COUNTED, _crowded(session, links, limits)),
        those(statements.HANDED_BACK, back),
        those(statements.LATE, late),
    )


def _counted(looks: _LooksRead) -> tuple[list[Row], list[Row]]:
    """The looks that a pattern can be made of, and the searches for a profile: person, look, when."""
    return [row for row in looks.counted if not row[3]], [row for row in looks.counted if row[3]]


def _often(
    rows: Iterable[Row],
    together: dict[int, int],
    least: int,
    days: int | None,
) -> set[int]:
    """The people who together have at least so many looks, within so many days of each other (None: ever)."""
    crowds: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        person: int = row[0]
        crowds[together.get(person, person)].append(row)
    length = None if days is None else timedelta(days=days)
    return {
        row[0] for crowd in crowds.values() if len(crowd) >= least and _is_often(crowd, least, length) for row in crowd
    }


def _is_often(crowd: list[Row], least: int, length: timedelta | None) -> bool:
    """Whether there are so many looks, each once, within that time. Looks at two of a family are two rows, which is seldom, so that is
    asked last."""
    if length is not None and not _within([_instant(row[2]) for row in crowd], least, length):
        return False
    looks: Looks = {row[1]: row[2] for row in crowd}
    if length is None or len(looks) == len(crowd):
        return len(looks) >= least
    return _within(list(map(_instant, looks.values())), least, length)


def _within(times: list[datetime], least: int, length: timedelta) -> bool:
    times.sort()
    return any(last - first <= length for first, last in zip(times, times[least - 1 :], strict=False))


def _instant(at: datetime | str) -> datetime:
    """SQLite gives an instant as text."""
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def _seen_often(session: Session, links: _Links, touched: Collection[int] | None, limits: Limits) -> set[int]:
    """The people who were seen in enough looks at others."""
    if touched is None:
        rows = _rows(session, statements.ALSO_SEEN, None)
    else:
        seen = {row[0] for row in _rows(session, statements.SEEN_WITH, touched)} | set(touched)
        rows = _rows(session, statements.ALSO_SEEN, seen | links.linked, column="a.person_id")
    return _often(rows, links.group, limits.collateral_checks, limits.collateral_days)


def _staff(session: Session, looks: _LooksRead, limits: Limits, *, of_everybody: bool) -> set[int]:
    """The workers who handed back or entered late often enough to be looked at."""
    handed_back, late = looks.handed_back, looks.late
    if not of_everybody:
        workers = {row[3] for row in (*handed_back, *late)}
        handed_back = _rows(session, statements.HANDED_BACK, workers, column="l.viewer_id")
        late = _rows(session, statements.LATE, workers, column="l.viewer_id")
    hours = timedelta(hours=limits.late_logging_hours)
    late = [row for row in late if _instant(row[4]) - _instant(row[2]) > hours]
    return (
        _often(_by_worker(handed_back, 4), {}, limits.handed_back_least, limits.handed_back_rate_days)
        | _often(_by_worker(late, 2), {}, limits.late_logging_views, limits.late_logging_days)
        | _often(_by_worker(late, 4), {}, limits.late_logging_views, limits.late_logging_days)
    )


def _by_worker(rows: Iterable[Row], moment: int) -> list[Row]:
    """Viewer, look, and the moment in that place of the row; a permit that was never issued has none."""
    return [(row[3], row[1], row[moment]) for row in rows if row[moment] is not None]


def _rows(
    session: Session, statement: str, keys: Collection[int] | None, *, column: str = "v.person_id", other: str = ""
) -> Sequence[Row]:
    """The rows of a statement: all of them, or those of these people. The keys are one value, however many they are.

    Rows by the hundred thousand: as the driver gives them, and from PostgreSQL as it has them, not written out as text. What is made
    around each of them otherwise costs as long as reading them.
    """
    if keys is not None and not keys:
        return ()
    driver: Any = session.connection().connection.driver_connection
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    cursor = driver.cursor(binary=True) if on_postgresql else driver.cursor()
    try:
        rows: Sequence[Row] = cursor.execute(*_narrowed(statement, keys, column, other, on_postgresql)).fetchall()
    finally:
        cursor.close()
    return rows


def _narrowed(
    statement: str, keys: Collection[int] | None, column: str, other: str, on_postgresql: bool
) -> tuple[str, dict[str, str]] | tuple[str]:
    if keys is None:
        return (statement.format(near="", other=""),)
    among = "= ANY(CAST(%(keys)s AS integer[]))" if on_postgresql else "IN (SELECT value FROM json_each(:keys))"
    words = ",".join(map(str, sorted(keys)))
    narrowed = statement.format(near=f"AND {column} {among}", other=f"AND {other} {among}")
    return narrowed, {"keys": f"{{{words}}}" if on_postgresql else f"[{words}]"}
