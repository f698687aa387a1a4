"""Records that look like somebody who is about to be added: shown before saving, for a person to judge."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from rapidfuzz import fuzz, process
from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.people.models import Involvement, Person, PersonName, Profile
from tracker.people.naming import is_same_name, plain
from tracker.people.profiles import read_profile
from tracker.people.requests import NewPerson
from tracker.people.search import FoundPerson, describe, shut_records
from tracker.people.searching import compact
from tracker.policy.entitlement import Actor

SIMILAR = 88.0
"""How alike (of 100) two names are for a warning on the name alone."""

SIMILAR_WITH_SAME_BIRTH = 60.0
"""How alike they are for one on the name together with the date of birth."""

WORTH_A_CLOSER_LOOK = 65.0
"""How alike two spellings of one name are at least, before accents and the like are taken out of them."""

MOST_SHOWN = 10
_BETWEEN_WORDS = str.maketrans("-'\u2019.,", "     ")


class Alike(IntEnum):
    """What is alike, the most telling first."""

    PROFILE = 1
    NAME_AND_BIRTH = 2
    NAME = 3
    SIMILAR_NAME_SAME_BIRTH = 4
    CASE_REFERENCE = 5
    SIMILAR_NAME = 6


ALIKE_WORDS: dict[Alike, str] = {
    Alike.PROFILE: "the same profile",
    Alike.NAME_AND_BIRTH: "the same name and date of birth",
    Alike.NAME: "the same name",
    Alike.SIMILAR_NAME_SAME_BIRTH: "a similar name and the same date of birth",
    Alike.CASE_REFERENCE: "the same case reference",
    Alike.SIMILAR_NAME: "a similar name",
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same person, and all that is alike, the most telling first."""

    found: FoundPerson
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The likeliest first; `ask_whom` about restricted records of exactly that name or case reference."""

    people: tuple[Likeness, ...] = ()
    ask_whom: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What somebody has seen who says "this is somebody else": references, and how many there are to ask about."""
        references = sorted(one.found.person.reference for one in self.people)
        return (*references, f"+{len(self.ask_whom)}") if self.ask_whom else tuple(references)


def find_likenesses(session: Session, new: NewPerson, *, by: Actor, on: date) -> Likenesses:
    """Records alike in name (spelling mistakes included), birth, case reference or profile. Reads every name once."""
    shut = shut_records(session, by=by)
    alike: dict[int, set[Alike]] = {}
    for person_id, what in _alike_in_name(session, new):
        alike.setdefault(person_id, set()).add(what)
    for person_id in _of_case(session, new):
        alike.setdefault(person_id, set()).add(Alike.CASE_REFERENCE)
    asked = {shut[one] for one in alike.keys() & shut.keys() if alike[one] & _EXACT}
    for person_id in _of_profile(session, new):
        alike.setdefault(person_id, set()).add(Alike.PROFILE)
    open_ones = sorted(alike.keys() - shut.keys(), key=lambda one: (min(alike[one]), one))[:MOST_SHOWN]
    described = describe(session, open_ones, on=on)
    people = [Likeness(found, _most_telling(alike[one])) for one, found in zip(open_ones, described, strict=True)]
    return Likenesses(tuple(people), tuple(sorted(asked)))


def _most_telling(alike: set[Alike]) -> tuple[Alike, ...]:
    """All that is alike, the most telling first, and of the name only one word."""
    by_name = sorted(alike & _NAMED)[:1]
    return tuple(sorted({*by_name, *(alike - _NAMED)}))


_NAMED = {Alike.NAME_AND_BIRTH, Alike.NAME, Alike.SIMILAR_NAME_SAME_BIRTH, Alike.SIMILAR_NAME}
_EXACT = {Alike.NAME, Alike.NAME_AND_BIRTH, Alike.CASE_REFERENCE}


def _alike_in_name(session: Session, new: NewPerson) -> list[tuple[int, Alike]]:
    names = [name for name in (new.details.name, new.details.known_by, *new.details.other_names) if name]
    rows = session.exec(select(PersonName.person_id, PersonName.name)).all()
    born = _born_on(session, new.details.date_of_birth)
    found: list[tuple[int, Alike]] = []
    for typed in names:
        for place in _roughly_alike(typed, [name for _, name in rows], WORTH_A_CLOSER_LOOK):
            person_id, name = rows[place]
            found += _likeness(person_id, typed, name, same_birth=person_id in born)
        of_same_birth = [(person_id, name) for person_id, name in rows if person_id in born]
        for place in _roughly_alike(typed, [name for _, name in of_same_birth], SIMILAR_WITH_SAME_BIRTH):
            found.append((of_same_birth[place][0], Alike.SIMILAR_NAME_SAME_BIRTH))
    return found


def _roughly_alike(typed: str, names: list[str], cutoff: float) -> list[int]:
    """The places of the names that are at least that alike, in a form that is quick to make of very many."""
    spelled = [name.casefold().translate(_BETWEEN_WORDS) for name in names]
    wanted = typed.casefold().translate(_BETWEEN_WORDS)
    alike = process.extract(wanted, spelled, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff, limit=None)
    return [place for _, _, place in alike]


def _likeness(person_id: int, typed: str, name: str, *, same_birth: bool) -> list[tuple[int, Alike]]:
    if is_same_name(typed, name):
        return [(person_id, Alike.NAME_AND_BIRTH if same_birth else Alike.NAME)]
    score = fuzz.token_sort_ratio(plain(typed), plain(name))
    return [(person_id, Alike.SIMILAR_NAME)] if score >= SIMILAR else []


def _born_on(session: Session, day: date | None) -> set[int]:
    if day is None:
        return set()
    return {one for one in session.exec(select(Person.id).where(Person.date_of_birth == day)) if one is not None}


def _of_case(session: Session, new: NewPerson) -> set[int]:
    if not new.involvement.case_reference:
        return set()
    stored = func.replace(func.lower(Involvement.case_reference), " ", "")
    wanted = compact(new.involvement.case_reference)
    return set(session.exec(select(Involvement.person_id).where(stored == wanted)))


def _of_profile(session: Session, new: NewPerson) -> set[int]:
    if new.profile is None:
        return set()
    platform, handle, _ = read_profile(new.profile)
    same = select(Profile.person_id).where(Profile.platform == platform.value, Profile.handle == handle)
    return set(session.exec(same.where(col(Profile.struck_at).is_(None))))
