"""Tables of the ledger. A permit counts from the moment of its issue; silence never gives it back."""

from datetime import date, datetime

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlmodel import Field

from tracker.policy.vocabulary import Platform, Reviewed, ViewFooting, Visibility
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, listed, reference, to, words
from tracker.viewings.vocabulary import TOLD_AFTERWARDS, LookResult, SightingKind, Told

_LATE = text("issued_at IS NULL")
_HANDED_BACK = text("result IN ('not_used', 'not_found', 'not_open', 'would_not_load')")
"""As the statements of the sweep have it: then neither database reads the other looks."""

WILL_BE_TOLD = text("told = 'will_be_told'")
"""Of a `CaseReport`, as the clock of tellings has it, for the same reason."""


DIGEST = "length(evidence_sha256) = 64 AND ltrim(evidence_sha256, '0123456789abcdef') = ''"
"""A SHA-256 as it is written: both databases take every such digit from the front, and nothing else may be left."""


class Look(Table, table=True):
    """One sitting by one viewer: a permit (`issued_at` to `ends_at`) or, without those, a late entry.

    `opened_at` is the start of the sitting, once reported (`reported_at` is when it was recorded). A `result` that takes the view out of
    the count does so from `result_counts_from`: when it was reported, or when a manager confirmed it.
    """

    __tablename__ = "look"
    __table_args__ = (
        one_of("result", LookResult),
        one_of("reviewed", Reviewed),
        rule("permit_whole", "(issued_at IS NULL) = (ends_at IS NULL)"),
        rule("ends_after_it_begins", "ends_at IS NULL OR ends_at > issued_at"),
        rule("late_entry_says_when", "issued_at IS NOT NULL OR opened_at IS NOT NULL"),
        rule("closed_after_opened", "closed_at IS NULL OR closed_at >= opened_at"),
        rule("reported_whole", "(result IS NULL) = (reported_at IS NULL)"),
        rule("counts_once_reported", "result_counts_from IS NULL OR reported_at IS NOT NULL"),
        rule("reviewed_whole", "(reviewed IS NULL) = (reviewed_at IS NULL)"),
        rule("reviewed_by_somebody", "(reviewed_at IS NULL) = (reviewed_by IS NULL)"),
        rule("not_reviewed_by_viewer", "reviewed_by <> viewer_id"),
        rule("not_confirmed_by_viewer", "result_confirmed_by <> viewer_id"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
        Index("ix_look_late", "viewer_id", sqlite_where=_LATE, postgresql_where=_LATE),
        Index("ix_look_handed_back", "viewer_id", sqlite_where=_HANDED_BACK, postgresql_where=_HANDED_BACK),
    )

    id: int | None = key()
    reference: str = reference()
    check_id: int = Field(foreign_key="check_request.id", nullable=False, unique=True)
    viewer_id: int = to("staff_member.id")
    team_id: int = to("team.id")
    platforms: list[str] = listed(nullable=False)
    searched_first: bool = False
    issued_at: datetime | None = instant(nullable=True)
    ends_at: datetime | None = instant(nullable=True)
    started_at: datetime | None = instant(nullable=True)
    opened_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    result: str | None = code(nullable=True)
    reported_at: datetime | None = instant(nullable=True, index=True)
    result_counts_from: datetime | None = instant(nullable=True)
    result_confirmed_by: int | None = to("staff_member.id", nullable=True)
    reviewed: str | None = code(nullable=True)
    reviewed_at: datetime | None = instant(nullable=True)
    reviewed_by: int | None = to("staff_member.id", nullable=True)
    reviewed_why: str | None = words(nullable=True)
    recorded_at: datetime = instant()
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)
    version: int = 1


class Viewing(Table, table=True):
    """One row a person that a look counts for. `at` is the start of the sitting once reported, until then the issue.

    `because_wrong_person`: the row of whoever was looked at by mistake, where they are on record.
    """

    __tablename__ = "viewing"
    __table_args__ = (
        one_of("footing", ViewFooting),
        UniqueConstraint("look_id", "person_id"),
        Index(None, "person_id", "at"),
    )

    id: int | None = key()
    look_id: int = to("look.id")
    person_id: int = to("person.id", index=False)
    footing: str = code()
    at: datetime = instant()
    because_wrong_person: bool = False
    recorded_at: datetime = instant()


