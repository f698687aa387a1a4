"""Corrections: those that wait, for whom, and those about a record."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.corrections.models import Correction
from tracker.corrections.records import find_record
from tracker.corrections.vocabulary import Answered, CorrectionKind, CorrectionPlace
from tracker.policy.entitlement import Actor, may_answer_correction
from tracker.storage.tables import NoSuchRecordError


def get_correction(session: Session, reference: str) -> Correction:
    """The correction with that reference. Raises `NoSuchRecordError`."""
    correction = session.exec(select(Correction).where(Correction.reference == reference)).first()
    if correction is None:
        raise NoSuchRecordError("there is no such correction")
    return correction


def find_waiting_correction(session: Session, kind: CorrectionKind, record: str) -> Correction | None:
    """The correction of a record (its reference) that waits for an answer, or None."""
    query = select(Correction).where(
        Correction.kind == kind.value, Correction.record == record, col(Correction.answered_at).is_(None)
    )
    return session.exec(query).first()


def find_standing_correction(session: Session, kind: CorrectionKind, record: str) -> Correction | None:
    """The latest correction of a record (its reference) that waits or by which it was struck through, or None."""
    about = (one for one in list_corrections_of(session, [record]) if one.kind == kind.value)
    return next((one for one in about if one.answer != Answered.DECLINED), None)


def list_corrections_of(session: Session, records: Iterable[str]) -> list[Correction]:
    """Every correction of these records, the latest first."""
    query = select(Correction).where(col(Correction.record).in_(list(records)))
    return list(session.exec(query.order_by(col(Correction.asked_at).desc(), col(Correction.id).desc())))


def list_corrections_waiting(session: Session, *, place: CorrectionPlace, by: Actor, now: datetime) -> list[Correction]:
    """The corrections at this place that `by` may answer, the oldest first."""
    query = select(Correction).where(col(Correction.answered_at).is_(None), Correction.place == place.value)
    rows = session.exec(query.order_by(col(Correction.asked_at), col(Correction.id)))
    return [one for one in rows if may_answer(session, one, by=by, now=now)]


def may_answer(session: Session, correction: Correction, *, by: Actor, now: datetime) -> bool:
    """Whether `by` may confirm or decline the correction."""
    found = find_record(session, CorrectionKind(correction.kind), correction.record, now=now)
    for_legal = correction.place == CorrectionPlace.LEGAL
    return may_answer_correction(by, found.standing, correction.asked_by, for_legal=for_legal)
