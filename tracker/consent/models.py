"""Tables of consents, notices and objections. Each carries when it happened and when it was recorded; nothing is edited."""

from datetime import date, datetime

from sqlalchemy import String
from sqlmodel import Field

from tracker.consent.vocabulary import HowGiven
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, listed, reference, to, words


class Consent(Table, table=True):
    """One thing that was said: agreement, refusal or withdrawal, by whom, in what words, for what.

    `giver_id` is the record of whoever said it for the person, where they are family on record; `giver_name` their name as it was.
    `disagreement` marks the refusal that the service records where two who may consent for a child disagree.
    """

    __tablename__ = "consent"
    __table_args__ = (
        one_of("status", ConsentStatus),
        one_of("given_by", GivenBy),
        one_of("competence", Competence),
        one_of("how_given", HowGiven),
        rule("ends_only_if_given", "(status = 'given') = (until_on IS NOT NULL)"),
        rule("happened_before_recorded", "at <= recorded_at"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    person_id: int = to("person.id")
    team_id: int = to("team.id")
    status: str = code()
    at: datetime = instant(index=True)
    until_on: date | None = Field(default=None, index=True)
    platforms: list[str] | None = listed()
    purposes: list[str] | None = listed()
    given_by: str = code()
    giver_name: str = Field(sa_type=String(120))
    giver_id: int | None = to("person.id", nullable=True)
    competence: str = code()
    competence_words: str = words()
    wording: str = words()
    language: str = Field(sa_type=String(60))
    how_given: str = code()
    how_received: str = words()
    right_to_refuse_explained: bool
    witness: str | None = Field(default=None, sa_type=String(120), nullable=True)
    disagreement: bool = False
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)


class Notice(Table, table=True):
    """What the person was told: specifically, of looks at their social media, or generally, in a leaflet."""

    __tablename__ = "notice"
    __table_args__ = (
        one_of("kind", NoticeKind),
        one_of("how_given", HowGiven),
        rule("happened_before_recorded", "at <= recorded_at"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    person_id: int = to("person.id")
    team_id: int = to("team.id")
    kind: str = code()
    at: datetime = instant(index=True)
    until_on: date = Field(index=True)
    platforms: list[str] | None = listed()
    purposes: list[str] | None = listed()
    wording: str = words()
    language: str = Field(sa_type=String(60))
    how_given: str = code()
    how_received: str = words()
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)


class Objection(Table, table=True):
    """An objection to what a notice announced (UK GDPR article 21), with the reply."""

    __tablename__ = "objection"
    __table_args__ = (
        rule("happened_before_recorded", "at <= recorded_at"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    notice_id: int = to("notice.id")
    at: datetime = instant()
    wording: str = words()
    reply: str | None = words(nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)
