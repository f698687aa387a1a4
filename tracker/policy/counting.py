"""What is counted: views, searches for a profile, and the factors that make even a first look systematic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tracker.policy.facts import CheckFacts, Request, View
from tracker.policy.periods import has_happened, in_last_days
from tracker.policy.records import past
from tracker.policy.vocabulary import CodeFactor, ViewFooting

VIEWS = ("now", "views.at", "views.footing")
COUNTED_VIEWS = (*VIEWS, "counted_from")


NOT_COUNTED = (ViewFooting.CONSENT, ViewFooting.PRESENCE_SEARCH)


def past_views(facts: CheckFacts) -> list[View]:
    """The views and searches that exist by now."""
    return past(facts.views, facts.now)


def counted_views(facts: CheckFacts) -> list[View]:
    """The views that count against a single viewing: on any footing but consent, in the episode that is counted.

    A `counted_from` in the future is a new episode that has not begun, and resets nothing yet.
    """
    start = facts.counted_from if has_happened(facts.counted_from, facts.now) else None
    return [
        view for view in past_views(facts) if view.footing not in NOT_COUNTED and (start is None or view.at >= start)
    ]


def presence_searches(facts: CheckFacts, *, days: int | None = None) -> list[View]:
    """The searches for a profile, in the last `days` or in all; no new episode resets them."""
    return [
        search
        for search in past_views(facts)
        if search.footing is ViewFooting.PRESENCE_SEARCH and (days is None or in_last_days(search.at, facts.now, days))
    ]


def views_since(facts: CheckFacts, since: datetime, footings: Iterable[ViewFooting]) -> int:
    """How many views on these footings were made at or after an instant."""
    wanted = frozenset(footings)
    return sum(view.footing in wanted and view.at >= since for view in past_views(facts))


SYSTEMATIC = (CodeFactor.BUILDS_PROFILE, CodeFactor.PATTERN_OF_LIFESTYLE, CodeFactor.REPEATED_VIEWING)


def systematic_factors(request: Request) -> list[CodeFactor]:
    """The factors that make even a first look more than preliminary (Code paras 3.15 and 3.16)."""
    return [factor for factor in SYSTEMATIC if factor in request.code_factors]
