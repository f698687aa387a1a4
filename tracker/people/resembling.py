"""Records that resemble somebody, among very many: found by index (how names sound, dates near the birth, case, profile), then
compared one by one. Sealed records are never among them. Who may be told of which is the caller's to say.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz, process
from sqlalchemy import func
from sqlmodel import Session, and_, col, or_, select

from tracker.people.births import Birth
from tracker.people.crowd import SHARING_ENOUGH, SHARING_LITTLE, WORDS_SHARED, days_of_birth, near_births
from tracker.people.earlier import names_by_birth
from tracker.people.likeness import Known, Likeness, compare, compare_names
from tracker.people.models import Involvement, Person, PersonBirthEarlier, PersonName, PersonNameKey, Profile
from tracker.people.naming import exact_forms, is_same_name, plain
from tracker.people.searching import tells_cases_apart
from tracker.people.sounds import keys_of_name
from tracker.storage.kept import kept_each


@dataclass(frozen=True, slots=True)
class _Named:
    person_id: int
    name: str
    shared: int = 0


def find_resembling(session: Session, known: Known, *, without: Collection[int] = ()) -> dict[int, Likeness]:
    """Each record (its key) that has anything in common with what is known, and what that is, but those `without`."""
    in_name = {one.person_id for one in _alike_in_name(session, known)}
    ids = (in_name | _of_cases(session, known.cases) | _of_profiles(session, known.profiles)) - set(without)
    found = {one: compare(known, other) for one, other in known_of(session, ids).items()}
    return {one: likeness for one, likeness in found.items() if likeness.name or likeness.case or likeness.profile}


def find_sharing(session: Session, ids: Iterable[int]) -> dict[tuple[int, int], Likeness]:
    """Pairs of records (keys, the lower first), one of them among these, with a profile in common, or a name with a case or a date of
    birth, and all that is alike between them. Whatever agrees is among them."""
    mine = known_of(session, ids)
    cases = {case for one in mine.values() for case in one.cases}
    profiles = {profile for one in mine.values() for profile in one.profiles}
    likely = _of_cases(session, cases) | _of_profiles(session, profiles) | _born_and_named_like(session, mine.values())
    everybody = known_of(session, likely | mine.keys())
    marked: dict[Hashable, list[int]] = {}
    for one, known in everybody.items():
        for mark in _marks(known):
            marked.setdefault(mark, []).append(one)
    pairs = {(min(one, other), max(one, other)) for one in mine for mark in _marks(mine[one]) for other in marked[mark]}
    return {(one, other): compare(everybody[one], everybody[other]) for one, other in pairs if one != other}


def _marks(known: Known) -> Iterator[Hashable]:
    """What two records that agree have in common, one of these at the least."""
    yield from known.profiles
    named = {form for name in known.names for form in exact_forms(name)}
    yield from product((*known.cases, *days_of_birth(known)), named)


def _born_and_named_like(session: Session, those: Collection[Known]) -> set[int]:
    """Everybody with a date of birth of one of those and one of its names, now or before."""
    named: dict[date, list[str]] = {}
    for one in those:
        for day in days_of_birth(one):
            named.setdefault(day, []).extend(one.names)
    if not named:
        return set()
    found = names_by_birth(session, lambda born: born.in_(sorted(named)))
    return {person for day, person, name in found if any(is_same_name(name, mine) for mine in named[day])}


def known_of(session: Session, ids: Iterable[int]) -> dict[int, Known]:
    """What is on record of each of these people that can be compared, by key; sealed records are left out."""
    found = kept_each(session, "known_of", sorted(ids), lambda wanted: _known_of(session, wanted))
    return {one: known for one, known in found.items() if known is not None}


def _known_of(session: Session, wanted: list[int]) -> dict[int, Known | None]:
    """The same, with None for those that are left out."""
    born = _births_in(Person, Person.id).where(col(Person.id).in_(wanted), col(Person.sealed).is_(False))
    births = {row[0]: Birth(*row[1:]) for row in session.execute(born.order_by(col(Person.id)))}
    before = _births_in(PersonBirthEarlier, PersonBirthEarlier.person_id).order_by(col(PersonBirthEarlier.id))
    earlier = _each(session, before.where(col(PersonBirthEarlier.until).is_not(None)), births)
    had_until = col(PersonName.until).is_not(None)
    names = _each(session, sa.select(col(PersonName.person_id), col(PersonName.name), had_until), births)
    works = _each(session, sa.select(col(Involvement.person_id), col(Involvement.case_key)), births)
    had = sa.select(col(Profile.person_id), col(Profile.platform), col(Profile.handle))
    profiles = _each(session, had.where(col(Profile.struck_at).is_(None)), births)
    known = {
        one: Known(
            names=tuple(sorted(name for name, _ in names.get(one, ()))),
            birth=birth,
            cases=frozenset(case for (case,) in works.get(one, ()) if case and tells_cases_apart(case)),
            profiles=frozenset((platform, handle) for platform, handle in profiles.get(one, ())),
            earlier_names=frozenset(name for name, was in names.get(one, ()) if was),
            earlier_births=tuple(Birth(*birth) for birth in earlier.get(one, ())),
        )
        for one, birth in births.items()
    }
    return {one: known.get(one) for one in wanted}


def _births_in(table: type[Person | PersonBirthEarlier], whose: Any) -> sa.Select[*tuple[Any, ...]]:
    """Whose it is, and what `Birth` is made of."""
    birth = (table.date_of_birth, table.approximate_age, table.approximate_age_on, table.unborn, table.expected_on)
    return sa.select(*map(col, (whose, *birth)))


def _each(
    session: Session, query: sa.Select[*tuple[Any, ...]], people: Collection[int]
) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of a query by person, who is its first column."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for person, *rest in session.execute(query.where(query.selected_columns[0].in_(people))):
        found.setdefault(person, []).append(tuple(rest))
    return found


def _alike_in_name(session: Session, known: Known) -> list[_Named]:
    sounding = _sounding_like(session, {key for name in known.names for key in keys_of_name(name)})
    near = _born_near(session, known)
    likely = _roughly([one for one in sounding if one.shared >= WORDS_SHARED], known.names, SHARING_ENOUGH)
    likely += _roughly([one for one in (*sounding, *near) if one.shared < WORDS_SHARED], known.names, SHARING_LITTLE)
    compared = {name: any(compare_names(typed, name) for typed in known.names) for name in {one.name for one in likely}}
    return [one for one in likely if compared[one.name]]


def _roughly(found: list[_Named], names: Collection[str], cutoff: float) -> list[_Named]:
    """Those of them that are spelled at least that alike, told in a way that is quick for very many."""
    spelled = [plain(one.name) for one in found]
    places: set[int] = set()
    for name in names:
        rough = process.extract(plain(name), spelled, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff, limit=None)
        places |= {place for _, _, place in rough}
    return [found[place] for place in sorted(places)]


def _sounding_like(session: Session, sounds: Collection[str]) -> list[_Named]:
    """Every name that shares a sound with these, and how many it shares."""
    shared = (
        select(col(PersonNameKey.name_id), func.count().label("sounds"))
        .where(col(PersonNameKey.sound).in_(sounds))
        .group_by(col(PersonNameKey.name_id))
        .subquery()
    )
    rows = session.exec(
        select(col(PersonName.person_id), col(PersonName.name), shared.c.sounds).join(
            shared, shared.c.name_id == col(PersonName.id)
        )
    )
    return [_Named(person_id, name, count) for person_id, name, count in rows]


def _born_near(session: Session, known: Known) -> list[_Named]:
    near = near_births(known)
    if not near:
        return []
    return [_Named(person_id, name) for _, person_id, name in names_by_birth(session, lambda born: born.in_(near))]


def _of_cases(session: Session, cases: Collection[str]) -> set[int]:
    if not cases:
        return set()
    return set(session.exec(select(Involvement.person_id).where(col(Involvement.case_key).in_(cases))))


def _of_profiles(session: Session, profiles: Collection[tuple[str, str]]) -> set[int]:
    if not profiles:
        return set()
    same = or_(*(and_(Profile.platform == platform, Profile.handle == handle) for platform, handle in profiles))
    return set(session.exec(select(Profile.person_id).where(same, col(Profile.struck_at).is_(None))))
