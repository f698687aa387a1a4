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

MOST_SHOWN = 10


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
    shut = shut_records(session, by=by, on=on)
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
    people = [Likeness(found, tuple(sorted(alike[one]))) for one, found in zip(open_ones, described, strict=True)]
    return Likenesses(tuple(people), tuple(sorted(asked)))


_EXACT = {Alike.NAME, Alike.NAME_AND_BIRTH, Alike.CASE_REFERENCE}


def _alike_in_name(session: Session, new: NewPerson) -> list[tuple[int, Alike]]:
    details, found = new.details, []
    rows = session.exec(select(PersonName.person_id, PersonName.name, col(Person.date_of_birth)).join(Person)).all()
    spelled = [plain(name) for _, name, _ in rows]
    for typed in {name for name in (details.name, details.known_by, *details.other_names) if name}:
        scores = process.extract_iter(
            plain(typed), spelled, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR_WITH_SAME_BIRTH
        )
        for _, score, place in scores:
            person_id, name, born = rows[place]
            what = _likeness(typed, name, score, same_birth=born is not None and born == details.date_of_birth)
            found += [(person_id, what)] if what is not None else []
    return found


def _likeness(typed: str, name: str, score: float, *, same_birth: bool) -> Alike | None:
    if is_same_name(typed, name):
        return Alike.NAME_AND_BIRTH if same_birth else Alike.NAME
    if same_birth:
        return Alike.SIMILAR_NAME_SAME_BIRTH
    return Alike.SIMILAR_NAME if score >= SIMILAR else None


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
