"""Very many compared at once are found to be one person with whom each would be, compared by themself."""

import random
from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session, select

from tests.fixtures.council import START, Council
from tests.people.making import work_of
from tests.people.test_likeness import NAMES, NOT_ALIKE
from tracker.people.births import Birth
from tracker.people.crowd import Crowd
from tracker.people.gathering import gather_crowd
from tracker.people.likeness import Known
from tracker.people.models import Person
from tracker.people.requests import ChangedPerson, Details, NewPerson, TypedProfile
from tracker.people.resembling import find_resembling, known_of
from tracker.people.searching import compact
from tracker.people.services import add_people, change_person
from tracker.storage.tables import saved_key
from tracker.web.text import mixes_alphabets

SEEDS = [1]
PAIRS = [*((one, other) for one, other, _ in NAMES), *NOT_ALIKE]
WHOLE = [name for pair in PAIRS for name in pair if any(map(str.isalpha, name))]
BORN = date(2010, 11, 3)
DAYS = [
    *(BORN, date(2010, 3, 11), date(2010, 11, 8), date(2009, 11, 3), date(2010, 1, 1), date(2010, 7, 30)),
    *(date(1980, 2, 29), date(1981, 1, 1), date(1980, 1, 1), date(2010, 11, 30)),
]
HANDLES, CASES = ("zz.one", "zz.two"), ("ZZ-1", "zz - 1", "ZZ-2")


def some_name(chance: random.Random) -> str:
    """A name of the examples, or words of several, now and then misspelled, run together or turned round."""
    words = chance.choice(WHOLE).split()
    if chance.random() < 0.6:
        words = [chance.choice(chance.choice(WHOLE).split()), *words[-2:]]
    if chance.random() < 0.3:
        word, place = words[-1], chance.randrange(len(words[-1]))
        words[-1] = word[:place] + chance.choice("aeizt") + word[place + chance.randrange(2) :]
    if chance.random() < 0.1:
        words = ["".join(words)]
    if chance.random() < 0.2:
        words.reverse()
    name = " ".join(words)
    return some_name(chance) if mixes_alphabets(name) else name


def some_birth(chance: random.Random) -> Birth:
    day = chance.choice([None, None, *DAYS])
    if day is not None or chance.random() < 0.6:
        return Birth(day)
    return Birth(age=chance.choice([16, 30]), age_on=START.date())


def somebody(chance: random.Random) -> Known:
    names = {some_name(chance) for _ in range(chance.choice([1, 1, 1, 2, 3]))}
    profiles = frozenset({("x", chance.choice(HANDLES))} if chance.random() < 0.1 else ())
    cases = frozenset({compact(chance.choice(CASES))} if chance.random() < 0.1 else ())
    return Known(tuple(sorted(names)), some_birth(chance), cases=cases, profiles=profiles)


def some_new_person(council: Council, chance: random.Random) -> NewPerson:
    first, *others = {some_name(chance) for _ in range(chance.choice([1, 1, 2]))}
    born, handle = some_birth(chance), chance.choice([*HANDLES, *[None] * 20])
    details = Details(name=first, other_names=tuple(others), date_of_birth=born.day, approximate_age=born.age)
    profile = TypedProfile(address=f"https://x.com/{handle}") if handle else None
    work = work_of(council.north, reference=chance.choice([*CASES, *[""] * 20]))
    return NewPerson(details=details, involvement=work, profile=profile)


@pytest.fixture
def crowded(council: Council, request: pytest.FixtureRequest) -> Iterator[tuple[Session, random.Random]]:
    chance = random.Random(request.param)  # noqa: S311 - the same people each time
    by, teams = council.actor(council.worker), {council.north.reference: council.north}
    with council.database.transaction() as session:
        new = [some_new_person(council, chance) for _ in range(150)]
        people = add_people(session, new, teams=teams, answering=by.staff_id, by=by, now=START)
        for person in people[::3]:
            known = some_new_person(council, chance).details
            changed = ChangedPerson(person=person.reference, version=1, details=known, how_age_is_known="Asked")
            change_person(session, changed, by=by, now=START)
        for person in people[::20]:
            person.restricted = person.sealed = True
            person.ask_whom = "Zzlegal"
        session.flush()
        yield session, chance


@pytest.mark.parametrize("crowded", SEEDS, indirect=True)
def test_many_at_once_are_found_to_be_whom_each_alone_is_found_to_be(
    crowded: tuple[Session, random.Random],
) -> None:
    session, chance = crowded
    many = [somebody(chance) for _ in range(120)]
    alone = [
        sorted(key for key, alike in find_resembling(session, known).items() if alike.suggests_one_person)
        for known in many
    ]
    crowd = gather_crowd(session, many)
    assert [list(crowd.one_with(known)) for known in many] == alone
    everybody = Crowd(known_of(session, map(saved_key, session.exec(select(Person)))))
    assert [list(everybody.one_with(known)) for known in many] == alone
    assert sum(map(bool, alone)) > 15
    assert sum(not one for one in alone) > 15
