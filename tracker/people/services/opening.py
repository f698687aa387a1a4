"""The door of a person's record: who may come in, and the entry that says who did."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.access.permissions import NotAllowedError, Permission, require
from tracker.audit.changes import was_recorded
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.duty import find_duty_opening
from tracker.people.models import Person
from tracker.people.selectors import get_person, standing_of, whom_to_ask
from tracker.policy.entitlement import Actor, PersonStanding, comes_on_duty, may_open_person, may_work_on_person
from tracker.policy.periods import london_day
from tracker.storage.tables import saved_key

A_SESSION = timedelta(hours=12)
"""How long one opening stands for the forms about the person that follow it: as long as a session can last."""


class RestrictedRecordError(NotAllowedError):
    """The record is restricted and the actor is not one of its readers. `ask_whom` is for the screen, never for a log."""

    def __init__(self, permission: Permission, *, about: str, ask_whom: str | None) -> None:
        super().__init__(permission, about=about)
        self.ask_whom = ask_whom


class DutyReasonNeededError(NotAllowedError):
    """Only the rota brings the actor to this record, and they have not said why on this shift. Saying so opens it."""


def require_person(
    session: Session,
    person: Person,
    permission: Permission,
    *,
    by: Actor,
    now: datetime,
    allowed: Callable[[Actor, PersonStanding], bool] = may_work_on_person,
) -> PersonStanding:
    """The standing of a person whom the actor may do this with, by permission and by entitlement to the whole group, and who has said
    why where only the rota brings them there.

    Raises `RestrictedRecordError` where all that is missing is being one of the readers, `DutyReasonNeededError` where it is the
    reason, otherwise `NotAllowedError`.
    """
    standing = require_standing(session, person, permission, by=by, now=now, allowed=allowed)
    require_reason(session, person, permission, standing, by=by, now=now)
    return standing


def require_reason(
    session: Session, person: Person, permission: Permission, standing: PersonStanding, *, by: Actor, now: datetime
) -> None:
    """Raises `DutyReasonNeededError` where only the rota brings the actor to this person and they have not said why on this shift."""
    if comes_on_duty(by, standing) and find_duty_opening(session, saved_key(person), by=by, now=now) is None:
        raise DutyReasonNeededError(permission, about=person.reference)


def require_standing(
    session: Session,
    person: Person,
    permission: Permission,
    *,
    by: Actor,
    now: datetime,
    allowed: Callable[[Actor, PersonStanding], bool] = may_work_on_person,
) -> PersonStanding:
    """The same without the reason: for the page that asks for it. Raises `RestrictedRecordError`, `NotAllowedError`."""
    require(by, permission, about=person.reference)
    standing = standing_of(session, saved_key(person), on=london_day(now))
    if standing.restricted and not may_open_person(by, standing):
        ask_whom = whom_to_ask(session, saved_key(person))
        raise RestrictedRecordError(permission, about=person.reference, ask_whom=ask_whom)
    require(by, permission, allowed=allowed(by, standing), about=person.reference)
    return standing


def open_person(session: Session, reference: str, *, by: Actor, now: datetime) -> Person:
    """Records that somebody opened a person's record, and gives the record; for a short transaction before the page is read.

    Raises `NoSuchRecordError`, `RestrictedRecordError` or `NotAllowedError`: then nothing is shown.
    """
    person = get_person(session, reference)
    require_person(session, person, Permission.OPEN_PERSON, by=by, now=now, allowed=may_open_person)
    record(session, Event.PERSON_OPENED, at=now, by=by, people=[person.reference], about=person.reference)
    return person


def open_in_passing(
    session: Session,
    reference: str,
    permission: Permission,
    *,
    by: Actor,
    now: datetime,
    allowed: Callable[[Actor, PersonStanding], bool] = may_work_on_person,
) -> Person:
    """The person whom a form is about: it shows who they are, and often their family and profiles, so it is an opening too.

    Recorded unless the trail says already that the actor opened this record within `A_SESSION`. Raises as `open_person` does.
    """
    person = get_person(session, reference)
    require_person(session, person, permission, by=by, now=now, allowed=allowed)
    opened, since = Event.PERSON_OPENED, now - A_SESSION
    if not was_recorded(session, opened, record=person.reference, actor=by.reference, since=since):
        record(session, opened, at=now, by=by, people=[person.reference], about=person.reference)
    return person
