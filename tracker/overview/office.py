"""What waits for those who keep the council's staff and settings: roles to confirm, limits to sign, accounts to see to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.audit.events import Event
from tracker.audit.selectors import Entry, Wanted, count_entries, find_verification, list_entries, names_in_trail
from tracker.audit.showing import Line, line_of, references_in
from tracker.policy.entitlement import Actor, Role
from tracker.rulebook.selectors import ProposalRecord, list_proposals
from tracker.rulebook.signing import capacities_open_to
from tracker.staff.models import StaffMember
from tracker.staff.selectors.administering import (
    GrantLine,
    ShiftLine,
    count_without_a_role,
    list_locked,
    list_roles_to_confirm,
    list_shifts,
    list_waiting_grants,
)

_MOST_SHIFTS = 5
_LATELY = timedelta(days=14)
_MOST_LATELY = 20
WAYS_IN = (Event.STAFF_ADDED, Event.ROLE_GRANTED, Event.ONE_TIME_PASSWORD_GIVEN, Event.DEPUTY_NAMED)
"""Events by which somebody could come to see cases who should not: those who read everything see them without looking."""


@dataclass(frozen=True)
class Trail:
    """How long the trail is, when it was last verified, and who was let in in the last 14 days."""

    entries: int
    verified: Entry | None
    let_in: list[Line]


@dataclass(frozen=True)
class Administration:
    """What an administrator sees to: counts and names of staff, nothing of any case."""

    locked: list[StaffMember]
    waiting: int
    without_a_role: int
    shifts: list[ShiftLine]


@dataclass(frozen=True)
class Office:
    """The lists that the roles of whoever is signed in have; None for those that they do not have."""

    to_confirm: list[tuple[StaffMember, GrantLine]]
    to_sign: list[ProposalRecord] | None = None
    trail: Trail | None = None
    administration: Administration | None = None


def office_of(session: Session, actor: Actor, *, now: datetime) -> Office:
    """What waits for the actor in the office."""
    signs = has_permission(actor, Permission.SIGN_LIMITS)
    return Office(
        to_confirm=list_roles_to_confirm(session, by=actor, now=now),
        to_sign=_to_sign(session, actor) if signs else None,
        trail=_trail(session, now) if has_permission(actor, Permission.READ_TRAIL) else None,
        administration=_administration(session, now) if Role.ADMINISTRATOR in actor.roles else None,
    )


def _to_sign(session: Session, actor: Actor) -> list[ProposalRecord]:
    waiting = [record for record in list_proposals(session) if record.waits]
    return [record for record in waiting if capacities_open_to(record, actor)]


def _trail(session: Session, now: datetime) -> Trail:
    newest = list_entries(session, Wanted(events=WAYS_IN), size=_MOST_LATELY)[:_MOST_LATELY]
    lately = [entry for entry in newest if entry.row.at >= now - _LATELY]
    names = names_in_trail(session, references_in(lately))
    let_in = [line_of(entry, names) for entry in lately]
    return Trail(count_entries(session), find_verification(session), let_in)


def _administration(session: Session, now: datetime) -> Administration:
    return Administration(
        locked=list_locked(session, now=now),
        waiting=len(list_waiting_grants(session, now=now)),
        without_a_role=count_without_a_role(session, now=now),
        shifts=list_shifts(session, now=now)[:_MOST_SHIFTS],
    )
