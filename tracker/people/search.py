"""Finding people. A restricted record shows only that there is one and whom to ask, and only to who knew it exactly."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from tracker.people.earlier import born_before, names_that_found
from tracker.people.groups import groups_of, members_of
from tracker.people.models import Involvement, Person, PersonBirthEarlier, PersonName, PersonReader, Profile
from tracker.people.naming import as_searched, is_same_name, plain
from tracker.people.searching import Wanted, compact
from tracker.people.selectors import list_involvements
from tracker.policy.entitlement import Actor, PersonStanding, may_open_person
from tracker.storage.kept import kept

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One record that was found: the teams that work with the person, and other records that are the same person.

    `earlier_names` and `earlier_birth`: those of before by which a search found it, where it would not by those of now.
    """

    person: Person
    teams: tuple[str, ...]
    same_person: tuple[str, ...]
    earlier_names: tuple[str, ...] = ()
    earlier_birth: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how many there are in all.

    `ask_whom`: whom to ask about restricted records that match exactly, each once; nothing else is said of them.
    """

    total: int
    people: tuple[FoundPerson, ...]
    ask_whom: tuple[str, ...] = ()


def find_people(session: Session, wanted: Wanted, *, by: Actor, on: date, page: int = 1) -> Found:
    """The people whom `wanted` may mean, by name and then reference, `PAGE_SIZE` a page; pages count from 1."""
    shut = shut_records(session, by=by)
    mine = [one for one in _matching(session, wanted) if one not in shut]
    shown = mine[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    asked = {shut[one] for one in exactly_meant(session, wanted, shut)}
    return Found(len(mine), tuple(_with_earlier(session, shown, wanted, on=on)), tuple(sorted(asked)))


def shut_records(session: Session, *, by: Actor) -> Mapping[int, str]:
    """Every record that the actor may not open because it, or one that is the same person, is restricted, and whom to ask."""
    return kept(session, ("shut_records", by), lambda: _shut_records(session, by))


def _shut_records(session: Session, by: Actor) -> dict[int, str]:
    if may_open_person(by, PersonStanding(frozenset(), restricted=True)):
        return {}
    restricted = dict(session.exec(select(Person.id, Person.ask_whom).where(col(Person.restricted))).all())
    readable = set(session.exec(select(PersonReader.person_id).where(PersonReader.staff_id == by.staff_id)))
    shut: dict[int, str] = {}
    for members in members_of(session, (one for one in restricted if one is not None)).values():
        closed = [one for one in members if one in restricted]
        readers = frozenset({by.staff_id}) if readable.issuperset(closed) else frozenset()
        if not may_open_person(by, PersonStanding(frozenset(), restricted=True, readers=readers)):
            shut.update(dict.fromkeys(members, restricted[closed[0]] or ""))
    return shut


def exactly_meant(session: Session, wanted: Wanted, shut: Mapping[int, str]) -> set[int]:
    """Those of the shut records whose reference, case reference or whole name was typed.

    Nothing else is compared, not even together with the name: a search must not tell whether a guess was right.
    """
    names = session.exec(select(PersonName).where(col(PersonName.person_id).in_(list(shut))))
    named = {row.person_id for row in names if wanted.name and is_same_name(row.name, wanted.name)}
    by_reference = session.exec(select(Person.id).where(col(Person.id).in_(list(shut)), _by_reference(wanted)))
    return named | {one for one in by_reference if one is not None}


def whom_to_ask_of_sealed(session: Session, names: Iterable[str], cases: Collection[str]) -> set[str]:
    """Whom to ask about sealed records of exactly one of these names, or of one of these case references (compact)."""
    sealed = dict(session.exec(select(Person.id, Person.ask_whom).where(col(Person.sealed))).all())
    if not sealed:
        return set()
    theirs = session.exec(select(PersonName).where(col(PersonName.person_id).in_(list(sealed))))
    meant = {row.person_id for row in theirs if any(is_same_name(row.name, name) for name in names)}
    works = session.exec(select(Involvement).where(col(Involvement.person_id).in_(list(sealed))))
    meant |= {work.person_id for work in works if work.case_key in cases}
    return {sealed[one] or "" for one in meant}


def describe(session: Session, ids: list[int], *, on: date) -> list[FoundPerson]:
    """These records in this order, each with the teams that work with the person on that day and the same person's others."""
    found = []
    for one, group in ((one, group) for one, group in groups_of(session, ids).items()):
        person = next(record for record in group.records if record.id == one)
        works = [work for work in list_involvements(session, group.members) if work.is_open(on)]
        others = tuple(record.reference for record in group.records if record.id != one)
        found.append(FoundPerson(person, tuple(sorted({work.team.name for work in works})), others))
    return found


def _with_earlier(session: Session, shown: list[int], wanted: Wanted, *, on: date) -> Iterator[FoundPerson]:
    """Those that were found, each with what it had before by which it was found."""
    names = names_that_found(session, shown, wanted.names) if wanted.names else {}
    born = born_before(session, shown, wanted.born) if wanted.born else frozenset()
    for one, found in zip(shown, describe(session, shown, on=on), strict=True):
        yield replace(found, earlier_names=names.get(one, ()), earlier_birth=wanted.born if one in born else None)


def _matching(session: Session, wanted: Wanted) -> list[int]:
    """Keys of every record that matches, by name and then reference, whoever may open it."""
    conditions = [_by_reference(wanted), _by_name_and_birth(wanted), _by_profile(wanted)]
    query = select(col(Person.id), col(Person.name), col(Person.known_by), col(Person.reference))
    rows = session.exec(query.where(or_(*conditions))).all()
    placed = ((name is None, plain(name or known_by or ""), reference, key) for key, name, known_by, reference in rows)
    return [key for *_, key in sorted(placed) if key is not None]


def _by_reference(wanted: Wanted) -> ColumnElement[bool]:
    if wanted.reference is not None:
        return col(Person.reference) == wanted.reference
    same = select(Involvement.person_id).where(col(Involvement.case_key) == compact(wanted.typed))
    return col(Person.id).in_(same)


def _by_name_and_birth(wanted: Wanted) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.names:
        ways = [and_(*(_has_word(word) for word in way)) for way in wanted.names]
        conditions.append(col(Person.id).in_(select(PersonName.person_id).where(or_(*ways))))
    if wanted.born is not None:
        before = select(PersonBirthEarlier.person_id).where(PersonBirthEarlier.date_of_birth == wanted.born)
        conditions.append(or_(col(Person.date_of_birth) == wanted.born, col(Person.id).in_(before)))
    return and_(*conditions) if conditions and (wanted.names or not wanted.name) else col(Person.id).is_(None)


def _has_word(word: str) -> ColumnElement[bool]:
    return col(PersonName.searchable).like(f"%{as_searched(word)}%")


def _by_profile(wanted: Wanted) -> ColumnElement[bool]:
    pairs = [and_(Profile.platform == platform.value, Profile.handle == handle) for platform, handle in wanted.profiles]
    if not pairs:
        return col(Person.id).is_(None)
    return col(Person.id).in_(select(Profile.person_id).where(or_(*pairs), col(Profile.struck_at).is_(None)))
