"""Who reads a restricted record, said by Legal: where no manager who may read it is left, or soon will be. Source: ADR 0160."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.groups import lock_everyone
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.requests import RestrictedPerson
from tracker.people.selectors import get_person
from tracker.people.services.restrictions import restrict_to
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.review.requests import needed
from tracker.review.selectors.parties import parties_to_sealing
from tracker.storage.tables import next_version, saved_key


def name_readers(session: Session, restricted: RestrictedPerson, *, by: Actor, now: datetime) -> Person:
    """Legal puts other readers in the place of those whom a restricted record has, a manager among them. It stays restricted; a
    sealed record is sealed anew instead.

    Raises `NotAllowedError`, also where the actor asked for, would look in or decided on a check about the person, `StaleVersionError`,
    `PeopleBusyError`, `ProblemError`.
    """
    require(by, Permission.NAME_READERS, about=restricted.person)
    person = get_person(session, restricted.person)
    lock_everyone(session, [saved_key(person)])
    session.refresh(person)
    apart = may_act_for_legal(by, parties_to_sealing(session, person))
    require(by, Permission.NAME_READERS, allowed=apart, about=person.reference)
    next_version(session, person, restricted.version)
    if person.sealed:
        raise ProblemError("", "This record is sealed: seal it anew to change who reads it")
    if not person.restricted:
        raise ProblemError("", "This record is not restricted")
    needed("why", restricted.why, "Enter why others should read it")
    readers = restrict_to(session, person, restricted.readers, ask_whom=restricted.ask_whom, now=now)
    record(
        session,
        Event.PERSON_READERS_NAMED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"readers": [one.reference for one in readers], "version": person.version},
        content={"ask_whom": restricted.ask_whom, "why": restricted.why},
    )
    return person
