"""When a permit ends: at its own end, or when what its footing rests on ends, whichever is earlier. Pure.

The rules themselves are asked, so that this can never say otherwise than they do: on the same facts, at each instant at which
time alone can change the answer, does the footing still stand? Source: policy.md, "A permit allows one sitting".
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from tracker.clockwork.working_days import end_of_day, end_of_working_day
from tracker.policy.decide import decide
from tracker.policy.facts import CheckFacts
from tracker.policy.limits import Limits
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Footing, Outcome


def own_end(footing: Footing, limits: Limits, *, now: datetime) -> datetime:
    """When a permit issued `now` on this footing ends of itself: hours after it in danger, else the end of a working day."""
    if footing is Footing.IMMEDIATE_RESPONSE:
        return now + timedelta(hours=limits.danger_permit_hours)
    return end_of_working_day(now, limits.permit_working_days)


def permit_end(facts: CheckFacts, footing: Footing, limits: Limits) -> datetime:
    """When a permit issued at `facts.now` ends for the person whom these facts are about; the permit itself is over then.

    `footing` is the one that decided. The facts are those of the decision, the manager's approval included.
    """
    latest = own_end(footing, limits, now=facts.now)
    ends = (
        instant for instant in change_points(facts, limits, until=latest) if not _holds(facts, footing, limits, instant)
    )
    return next(ends, latest)


def change_points(facts: CheckFacts, limits: Limits, *, until: datetime) -> list[datetime]:
    """The instants after `facts.now` and before `until` at which time alone can change the answer, in order.

    The midnights of London, where dates end and begin; whatever is dated ahead; and where an order that was only reported
    has been waiting too long for its sealed copy.
    """
    points = set(_midnights(facts.now, until)) | set(_instants(facts)) | set(_unsealed_ends(facts, limits))
    return sorted(point for point in points if facts.now < point < until)


def _holds(facts: CheckFacts, footing: Footing, limits: Limits, at: datetime) -> bool:
    decision = decide(replace(facts, now=at), limits)
    stands = next(reason.stands for reason in decision.footings if reason.rule is footing)
    return stands and decision.outcome is Outcome.PERMITTED


def _midnights(now: datetime, until: datetime) -> Iterator[datetime]:
    midnight = end_of_day(london_day(now))
    while midnight < until:
        yield midnight
        midnight = end_of_day(london_day(midnight))


def _instants(facts: CheckFacts) -> Iterator[datetime]:
    for part in fields(facts):
        value: Any = getattr(facts, part.name)
        for record in value if isinstance(value, tuple) else ():
            for column in fields(record):
                instant = getattr(record, column.name)
                if isinstance(instant, datetime):
                    yield instant


def _unsealed_ends(facts: CheckFacts, limits: Limits) -> Iterator[datetime]:
    wait = timedelta(hours=limits.unsealed_order_hours)
    return (order.reported_at + wait for order in facts.court_orders if order.reported_at is not None)
