"""Somebody says that a record is in error. Nothing changes yet but that it waits for somebody else to confirm."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.consent.models import Consent
from tracker.corrections.errors import AlreadyStruckError
from tracker.corrections.models import Correction
from tracker.corrections.records import Found, find_record
from tracker.corrections.requests import NewCorrection
from tracker.corrections.selectors import find_waiting_correction
from tracker.corrections.striking import who_confirms
from tracker.corrections.vocabulary import CorrectionKind
from tracker.people.groups import lock_everyone
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import find_person, standing_of
from tracker.policy.entitlement import (
    Actor,
    Role,
    may_open_check,
    may_open_person,
    may_see_what_was_written,
    may_work_on_person,
)
from tracker.policy.periods import london_day
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key

CORRECTION = "COR"
OF_LEGAL = frozenset({CorrectionKind.ADVICE, CorrectionKind.RIPA, CorrectionKind.NON_RIPA})
"""What only Legal and, of authorisations, the authorising officer may ask to strike."""


def ask_for_correction(session: Session, new: NewCorrection, *, by: Actor, now: datetime) -> Correction:
    """Asks that a record be struck through. Whoever confirms it is somebody else: a manager, or Legal (`striking.who_confirms`).

    Raises `NotAllowedError`, `NoSuchRecordError`, `AlreadyStruckError`, or `ProblemError` for somebody who is not on record.
    """
    found = find_record(session, new.kind, new.record, now=now)
    require(by, Permission.ASK_FOR_CORRECTION, allowed=may_ask_for_correction(by, found), about=new.record)
    if new.kind is CorrectionKind.SAME_PERSON_LINK:
        raise ProblemError("", "A link between two records is undone on its own page")
    really_about = _really_about(session, new, found, by=by, now=now)
    lock_everyone(session, [saved_key(one) for one in found.everyone(really_about)])
    session.expire_all()
    refuse_what_is_struck(session, found)
    return enter_correction(session, found, why=new.why.strip(), really_about=really_about, by=by, now=now)


def may_ask_for_correction(by: Actor, found: Found) -> bool:
    """Whether the actor may say that a record is in error: who may read what was written in it, and works with such records."""
    if Role.LEGAL_REVIEWER in by.roles and (found.kind is not CorrectionKind.CHECK or found.standing.with_legal):
        return True
    if found.kind in OF_LEGAL:
        return found.kind is not CorrectionKind.ADVICE and Role.AUTHORISING_OFFICER in by.roles
    if not may_work_on_person(by, found.standing.person):
        return False
    if found.kind is CorrectionKind.CHECK:
        return may_open_check(by, found.standing)
    if found.kind is CorrectionKind.COURT_ORDER:
        return bool(found.standing.person.teams & set(by.work_teams))
    return may_see_what_was_written(by, found.standing.team, found.standing.person)


def refuse_what_is_struck(session: Session, found: Found) -> None:
    """Raises `AlreadyStruckError` for a record that is struck, or about which a correction waits, or that has its own way out."""
    if found.is_struck:
        is_link = found.kind is CorrectionKind.SAME_PERSON_LINK
        raise AlreadyStruckError("This link has been undone already" if is_link else "This was struck through already.")
    if isinstance(found.row, Consent) and found.row.disagreement:
        raise AlreadyStruckError("This refusal stands until Legal settles the disagreement.")
    if find_waiting_correction(session, found.kind, found.reference) is not None:
        raise AlreadyStruckError("Somebody has asked for this already. It waits for an answer.")


def why_not_asked(session: Session, found: Found) -> str:
    """Why nobody can ask that the record be struck through, as things are; "" where somebody can."""
    try:
        refuse_what_is_struck(session, found)
    except AlreadyStruckError as refused:
        return str(refused)
    return ""


def enter_correction(
    session: Session, found: Found, *, why: str, really_about: Person | None, by: Actor, now: datetime
) -> Correction:
    """The correction, waiting for whoever confirms it, and its event. Part of a use-case that holds the locks and asked who may."""
    place = who_confirms(session, found, really_about=really_about, by=by, now=now)
    correction = Correction(
        reference=new_reference(CORRECTION),
        kind=found.kind.value,
        record=found.reference,
        person_id=saved_key(found.people[0]),
        really_about_id=saved_key(really_about) if really_about else None,
        place=place.value,
        why=why,
        asked_at=now,
        asked_by=by.staff_id,
    )
    session.add(correction)
    session.flush()
    record(
        session,
        Event.CORRECTION_ASKED,
        at=now,
        by=by,
        people=[one.reference for one in found.everyone(really_about)],
        about=found.reference,
        facts={"correction": correction.reference, "kind": correction.kind, "place": correction.place},
        content={"why": why},
    )
    return correction


def _really_about(session: Session, new: NewCorrection, found: Found, *, by: Actor, now: datetime) -> Person | None:
    if not new.really_about:
        return None
    person = find_person(session, new.really_about)
    if person is None or not may_open_person(by, standing_of(session, saved_key(person), on=london_day(now))):
        raise ProblemError("really_about", "No record that you may open has this reference")
    if saved_key(person) in {saved_key(one) for one in found.people}:
        raise ProblemError("really_about", "The check is about this person already")
    return person
