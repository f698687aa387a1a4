"""Weighing: what stands, what stops, and what comes of both. One small function, so that it can be tried exhaustively."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.policy.vocabulary import STRICTNESS, Approval, Footing, Outcome, Stop, strictest

FOOTINGS_IN_ORDER = tuple(Footing)


class Stopping(Protocol):
    """What the weighing needs to know of a stop that is triggered."""

    @property
    def id(self) -> Stop: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def lifted_by(self) -> frozenset[Footing]: ...


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome, the footing that decided (None when blocked or stopped), and the stops that apply."""

    outcome: Outcome
    footing: Footing | None
    stops: tuple[Stop, ...]


def weigh(
    triggered: Iterable[Stopping],
    given: Sequence[Outcome | None],
    approval: Approval | None,
    said_to_be_surveillance: bool,
) -> Weighed:
    """Weigh the triggered stops against what each of the nine footings gives, in their order, or None.

    A standing footing's result is the strictest of what it gives and of the stops that it does not lift. The least
    strict result decides; between equals, the first. A manager's approval is applied last, and never lifts a block.
    """
    stops = tuple(triggered)
    best: tuple[int, Footing, Outcome, tuple[Stopping, ...]] | None = None
    for footing, gives in zip(FOOTINGS_IN_ORDER, given, strict=True):
        if gives is None:
            continue
        rest = tuple(stop for stop in stops if footing not in stop.lifted_by)
        result = strictest([gives, *(stop.outcome for stop in rest)])
        if best is None or STRICTNESS[result] < best[0]:
            best = STRICTNESS[result], footing, result, rest
    if best is None:
        block = Outcome.BLOCKED_COURT_AUTHORISATION if said_to_be_surveillance else Outcome.BLOCKED_LEGAL_ADVICE
        return Weighed(strictest([block, *(stop.outcome for stop in stops)]), None, ids(stops))
    _, footing, result, rest = best
    if rest:
        return Weighed(result, None, ids(rest))
    return Weighed(approved(result, approval), footing, ())


def approved(result: Outcome, approval: Approval | None) -> Outcome:
    """What a manager's approval makes of a result: it only ever lets a look go ahead that was waiting for one."""
    if result is Outcome.NEEDS_MANAGER_APPROVAL and approval is Approval.APPROVED:
        return Outcome.PERMITTED
    return result


def ids(stops: Iterable[Stopping]) -> tuple[Stop, ...]:
    return tuple(stop.id for stop in stops)
