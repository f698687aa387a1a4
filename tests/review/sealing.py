"""Sealed records for the tests: sealed, and kept as the same as another, by Legal."""

from datetime import datetime, timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tracker.people.models import Person
from tracker.people.requests import AnsweredCounterpart, NewCounterpart, SealedPerson
from tracker.people.selectors import get_person
from tracker.people.vocabulary import SealKind
from tracker.policy.entitlement import Actor
from tracker.review.services import answer_counterpart, record_counterpart, seal_person

EARLIER = START - timedelta(days=10)
WHY = "Zzthe order of the court."


def sealed(work: Casework, person: Person, *readers: Actor, now: datetime = EARLIER) -> Person:
    """Seals a record for adoption; North's manager is always one of its readers."""
    with work.transaction() as session:
        version = get_person(session, person.reference).version
        new = SealedPerson(
            person=person.reference,
            version=version,
            kind=SealKind.ADOPTION,
            why=WHY,
            readers=tuple(one.reference for one in (work.manager, *readers)),
        )
        seal_person(session, new, by=work.legal, now=now)
    return person


def same_as(work: Casework, one: Person, other: Person, *, now: datetime = EARLIER) -> str:
    """Legal keeps that a sealed record is the same person as another; gives the reference."""
    with work.transaction() as session:
        new = NewCounterpart(person=one.reference, other=other.reference, why=WHY)
        return record_counterpart(session, new, by=work.legal, now=now).reference


def weighed(work: Casework, counterpart: str, *, now: datetime = START) -> None:
    """Legal lets each be decided by itself."""
    with work.transaction() as session:
        answer_counterpart(session, AnsweredCounterpart(counterpart=counterpart, why=WHY), by=work.legal, now=now)


def two_sides(work: Casework) -> tuple[Person, Person, str]:
    """A child's old record, with which south works; the new one, sealed, which north's worker reads; and what ties them."""
    old, new = work.person("Old"), work.person("New")
    sealed(work, new, work.worker)
    return old, new, same_as(work, new, old)
