"""Who is on record already, for very many rows at once: found by index, then compared one by one.

It finds what nobody must add twice without a look: the same case reference, the same date of birth with a name that is alike, and for a
row without a date of birth, or with a profile, whatever `people.resembling` finds. What is less alike is found by the nightly job.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from sqlmodel import Session, col, or_, select

from tracker.imports.requests import PersonRow
from tracker.people.births import Birth
from tracker.people.likeness import Known, compare_names
from tracker.people.models import Involvement, Person, PersonName
from tracker.people.naming import exact_forms, plain
from tracker.people.profiles import read_profile
from tracker.people.requests import Details
from tracker.people.resembling import SHARING_LITTLE, find_resembling
from tracker.people.search import shut_records
from tracker.people.searching import compact
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key

Key = tuple[str, str]
Form = tuple[str, ...]


def names_of(details: Details) -> tuple[str, ...]:
    """Every name of somebody, and the handle."""
    return tuple(name for name in (details.name, details.known_by, *details.other_names) if name)


def key_as_kept(row: PersonRow) -> Key:
    """Case system and reference as an involvement keeps them."""
    system, reference = row.key
    return " ".join(system.split()), " ".join(reference.split())


@dataclass(frozen=True, slots=True)
class Named:
    """A name of somebody on record (`person`: their key), or in an earlier row of the file (less than 0: its number)."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Whose involvement has a case reference: the record, and which team works with them under it."""

    person: Person
    team: int


class Shut:
    """Records that may not be opened, and whom to ask about each; sealed ones are among them for everybody.

    They are known by the whole name or the case reference alone, as in a search: were a date of birth compared too, a file of guesses
    would tell which is right.
    """

    def __init__(self, session: Session, *, by: Actor | None) -> None:
        self.whom = shut_records(session, by=by) if by is not None else {}
        self._by_form: dict[Form, str] = {}
        self._by_case: dict[str, str] = {}
        self._sealed: dict[Key, str] = {}
        shut = or_(col(Person.sealed), col(Person.id).in_(list(self.whom)))
        named = select(Person, PersonName.name).join(PersonName, col(PersonName.person_id) == col(Person.id))
        for person, name in session.exec(named.where(shut)):
            self._by_form.update(dict.fromkeys(exact_forms(name), self._ask(person)))
        works = select(Person, Involvement).join(Involvement, col(Involvement.person_id) == col(Person.id))
        for person, work in session.exec(works.where(shut, col(Involvement.case_reference).is_not(None))):
            self._by_case[compact(work.case_reference or "")] = self._ask(person)
            if person.sealed:
                self._sealed[work.case_system or "", work.case_reference or ""] = self._ask(person)

    def whom_of_meant(self, row: PersonRow) -> str | None:
        """Whom to ask about a record of exactly that name or case reference; None where there is none."""
        if not self._by_form and not self._by_case:
            return None
        found = [
            self._by_form[form]
            for name in names_of(row.new.details)
            for form in exact_forms(name) & self._by_form.keys()
        ]
        return found[0] if found else self._by_case.get(compact(row.key[1]))

    def whom_of_sealed_case(self, row: PersonRow) -> str | None:
        """Whom to ask about a sealed record under exactly that system and reference, whoever it is said to be; None for none."""
        return self._sealed.get(key_as_kept(row))

    def _ask(self, person: Person) -> str:
        return self.whom.get(person.id or 0) or person.ask_whom or ""


class Nearby:
    """What is on record about a piece of a file, read with a few queries; sealed records are not among it."""

    def __init__(self, session: Session, rows: Collection[PersonRow]) -> None:
        self.by_key = _by_key(session, {key_as_kept(row) for row in rows})
        self.born = _born_on(session, {row.born for row in rows if row.born is not None})


def _by_key(session: Session, keys: Collection[Key]) -> dict[Key, list[OnRecord]]:
    found: dict[Key, list[OnRecord]] = defaultdict(list)
    systems, references = {system for system, _ in keys}, {reference for _, reference in keys}
    query = select(Involvement, Person).join(Person, col(Person.id) == col(Involvement.person_id))
    mine = query.where(col(Involvement.case_system).in_(systems), col(Involvement.case_reference).in_(references))
    for work, person in session.exec(mine.where(col(Person.sealed).is_(False)).order_by(col(Involvement.id))):
        found[work.case_system or "", work.case_reference or ""].append(OnRecord(person, work.team_id))
    return found


def _born_on(session: Session, days: Collection[date]) -> dict[date, list[Named]]:
    found: dict[date, list[Named]] = defaultdict(list)
    born = select(Person, PersonName.name).join(PersonName, col(PersonName.person_id) == col(Person.id))
    mine = born.where(col(Person.date_of_birth).in_(days), col(Person.sealed).is_(False))
    for person, name in session.exec(mine.order_by(col(PersonName.id))):
        if person.date_of_birth is not None:
            found[person.date_of_birth].append(Named(saved_key(person), name))
    return found


def alike_among(names: Iterable[str], others: Iterable[Named]) -> list[int]:
    """Keys of those of the others whose name is alike, in that order."""
    mine, found = [(name, plain(name)) for name in names], []
    for other in others:
        spelled = plain(other.name)
        rough = [name for name, typed in mine if fuzz.token_sort_ratio(typed, spelled) >= SHARING_LITTLE]
        if any(compare_names(name, other.name) is not None for name in rough):
            found.append(other.person)
    return found


def resembling(session: Session, row: PersonRow, *, on: date) -> list[int]:
    """Keys of the records that may be this person by anything that is known, for a row that is compared by itself."""
    details = row.new.details
    age_on = on if details.approximate_age is not None else None
    profiles: set[tuple[str, str]] = set()
    if row.new.profile is not None:
        platform, handle, _ = read_profile(row.new.profile)
        profiles.add((platform.value, handle))
    known = Known(
        names=names_of(details),
        birth=Birth(details.date_of_birth, details.approximate_age, age_on, details.unborn, details.expected_on),
        profiles=frozenset(profiles),
    )
    return [one for one, alike in find_resembling(session, known).items() if alike.suggests_one_person]
