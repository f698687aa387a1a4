"""Which looks are so many, so close together, that they may be a pattern."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from tracker.detection.rows import Row, instant
from tracker.policy.limits import Limits

Looks = dict[int, datetime | str]
"""The looks of somebody by key, with their time as the database gave it."""


def often(rows: Iterable[Row], together: Mapping[int, int], least: int, days: int | None) -> set[int]:
    """The people who together have at least so many looks, within so many days of each other (None: ever).

    `rows`: person, look, when. `together`: to a person the lowest key of those with whom they are taken together.
    """
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
    if length is not None and not within([instant(row[2]) for row in crowd], least, length):
        return False
    looks: Looks = {row[1]: row[2] for row in crowd}
    if length is None or len(looks) == len(crowd):
        return len(looks) >= least
    return within(list(map(instant, looks.values())), least, length)


def within(times: list[datetime], least: int, length: timedelta) -> bool:
    """Whether so many of these moments lie within so long of each other."""
    times.sort()
    return any(last - first <= length for first, last in zip(times, times[least - 1 :], strict=False))


def least_in_one_family(limits: Limits) -> int:
    """How many looks make a cluster at the least, whoever made them."""
    return min(limits.family_cluster_views, limits.family_cluster_views_one_team)
