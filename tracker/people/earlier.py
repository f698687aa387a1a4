"""What a record said of somebody before it was changed: names and births by which they are still found. ADR 0173."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from tracker.people.ages import birth_in_words
from tracker.people.births import Birth
from tracker.people.models import Person, PersonBirthEarlier, PersonName
from tracker.people.naming import is_found_by
from tracker.web.dates import day_in_words


@dataclass(frozen=True, slots=True)
class Earlier:
    """Names and births that a record had and has no longer, in words with until when, the latest first."""

    names: tuple[str, ...]
    births: tuple[str, ...]


def birth_of(row: Person | PersonBirthEarlier) -> Birth:
    """What the row says of when they were, or will be, born."""
    return Birth(row.date_of_birth, row.approximate_age, row.approximate_age_on, row.unborn, row.expected_on)


def list_earlier(session: Session, person_id: int) -> Earlier:
    """What a record (its key) said before; for whoever may open it."""
    until, was = col(PersonName.until), col(PersonBirthEarlier.until)
    names = select(PersonName).where(PersonName.person_id == person_id, until.is_not(None))
    births = select(PersonBirthEarlier).where(PersonBirthEarlier.person_id == person_id, was.is_not(None))
    latest_names = session.exec(names.order_by(until.desc(), col(PersonName.id).desc()))
    latest_births = session.exec(births.order_by(was.desc(), col(PersonBirthEarlier.id).desc()))
    return Earlier(
        names=tuple(_until(one.name, one.until) for one in latest_names),
        births=tuple(_until(birth_in_words(birth_of(one)), one.until) for one in latest_births),
    )


def _until(said: str, until: datetime | None) -> str:
    return f"{said}, until {day_in_words(until)}" if until else said


def names_by_birth(session: Session, when: Callable[[Any], ColumnElement[bool]]) -> Iterator[tuple[date, int, str]]:
    """Each date of birth on record, now or before, for which `when` holds, with whose it is (the key) and each of their names."""
    now = (col(Person.date_of_birth), col(Person.id))
    before = (col(PersonBirthEarlier.date_of_birth), col(PersonBirthEarlier.person_id))
    for born, whose in (now, before):
        named = select(born, col(PersonName.person_id), col(PersonName.name))
        query = named.join(PersonName, col(PersonName.person_id) == whose).where(when(born))
        yield from session.execute(query.order_by(col(PersonName.id)))


def names_that_found(
    session: Session, people: Collection[int], ways: Iterable[Iterable[str]]
) -> dict[int, tuple[str, ...]]:
    """By key the earlier names that are found by one of these ways of reading what was typed, of whoever is not found by a name they
    have now."""
    found: dict[int, list[PersonName]] = defaultdict(list)
    for row in session.exec(
        select(PersonName).where(col(PersonName.person_id).in_(people)).order_by(col(PersonName.id))
    ):
        if is_found_by(row.searchable, ways):
            found[row.person_id].append(row)
    return {one: tuple(row.name for row in rows) for one, rows in found.items() if all(row.until for row in rows)}


def born_before(session: Session, people: Collection[int], day: date) -> frozenset[int]:
    """The keys of those of whom that was the date of birth on record, and is not now."""
    query = select(PersonBirthEarlier.person_id).where(
        col(PersonBirthEarlier.person_id).in_(people),
        col(PersonBirthEarlier.date_of_birth) == day,
        col(PersonBirthEarlier.until).is_not(None),
    )
    return frozenset(session.exec(query))
