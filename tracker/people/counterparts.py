"""What Legal alone may read of sealed records: how each was sealed, and what it is the same person as."""

from collections.abc import Iterable

from sqlmodel import Session, col, or_, select

from tracker.people.models import CounterpartAnswer, PersonSeal, SealedCounterpart
from tracker.storage.tables import NoSuchRecordError


def find_seal(session: Session, person_id: int) -> PersonSeal | None:
    """The seal that stands on a record, or None."""
    mine = (PersonSeal.person_id == person_id, col(PersonSeal.unsealed_at).is_(None))
    return session.exec(select(PersonSeal).where(*mine)).first()


def get_counterpart(session: Session, reference: str) -> SealedCounterpart:
    """The counterpart with that reference. Raises `NoSuchRecordError`."""
    row = session.exec(select(SealedCounterpart).where(SealedCounterpart.reference == reference)).first()
    if row is None:
        raise NoSuchRecordError("there is no such counterpart")
    return row


def find_counterpart(session: Session, one: int, other: int) -> SealedCounterpart | None:
    """That these two records (keys) are one person, where it stands; or None."""
    low, high = sorted((one, other))
    pair = (SealedCounterpart.person_id == low, SealedCounterpart.other_id == high)
    return session.exec(select(SealedCounterpart).where(*pair, col(SealedCounterpart.ended_at).is_(None))).first()


def list_counterparts(session: Session, people: Iterable[int]) -> list[SealedCounterpart]:
    """What stands or stood between any of these records (keys) and others, the latest first."""
    ids = sorted(set(people))
    mine = or_(col(SealedCounterpart.person_id).in_(ids), col(SealedCounterpart.other_id).in_(ids))
    latest = (col(SealedCounterpart.recorded_at).desc(), col(SealedCounterpart.id).desc())
    return list(session.exec(select(SealedCounterpart).where(mine).order_by(*latest)))


def list_answers(session: Session, counterpart_id: int) -> list[CounterpartAnswer]:
    """When Legal weighed what is on both sides, the latest first."""
    mine = CounterpartAnswer.counterpart_id == counterpart_id
    latest = (col(CounterpartAnswer.recorded_at).desc(), col(CounterpartAnswer.id).desc())
    return list(session.exec(select(CounterpartAnswer).where(mine).order_by(*latest)))
