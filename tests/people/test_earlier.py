"""A person whose name or date of birth was changed keeps their place: they are found, warned of and suggested by what was there before."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.visitor import ClientFor
from tests.imports.files import fates, tried
from tests.imports.files import people as file_of
from tests.people.making import put_people, put_person, restrict, work_of
from tracker.detection.suggestions import find_suggestions
from tracker.people.duplicates import Resemblances, find_duplicates
from tracker.people.earlier import Earlier, list_earlier
from tracker.people.models import Person, PersonName, PersonNameKey
from tracker.people.requests import ChangedPerson, Details, NewPerson
from tracker.people.search import Found
from tracker.people.selectors import details_of, get_person
from tracker.people.services import change_person, search_people
from tracker.policy.vocabulary import Outcome
from tracker.staff.models import StaffMember
from tracker.storage.tables import saved_key

BORN, SINCE = date(1990, 11, 3), date(1971, 2, 25)
NOISE = ("Brian Zzother", "Marion Zznoise", "Kitson Zzunlike")
LATER = START + timedelta(days=1)
EARLIER_WORDS = ("the same name and date of birth, as recorded earlier",)


def change(council: Council, person: Person, name: str | None, *, now: Any = START, **details: Any) -> Person:
    """Changes who they are, by the worker of the other team."""
    with council.database.transaction() as session:
        version = get_person(session, person.reference).version
        changed = ChangedPerson(
            person=person.reference,
            version=version,
            details=Details(name=name, **details),
            how_age_is_known="Zzasked them",
        )
        return change_person(session, changed, by=council.actor(council.worker2), now=now)


def search(council: Council, typed: str, *, by: StaffMember | None = None) -> Found:
    with council.database.transaction() as session:
        return search_people(session, typed, by=council.actor(by or council.worker2), now=START)


def found(council: Council, typed: str) -> list[tuple[str | None, tuple[str, ...], date | None]]:
    return [(one.person.name, one.earlier_names, one.earlier_birth) for one in search(council, typed).people]


def duplicates(council: Council, name: str, **details: Any) -> Resemblances:
    new = NewPerson(details=Details(name=name, **details), involvement=work_of(council.south))
    with council.database.reading() as session:
        return find_duplicates(session, new, by=council.actor(council.worker2), on=START.date())


def warned(council: Council, name: str, **details: Any) -> list[tuple[str, tuple[str, ...]]]:
    shown = duplicates(council, name, **details).people
    return [(one.found.person.reference, one.likeness.words) for one in shown]


def suggested(council: Council, person: Person) -> list[tuple[str | None, tuple[str, ...]]]:
    with council.database.reading() as session:
        by = council.actor(council.worker2)
        shown = find_suggestions(session, saved_key(person), by=by, on=START.date()).people
    return [(one.found.person.name, one.likeness.words) for one in shown]


def earlier(council: Council, person: Person) -> Earlier:
    with council.database.reading() as session:
        return list_earlier(session, saved_key(person))


def now_known_as(council: Council, person: Person) -> Details:
    with council.database.reading() as session:
        return details_of(session, get_person(session, person.reference))


@pytest.fixture
def sean(council: Council) -> Person:
    """Somebody who was found under one name and date of birth, and has others now; among others."""
    put_people(council, *NOISE, date_of_birth=BORN)
    (person,) = put_people(council, "Seán O'Brien-Zzsmith", other_names=("Jack Zzmüller",), date_of_birth=BORN)
    assert found(council, "obrien sean") == [("Seán O'Brien-Zzsmith", (), None)]
    assert found(council, "3/11/1990 zzsm") == [("Seán O'Brien-Zzsmith", (), None)]
    assert warned(council, "Seán O'Brien-Zzsmith", date_of_birth=BORN)[0][1] == ("the same name and date of birth",)
    return change(council, person, "Olga Zzquite", date_of_birth=SINCE)


def test_who_was_renamed_is_found_by_the_name_of_before_however_it_is_typed(council: Council, sean: Person) -> None:
    for typed in (
        "Seán O'Brien-Zzsmith",
        "SEAN O\u2019BRIEN ZZSMITH",
        "zzsmith, sean",
        "o brien sean",
        "obrien",
        "Zzsm",
    ):
        assert found(council, typed) == [("Olga Zzquite", ("Seán O'Brien-Zzsmith",), None)], typed
    assert found(council, "ZZMUELLER jack") == [("Olga Zzquite", ("Jack Zzmüller",), None)]
    assert found(council, "olga zzq") == [("Olga Zzquite", (), None)], "an earlier name is shown to who typed it"
    for typed in ("ean", "rien", "sean zzother", "smithx", "sean zzquit", "zzquite sean"):
        assert found(council, typed) == [], typed


def test_who_was_born_on_another_day_is_found_by_the_day_of_before(council: Council, sean: Person) -> None:
    change(council, sean, "Olga Zzquite", date_of_birth=date(1971, 2, 26))
    for typed in ("3/11/1990 zzsmith", "3 November 1990 Olga"):
        assert [(name, born) for name, _, born in found(council, typed)] == [("Olga Zzquite", BORN)], typed
    assert found(council, "25/2/1971") == [("Olga Zzquite", (), SINCE)]
    assert found(council, "26/2/1971") == [("Olga Zzquite", (), None)]
    assert ("Olga Zzquite", (), BORN) in found(council, "3/11/1990")
    for typed in ("4/11/1990 zzsmith", "27/2/1971"):
        assert found(council, typed) == [], typed


def test_what_is_theirs_now_is_told_apart_from_what_was(council: Council, sean: Person) -> None:
    assert now_known_as(council, sean) == Details(name="Olga Zzquite", date_of_birth=SINCE)
    until = "until 21 November 2026"
    assert earlier(council, sean) == Earlier(
        names=(f"Seán O'Brien-Zzsmith, {until}", f"Jack Zzmüller, {until}"), births=(f"born 3 November 1990, {until}",)
    )


def test_what_is_given_again_is_theirs_again_and_stays_one_row(council: Council, sean: Person) -> None:
    before = Details(name="Seán O'Brien-Zzsmith", other_names=("Olga Zzquite",), date_of_birth=BORN)
    change(council, sean, before.name, other_names=before.other_names, date_of_birth=BORN, now=LATER)
    assert now_known_as(council, sean) == before
    assert earlier(council, sean) == Earlier(
        names=("Jack Zzmüller, until 21 November 2026",), births=("born 25 February 1971, until 22 November 2026",)
    )
    assert found(council, "obrien sean") == [("Seán O'Brien-Zzsmith", (), None)]
    assert warned(council, "Seán O'Brien-Zzsmith", date_of_birth=BORN) == [
        (sean.reference, ("the same name and date of birth",))
    ]
    change(council, sean, "Olga Zzquite", date_of_birth=SINCE, now=LATER)
    assert earlier(council, sean).births == ("born 3 November 1990, until 22 November 2026",)
    with council.database.reading() as session:
        names = session.exec(select(PersonName).where(PersonName.person_id == sean.id)).all()
        assert len(names) == len({row.name for row in names}) == 3
        assert {row.id for row in names} <= set(session.exec(select(PersonNameKey.name_id)))


def test_who_is_added_again_under_the_name_and_birth_of_before_is_warned_of_and_suggested(
    council: Council, sean: Person
) -> None:
    again: dict[str, Any] = {"name": "sean obrien zzsmith", "date_of_birth": BORN}
    assert warned(council, **again) == [(sean.reference, EARLIER_WORDS)]
    assert warned(council, "Seán O'Brien-Zzsmith") == [(sean.reference, ("the same name, as recorded earlier",))]
    assert warned(council, "Zora Zzunlike-Everybody", date_of_birth=BORN) == []
    with council.database.transaction() as session:
        second = put_person(session, council, **again, work=work_of(council.south), by=council.worker2)
    assert suggested(council, second) == [("Olga Zzquite", EARLIER_WORDS)]
    assert suggested(council, sean) == [("sean obrien zzsmith", EARLIER_WORDS)]


def test_one_of_the_two_of_before_is_enough_where_the_other_is_that_of_now(council: Council) -> None:
    put_people(council, *NOISE, date_of_birth=BORN)
    renamed, born_else = put_people(council, "Kit Zzexample", "Rae Zzsample", date_of_birth=BORN)
    change(council, renamed, "Kat Zzquite", date_of_birth=BORN)
    change(council, born_else, "Rae Zzsample", date_of_birth=SINCE)
    for name, person in (("Kit Zzexample", renamed), ("Rae Zzsample", born_else)):
        (second,) = put_people(council, name, date_of_birth=BORN)
        assert suggested(council, second) == [(now_known_as(council, person).name, EARLIER_WORDS)]


@ONE_DATABASE
@pytest.mark.parametrize(
    ("was", "again"),
    [
        ({"approximate_age": 30}, {"date_of_birth": date(1996, 1, 9)}),
        ({"unborn": True, "expected_on": date(2027, 1, 1)}, {"unborn": True, "expected_on": date(2027, 1, 5)}),
        ({"unborn": True}, {"unborn": True}),
    ],
)
def test_an_age_and_a_birth_that_was_awaited_count_too(
    council: Council, was: dict[str, Any], again: dict[str, Any]
) -> None:
    put_people(council, *NOISE, date_of_birth=BORN)
    kept, control = put_people(council, "Kit Zzexample", "Rae Zzsample", **was)
    change(council, kept, "Kit Zzexample")
    change(council, kept, "Kit Zzexample", date_of_birth=SINCE)
    (never,) = put_people(council, "Sam Zzspecimen", date_of_birth=SINCE)
    second, third, fourth = put_people(council, "Kit Zzexample", "Rae Zzsample", "Sam Zzspecimen", **again)
    assert [name for name, _ in suggested(council, second)] == ["Kit Zzexample"]
    assert [name for name, _ in suggested(council, third)] == ["Rae Zzsample"]
    assert suggested(council, fourth) == suggested(council, never) == []
    assert earlier(council, control) == Earlier((), ())


@ONE_DATABASE
def test_a_child_born_when_expected_has_no_other_birth_on_record(council: Council) -> None:
    one, other = put_people(council, "Baby Zzone", "Baby Zzother", unborn=True, expected_on=date(2026, 11, 30))
    change(council, one, "Mia Zzone", date_of_birth=date(2026, 11, 20))
    change(council, other, "Max Zzother", date_of_birth=date(2025, 11, 20))
    assert earlier(council, one).births == ()
    assert earlier(council, other).births == ("not born yet, expected 30 November 2026, until 21 November 2026",)


def test_of_a_restricted_record_an_earlier_name_tells_only_whom_to_ask(council: Council, sean: Person) -> None:
    with council.database.transaction() as session:
        restrict(session, council, get_person(session, sean.reference))
    whom = ("Zzgatekeeper, extension 4411",)
    for typed in ("sean obrien zzsmith", "Olga Zzquite"):
        shown = search(council, typed)
        assert (shown.total, shown.people, shown.ask_whom) == (0, (), whom), typed
        assert duplicates(council, typed) == Resemblances(ask_whom=whom)
    for typed in ("obrien", "3/11/1990 sean obrien", "3/11/1990 zzsmith"):
        shown = search(council, typed)
        assert (shown.people, shown.ask_whom) == ((), ()), typed
    assert duplicates(council, "Shaun O'Brien-Zzsmiht", date_of_birth=BORN) == Resemblances()
    assert search(council, "obrien", by=council.manager).people[0].earlier_names == ("Seán O'Brien-Zzsmith",)


def test_a_sealed_record_is_in_no_suggestion_by_an_earlier_name_either(council: Council, sean: Person) -> None:
    (second,) = put_people(council, "Seán O'Brien-Zzsmith", date_of_birth=BORN)
    assert suggested(council, second) == [("Olga Zzquite", EARLIER_WORDS)]
    with council.database.transaction() as session:
        sealed = session.get_one(Person, sean.id)
        sealed.sealed = sealed.restricted = True
        sealed.ask_whom = "Legal"
    assert suggested(council, second) == []
    shown = duplicates(council, "Seán O'Brien-Zzsmith", date_of_birth=BORN)
    assert ([one.found.person.reference for one in shown.people], shown.ask_whom) == ([second.reference], ("Legal",))
    assert [one.person.reference for one in search(council, "obrien").people] == [second.reference]


@ONE_DATABASE
def test_a_row_of_a_file_is_held_against_earlier_names_and_births(council: Council, sean: Person) -> None:
    rows = ("R1,Sean OBrien-Zzsmith,3/11/1990", "R2,Olga Zzquite,25/2/1971", "R3,Sean OBrien-Zzsmith,")
    told = tried(council, file_of(*rows, "R4,Zora Zznew,3/11/1990"))
    assert fates(told) == ["alike", "alike", "alike", "new"]
    assert [sean.reference in one.said for one in told.told] == [True, True, True, False]


def test_the_look_of_the_other_team_counts_once_the_second_record_is_linked(casework: Casework) -> None:
    kit, control = casework.person("Kit", born=BORN), casework.person("Rae", born=BORN)
    casework.ask(kit, by=casework.worker)
    change(casework.council, kit, "Olga Zzquite", date_of_birth=SINCE)
    with casework.transaction() as session:
        work = work_of(casework.council.south)
        second = put_person(
            session, casework.council, kit.name, by=casework.council.worker2, work=work, date_of_birth=BORN
        )
    (alike,) = suggested(casework.council, second)
    assert alike == ("Olga Zzquite", EARLIER_WORDS)
    casework.link(kit, second)
    later = START + timedelta(minutes=5)
    assert casework.outcome(casework.ask(second, by=casework.worker2, now=later)) is Outcome.BLOCKED_LEGAL_ADVICE
    assert casework.outcome(casework.ask(control, by=casework.worker2, now=later)) is Outcome.PERMITTED


@ONE_DATABASE
def test_the_pages_say_which_name_is_which(council: Council, sean: Person, client_for: ClientFor) -> None:
    (second,) = put_people(council, "Seán O'Brien-Zzsmith", date_of_birth=BORN)
    other = client_for(council.worker2)
    page = other.get(f"/people/{sean.reference}")
    assert page.main.one("h1").text.strip() == "Olga Zzquite"
    assert "Seán" not in page.title
    assert "Recorded earlier: born 3 November 1990, until 21 November 2026" in page.main.text
    assert "Earlier names" in page.main.text
    assert "Seán O'Brien-Zzsmith, until 21 November 2026" in page.main.text
    assert "Earlier names" not in other.get(f"/people/{second.reference}").main.text
    results = other.send(other.get("/people"), {"words": "jack zzmuller"})
    assert "earlier: Jack Zzmüller" in results.main.one("table").text
    assert "Seán" not in results.main.text
    compared = other.get(f"/people/{second.reference}/links/with/{sean.reference}")
    assert "What is alike: the same name and date of birth, as recorded earlier." in compared.main.text
    assert "born 3 November 1990, until" in compared.main.text
    assert other.get(f"/people/{sean.reference}/details").form().values["other_names"] == [""]
