"""The register of the council's online profiles, which inspectors ask for."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field

from tracker.policy.vocabulary import Platform
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, reference, to


class CorporateProfile(Table, table=True):
    """A profile that the council opened in its own name."""

    __tablename__ = "corporate_profile"
    __table_args__ = (one_of("platform", Platform), UniqueConstraint("platform", "handle"))

    id: int | None = key()
    reference: str = reference()
    platform: str = code()
    handle: str = Field(sa_type=String(200))
    registered_at: datetime = instant()
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    closed_at: datetime | None = instant(nullable=True)
    version: int = 1


class CorporateProfileUser(Table, table=True):
    """A member of staff who may use a corporate profile, from and to; a use ended before it began has an end like its beginning."""

    __tablename__ = "corporate_profile_user"
    __table_args__ = (rule("ends_no_sooner_than_it_begins", "until_at IS NULL OR until_at >= from_at"),)

    id: int | None = key()
    profile_id: int = to("corporate_profile.id")
    staff_id: int = to("staff_member.id")
    from_at: datetime = instant()
    until_at: datetime | None = instant(nullable=True)
    recorded_by: int = to("staff_member.id")
    recorded_at: datetime = instant()
