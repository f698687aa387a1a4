"""What a run of cases has reached, and what it must reach for its silence to mean anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from .second_reading.footings import GIVES
from .second_reading.stops import LIFTS

Seen = tuple[str, str, Any]

BY_STOPS: set[Seen] = {("stop", rule, applied) for rule in LIFTS for applied in (True, False)}
BY_FOOTINGS: set[Seen] = {("footing", rule, stood) for rule in GIVES for stood in (True, False)}
ONLY_PERMITTED = {"consent", "ripa_authorisation"}
BY_DECIDERS: set[Seen] = {("decided", rule, "permitted") for rule in GIVES} | {
    ("decided", rule, "needs_manager_approval") for rule in GIVES if rule not in ONLY_PERMITTED
}
BY_BLOCKS: set[Seen] = {
    ("decided", "none", outcome) for outcome in ("blocked_legal_advice", "blocked_court_authorisation", "refused")
}
EVERYTHING: set[Seen] = BY_STOPS | BY_FOOTINGS | BY_DECIDERS | BY_BLOCKS


class Coverage:
    """Counts decisions by what each shows. `number` is how many were seen."""

    def __init__(self) -> None:
        self.number = 0
        self.seen: Counter[Seen] = Counter()

    def see(self, decision: Mapping[str, Any]) -> None:
        """Count one decision, as JSON."""
        self.number += 1
        applied = {stop["rule"] for stop in decision["stops"]}
        self.seen.update(("stop", rule, rule in applied) for rule in LIFTS)
        self.seen.update(("footing", each["rule"], each["stands"]) for each in decision["footings"])
        self.seen[("decided", decision["footing"] or "none", decision["outcome"])] += 1

    def missing(self, wanted: Collection[Seen] = frozenset(EVERYTHING)) -> list[Seen]:
        """What was wanted and never seen."""
        return sorted(set(wanted) - set(self.seen), key=str)
