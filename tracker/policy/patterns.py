"""Which viewings form a pattern: what no single check shows, because each of them was within the rules.

Each pattern is a pure function over the looks of some people as the ledger counts them now. What it finds is a `Found`: its
rule, its looks, whom it is about, and what follows. Source: Code paras 3.15 and 3.16, systematic collection; policy.md, "A hold".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.policy.vocabulary import Reviewed, ViewFooting


class Pattern(StrEnum):
    """The patterns, by their stable ids."""

    REPEAT_VIEWING = "repeat_viewing"
    FAMILY_CLUSTER = "family_cluster"
    SHARED_PROFILE = "shared_profile"
    PRESENCE_DRIP = "presence_drip"
    COLLATERAL = "collateral"
    LATE_LOGGING = "late_logging"
    HANDED_BACK = "handed_back"
    AUTHORITY_GAP = "authority_gap"
    UNREVIEWED = "unreviewed"
    UNREPORTED = "unreported"


class Effect(StrEnum):
    """What follows from a finding."""

    HOLD = "hold"  # a hold on everyone in it, and a referral
    REFERRAL = "referral"
    POSSIBLE_ERROR = "possible_error"  # a referral marked as a possible reportable error
    TASK = "task"


@dataclass(frozen=True, slots=True)
class PatternView:
    """One look as it counts for one person now. A permit is there from its issue; what was struck or not used is not.

    `person` and `page` are the keys of groups: for whom it counts, and whose page was opened. `at` is the start of the sitting
    (until reported, the issue); `recorded_at` when the look, late or not, was first recorded. `profiles` are the addresses that
    the check named, as `platform:handle`.
    """

    look: str
    person: str
    page: str
    at: datetime
    recorded_at: datetime
    by: str
    team: str
    footing: ViewFooting
    reviewed: Reviewed | None = None
    late: bool = False
    profiles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `views` are references of looks; `people` keys of groups, sorted; `worker` whom a task is about, if anybody."""

    pattern: Pattern
    effect: Effect
    views: frozenset[str]
    people: tuple[str, ...]
    text: str
    worker: str | None = None

    @property
    def key(self) -> str:
        """Its rule and its set of views: what makes two findings one."""
        return f"{self.pattern.value}:{','.join(sorted(self.views))}"
