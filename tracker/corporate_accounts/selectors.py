"""Queries over the register of the council's own profiles."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.corporate_accounts.models import CorporateProfile, CorporateProfileUser
from tracker.staff.models import StaffMember
from tracker.storage.kept import kept
from tracker.storage.tables import NoSuchRecordError, saved_key


@dataclass(frozen=True, slots=True)
class ProfileUser:
    """A member of staff who may, might or once could use a profile."""

    use: CorporateProfileUser
    name: str
    staff_reference: str


def get_profile(session: Session, reference: str) -> CorporateProfile:
    """The corporate profile with that reference. Raises `NoSuchRecordError`."""
    found = find_profile(session, reference)
    if found is None:
        raise NoSuchRecordError("there is no such corporate profile")
    return found


def find_profile(session: Session, reference: str) -> CorporateProfile | None:
    """The corporate profile with that reference, or None."""
    return session.exec(select(CorporateProfile).where(CorporateProfile.reference == reference)).first()


def may_use(session: Session, profile_id: int, staff_id: int, at: datetime) -> bool:
    """Whether that member of staff may use that profile at the instant `at`: registered, open, and allowed to them then."""
    query = _usable(at).where(CorporateProfile.id == profile_id, CorporateProfileUser.staff_id == staff_id)
    return session.exec(query).first() is not None


def list_profiles_of(session: Session, staff_id: int, at: datetime) -> tuple[CorporateProfile, ...]:
    """The profiles that a member of staff may use at the instant `at`, by platform and name."""
    query = _usable(at).where(CorporateProfileUser.staff_id == staff_id).distinct()
    return tuple(session.exec(query.order_by(col(CorporateProfile.platform), col(CorporateProfile.handle))))


def list_users_of(session: Session, profile_id: int, at: datetime) -> tuple[StaffMember, ...]:
    """The members of staff who may use a profile at the instant `at`, by name: whom a requester can name to look."""
    allowed = _usable(at).where(CorporateProfile.id == profile_id).with_only_columns(col(CorporateProfileUser.staff_id))
    query = select(StaffMember).where(col(StaffMember.id).in_(allowed))
    return tuple(session.exec(query.order_by(col(StaffMember.name), col(StaffMember.id))))


def list_open_profiles(session: Session, at: datetime) -> tuple[CorporateProfile, ...]:
    """The profiles that are not closed at the instant `at`, by platform and name: what a check is asked with."""
    return kept(session, ("list_open_profiles", at), lambda: tuple(session.exec(_open_at(), params={"at": at})))


@cache
def _open_at() -> SelectOfScalar[CorporateProfile]:
    closed_at = col(CorporateProfile.closed_at)
    standing = select(CorporateProfile).where(or_(closed_at.is_(None), closed_at > bindparam("at")))
    return standing.order_by(col(CorporateProfile.platform), col(CorporateProfile.handle))


def list_register(session: Session) -> tuple[tuple[CorporateProfile, tuple[ProfileUser, ...]], ...]:
    """Every profile, closed ones included, with everybody who may or could use it: what inspectors ask for."""
    order = col(CorporateProfile.platform), col(CorporateProfile.handle)
    profiles = session.exec(select(CorporateProfile).order_by(*order)).all()
    return tuple((profile, list_profile_users(session, profile)) for profile in profiles)


def list_profile_users(session: Session, profile: CorporateProfile) -> tuple[ProfileUser, ...]:
    """Everybody who may, might or once could use the profile, by name."""
    query = select(CorporateProfileUser, StaffMember).join(
        StaffMember, col(StaffMember.id) == col(CorporateProfileUser.staff_id)
    )
    query = query.where(CorporateProfileUser.profile_id == saved_key(profile))
    rows = session.exec(query.order_by(col(StaffMember.name), col(CorporateProfileUser.from_at))).all()
    return tuple(ProfileUser(use, member.name, member.reference) for use, member in rows)


def _usable(at: datetime) -> SelectOfScalar[CorporateProfile]:
    uses = col(CorporateProfileUser.profile_id) == col(CorporateProfile.id)
    staff = col(StaffMember.id) == col(CorporateProfileUser.staff_id)
    return (
        select(CorporateProfile)
        .join(CorporateProfileUser, uses)
        .join(StaffMember, staff)
        .where(
            col(CorporateProfile.registered_at) <= at,
            col(CorporateProfileUser.from_at) <= at,
            _not_ended_by(col(CorporateProfileUser.until_at), at),
            _not_ended_by(col(CorporateProfile.closed_at), at),
            _not_ended_by(col(StaffMember.closed_at), at),
        )
    )


def _not_ended_by(column: Mapped[datetime | None], at: datetime) -> ColumnElement[bool]:
    return or_(column.is_(None), column > at)
