"""Who may be in a pattern, found in few statements over the whole ledger, or over what lies around that which has changed.

What is given is never too little and seldom too much: the patterns themselves (`policy/patterns.py`) judge afterwards, and find nothing
twice.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from tracker.detection.changes import Changes
from tracker.detection.crowds import least_in_one_family, often
from tracker.detection.reading import Read, read_around, read_everything
from tracker.detection.rows import Row, instant
from tracker.policy.limits import Limits


@dataclass(frozen=True, slots=True)
class Candidates:
    """Keys of people who may be in a pattern, family by family, and of staff about whom there may be a task."""

    families: tuple[tuple[int, ...], ...]
    staff: frozenset[int]


def find_candidates(session: Session, limits: Limits, *, changes: Changes | None = None) -> Candidates:
    """Who may be in a pattern: whoever there is (None), or in one that these changes can have made. Reads only."""
    with _without_collecting():
        read = read_everything(session) if changes is None else read_around(session, changes, limits)
        people = read.in_any_case | _often_enough(read, limits)
        return Candidates(_families(people, read.links.family), frozenset(_staff(read, limits)))


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


def _often_enough(read: Read, limits: Limits) -> set[int]:
    """The people who were looked at, searched for, seen with others or handed back often enough."""
    group, family = read.links.group, read.links.family
    such = [row for row in read.counted if not row[3]]
    searches = [row for row in read.counted if row[3]]
    return {
        *often(such, group, limits.repeat_viewing_views, None),
        *often(such, family, least_in_one_family(limits), limits.family_cluster_days),
        *often(searches, family, limits.presence_drip_searches, limits.presence_drip_days),
        *often(read.also_seen, group, limits.collateral_checks, limits.collateral_days),
        *often(read.handed_back, group, limits.handed_back_permits, limits.handed_back_days),
    }


def _families(people: Iterable[int], family: dict[int, int]) -> tuple[tuple[int, ...], ...]:
    """The people sorted, those of one family together."""
    together: dict[int, list[int]] = {}
    for person in sorted(people):
        together.setdefault(family.get(person, person), []).append(person)
    return tuple(map(tuple, together.values()))


def _staff(read: Read, limits: Limits) -> set[int]:
    """The workers who handed back or entered late often enough to be looked at."""
    hours = timedelta(hours=limits.late_logging_hours)
    late = [row for row in read.late_by if instant(row[4]) - instant(row[2]) > hours]
    return (
        often(_by_worker(read.handed_back_by, 4), {}, limits.handed_back_least, limits.handed_back_rate_days)
        | often(_by_worker(late, 2), {}, limits.late_logging_views, limits.late_logging_days)
        | often(_by_worker(late, 4), {}, limits.late_logging_views, limits.late_logging_days)
    )


def _by_worker(rows: Iterable[Row], moment: int) -> list[Row]:
    """Viewer, look, and the moment in that place of the row; a permit that was never issued has none."""
    return [(row[3], row[1], row[moment]) for row in rows if row[moment] is not None]
