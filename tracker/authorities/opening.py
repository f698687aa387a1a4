"""The door of an authority: who may come in, whom it names as they may see it, and the entry that says who came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import Application
from tracker.authorities.selectors import Authority, list_named
from tracker.people.duty import find_duty_opening
from tracker.people.models import Person
from tracker.people.selectors import standing_of
from tracker.people.services import DutyReasonNeededError
from tracker.policy.entitlement import (
    READERS_OF_EVERYTHING,
    Actor,
    PersonStanding,
    Role,
    comes_on_duty,
    may_open_person,
)
from tracker.policy.periods import london_day
from tracker.storage.tables import saved_key

NOT_BY_INVOLVEMENT = READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER, Role.AUTHORISING_OFFICER}
"""Roles that open any authority, whoever it names."""


@dataclass(frozen=True, slots=True)
class OpenedAuthority:
    """An authority's reference and whom it names: those whose record the actor may open, and how many others."""

    reference: str
    persons: tuple[Person, ...]
    hidden: int


def open_authority(session: Session, authority: Authority, *, by: Actor, now: datetime) -> OpenedAuthority:
    """Records that somebody opened an authority; for a short transaction before the page is read.

    Raises `NotAllowedError` unless the actor works in a team involved with somebody named, is on duty, or holds a role that opens any;
    and `DutyReasonNeededError` for who is on duty and has not said why they come to anybody named.
    """
    named = list_named(session, authority)
    standings = [standing_of(session, saved_key(person), on=london_day(now)) for person in named]
    require(by, Permission.OPEN_AUTHORITY, allowed=may_open_authority(by, standings), about=authority.reference)
    _require_reason(session, named, standings, by=by, now=now)
    people = [person.reference for person in named]
    record(session, Event.AUTHORITY_OPENED, at=now, by=by, people=people, about=authority.reference)
    seen = tuple(person for person, one in zip(named, standings, strict=True) if _may_know(by, one))
    return OpenedAuthority(authority.reference, seen, len(named) - len(seen))


def open_application(session: Session, application: Application, *, by: Actor, now: datetime) -> OpenedAuthority:
    """Records that somebody opened an application. Raises `NotAllowedError`: it is for Legal, the authorising officer and those
    who read everything, and these know whom it names."""
    require(by, Permission.OPEN_APPLICATION, about=application.reference)
    named = list_named(session, application)
    people = [person.reference for person in named]
    record(session, Event.AUTHORITY_OPENED, at=now, by=by, people=people, about=application.reference)
    return OpenedAuthority(application.reference, named, 0)


def may_open_authority(by: Actor, standings: Iterable[PersonStanding]) -> bool:
    """Whether the actor may read an authority that names people of these standings: through their team's involvement with one
    whose record they may open, on duty, or by their role."""
    if by.roles & NOT_BY_INVOLVEMENT:
        return True
    return any(may_open_person(by, one) and (one.teams & set(by.work_teams) or by.duty_teams) for one in standings)


def _require_reason(
    session: Session, named: Sequence[Person], standings: Sequence[PersonStanding], *, by: Actor, now: datetime
) -> None:
    """Who comes to all of them only by the rota has said why they come to one whose record they may open."""
    if by.roles & NOT_BY_INVOLVEMENT or not all(comes_on_duty(by, one) for one in standings):
        return
    open_to = [person for person, one in zip(named, standings, strict=True) if may_open_person(by, one)]
    if not any(find_duty_opening(session, saved_key(one), by=by, now=now) for one in open_to):
        raise DutyReasonNeededError(Permission.OPEN_AUTHORITY, about=open_to[0].reference)


def _may_know(by: Actor, standing: PersonStanding) -> bool:
    """The authorising officer knows whom they granted an authorisation for, restricted or not."""
    return may_open_person(by, standing) or Role.AUTHORISING_OFFICER in by.roles
