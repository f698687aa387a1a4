"""What one person says of two records, that they are not the same person, and when that is not enough. ADR 0177."""

from datetime import datetime

from sqlmodel import Session

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.doubts import list_told_apart
from tracker.people.likeness import compare
from tracker.people.models import NotSamePerson, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import NewPerson
from tracker.people.resembling import known_of
from tracker.people.selectors import get_person, get_person_by_id
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key

WHY_SOMEBODY_ELSE = "Enter how you know that this is somebody else"
NO_REASON = "No reason was asked: the records did not agree then."


def tell_new_apart(session: Session, person: Person, new: NewPerson, *, by: Actor, now: datetime) -> None:
    """Remembers that these records are somebody else. A new record's key is the highest. Where one of them agrees with it in what tells
    people apart, it stays in doubt until a manager agrees, and stands in the trail of both. Raises `ProblemError` where it is not said how
    it is known."""
    others = {saved_key(one): one for one in (get_person(session, other) for other in set(new.somebody_else))}
    known = known_of(session, (*others, saved_key(person)))
    mine, why = known[saved_key(person)], new.why_somebody_else.strip()
    doubted = {key for key in others if key in known and compare(mine, known[key]).leaves_doubt}
    if doubted and not why:
        raise ProblemError("why_somebody_else", WHY_SOMEBODY_ELSE)
    rows = [
        NotSamePerson(
            person_id=key,
            other_id=saved_key(person),
            why=why or None,
            in_doubt=key in doubted,
            recorded_at=now,
            recorded_by=by.staff_id,
        )
        for key in sorted(others)
    ]
    session.add_all(rows)
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


def doubt_again(session: Session, person: Person) -> list[str]:
    """Puts in doubt again what one person said of this record and others, with which it agrees only since it was changed; gives the
    references of those. What a manager has agreed to stays."""
    told = {key: row for key, row in list_told_apart(session, saved_key(person)).items() if not row.in_doubt}
    known = known_of(session, (*told, saved_key(person)))
    mine = known.get(saved_key(person))
    doubted = [key for key in sorted(told) if mine and key in known and compare(mine, known[key]).leaves_doubt]
    for key in doubted:
        told[key].in_doubt, told[key].why = True, told[key].why or NO_REASON
    session.add_all(told[key] for key in doubted)
    session.flush()
    return [get_person_by_id(session, key).reference for key in doubted]
