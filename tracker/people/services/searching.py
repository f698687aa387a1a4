"""Searching, which is an event: who searched and how many were found for ever, the words where they can be erased."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.duplicates import Resemblances, find_duplicates
from tracker.people.requests import NewPerson
from tracker.people.search import Found, find_people
from tracker.people.searching import read_search
from tracker.policy.entitlement import Actor
from tracker.policy.periods import london_day


def search_people(session: Session, typed: str, *, by: Actor, now: datetime, page: int = 1) -> Found:
    """One page of the people whom these words may mean, recorded as a search. Raises `NotAllowedError`."""
    found = search_again(session, typed, by=by, now=now, page=page)
    facts = {"found": found.total, "restricted": len(found.ask_whom)}
    record(session, Event.PEOPLE_SEARCHED, at=now, by=by, facts=facts, content={"words": typed})
    return found


def search_again(session: Session, typed: str, *, by: Actor, now: datetime, page: int = 1) -> Found:
    """Another page of a search that was recorded when it was made. Raises `NotAllowedError`."""
    require(by, Permission.FIND_PERSON)
    return find_people(session, read_search(typed), by=by, on=london_day(now), page=page)


def search_duplicates(session: Session, new: NewPerson, *, by: Actor, now: datetime) -> Resemblances:
    """The records that look like somebody who is about to be added, to be shown: recorded as a search by that name.

    Raises `NotAllowedError`.
    """
    require(by, Permission.ADD_PERSON)
    alike = find_duplicates(session, new, by=by, on=london_day(now))
    facts = {"found": len(alike.people), "restricted": len(alike.ask_whom)}
    names = [name for name in (new.details.name, new.details.known_by, *new.details.other_names) if name]
    record(session, Event.PEOPLE_SEARCHED, at=now, by=by, facts=facts, content={"words": "\n".join(names)})
    return alike
