"""Records that look like somebody who is about to be added: shown before saving, for a person to judge."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.people.births import Birth
from tracker.people.likeness import Known, Likeness
from tracker.people.profiles import read_profile
from tracker.people.requests import NewPerson
from tracker.people.resembling import find_resembling
from tracker.people.search import FoundPerson, describe, shut_records, whom_to_ask_of_sealed
from tracker.people.searching import compact, tells_cases_apart
from tracker.policy.entitlement import Actor

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A record that may be the same person, and what is alike. `said`: of a pair in doubt, that it waits for a manager."""

    found: FoundPerson
    likeness: Likeness
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Resemblances:
    """The likeliest first; `ask_whom` about restricted records of exactly that name or case reference."""

    people: tuple[Resemblance, ...] = ()
    ask_whom: tuple[str, ...] = ()

    @property
    def leaves_doubt(self) -> bool:
        """Whether one of those who are shown agrees in what tells people apart."""
        return any(one.likeness.leaves_doubt for one in self.people)

    @property
    def marks(self) -> tuple[str, ...]:
        """What somebody has seen who says "this is somebody else": references, and how many there are to ask about."""
        references = sorted(one.found.person.reference for one in self.people)
        return (*references, f"+{len(self.ask_whom)}") if self.ask_whom else tuple(references)


def find_duplicates(session: Session, new: NewPerson, *, by: Actor, on: date) -> Resemblances:
    """Records alike in name (spelling, sound and short forms included), birth, case reference or profile.

    Of a sealed record of exactly that name or case reference everybody, whoever may open it, is told the same: to ask Legal first.
    """
    known = _known(new, on=on)
    alike = {one: like for one, like in find_resembling(session, known).items() if like.warns}
    shown = shown_to(session, alike, by=by, on=on, most=MOST_SHOWN)
    ask = {*shown.ask_whom, *whom_to_ask_of_sealed(session, known.names, known.cases)}
    return Resemblances(shown.people, tuple(sorted(ask)))


def shown_to(session: Session, alike: dict[int, Likeness], *, by: Actor, on: date, most: int) -> Resemblances:
    """What the actor is told of these: of a record that may not be opened only whom to ask, and only where the whole name or
    the case reference is the same, so that nobody learns from it whether a guess was right."""
    shut = shut_records(session, by=by)
    asked = {shut[one] for one in alike.keys() & shut.keys() if alike[one].is_exact}
    open_ones = sorted(alike.keys() - shut.keys(), key=lambda one: (alike[one].rank, one))[:most]
    described = describe(session, open_ones, on=on)
    people = [Resemblance(found, alike[one]) for one, found in zip(open_ones, described, strict=True)]
    return Resemblances(tuple(people), tuple(sorted(asked)))


def _known(new: NewPerson, *, on: date) -> Known:
    details, case = new.details, new.involvement.case_reference
    age_on = on if details.approximate_age is not None else None
    profiles: set[tuple[str, str]] = set()
    if new.profile is not None:
        platform, handle, _ = read_profile(new.profile)
        profiles.add((platform.value, handle))
    return Known(
        names=tuple(name for name in (details.name, details.known_by, *details.other_names) if name),
        birth=Birth(details.date_of_birth, details.approximate_age, age_on, details.unborn, details.expected_on),
        cases=frozenset({compact(case)} if case and tells_cases_apart(compact(case)) else ()),
        profiles=frozenset(profiles),
    )
