"""The register of the council's own profiles, for everybody signed in to read."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, has_permission
from tracker.corporate_accounts.models import CorporateProfile
from tracker.corporate_accounts.selectors import ProfileUser, list_register
from tracker.policy.vocabulary import Platform
from tracker.web.blocks import Status
from tracker.web.dates import day_in_words
from tracker.web.request import actor, now, reading
from tracker.web.words import with_capital

pages = Blueprint("corporate_accounts", __name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One profile of the register, in words."""

    platform: str
    handle: str
    reference: str
    registered_at: datetime
    status: Status
    users: tuple[str, ...]


@pages.route("/corporate-profiles")
@requires(Permission.READ_POLICY)
def register() -> str:
    """Every profile of the council's own, closed ones too, and who may use each."""
    with reading() as session:
        entries = [entry_of(profile, users, now()) for profile, users in list_register(session)]
    may_change = has_permission(actor(), Permission.MANAGE_CORPORATE_PROFILES)
    return render_template("corporate_accounts/register.html", entries=entries, may_change=may_change)


def entry_of(profile: CorporateProfile, users: tuple[ProfileUser, ...], at: datetime) -> Entry:
    """One profile and those who may use it, in words."""
    return Entry(
        platform=with_capital(Platform(profile.platform).label),
        handle=profile.handle,
        reference=profile.reference,
        registered_at=profile.registered_at,
        status=_status(profile, at),
        users=tuple(_in_words(user, at) for user in users),
    )


def _status(profile: CorporateProfile, at: datetime) -> Status:
    if profile.closed_at is not None and profile.closed_at <= at:
        return Status("Closed", f"Nobody may use it since {day_in_words(profile.closed_at)}.", "grey")
    return Status("Open", "Those named may use it.", "green")


def _in_words(user: ProfileUser, at: datetime) -> str:
    if user.use.until_at == user.use.from_at:
        return f"{user.name}, ended before it began"
    if user.use.until_at is not None and user.use.until_at <= at:
        return f"{user.name}, until {day_in_words(user.use.until_at)}"
    if user.use.from_at > at:
        return f"{user.name}, from {day_in_words(user.use.from_at)}"
    ends = f" until {day_in_words(user.use.until_at)}" if user.use.until_at else ""
    return f"{user.name}, since {day_in_words(user.use.from_at)}{ends}"
