"""The door of a correction: who may read it, and the entry that says who did."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.corrections.models import Correction
from tracker.corrections.records import Found, find_record
from tracker.corrections.selectors import get_correction, may_answer
from tracker.corrections.services.asking import may_ask_for_correction
from tracker.corrections.vocabulary import CorrectionKind
from tracker.people.selectors import sealed_among
from tracker.people.services import come_on_duty_to
from tracker.policy.entitlement import READERS_OF_EVERYTHING, Actor, Role, may_open_person
from tracker.storage.tables import saved_key


def open_correction(session: Session, reference: str, *, by: Actor, now: datetime) -> tuple[Correction, Found]:
    """The correction and what it is about, once it is recorded that `by` opened it: who asked, may answer, may read the record.

    Raises `NoSuchRecordError`, `NotAllowedError`, and `DutyReasonNeededError` for who comes to it only by the rota: then nothing is
    shown.
    """
    correction = get_correction(session, reference)
    found = find_record(session, CorrectionKind(correction.kind), correction.record, now=now)
    allowed = (
        bool(by.roles & READERS_OF_EVERYTHING)
        or may_ask_for_correction(by, found)
        or (correction.asked_by == by.staff_id and may_open_person(by, found.standing.person))
        or may_answer(session, correction, by=by, now=now)
    )
    allowed = allowed and _may_know(session, correction, found, by=by)
    require(by, Permission.OPEN_CORRECTION, allowed=allowed, about=correction.reference)
    if by.staff_id not in found.standing.parties | {correction.asked_by}:
        come_on_duty_to(session, found.people, by=by, now=now)
    people = [one.reference for one in found.people]
    record(session, Event.CORRECTION_OPENED, at=now, by=by, people=people, about=correction.reference)
    return correction, found


def open_to_correct(session: Session, kind: CorrectionKind, reference: str, *, by: Actor, now: datetime) -> Found:
    """What is to be struck, once it is recorded that `by` opened it in order to say so. Raises as `open_correction` does."""
    found = find_record(session, kind, reference, now=now)
    require(by, Permission.ASK_FOR_CORRECTION, allowed=may_ask_for_correction(by, found), about=reference)
    if by.staff_id not in found.standing.parties:
        come_on_duty_to(session, found.people, by=by, now=now)
    people = [one.reference for one in found.people]
    record(session, Event.CORRECTION_OPENED, at=now, by=by, people=people, about=reference)
    return found


def _may_know(session: Session, correction: Correction, found: Found, *, by: Actor) -> bool:
    """That a sealed record was ever linked with another is for Legal and those who read everything. Source: ADR 0152."""
    if correction.kind != CorrectionKind.SAME_PERSON_LINK or by.roles & (READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}):
        return True
    return not sealed_among(session, [saved_key(one) for one in found.people])
