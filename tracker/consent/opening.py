"""The door of a consent or notice: who may come in, what of it they see, and the entry that says who did."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.consent.models import Consent, Notice
from tracker.consent.selectors import get_consent, get_notice
from tracker.consent.services import is_involved
from tracker.people.models import Person
from tracker.people.selectors import get_person_by_id
from tracker.people.services import require_person
from tracker.policy.entitlement import Actor, may_open_person, may_see_what_was_written


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose record it is, whether the actor sees what was written in it or only that and when it was, and may add to it."""

    person: Person
    whole: bool
    may_record: bool


def open_consent(session: Session, reference: str, *, by: Actor, now: datetime) -> Opened:
    """Records that somebody opened a consent; for a short transaction before the page is read.

    Raises `NoSuchRecordError`, `RestrictedRecordError` or `NotAllowedError`: then nothing is shown.
    """
    return _open(session, get_consent(session, reference), by=by, now=now)


def open_notice(session: Session, reference: str, *, by: Actor, now: datetime) -> Opened:
    """Records that somebody opened a notice. Raises as `open_consent` does."""
    return _open(session, get_notice(session, reference), by=by, now=now)


def _open(session: Session, opened: Consent | Notice, *, by: Actor, now: datetime) -> Opened:
    person = get_person_by_id(session, opened.person_id)
    standing = require_person(session, person, Permission.OPEN_PERSON, by=by, now=now, allowed=may_open_person)
    record(session, Event.PERSON_OPENED, at=now, by=by, people=[person.reference], about=opened.reference)
    return Opened(person, may_see_what_was_written(by, opened.team_id, standing), is_involved(by, standing))
