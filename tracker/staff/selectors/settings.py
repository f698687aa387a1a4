"""What a member of staff is shown of themself: address, roles, cover."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.audit.events import Event
from tracker.audit.selectors import Wanted, list_entries
from tracker.policy.entitlement import CONFIRMED_ROLES, ON_DUTY, ROLE_WORDS, Actor, Role
from tracker.staff.models import Deputy, RoleGrant, StaffMember
from tracker.staff.selectors.members import get_staff_by_id, list_grants
from tracker.web.blocks import Status

LATELY, MOST_GIVEN = timedelta(days=90), 5


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role: what, where, from and to, and whether it is in force."""

    role: str
    team: str
    from_at: datetime
    until_at: datetime | None
    status: Status


@dataclass(frozen=True, slots=True)
class CoverLine:
    """Cover that is given or taken, now or to come: with whom, from and to."""

    name: str
    given: bool
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class GivenPassword:
    """A one-time password that was given for one's account: when and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """Who one is here. `passwords`: the one-time passwords given lately, newest first, so that one that was not asked for shows."""

    name: str
    email: str
    job_title: str
    roles: tuple[RoleLine, ...]
    cover: tuple[CoverLine, ...]
    passwords: tuple[GivenPassword, ...]


def own_settings(session: Session, *, by: Actor, now: datetime) -> OwnSettings:
    """The actor's own settings page."""
    member = get_staff_by_id(session, by.staff_id)
    roles = [
        RoleLine(
            _words(grant), team.name if team else "All teams", grant.from_at, grant.until_at, _status(grant, by, now)
        )
        for grant, team in list_grants(session, staff_id=by.staff_id, now=now)
    ]
    cover, passwords = tuple(_cover(session, by, now)), tuple(_passwords(session, by, now))
    return OwnSettings(member.name, member.email, member.job_title, tuple(roles), cover, passwords)


def _passwords(session: Session, by: Actor, now: datetime) -> list[GivenPassword]:
    given = list_entries(session, Wanted(about=by.reference, events=(Event.ONE_TIME_PASSWORD_GIVEN,)), size=MOST_GIVEN)
    return [
        GivenPassword(entry.row.at, (entry.said["actor"] or {}).get("name", "The operator"))
        for entry in given[:MOST_GIVEN]
        if entry.row.at > now - LATELY
    ]


def _words(grant: RoleGrant) -> str:
    words = ROLE_WORDS[Role(grant.role)]
    return words[:1].upper() + words[1:]


def _status(grant: RoleGrant, by: Actor, now: datetime) -> Status:
    role = Role(grant.role)
    if role in CONFIRMED_ROLES and grant.confirmed_at is None:
        holder = "somebody who holds it, or the Senior Responsible Officer, confirms it"
        return Status("Waiting", f"It is in force once {holder}.", "yellow")
    if grant.from_at > now:
        return Status("Not yet", "It has not begun.", "grey")
    own = {held.role for held in by.holdings if held.covers is None}
    if role in ON_DUTY and role not in own:
        return Status("Off duty", "It is in force while you are on the rota.", "grey")
    return Status("In force", "You hold it now.", "green")


def _cover(session: Session, by: Actor, now: datetime) -> list[CoverLine]:
    running = select(Deputy).where(Deputy.until_at > now).order_by(col(Deputy.from_at), col(Deputy.id))
    mine = running.where((col(Deputy.covers_id) == by.staff_id) | (col(Deputy.deputy_id) == by.staff_id))
    lines = []
    for deputy in session.exec(mine):
        given = deputy.deputy_id == by.staff_id
        other: StaffMember = get_staff_by_id(session, deputy.covers_id if given else deputy.deputy_id)
        lines.append(CoverLine(other.name, given, deputy.from_at, deputy.until_at))
    return lines
