"""The council's limits: caution thresholds and clocks, with their ranges.

The law gives no number for any of them. Each council proposes its own, and its legal reviewer and Senior Responsible
Officer sign them; until then the shipped defaults are in force.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from tracker.policy.reading import named, shown
from tracker.policy.vocabulary import Footing

CAUTION_THRESHOLD = "caution threshold set by your council; the law gives no number"

RULES_RELEASE = "4"


class LimitsError(ValueError):
    """The limits cannot be used. As text: one line, `name: what is wrong`."""


@dataclass(frozen=True, slots=True)
class LimitDescription:
    """One limit: whole numbers from `lowest` to `highest`, or, where these are None, true or false.

    `used_by` are the footings that look at it; empty for the clocks and screens.
    """

    name: str
    default: int | bool
    lowest: int | None
    highest: int | None
    sentence: str
    used_by: tuple[Footing, ...]

    def read(self, value: object) -> int | bool:
        """The value, if it may stand. Raises LimitsError."""
        if self.lowest is None or self.highest is None:
            if isinstance(value, bool):
                return value
            raise LimitsError(f"{self.name}: true or false is needed, not {shown(value)}")
        if type(value) is int and self.lowest <= value <= self.highest:
            return value
        raise LimitsError(f"{self.name}: a whole number from {self.lowest} to {self.highest} is needed")


def number(default: int, lowest: int, highest: int, sentence: str, used_by: Iterable[Footing] = ()) -> int:
    return field(default=default, metadata=described(default, lowest, highest, sentence, used_by))


def switch(default: bool, sentence: str, used_by: Iterable[Footing]) -> bool:
    return field(default=default, metadata=described(default, None, None, sentence, used_by))


def described(
    default: int | bool, lowest: int | None, highest: int | None, sentence: str, used_by: Iterable[Footing]
) -> dict[str, Any]:
    return {
        "default": default,
        "lowest": lowest,
        "highest": highest,
        "sentence": sentence,
        "used_by": tuple(used_by),
    }


SEARCHES = (Footing.PRESENCE_SEARCH, Footing.OPEN_SOURCE)


@dataclass(frozen=True, slots=True)
class Limits:
    """All the limits in force at one moment."""

    notice_view_limit: int = number(
        3, 1, 10, "How many views one specific notice can carry before Legal must be asked.", [Footing.NOTICE]
    )
    presence_search_limit: int = number(
        3, 1, 10, "How many searches for a profile of one person may be made in the window of days.", SEARCHES
    )
    presence_search_days: int = number(
        28, 7, 365, "The window, in days, in which searches for a profile are counted.", SEARCHES
    )
    presence_search_total: int = number(
        6, 1, 50, "How many searches for a profile of one person may be made in all.", SEARCHES
    )
    presence_search_platforms: int = number(
        5, 1, 20, "How many platforms one search for a profile may take in.", [Footing.PRESENCE_SEARCH]
    )
    emergency_window_days: int = number(
        7,
        1,
        28,
        "For how many days an earlier look in danger counts against another one on the same facts.",
        [Footing.IMMEDIATE_RESPONSE],
    )
    single_viewing_platforms: int = number(
        3, 1, 20, "How many platforms a single open-source viewing may take in.", [Footing.OPEN_SOURCE]
    )
    unsealed_order_hours: int = number(
        72,
        1,
        120,
        "For how many hours a court's order can be used while only reported, before its sealed copy is seen.",
        [Footing.COURT_ORDER],
    )
    child_first_look_needs_approval: bool = switch(
        True,
        "Whether a manager approves the single viewing of somebody under 18, of unknown age or who may lack capacity.",
        [Footing.OPEN_SOURCE],
    )
    non_ripa: bool = switch(
        False, "Whether the council uses non-RIPA authorisations at all.", [Footing.NON_RIPA_AUTHORISATION]
    )
    sitting_minutes: int = number(60, 5, 240, "How many minutes one sitting may last.")
    permit_working_days: int = number(
        1, 0, 3, "For how many working days a permit runs: 1 is to the end of the next working day."
    )
    danger_permit_hours: int = number(4, 1, 24, "For how many hours a permit runs that was issued in danger.")
    outcome_due_hours: int = number(24, 1, 72, "Within how many hours of a look its outcome is to be reported.")
    consent_default_months: int = number(6, 1, 12, "For how many months a consent is recorded unless said otherwise.")
    notice_default_months: int = number(6, 1, 12, "For how many months a notice is recorded unless said otherwise.")
    advice_default_days: int = number(28, 1, 90, "For how many days advice is recorded unless Legal says otherwise.")
    review_default_days: int = number(
        28, 1, 31, "After how many days an authorisation is to be reviewed unless the authorising officer says sooner."
    )
    repeat_viewing_views: int = number(
        2, 2, 5, "How many looks at one person, on a footing that carries a single look, are repeat viewing."
    )
    family_cluster_days: int = number(28, 7, 365, "The window, in days, in which looks at one network are counted.")
    family_cluster_views: int = number(
        3, 2, 10, "How many looks at one network are a cluster where two or more teams made them."
    )
    family_cluster_views_one_team: int = number(
        4, 2, 20, "How many looks at one network are a cluster whoever made them."
    )
    presence_drip_searches: int = number(
        6, 2, 50, "How many searches for profiles in one network are a drip of searches."
    )
    presence_drip_days: int = number(
        84, 7, 365, "The window, in days, in which searches for profiles in one network are counted."
    )
    collateral_checks: int = number(
        3, 2, 20, "In how many checks of others somebody is also seen before Legal is asked about it."
    )
    collateral_days: int = number(
        84, 7, 365, "The window, in days, in which checks that also saw somebody are counted."
    )
    late_logging_views: int = number(3, 2, 20, "How many looks that one worker recorded late are put to their manager.")
    late_logging_hours: int = number(24, 1, 168, "After how many hours a look was recorded late.")
    late_logging_days: int = number(28, 7, 365, "The window, in days, in which looks recorded late are counted.")
    handed_back_permits: int = number(
        3, 2, 20, "How many permits for one person, handed back without a look, are put to a manager."
    )
    handed_back_days: int = number(
        28, 7, 365, "The window, in days, in which permits handed back for one person are counted."
    )
    handed_back_rate: int = number(
        3, 2, 20, "How many times the rate of their team a worker hands permits back before it is put to a manager."
    )
    handed_back_least: int = number(
        5, 2, 50, "How many permits a worker has handed back, at the least, before their rate is compared."
    )
    handed_back_rate_days: int = number(
        84, 7, 365, "The window, in days, in which the rates of handing permits back are compared."
    )


LIMITS: tuple[LimitDescription, ...] = tuple(
    LimitDescription(name=part.name, **part.metadata) for part in fields(Limits)
)

SHIPPED = Limits()


def read_limits(mapping: Mapping[str, Any]) -> Limits:
    """The limits in a table of settings; what is not named has its default.

    Raises LimitsError, one line naming the limit, for an unknown name, a wrong type or a value out of range.
    """
    known = {limit.name: limit for limit in LIMITS}
    for name in mapping:
        if name not in known:
            raise LimitsError(f"{named(name)}: there is no such limit")
    values: dict[str, Any] = {name: known[name].read(value) for name, value in mapping.items()}
    return Limits(**values)


def limits_as_json(limits: Limits) -> dict[str, int | bool]:
    """Every limit by name; `read_limits` of it gives the same limits back."""
    return asdict(limits)


def fingerprint(limits: Limits) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the limits, written in one fixed way."""
    written = json.dumps(limits_as_json(limits), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def policy_version(limits_version: str) -> str:
    """What is stored with each decision: the release of the rules, and which limits."""
    return f"{RULES_RELEASE}+{limits_version}"
