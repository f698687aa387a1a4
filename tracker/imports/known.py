"""Who is on record already, for very many rows at once: read in a few statements, then compared in memory.

It finds what nobody must add twice without a look: the same case reference, the same date of birth with a name that is alike, and for a
row without a date of birth, or with a profile, whoever may be one person with them. What is less alike is found by the nightly job.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process
from sqlmodel import Session, col, or_, select

from tracker.imports.requests import PersonRow
from tracker.people.births import Birth
from tracker.people.crowd import SHARING_LITTLE
from tracker.people.earlier import names_by_birth
from tracker.people.gathering import gather_crowd
from tracker.people.likeness import Known, compare_names
from tracker.people.models import Involvement, Person, PersonName
from tracker.people.naming import exact_forms, plain
from tracker.people.problems import ProblemError
from tracker.people.profiles import read_profile
from tracker.people.requests import Details
from tracker.people.search import shut_records
from tracker.people.searching import compact
from tracker.policy.entitlement import Actor

Key = tuple[str, str]
Form = tuple[str, ...]


def names_of(details: Details) -> tuple[str, ...]:
    """Every name of somebody, and the handle."""
    return tuple(name for name in (details.name, details.known_by, *details.other_names) if name)


def key_of_row(row: PersonRow) -> Key:
    """Case system and reference as they are compared."""
    system, reference = row.key
    return compact(system), compact(reference)


def _key_of(work: Involvement) -> Key:
    return compact(work.case_system or ""), work.case_key or ""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of somebody on record (`person`: their key), or in an earlier row of the file (less than 0: its number)."""

    person: int
    name: str
    spelled: str


def named(person: int, name: str) -> Named:
    """A name with how it is spelled plainly."""
    return Named(person, name, plain(name))


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Whose involvement has a case reference: the record, and which team works with them under it."""

    person: Person
    team: int


@dataclass(frozen=True, slots=True)
class Meant:
    """A record that may not be opened and whom to ask about it. Its reference is for the trail: nobody is told it."""

    reference: str
    whom: str


class Shut:
    """Records that may not be opened, and whom to ask about each; sealed ones are among them for everybody.

    They are known by the whole name or the case reference alone, as in a search: were a date of birth compared too, a file of guesses
    would tell which is right.
    """

    def __init__(self, session: Session, *, by: Actor | None) -> None:
        self.whom = shut_records(session, by=by) if by is not None else {}
        self._by_form: dict[Form, Meant] = {}
        self._by_case: dict[str, Meant] = {}
        self._sealed: dict[Key, Meant] = {}
        shut = or_(col(Person.sealed), col(Person.id).in_(list(self.whom)))
        named = select(Person, PersonName.name).join(PersonName, col(PersonName.person_id) == col(Person.id))
        for person, name in session.exec(named.where(shut)):
            self._by_form.update(dict.fromkeys(exact_forms(name), self._meant(person)))
        works = select(Person, Involvement).join(Involvement, col(Involvement.person_id) == col(Person.id))
        for person, work in session.exec(works.where(shut, col(Involvement.case_key).is_not(None))):
            self._by_case[work.case_key or ""] = self._meant(person)
            if person.sealed:
                self._sealed[_key_of(work)] = self._meant(person)

    def meant_by(self, row: PersonRow) -> Meant | None:
        """The record of exactly that name or case reference; None where there is none."""
        if not self._by_form and not self._by_case:
            return None
        found = [
            self._by_form[form]
            for name in names_of(row.new.details)
            for form in exact_forms(name) & self._by_form.keys()
        ]
        return found[0] if found else self._by_case.get(compact(row.key[1]))

    def sealed_case_of(self, row: PersonRow) -> Meant | None:
        """The sealed record under exactly that system and reference, whoever it is said to be; None for none."""
        return self._sealed.get(key_of_row(row))

    def _meant(self, person: Person) -> Meant:
        return Meant(person.reference, self.whom.get(person.id or 0) or person.ask_whom or "")


class Nearby:
    """What is on record about a piece of a file, read with a few queries; sealed records are not among it."""

    def __init__(self, session: Session, rows: Collection[PersonRow], *, on: date) -> None:
        self.by_key = _by_key(session, {key_of_row(row) for row in rows})
        self.born = _born_on(session, {row.born for row in rows if row.born is not None})
        self.crowd = gather_crowd(session, [known_as(row, on=on) for row in rows if is_compared_with_all(row)])


def _by_key(session: Session, keys: Collection[Key]) -> dict[Key, list[OnRecord]]:
    found: dict[Key, list[OnRecord]] = defaultdict(list)
    query = select(Involvement, Person).join(Person, col(Person.id) == col(Involvement.person_id))
    mine = query.where(col(Involvement.case_key).in_({reference for _, reference in keys}))
    for work, person in session.exec(mine.where(col(Person.sealed).is_(False)).order_by(col(Involvement.id))):
        found[_key_of(work)].append(OnRecord(person, work.team_id))
    return found


def _born_on(session: Session, days: Collection[date]) -> dict[date, list[Named]]:
    found: dict[date, list[Named]] = defaultdict(list)
    sealed = select(col(Person.id)).where(col(Person.sealed))
    for day, person, name in names_by_birth(
        session, lambda born: born.in_(days) & col(PersonName.person_id).not_in(sealed)
    ):
        found[day].append(named(person, name))
    return found


def alike_among(names: Iterable[str], others: Sequence[Named]) -> Iterator[int]:
    """Keys of those of the others whose name is alike, in that order: of thousands (a day that stands for one not known) too."""
    spelled = [other.spelled for other in others]
    rough: dict[int, list[str]] = defaultdict(list)
    for name in names:
        alike = process.extract(
            plain(name), spelled, scorer=fuzz.token_sort_ratio, score_cutoff=SHARING_LITTLE, limit=None
        )
        for _, _, place in alike:
            rough[place].append(name)
    for place in sorted(rough):
        if any(compare_names(name, others[place].name) is not None for name in rough[place]):
            yield others[place].person


def is_compared_with_all(row: PersonRow) -> bool:
    """Whether more than a date of birth has to be compared to tell whether somebody is on record, and the row leaves that to us."""
    return not row.somebody_else and (row.born is None or row.new.profile is not None)


def known_as(row: PersonRow, *, on: date) -> Known:
    """What a row says of somebody that can be compared: as it will be on record, but for the case reference."""
    details = row.new.details
    age_on = on if details.approximate_age is not None else None
    profiles: set[tuple[str, str]] = set()
    if row.new.profile is not None:
        with suppress(ProblemError):  # then the row cannot be taken
            platform, handle, _ = read_profile(row.new.profile)
            profiles.add((platform.value, handle))
    return Known(
        names=names_of(details),
        birth=Birth(details.date_of_birth, details.approximate_age, age_on, details.unborn, details.expected_on),
        profiles=frozenset(profiles),
    )