class LookReport(Table, table=True):
    """What the viewer says of a sitting. No content of anybody's page: what was looked for, whether it was found, where the evidence is."""

    __tablename__ = "look_report"
    __table_args__ = (one_of("visibility_found", Visibility), rule("digest_whole", DIGEST))

    id: int | None = key()
    look_id: int = Field(foreign_key="look.id", nullable=False, unique=True)
    visibility_found: str | None = code(nullable=True)
    others_present: str | None = words(nullable=True)
    looked_for: str | None = words(nullable=True)
    found: bool | None = None
    identified_how: str | None = words(nullable=True)
    corroborated_how: str | None = words(nullable=True)
    authentic: str | None = words(nullable=True)
    evidence_place: str | None = Field(default=None, sa_type=String(300), nullable=True)
    evidence_sha256: str | None = Field(default=None, sa_type=String(64), nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")


class AlsoSeen(Table, table=True):
    """Somebody else who was seen: by relation, and by name only where they are on the case."""

    __tablename__ = "also_seen"

    id: int | None = key()
    look_id: int = to("look.id")
    relation: str = Field(sa_type=String(80))
    person_id: int | None = to("person.id", nullable=True)
    recorded_at: datetime = instant()


class CaseReport(Table, table=True):
    """What the requester says of a look: what it means for the case, who was told and when, whether they could answer.

    `shared_words`: what they said of it, or why it was not shared. Reports from before the days were asked have none.
    """

    __tablename__ = "case_report"
    __table_args__ = (
        one_of("told", Told),
        rule("told_on_where_told", "told_on IS NULL OR told = 'told'"),
        rule("shared_on_where_shared", "shared_on IS NULL OR shared"),
        rule("not_shared_with_reason", "shared OR shared_words IS NOT NULL"),
        Index("ix_case_report_will_be_told", "recorded_at", sqlite_where=WILL_BE_TOLD, postgresql_where=WILL_BE_TOLD),
    )

    id: int | None = key()
    check_id: int = Field(foreign_key="check_request.id", nullable=False, unique=True)
    meaning: str = words()
    told: str = code()
    told_on: date | None = None
    told_words: str | None = words(nullable=True)
    shared: bool
    shared_on: date | None = None
    shared_words: str | None = words(nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")


class Telling(Table, table=True):
    """What became of it where a `CaseReport` said that the person will be told: once for a check, and never edited.

    They were told on a day, how (`told_words`) and by whom, in words; or an exemption applies after all, and why (`told_words`). With it,
    where it was shared with them since: the day, and what they said of it.
    """

    __tablename__ = "telling"
    __table_args__ = (
        one_of("told", TOLD_AFTERWARDS),
        rule("told_with_day", "(told = 'told') = (told_on IS NOT NULL)"),
        rule("told_by_somebody", "(told = 'told') = (told_by IS NOT NULL)"),
        rule("answered_where_shared", "shared_on IS NOT NULL OR shared_words IS NULL"),
    )

    id: int | None = key()
    check_id: int = Field(foreign_key="check_request.id", nullable=False, unique=True)
    told: str = code()
    told_on: date | None = None
    told_by: str | None = Field(default=None, sa_type=String(80), nullable=True)
    told_words: str = words()
    shared_on: date | None = None
    shared_words: str | None = words(nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")


class Sighting(Table, table=True):
    """Something seen without a search: kept, shown, not counted. Going back to it is a view."""

    __tablename__ = "sighting"
    __table_args__ = (
        one_of("kind", SightingKind),
        one_of("platform", Platform),
        rule("happened_before_recorded", "at <= recorded_at"),
    )

    id: int | None = key()
    reference: str = reference()
    person_id: int = to("person.id")
    team_id: int = to("team.id")
    kind: str = code()
    platform: str = code()
    at: datetime = instant()
    brought_by: str | None = Field(default=None, sa_type=String(80), nullable=True)
    what_for: str = words()
    evidence_place: str | None = Field(default=None, sa_type=String(300), nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
