"""What is asked of this room, frozen: forms build these, services read them."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.policy.vocabulary import Platform, Visibility
from tracker.viewings.vocabulary import LookResult, SightingKind, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOfLook:
    """What the viewer says of the sitting. `opened_at` and `closed_at` are None only where the result is `not_used`."""

    submission: str
    result: LookResult
    opened_at: datetime | None
    closed_at: datetime | None
    visibility_found: Visibility | None = None
    others_present: str | None = None
    looked_for: str | None = None
    found: bool | None = None
    also_seen: tuple[tuple[str, str | None], ...] = ()  # (relation, reference of a person on the case or None)
    wrong_person: str | None = None  # reference of whoever was looked at, where they are on record
    identified_how: str | None = None
    corroborated_how: str | None = None
    authentic: str | None = None
    evidence_place: str | None = None
    evidence_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForCase:
    """What the requester says the look means for the case, who was told, and whether they could answer.

    `told_on` is there exactly where they have been told, `shared_on` exactly where it was shared; `shared_words` is why it was not,
    or, where they said something, what.
    """

    submission: str
    meaning: str
    told: Told
    told_words: str | None
    shared: bool
    shared_words: str | None
    told_on: date | None = None
    shared_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTelling:
    """What became of it that they will be told. `told_on` and `told_by` are there exactly where they were; `words` is how they were
    told, or why the exemption applies. `shared_on`: the day on which it was shared since, None where it was not."""

    submission: str
    told: Told
    words: str
    told_on: date | None = None
    told_by: str | None = None
    shared_on: date | None = None
    shared_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSighting:
    """Something seen without a search."""

    submission: str
    person: str
    team: str
    kind: SightingKind
    platform: Platform
    at: datetime
    brought_by: str | None
    what_for: str
    evidence_place: str | None
