"""Queries over authorities: the facts that rules see, and finding one record."""

from tracker.authorities.selectors.as_facts import (
    advice_as_facts,
    approved_at,
    court_orders_as_facts,
    last_day_of,
    list_hearings,
    next_review_on,
    non_ripa_as_facts,
    platforms_of,
    purposes_of,
    ripa_as_facts,
)
from tracker.authorities.selectors.finding import (
    Authority,
    get_advice,
    get_non_ripa,
    get_order,
    get_ripa,
    list_named,
)

__all__ = [
    "Authority",
    "advice_as_facts",
    "approved_at",
    "court_orders_as_facts",
    "get_advice",
    "get_non_ripa",
    "get_order",
    "get_ripa",
    "last_day_of",
    "list_hearings",
    "list_named",
    "next_review_on",
    "non_ripa_as_facts",
    "platforms_of",
    "purposes_of",
    "ripa_as_facts",
]
