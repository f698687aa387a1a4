"""A person's record: added, changed, involved with."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.people.making import OPENED, events, put_people, put_person, work_of
from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.people.models import Person, PersonName
from tracker.people.problems import ProblemError
from tracker.people.requests import ChangedPerson, ClosedInvolvement, Details, NewInvolvement, TypedProfile
from tracker.people.selectors import get_person, list_involvements, list_names, list_profiles, standing_of
from tracker.people.services import add_involvement, change_person, close_involvement, open_person
from tracker.policy.vocabulary import Relation
from tracker.storage.tables import NoSuchRecordError, StaleVersionError, saved_key

LOOKS_LIKE_KIT = "K\u0456t Zzexample"
"""With a Cyrillic letter in the place of the i."""

BORN = date(2012, 5, 6)


def test_a_person_is_added_with_the_team_that_asks_and_one_entry_for_each(council: Council) -> None:
    with council.database.transaction() as session:
        put_person(session, council, "Noise Zzperson")
    with council.database.transaction() as session:
        person = put_person(
            session,
            council,
            "Seán Zzexample",
            other_names=("Jack Zzexample",),
            known_by="zz.jack",
            date_of_birth=BORN,
            work=work_of(council.north, reference="ZZ 77 / 1"),
            profile=TypedProfile(address="facebook.com/zz.jack"),
        )
    with council.database.reading() as session:
        stored = get_person(session, person.reference.lower())
        assert (stored.name, stored.date_of_birth, stored.version) == ("Seán Zzexample", BORN, 1)
        assert list_names(session, saved_key(stored)) == ["Jack Zzexample"]
        assert [one.handle for one in list_profiles(session, [saved_key(stored)])] == ["zzjack"]
        (work,) = list_involvements(session, [saved_key(stored)])
        assert (work.team.name, work.involvement.case_reference) == ("Family Help North", "ZZ 77 / 1")
        kinds = [Event.PERSON_ADDED, Event.INVOLVEMENT_OPENED, Event.PROFILE_ADDED]
        assert [len(events(session, kind)) for kind in kinds] == [2, 2, 1]


def test_names_birth_handles_and_case_references_are_only_where_they_can_be_erased(council: Council) -> None:
    with council.database.transaction() as session:
        put_person(
            session,
            council,
            "Kit Zzsecret",
            date_of_birth=BORN,
            work=work_of(council.north, reference="ZZ-771"),
            profile=TypedProfile(address="facebook.com/zzhandle"),
        )
    with council.database.reading() as session:
        kinds = [Event.PERSON_ADDED, Event.INVOLVEMENT_OPENED, Event.PROFILE_ADDED]
        written = [(entry.text, content) for kind in kinds for entry, content in events(session, kind)]
    for secret in ("Zzsecret", "2012-05-06", "ZZ-771", "zzhandle"):
        assert not any(secret in entry for entry, _ in written)
        assert any(secret in content for _, content in written)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("details", "field"),
    [
        (Details(), "name"),
        (Details(name="Kit", date_of_birth=date(2026, 11, 22)), "date_of_birth"),
        (Details(name="Kit", date_of_birth=date(1890, 1, 1)), "date_of_birth"),
        (Details(name="Kit", date_of_birth=BORN, approximate_age=9), "approximate_age"),
        (Details(name="Kit", approximate_age=121), "approximate_age"),
        (Details(name="Kit", unborn=True, date_of_birth=BORN), "date_of_birth"),
        (Details(name="Kit", unborn=True, approximate_age=0), "approximate_age"),
        (Details(name="Kit", expected_on=date(2027, 1, 1)), "expected_on"),
        (Details(name="Kit", other_names=tuple(f"Zz{n}" for n in range(11))), "other_names"),
        (Details(name=LOOKS_LIKE_KIT), "name"),
        (Details(name="Kit", other_names=("Zz", LOOKS_LIKE_KIT)), "other_names"),
        (Details(known_by=LOOKS_LIKE_KIT), "known_by"),
    ],
)
def test_details_that_cannot_be_are_refused_at_their_field(council: Council, details: Details, field: str) -> None:
    (person,) = put_people(council, "Kit Zzexample")
    changed = ChangedPerson(person=person.reference, version=1, details=details)
    with pytest.raises(ProblemError) as refused, council.database.transaction() as session:
        change_person(session, changed, by=council.actor(council.worker), now=START)
    assert refused.value.field == field


def test_letters_that_look_alike_are_refused_for_somebody_new_too_and_it_is_said_why(council: Council) -> None:
    with pytest.raises(ProblemError) as refused, council.database.transaction() as session:
        put_person(session, council, LOOKS_LIKE_KIT)
    assert refused.value.message.startswith("Name has a word that mixes Latin letters with Cyrillic or Greek ones")
    assert "Kit" not in refused.value.message


def test_a_name_in_another_alphabet_is_taken(council: Council) -> None:
    with council.database.transaction() as session:
        person = put_person(session, council, "\u041e\u043b\u044c\u0433\u0430 Zzexample")
    assert person.name == "\u041e\u043b\u044c\u0433\u0430 Zzexample"


def test_an_unborn_childs_record_becomes_the_childs(council: Council) -> None:
    (unborn,) = put_people(council, "Baby Zzexample", unborn=True, expected_on=date(2026, 11, 30))
    born = Details(name="Mia Zzexample", other_names=("Baby Zzexample",), date_of_birth=date(2026, 11, 20))
    with council.database.transaction() as session:
        changed = ChangedPerson(person=unborn.reference, version=1, details=born)
        change_person(session, changed, by=council.actor(council.worker), now=START)
    with council.database.reading() as session:
        child = get_person(session, unborn.reference)
        assert (child.id, child.name, child.unborn, child.expected_on) == (unborn.id, "Mia Zzexample", False, None)
        ((entry, content),) = events(session, Event.PERSON_CHANGED)
    assert json.loads(entry.text)["facts"]["changed"] == [
        "date_of_birth",
        "expected_on",
        "name",
        "other_names",
        "unborn",
    ]
    assert "Mia" not in entry.text
    assert json.loads(content)["before"]["name"] == "Baby Zzexample"


def test_who_has_been_born_cannot_become_unborn(council: Council) -> None:
    (child,) = put_people(council, "Mia Zzexample", date_of_birth=BORN)
    changed = ChangedPerson(person=child.reference, version=1, details=Details(name="Mia", unborn=True))
    with pytest.raises(ProblemError), council.database.transaction() as session:
        change_person(session, changed, by=council.actor(council.worker), now=START)


def test_a_stale_change_overwrites_nothing(council: Council) -> None:
    (person,) = put_people(council, "Kit Zzexample")
    first = ChangedPerson(person=person.reference, version=1, details=Details(name="Kit Zzfirst"))
    second = ChangedPerson(person=person.reference, version=1, details=Details(name="Kit Zzsecond"))
    with council.database.transaction() as session:
        change_person(session, first, by=council.actor(council.worker), now=START)
    with pytest.raises(StaleVersionError), council.database.transaction() as session:
        change_person(session, second, by=council.actor(council.worker2), now=START)
    with council.database.reading() as session:
        assert get_person(session, person.reference).name == "Kit Zzfirst"
        names = select(PersonName.name, PersonName.until).where(PersonName.person_id == person.id)
        assert session.exec(names.order_by(PersonName.name)).all() == [("Kit Zzexample", START), ("Kit Zzfirst", None)]
        assert len(events(session, Event.PERSON_CHANGED)) == 1


def test_an_approximate_age_keeps_its_day_until_it_is_changed(council: Council) -> None:
    (person,) = put_people(council, "Kit Zzexample", approximate_age=15)
    for version, age, day in ((1, 15, date(2026, 10, 1)), (2, 16, date(2026, 11, 21)), (3, None, None)):
        with council.database.transaction() as session:
            details = Details(name="Kit Zzexample", approximate_age=age)
            changed = ChangedPerson(person=person.reference, version=version, details=details)
            after = change_person(session, changed, by=council.actor(council.worker), now=START)
        assert after.approximate_age_on == day


def test_a_worker_adds_a_person_only_in_a_team_of_their_own(council: Council) -> None:
    for who in (council.worker2, council.legal, council.auditor, council.admin):
        with pytest.raises(NotAllowedError), council.database.transaction() as session:
            put_person(session, council, by=who, work=work_of(council.north))
    with council.database.reading() as session:
        assert session.exec(select(Person)).all() == []


def test_another_team_adds_its_own_involvement_and_closes_only_its_own(council: Council) -> None:
    person, _ = put_people(council, "Kit Zzexample", "Noise Zzperson")
    south, by = NewInvolvement(person=person.reference, work=work_of(council.south)), council.actor(council.worker2)
    with council.database.transaction() as session:
        added = add_involvement(session, south, by=by, now=START)
    with council.database.reading() as session:
        assert standing_of(session, saved_key(person), on=date(2026, 11, 21)).teams == {
            council.north.id,
            council.south.id,
        }
        works = list_involvements(session, [saved_key(person)])
        north = next(one.involvement for one in works if one.team.id == council.north.id)
    for involvement, allowed in ((north, False), (added, True)):
        closed = ClosedInvolvement(
            person=person.reference, involvement=involvement.reference, version=1, closed_on=date(2026, 11, 21)
        )
        if allowed:
            with council.database.transaction() as session:
                close_involvement(session, closed, by=by, now=START)
        else:
            with pytest.raises(NotAllowedError), council.database.transaction() as session:
                close_involvement(session, closed, by=by, now=START)
    with council.database.reading() as session:
        on_the_day = standing_of(session, saved_key(person), on=date(2026, 11, 21))
        assert on_the_day.teams == {council.north.id, council.south.id}
        assert standing_of(session, saved_key(person), on=date(2026, 11, 22)).teams == {council.north.id}


def test_the_same_work_is_open_only_once_but_may_come_back(council: Council) -> None:
    with council.database.transaction() as session:
        person = put_person(session, council, work=work_of(council.north, reference="ZZ-5"))
    work = replace(work_of(council.north, reference=" zz-5 "), case_system="ZZcase ")
    again = NewInvolvement(person=person.reference, work=work)
    by = council.actor(council.worker)
    with pytest.raises(ProblemError), council.database.transaction() as session:
        add_involvement(session, again, by=by, now=START)
    with council.database.transaction() as session:
        (held,) = list_involvements(session, [saved_key(person)])
        closed = ClosedInvolvement(
            person=person.reference, involvement=held.involvement.reference, version=1, closed_on=date(2026, 11, 20)
        )
        close_involvement(session, closed, by=by, now=START)
        with pytest.raises(StaleVersionError):
            close_involvement(session, closed, by=by, now=START)
        add_involvement(session, again, by=by, now=START)
    with council.database.reading() as session:
        works = list_involvements(session, [saved_key(person)])
        assert [one.involvement.closed_on for one in works] == [None, date(2026, 11, 20)]


@ONE_DATABASE
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"case_reference": None}, "case_reference"),
        ({"case_system": None}, "case_system"),
        ({"opened_on": date(2026, 11, 22)}, "opened_on"),
        ({"relation": Relation.NO_CASE}, "case_reference"),
    ],
)
def test_work_that_cannot_be_is_refused_at_its_field(council: Council, changes: dict[str, object], field: str) -> None:
    (person,) = put_people(council, "Kit Zzexample")
    new = NewInvolvement(person=person.reference, work=replace(work_of(council.north), **changes))  # type: ignore[arg-type]
    with pytest.raises(ProblemError) as refused, council.database.transaction() as session:
        add_involvement(session, new, by=council.actor(council.worker), now=START)
    assert refused.value.field == field


def test_a_closing_day_is_between_opening_and_today(council: Council) -> None:
    (person,) = put_people(council, "Kit Zzexample")
    with council.database.reading() as session:
        (work,) = list_involvements(session, [saved_key(person)])
    for day in (OPENED - timedelta(days=1), date(2026, 11, 22)):
        closed = ClosedInvolvement(
            person=person.reference, involvement=work.involvement.reference, version=1, closed_on=day
        )
        with pytest.raises(ProblemError), council.database.transaction() as session:
            close_involvement(session, closed, by=council.actor(council.worker), now=START)


def test_an_involvement_of_somebody_else_is_not_found_on_this_page(council: Council) -> None:
    person, other = put_people(council, "Kit Zzexample", "Noise Zzperson")
    with council.database.reading() as session:
        (work,) = list_involvements(session, [saved_key(other)])
    closed = ClosedInvolvement(
        person=person.reference, involvement=work.involvement.reference, version=1, closed_on=OPENED
    )
    with pytest.raises(NoSuchRecordError), council.database.transaction() as session:
        close_involvement(session, closed, by=council.actor(council.worker), now=START)


def test_opening_a_record_is_an_event_and_an_administrator_never_opens_one(council: Council) -> None:
    person, _ = put_people(council, "Kit Zzexample", "Noise Zzperson")
    for who in (council.worker, council.worker2, council.legal, council.auditor, council.sro, council.manager):
        with council.database.transaction() as session:
            open_person(session, person.reference, by=council.actor(who), now=START)
    for who in (council.admin, council.officer):
        with pytest.raises(NotAllowedError), council.database.transaction() as session:
            open_person(session, person.reference, by=council.actor(who), now=START)
    with pytest.raises(NoSuchRecordError), council.database.transaction() as session:
        open_person(session, "PER-0000-0000", by=council.actor(council.worker), now=START)
    with council.database.reading() as session:
        opened = [entry.actor for entry, _ in events(session, Event.PERSON_OPENED)]
        assert len(opened) == 6


def test_a_child_becomes_an_adult_on_record_only_with_how_that_is_known(council: Council) -> None:
    """A manager approves a child's first look. Of who was an adult before, and of who stays a child, nothing is asked."""
    adult, child, unknown = date(1990, 1, 1), date(2014, 5, 1), None
    for number, (before, after, asked) in enumerate(
        [
            (child, adult, True),
            (unknown, adult, True),
            (adult, adult, False),
            (adult, child, False),
            (unknown, child, False),
        ]
    ):
        (person,) = put_people(council, f"Kit{number} Zzexample", date_of_birth=before)
        details = Details(name=f"Kit{number} Zzexample", date_of_birth=after)
        plain = ChangedPerson(person=person.reference, version=1, details=details)
        by = council.actor(council.worker)
        if asked:
            with pytest.raises(ProblemError) as problem, council.database.transaction() as session:
                change_person(session, plain, by=by, now=START)
            assert problem.value.field == "how_age_is_known"
        with council.database.transaction() as session:
            told = replace(plain, how_age_is_known="Her passport." if asked else "")
            assert change_person(session, told, by=by, now=START).version == 2
