"""Tables of referrals and holds."""

from datetime import datetime

from sqlalchemy import String
from sqlmodel import Field

from tracker.referrals.vocabulary import Finding, ReferralKind, ReferralPlace
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, reference, to, words


class Referral(Table, table=True):
    """A flagged case. A blocked check waits first for a manager, who endorses it to Legal or closes it.

    `with_legal_at`: since when it has been Legal's to see, whatever became of it. `asked_by`: the manager who asked Legal to seal a
    record; of every other case it is in the trail who opened it.
    """

    __tablename__ = "referral"
    __table_args__ = (
        one_of("kind", ReferralKind),
        one_of("place", ReferralPlace),
        one_of("finding", Finding),
        rule("endorsed_whole", "(endorsed_at IS NULL) = (endorsement IS NULL)"),
        rule("endorsed_by_somebody", "(endorsed_at IS NULL) = (endorsed_by IS NULL)"),
        rule("taken_by_somebody", "(taken_at IS NULL) = (taken_by IS NULL)"),
        rule("closed_whole", "(place = 'closed') = (closed_at IS NOT NULL)"),
        rule("closed_with_reason", "(closed_at IS NULL) = (closed_why IS NULL)"),
        rule("closed_by_somebody", "(closed_at IS NULL) = (closed_by IS NULL)"),
        rule("with_legal_since", "place <> 'legal' OR with_legal_at IS NOT NULL"),
        rule("check_unless_pattern", "kind IN ('pattern', 'sealed', 'seal_asked') OR check_id IS NOT NULL"),
        rule("asked_by_somebody", "(kind = 'seal_asked') = (asked_by IS NOT NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    kind: str = code()
    check_id: int | None = to("check_request.id", nullable=True)
    place: str = code(index=True)
    why: str = words()
    opened_at: datetime = instant()
    asked_by: int | None = to("staff_member.id", nullable=True)
    needed_by: datetime = instant()
    with_legal_at: datetime | None = instant(nullable=True)
    endorsed_at: datetime | None = instant(nullable=True)
    endorsed_by: int | None = to("staff_member.id", nullable=True)
    endorsement: str | None = words(nullable=True)
    taken_at: datetime | None = instant(nullable=True)
    taken_by: int | None = to("staff_member.id", nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    closed_by: int | None = to("staff_member.id", nullable=True)
    closed_why: str | None = words(nullable=True)
    finding: str | None = code(nullable=True)
    version: int = 1


class ReferralPerson(Table, table=True):
    """A person whom a referral is about."""

    __tablename__ = "referral_person"

    referral_id: int = Field(foreign_key="referral.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class Hold(Table, table=True):
    """A hold on one person: blocks every check on them that nothing lifts. Released only by Legal, with a reason."""

    __tablename__ = "hold"
    __table_args__ = (
        rule("happened_before_recorded", "at <= recorded_at"),
        rule("released_whole", "(released_at IS NULL) = (released_why IS NULL)"),
        rule("released_by_somebody", "(released_at IS NULL) = (released_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    person_id: int = to("person.id")
    pattern: str = Field(sa_type=String(60))
    at: datetime = instant()
    why: str = words()
    referral_id: int | None = to("referral.id", nullable=True)
    placed_by: int | None = to("staff_member.id", nullable=True)
    recorded_at: datetime = instant()
    released_at: datetime | None = instant(nullable=True)
    released_by: int | None = to("staff_member.id", nullable=True)
    released_why: str | None = words(nullable=True)
