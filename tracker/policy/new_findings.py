"""Which findings are new: what was found before is not found again, and what Legal released holds nobody again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.policy.pattern_facts import Found, Pattern


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finding that is on record. `people`: the keys of their groups as they are linked now."""

    pattern: Pattern
    views: frozenset[str]
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Release:
    """A hold that Legal released, by its reference, and the looks that Legal had before them."""

    hold: str
    released_at: datetime
    views: frozenset[str]


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A finding to act on.

    `names`: the hold whose release reviewed some of its looks. `widens`: the finding on record has just these looks and too few
    people (a link came after it): the people join that one, which has the same key.
    """

    found: Found
    names: str | None = None
    widens: bool = False


def new_findings(
    found: Iterable[Found], recorded: Iterable[Recorded], releases: Iterable[Release]
) -> tuple[NewFinding, ...]:
    """The findings to act on.

    Left out is one whose looks and people are all in one finding of the same pattern on record; and one that would hold somebody
    (or asks a manager about what in greater number would) whose looks are all among those of one release.
    Each of the rest names the latest release that reviewed any of its looks.
    """
    before, released = tuple(recorded), tuple(releases)
    return tuple(
        NewFinding(one, named_release(one, released), any(same_views(one, old) for old in before))
        for one in found
        if not any(is_within(one, old) for old in before) and not is_released(one, released)
    )


def same_views(one: Found, old: Recorded) -> bool:
    return one.pattern is old.pattern and one.views == old.views


def is_within(one: Found, old: Recorded) -> bool:
    """Whether a finding says nothing that the one on record does not."""
    return one.pattern is old.pattern and one.views <= old.views and old.people.issuperset(one.people)


def is_released(one: Found, releases: Iterable[Release]) -> bool:
    """Whether Legal has had all its looks before them at once, and let them be."""
    return one.pattern in MAY_HOLD and any(one.views <= release.views for release in releases)


def named_release(one: Found, releases: Iterable[Release]) -> str | None:
    """The latest release that reviewed any of its looks; the same whatever the order."""
    if one.pattern not in MAY_HOLD:
        return None
    of_these = [release for release in releases if release.views & one.views]
    return max(of_these, key=lambda release: (release.released_at, release.hold)).hold if of_these else None


MAY_HOLD = frozenset({Pattern.REPEAT_VIEWING, Pattern.FAMILY_CLUSTER, Pattern.SHARED_PROFILE, Pattern.PRESENCE_DRIP})
