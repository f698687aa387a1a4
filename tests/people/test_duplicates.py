"""Who looks like somebody about to be added."""

from datetime import date
from typing import Any

import pytest

from tests.fixtures.council import START, Council
from tests.people.making import put_people, put_person, restrict, work_of
from tracker.people.duplicates import Resemblances, find_duplicates
from tracker.people.requests import Details, NewPerson, TypedProfile
from tracker.people.selectors import get_person

BORN = date(2010, 11, 3)
NOISE = ("Brian Zzother", "Kitson Zzunlike", "Marion Zznoise")


def duplicates(council: Council, name: str, *, reference: str = "", address: str = "", **details: Any) -> Resemblances:
    new = NewPerson(
        details=Details(name=name, **details),
        involvement=work_of(council.south, reference=reference),
        profile=TypedProfile(address=address) if address else None,
    )
    with council.database.reading() as session:
        return find_duplicates(session, new, by=council.actor(council.worker2), on=START.date())


@pytest.fixture
def known(council: Council) -> str:
    """The reference of somebody on record, among others."""
    put_people(council, *NOISE, date_of_birth=BORN)
    with council.database.transaction() as session:
        return put_person(
            session,
            council,
            "Seán Zzexample",
            other_names=("Jack Zzexample",),
            date_of_birth=BORN,
            work=work_of(council.north, reference="ZZ-771"),
            profile=TypedProfile(address="facebook.com/zz.sean"),
        ).reference


def test_what_is_alike_is_said(council: Council, known: str) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"name": "zzexample sean"}, "the same name"),
        ({"name": "Jack Zzexample", "date_of_birth": BORN}, "the same name and date of birth"),
        ({"name": "Shaun Zzexampel", "date_of_birth": BORN}, "a name that sounds the same and the same date of birth"),
        ({"name": "Sean Zzexamplf"}, "a similar name"),
        ({"name": "Olga Quite-Different", "reference": "zz - 771"}, "the same case reference"),
        ({"name": "Olga Quite-Different", "address": "https://m.facebook.com/ZZ.Sean"}, "the same profile"),
    ]
    for asked, alike in cases:
        found = duplicates(council, **asked)
        assert [(one.found.person.reference, one.likeness.words[0]) for one in found.people] == [(known, alike)], asked


def test_somebody_unlike_everybody_is_like_nobody(council: Council, known: str) -> None:
    assert duplicates(council, "Olga Quite-Different", date_of_birth=date(1950, 1, 1)) == Resemblances()


def test_a_restricted_record_tells_only_whom_to_ask_and_only_to_an_exact_name_or_reference(
    council: Council, known: str
) -> None:
    with council.database.transaction() as session:
        restrict(session, council, get_person(session, known))
    for asked in ({"name": "Zzexample Sean"}, {"name": "Olga Other", "reference": "ZZ-771"}):
        found = duplicates(council, **asked)
        assert (found.people, found.ask_whom) == ((), ("Zzgatekeeper, extension 4411",))
        assert found.marks == ("+1",)
    guesses: list[dict[str, Any]] = [
        {"name": "Shaun Zzexampel", "date_of_birth": BORN},
        {"name": "Sean Zzexampel"},
        {"name": "Olga Other", "address": "facebook.com/zz.sean"},
    ]
    for asked in guesses:
        assert duplicates(council, **asked) == Resemblances()
