"""Who is one person with whom, and who belongs to one family: of everybody, or around some people."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlmodel import Session

from tracker.detection import statements
from tracker.detection.rows import Row, rows

STEPS = 2
"""How many links of family to follow: every network with one of the people in it is reached by two."""


class Links(NamedTuple):
    """To each key that is linked the lowest key of its `group` (of one person) and of its `family`, which are of several networks.

    `linked`: whoever is one person with somebody else.
    """

    group: dict[int, int]
    family: dict[int, int]
    linked: frozenset[int]

    def with_groups(self, people: Collection[int]) -> set[int]:
        """These people with every record of theirs."""
        return _with_all(people, self.group)

    def with_families(self, people: Collection[int]) -> set[int]:
        """These people and all their families."""
        return _with_all(people, self.family)


def read_links(session: Session) -> Links:
    """Everybody's."""
    return _sorted_out(rows(session, statements.LINKS, None))


def read_links_near(session: Session, families_of: Collection[int], records_of: Collection[int]) -> Links:
    """The links by which a network of one of `families_of` can be reached: `STEPS` steps of family, and who is one person with anybody
    on the way; and whoever is one person with one of `records_of`."""
    found: list[Row] = []
    steps = dict.fromkeys(records_of, STEPS) | dict.fromkeys(families_of, 0)
    fringe = set(steps)
    while fringe:
        outermost = {key for key in fringe if steps[key] == STEPS}
        links = [
            *rows(session, statements.LINKS_NEAR, fringe - outermost, column="person_id", other="other_id"),
            *rows(session, statements.SAME_NEAR, outermost, column="person_id", other="other_id"),
        ]
        found += links
        fringe = set()
        for one, other, is_same in links:
            for here, there in ((one, other), (other, one)):
                beyond = steps.get(here, STEPS + 1) + (not is_same)
                if beyond <= STEPS and beyond < steps.get(there, STEPS + 1):
                    steps[there] = beyond
                    fringe.add(there)
    return _sorted_out(found)


def _sorted_out(links: Iterable[Row]) -> Links:
    same = [link for link in links if link[2]]
    return Links(_joined(same), _joined(links), frozenset(key for one, other, _ in same for key in (one, other)))


def _with_all(people: Collection[int], lowest: dict[int, int]) -> set[int]:
    theirs = {lowest[one] for one in people if one in lowest}
    return {*people, *(one for one, first in lowest.items() if first in theirs)}


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
