"""Somebody else confirms that a record was in error, or does not. Nobody answers what they asked for, recorded or looked at."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.corrections.errors import AlreadyStruckError, NotWaitingForAnswerError
from tracker.corrections.models import Correction
from tracker.corrections.records import Found, find_record
from tracker.corrections.requests import NewAnswer
from tracker.corrections.selectors import get_correction
from tracker.corrections.striking import strike, who_confirms
from tracker.corrections.vocabulary import Answered, CorrectionKind, CorrectionPlace
from tracker.detection.services import detect
from tracker.people.models import Person
from tracker.people.networks import lock_networks
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor, may_answer_correction
from tracker.storage.tables import next_version, saved_key


def confirm_correction(session: Session, new: NewAnswer, *, by: Actor, now: datetime) -> Correction:
    """Strikes the record through. Where it has come to take something out of the count since, it goes to Legal instead:
    look at `place` and `answered_at` of what is returned.

    Raises `NotAllowedError`, `NoSuchRecordError`, `NotWaitingForAnswerError`, `AlreadyStruckError`, `StaleVersionError`.
    """
    correction, found, really_about = _to_answer(session, new, by=by, now=now)
    if found.is_struck:
        raise AlreadyStruckError("This was struck through already.")
    place = who_confirms(session, found, really_about=really_about, by=by, now=now)
    if place is CorrectionPlace.LEGAL and correction.place == CorrectionPlace.MANAGER:
        correction.place = place.value
        session.add(correction)
        session.flush()
    else:
        strike(session, found, why=correction.why, really_about=really_about, by=by, now=now)
        _answer(session, correction, Answered.CONFIRMED, new.words, by=by, now=now)
        detect(session, [saved_key(one) for one in found.everyone(really_about)], now=now)
    facts = {
        "correction": correction.reference,
        "kind": correction.kind,
        "place": correction.place,
        "struck": correction.answered_at is not None,
        "really_about": really_about and really_about.reference,
    }
    _record(session, Event.CORRECTION_CONFIRMED, found, really_about, facts, new.words, by=by, now=now)
    return correction


def decline_correction(session: Session, new: NewAnswer, *, by: Actor, now: datetime) -> Correction:
    """Leaves the record as it is, with the reason. Raises as `confirm_correction` does."""
    correction, found, really_about = _to_answer(session, new, by=by, now=now)
    _answer(session, correction, Answered.DECLINED, new.words, by=by, now=now)
    facts = {"correction": correction.reference, "kind": correction.kind}
    _record(session, Event.CORRECTION_DECLINED, found, really_about, facts, new.words, by=by, now=now)
    return correction


def _to_answer(
    session: Session, new: NewAnswer, *, by: Actor, now: datetime
) -> tuple[Correction, Found, Person | None]:
    correction = get_correction(session, new.correction)
    found = find_record(session, CorrectionKind(correction.kind), correction.record, now=now)
    really_about = get_person_by_id(session, correction.really_about_id) if correction.really_about_id else None
    lock_networks(session, [saved_key(one) for one in found.everyone(really_about)])
    session.expire_all()
    for_legal = correction.place == CorrectionPlace.LEGAL
    allowed = may_answer_correction(by, found.standing, correction.asked_by, for_legal=for_legal)
    require(by, Permission.ANSWER_CORRECTION, allowed=allowed, about=correction.reference)
    if correction.answered_at is not None:
        raise NotWaitingForAnswerError("This was answered already.")
    next_version(session, correction, new.version)
    return correction, found, really_about


def _answer(
    session: Session, correction: Correction, answer: Answered, words: str, *, by: Actor, now: datetime
) -> None:
    correction.answered_at, correction.answered_by = now, by.staff_id
    correction.answer, correction.answer_words = answer.value, words.strip()
    session.add(correction)
    session.flush()


def _record(
    session: Session,
    event: Event,
    found: Found,
    really_about: Person | None,
    facts: Mapping[str, object],
    words: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    people = [one.reference for one in found.everyone(really_about)]
    content = {"words": words.strip()}
    record(session, event, at=now, by=by, people=people, about=found.reference, facts=facts, content=content)
