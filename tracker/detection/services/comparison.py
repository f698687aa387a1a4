"""The door of two records side by side: it shows both, so each of them has it in their trail."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.comparison import Comparison, compare_records
from tracker.people.selectors import get_person, is_any_sealed
from tracker.people.services import RestrictedRecordError, require_person
from tracker.people.vocabulary import ASK_LEGAL
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key


def open_comparison(session: Session, reference: str, other: str, *, by: Actor, now: datetime) -> Comparison:
    """Records that somebody opened two records side by side, and gives what is on both; for whoever may link them.

    Raises `NoSuchRecordError`, `RestrictedRecordError` or `NotAllowedError`: then nothing is shown.
    """
    both = get_person(session, reference), get_person(session, other)
    for one in both:
        require_person(session, one, Permission.LINK_RECORDS, by=by, now=now)
    if is_any_sealed(session, [saved_key(one) for one in both]):
        raise RestrictedRecordError(Permission.LINK_RECORDS, about=both[0].reference, ask_whom=ASK_LEGAL)
    comparison = compare_records(session, *both, now=now)
    people = {one.reference for one in both}
    record(session, Event.RECORDS_COMPARED, at=now, by=by, people=people, about=both[0].reference)
    return comparison
