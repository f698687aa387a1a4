"""What the patterns see and what they give: frozen facts, as the ledger counts them now, and what was found in them.

People are named by the key of their group (linked records are one person), looks, checks and holds by their references, so that
every sentence made of them can be read by a court and shown to anybody who may see the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    TASK = "task"  # for a manager


@dataclass(frozen=True, slots=True)
class PatternView:
    """One look as it counts for one person now. A permit is there from its issue; what was struck or not used is not.

    `person` and `page` are the keys of groups: for whom it counts, and whose page was opened. `at` is the start of the sitting
    (until reported, the issue); `recorded_at` when the look, late or not, was first recorded. `profiles` are the addresses that
    the check named, as `platform:handle`. A look that counts for two people is there twice, and is one look.
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
    profiles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AlsoSeen:
    """`person` was reported as also seen, during a look `at` that moment. `about`: everyone whom its check was about."""

    person: str
    look: str
    check: str
    at: datetime
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class IssuedPermit:
    """A permit, whatever became of it. `people`: everyone its check was about. `result`: as reported, with `reported_at`, or None."""

    look: str
    people: frozenset[str]
    worker: str
    team: str
    issued_at: datetime
    result: str | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoodOn:
    """What a view stood on, and whether, on what is recorded now, that still stood at the minute of viewing.

    `why_not`: a whole sentence that says what was missing, without what Legal concluded; empty where it stood.
    """

    look: str
    person: str
    at: datetime
    footing: ViewFooting
    stood: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A report or review that is still waited for. It is overdue from `due_at` on; that instant is worked out by the caller."""

    look: str
    people: frozenset[str]
    worker: str
    team: str
    at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PatternFacts:
    """All that a pattern may see. The order of no list matters.

    `networks`: for each person, themself and everyone within one step of family and household; who is not named stands alone, and
    who is named with nobody is not judged as the centre of a network. `counted_from`: from when Legal lets a person's views count.
    `permits`: all permits for the people in question; `team_permits`: all those of whole teams, by which the rate of a worker is
    judged, in windows that end at `rates_from` or later (None: in all). `responses`: looks in danger, and looks approved by
    telephone, that no manager has reviewed yet. `outcomes`: permits that have run out, with no outcome yet.
    """

    now: datetime
    views: tuple[PatternView, ...] = ()
    networks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    counted_from: Mapping[str, datetime] = field(default_factory=dict)
    also_seen: tuple[AlsoSeen, ...] = ()
    permits: tuple[IssuedPermit, ...] = ()
    team_permits: tuple[IssuedPermit, ...] = ()
    rates_from: datetime | None = None
    stood_on: tuple[StoodOn, ...] = ()
    responses: tuple[Awaited, ...] = ()
    outcomes: tuple[Awaited, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `views` are references of looks; `people` keys of groups, sorted.

    `worker` is whom a task is about, if anybody; `team` whose managers a task waits for.
    """

    pattern: Pattern
    effect: Effect
    views: frozenset[str]
    people: tuple[str, ...]
    text: str
    worker: str | None = None
    team: str | None = None

    @property
    def key(self) -> str:
        """Its rule and its set of views: what makes two findings one."""
        return f"{self.pattern.value}:{','.join(sorted(self.views))}"
