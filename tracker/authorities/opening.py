"""The door of an authority: who may come in, whom it names as they may see it, and the entry that says who came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import Application, CourtOrder
from tracker.authorities.selectors import Authority, list_named, named_for_officers
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

NOT_BY_INVOLVEMENT = READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}
"""Roles that open any authority, whoever it names."""


@dataclass(frozen=True, slots=True)
class OpenedAuthority:
    """An authority's reference and whom it names: those whose record the actor may open, and how many others."""

    reference: str
    persons: tuple[Person, ...]
    hidden: int


def open_authority(session: Session, authority: Authority, *, by: Actor, now: datetime) -> OpenedAuthority:
    """Records that somebody opened an authority; for a short transaction before the page is read.

    Raises `NotAllowedError` unless the actor works in a team involved with somebody named, is on duty, knows somebody named as the
    authorising officer, or holds a role that opens any; and `DutyReasonNeededError` for who is on duty and has not said why they come to
    anybody named.
    """
    named = list_named(session, authority)
    standings = [standing_of(session, saved_key(person), on=london_day(now)) for person in named]
    known = known_to_officer(session, authority, named, by=by)
    allowed = bool(known) or may_open_authority(by, standings)
    require(by, Permission.OPEN_AUTHORITY, allowed=allowed, about=authority.reference)
    if not known:
        _require_reason(session, named, standings, by=by, now=now)
    people = [person.reference for person in named]
    record(session, Event.AUTHORITY_OPENED, at=now, by=by, people=people, about=authority.reference)
    seen = tuple(
        person
        for person, one in zip(named, standings, strict=True)
        if saved_key(person) in known or may_open_person(by, one)
    )
    return OpenedAuthority(authority.reference, seen, len(named) - len(seen))


def open_application(session: Session, application: Application, *, by: Actor, now: datetime) -> OpenedAuthority:
    """Records that somebody opened an application. Raises `NotAllowedError`: it is for Legal, the authorising officer and those
    who read everything, and these know whom it names."""
    require(by, Permission.OPEN_APPLICATION, about=application.reference)
    named = list_named(session, application)
    people = [person.reference for person in named]
    record(session, Event.AUTHORITY_OPENED, at=now, by=by, people=people, about=application.reference)
    return OpenedAuthority(application.reference, named, 0)


def known_to_officer(session: Session, authority: Authority, named: Iterable[Person], *, by: Actor) -> frozenset[int]:
    """Keys of those named whom the actor knows as an authorising officer, restricted or sealed or not: everybody whom an authorisation
    names, and of those in a court's order whom an authorisation or an application for one names. Empty for who is no officer."""
    keys = frozenset(map(saved_key, named))
    if Role.AUTHORISING_OFFICER not in by.roles:
        return frozenset()
    return named_for_officers(session, keys) if isinstance(authority, CourtOrder) else keys


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
