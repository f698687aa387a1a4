"""Records that agree in what tells people apart: found in the transaction that makes them agree, whichever way. ADR 0177."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.doubts import Pair, find_word, list_agreeing
from tracker.people.likeness import compare
from tracker.people.models import AgreeingRecords, NotSamePerson, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import NewPerson
from tracker.people.resembling import find_sharing, known_of
from tracker.people.selectors import get_person, get_person_by_id
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key

WHY_SOMEBODY_ELSE = "Enter how you know that this is somebody else"


def note_agreements(session: Session, people: Iterable[Person], *, by: Actor | None, now: datetime) -> None:
    """Keeps with which other records these agree from now on, for a use-case that has just changed what tells them apart, or has kept
    that somebody said so of them. Each pair is kept once, and stands in the trail of both. Nothing is kept of a sealed record.

    The other record's lock is not needed: whoever decides takes the locks of both, once this is committed, and reads it again.
    """
    keys = sorted(map(saved_key, people))
    sharing = find_sharing(session, keys)
    kept = list_agreeing(session, keys)
    for pair in sorted(sharing):
        alike = sharing[pair]
        if pair not in kept:
            wanted = alike.agrees or (alike.leaves_doubt and find_word(session, *pair) is not None)
            if wanted and _is_kept(session, pair, in_full=alike.agrees, by=by, now=now):
                _record(session, pair, by=by, now=now)
        elif alike.agrees and kept[pair].in_full_at is None:
            kept[pair].in_full_at = now
            session.add(kept[pair])
            session.flush()
            _record(session, pair, by=by, now=now)


def _is_kept(session: Session, pair: Pair, *, in_full: bool, by: Actor | None, now: datetime) -> bool:
    """Whether the pair is kept by this; it is not where another transaction has meanwhile found the same."""
    row = AgreeingRecords(
        person_id=pair[0],
        other_id=pair[1],
        recorded_at=now,
        recorded_by=by.staff_id if by is not None else None,
        in_full_at=now if in_full else None,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True


def tell_new_apart(session: Session, person: Person, new: NewPerson, *, by: Actor, now: datetime) -> None:
    """Remembers that these records are somebody else. A new record's key is the highest. Where one of them agrees with it in what tells
    people apart, that is not enough: it stays in doubt until a manager agrees. Raises `ProblemError` where it is not said then how it
    is known."""
    others = {saved_key(one): one for one in (get_person(session, other) for other in set(new.somebody_else))}
    known = known_of(session, (*others, saved_key(person)))
    mine, why = known[saved_key(person)], new.why_somebody_else.strip()
    doubted = {key for key in others if key in known and compare(mine, known[key]).leaves_doubt}
    if doubted and not why:
        raise ProblemError("why_somebody_else", WHY_SOMEBODY_ELSE)
    session.add_all(
        NotSamePerson(
            person_id=key, other_id=saved_key(person), why=why or None, recorded_at=now, recorded_by=by.staff_id
        )
        for key in sorted(others)
    )
    session.flush()
    for key in sorted(doubted):
        both = sorted((person.reference, others[key].reference))
        record(
            session,
            Event.RECORDS_TOLD_APART,
            at=now,
            by=by,
            people=both,
            about=person.reference,
            facts={"of": both, "in_doubt": True},
            content={"why": why},
        )


def _record(session: Session, pair: Pair, *, by: Actor | None, now: datetime) -> None:
    both = sorted(get_person_by_id(session, one).reference for one in pair)
    record(session, Event.RECORDS_AGREE, at=now, by=by, people=both, about=both[0], facts={"of": both})
