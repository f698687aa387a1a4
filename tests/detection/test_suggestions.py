"""Which records are suggested as one person: to whom, how they are said not to be, and what is never told."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.visitor import ClientFor
from tests.people.making import put_link, put_people, put_person, restrict, work_of
from tracker.clockwork.running import run_job
from tracker.corrections.services import unlink_records
from tracker.detection.jobs import SUGGEST_LINKS
from tracker.detection.models import SuggestedLink
from tracker.detection.services import link_records, tell_apart
from tracker.detection.services.telling_apart import WHY_NOT
from tracker.detection.suggestions import find_suggestions, list_suggested
from tracker.people.duplicates import Resemblances
from tracker.people.models import NotSamePerson, Person, PersonReader
from tracker.people.problems import ProblemError
from tracker.people.requests import (
    ChangedPerson,
    Details,
    LinkedRecords,
    RecordsToldApart,
    TypedProfile,
    UnlinkedRecords,
)
from tracker.people.selectors import get_person
from tracker.people.services import change_person
from tracker.staff.models import StaffMember
from tracker.storage.tables import saved_key

BORN = date(2010, 11, 3)
NOISE = ("Brian Zzother", "Marion Zznoise", "Zora Zzunlike", "Piotr Zzkowalski")


def suggested(council: Council, person: Person, *, to: StaffMember | None = None) -> Resemblances:
    with council.database.reading() as session:
        by = council.actor(to or council.worker2)
        return find_suggestions(session, saved_key(person), by=by, on=START.date())


def names(council: Council, person: Person, *, to: StaffMember | None = None) -> list[str | None]:
    return [one.found.person.name for one in suggested(council, person, to=to).people]


def tell(council: Council, one: Person, other: Person) -> None:
    told = RecordsToldApart(person=one.reference, other=other.reference, why="Two cousins")
    with council.database.transaction() as session:
        tell_apart(session, told, by=council.actor(council.worker), now=START)


@contextmanager
def problem(words: str) -> Iterator[None]:
    with pytest.raises(ProblemError) as caught:
        yield
    assert words in caught.value.message


def compare_overnight(council: Council) -> None:
    run_job(council.database, SUGGEST_LINKS, lambda: START, leader="tests")


def pairs_for(council: Council, manager: StaffMember) -> list[set[str | None]]:
    by = council.actor(manager)
    with council.database.reading() as session:
        found = list_suggested(session, by.work_teams, by=by, on=START.date(), most=10)
    return [{pair.one.person.name, pair.other.person.name} for pair in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Zzkhan", "Muhammad Zzkhan"),
        ("Liz Zzcarter", "Elizabeth Zzcarter"),
        ("Jan Szczepański", "Jan Szczepanski"),
        ("Seán O'Brien-Zz", "Sean OBrien Zz"),
        ("Siân Zzdavies", "Sian Zzdavis"),
    ],
)
def test_a_second_record_under_another_spelling_is_suggested_on_both(council: Council, one: str, other: str) -> None:
    put_people(council, *NOISE, date_of_birth=BORN)
    first, second = put_people(council, one, other, date_of_birth=BORN)
    assert names(council, first) == [other]
    assert names(council, second) == [one]


def test_a_second_record_is_found_by_case_reference_and_by_profile(council: Council) -> None:
    put_people(council, *NOISE, date_of_birth=BORN)
    page = TypedProfile(address="facebook.com/zz.kit")
    with council.database.transaction() as session:
        kit = put_person(session, council, work=work_of(council.north, reference="ZZ 77/A"), profile=page)
        put_person(
            session, council, "Kitt Zzexampel", work=work_of(council.south, reference="zz77/a"), by=council.worker2
        )
        put_person(session, council, "Rae Zzexample", work=work_of(council.north, reference="ZZ 77/A"))
        put_person(session, council, "Olga Zzquite", profile=TypedProfile(address="https://m.facebook.com/ZZ.Kit"))
    found = suggested(council, kit)
    assert [(one.found.person.name, one.likeness.words) for one in found.people] == [
        ("Olga Zzquite", ("the same profile",)),
        ("Kitt Zzexampel", ("a similar name", "the same case reference")),
    ]


def test_brothers_sisters_and_twins_are_not_suggested(council: Council) -> None:
    kit, *_ = put_people(council, "Kit Zzexample", "Rae Zzexample", "Sam Zzexample", date_of_birth=BORN)
    put_people(council, "Kit Zzexample", date_of_birth=date(1985, 1, 9))
    assert names(council, kit) == []


def test_what_was_told_apart_is_never_suggested_again_on_either_nor_on_a_record_linked_with_it(
    council: Council,
) -> None:
    kit, same, third = put_people(council, "Kit Zzexample", "Kitt Zzexample", "Kit Zzexampel", date_of_birth=BORN)
    assert len(names(council, kit)) == 2
    tell(council, kit, same)
    assert names(council, kit) == ["Kit Zzexampel"]
    assert names(council, same) == ["Kit Zzexampel"]
    with council.database.transaction() as session:
        put_link(session, council, kit, third)
    assert [names(council, one) for one in (kit, same, third)] == [[], [], []]


def test_it_is_said_once_and_not_of_records_that_count_as_one(council: Council) -> None:
    kit, same, other = put_people(council, "Kit Zzexample", "Kitt Zzexample", "Kit Zzexampel")
    tell(council, kit, same)
    with problem("on record already"):
        tell(council, same, kit)
    with council.database.transaction() as session:
        put_link(session, council, kit, other)
    with problem("undo the link"):
        tell(council, kit, other)


def test_what_was_told_apart_may_be_linked_later_and_a_link_undone_is_not_suggested_again(council: Council) -> None:
    kit, same = put_people(council, "Kit Zzexample", "Kitt Zzexample", date_of_birth=BORN)
    with council.database.transaction() as session:
        link = put_link(session, council, kit, same)
    assert names(council, kit) == []
    with council.database.transaction() as session:
        undone = UnlinkedRecords(person=kit.reference, link=link, why="Two cousins")
        unlink_records(session, undone, by=council.actor(council.manager), now=START)
    assert names(council, kit) == []
    tell(council, kit, same)
    with council.database.transaction() as session:
        assert put_link(session, council, kit, same)


def test_of_a_restricted_record_only_whom_to_ask_is_told_and_only_by_exact_name_or_case(council: Council) -> None:
    (kit,) = put_people(council, "Kit Zzexample", date_of_birth=BORN)
    (near,) = put_people(council, "Kitt Zzexample", date_of_birth=date(1950, 7, 30))
    with council.database.transaction() as session:
        exact = put_person(session, council, "Kit Zzexample", date_of_birth=date(2012, 5, 6))
        restrict(session, council, exact)
    found = suggested(council, kit)
    assert (found.people, found.ask_whom) == ((), ("Zzgatekeeper, extension 4411",))
    with council.database.transaction() as session:
        change_person(
            session,
            ChangedPerson(
                person=near.reference, version=1, details=Details(name="Kitt Zzexample", date_of_birth=date(2012, 5, 6))
            ),
            by=council.actor(council.worker),
            now=START,
        )
    assert suggested(council, near) == Resemblances()  # nobody learns that now the date of birth is right
    assert names(council, near, to=council.manager) == ["Kit Zzexample"]  # one of its readers


@pytest.mark.parametrize("which", [0, 1])
def test_no_suggestion_and_no_link_crosses_a_sealed_record(council: Council, which: int) -> None:
    both = put_people(council, "Kit Zzexample", "Kit Zzexample", date_of_birth=BORN)
    assert names(council, both[0]) == ["Kit Zzexample"]
    with council.database.transaction() as session:
        sealed = session.get_one(Person, both[which].id)
        sealed.sealed = sealed.restricted = True
        sealed.ask_whom = "Legal"
        session.add(PersonReader(person_id=saved_key(sealed), staff_id=saved_key(council.worker), recorded_at=START))
    compare_overnight(council)
    for one in both:
        for reader in (council.worker2, council.manager, council.legal):
            assert suggested(council, one, to=reader) == Resemblances()
    assert pairs_for(council, council.manager) == []
    linked = LinkedRecords(person=both[0].reference, other=both[1].reference, why="The same")
    with problem("Ask Legal"), council.database.transaction() as session:
        link_records(session, linked, by=council.actor(council.worker), now=START)


def test_managers_are_shown_what_was_found_overnight_of_the_people_of_their_teams(council: Council) -> None:
    put_people(council, *NOISE)
    kit, same = put_people(council, "Kit Zzexample", "Kitt Zzexample", date_of_birth=BORN)
    assert pairs_for(council, council.manager) == []
    compare_overnight(council)
    assert {"Kit Zzexample", "Kitt Zzexample"} in pairs_for(council, council.manager)
    assert pairs_for(council, council.manager2) == []
    tell(council, kit, same)
    assert {"Kit Zzexample", "Kitt Zzexample"} not in pairs_for(council, council.manager)


def test_a_night_follows_what_changed_and_a_second_run_changes_nothing(council: Council) -> None:
    kit, other = put_people(council, "Kit Zzexample", "Zora Zzother", date_of_birth=BORN)

    def kept() -> list[tuple[int, int]]:
        with council.database.reading() as session:
            assert not session.exec(select(Person).where(Person.compared_at == None)).all()  # noqa: E711
            return [(row.person_id, row.other_id) for row in session.exec(select(SuggestedLink))]

    compare_overnight(council)
    assert kept() == []
    names = ("Kitt Zzexample", "Zora Zzother", "Zora Zzthird")
    for version, (name, wanted) in enumerate(zip(names, (True, True, False), strict=True), start=1):
        if not wanted:  # until then it is suggested by a name of before
            tell(council, kit, other)
        changed = ChangedPerson(person=other.reference, version=version, details=Details(name=name, date_of_birth=BORN))
        with council.database.transaction() as session:
            change_person(session, changed, by=council.actor(council.worker), now=START)
        for _ in range(2):
            compare_overnight(council)
            assert kept() == ([(saved_key(kit), saved_key(other))] if wanted else [])


def test_a_pair_with_a_record_that_the_manager_may_not_open_is_not_shown(council: Council) -> None:
    kit, same = put_people(council, "Kit Zzexample", "Kit Zzexample", work=work_of(council.south), by=council.worker2)
    compare_overnight(council)
    assert len(pairs_for(council, council.manager2)) == 1
    with council.database.transaction() as session:
        restrict(session, council, get_person(session, same.reference))
    assert pairs_for(council, council.manager2) == []
    assert suggested(council, kit, to=council.manager2).ask_whom


# Pages ----------------------------------------------------------------------------------------------------------------


@ONE_DATABASE
def test_the_page_of_a_person_asks_and_takes_the_answer(
    council: Council, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    kit, same = put_people(council, "Mohammed Zzkhan", "Muhammad Zzkhan", date_of_birth=BORN)
    worker = client_for(council.worker2)
    page = worker.get(f"/people/{kit.reference}")
    assert "May be the same person as Muhammad Zzkhan" in page.text
    assert "and the same date of birth" in page.text
    (compare,) = [link["href"] for link in page.main.all("a") if "/links/with/" in (link.get("href") or "")]
    assert compare == f"/people/{kit.reference}/links/with/{same.reference}"
    compared = worker.get(compare)
    assert "Together they would be 0 looks" in compared.text
    done = worker.send(compared, {"are_they": "two_people", "why_not": "Two cousins, both known to us"})
    assert "It is not suggested again" in done.text
    assert "Zzkhan" not in done.response.request.path
    assert "Zzkhan" not in caplog.text
    assert "May be the same person" not in worker.get(f"/people/{kit.reference}").text
    again = worker.get(compare)
    assert "recorded on" in again.text
    assert worker.send(again, {"are_they": "two_people"}).errors == [
        "It is on record already that they are not the same person"
    ]
    with council.database.reading() as session:
        (row,) = session.exec(select(NotSamePerson)).all()
        assert (row.why, row.recorded_by) == ("Two cousins, both known to us", council.worker2.id)


@ONE_DATABASE
def test_somebody_new_who_was_told_apart_on_the_form_is_not_suggested_on_the_page(
    council: Council, client_for: ClientFor
) -> None:
    (kit,) = put_people(council, "Kit Zzexample", date_of_birth=BORN)
    worker = client_for(council.worker)
    typed = {
        "name": "Kitt Zzexample", "age_known": "date_of_birth",
        "date_of_birth-day": "3", "date_of_birth-month": "11", "date_of_birth-year": "2010",
        "relation": "service_user", "case_system": "Zzcase", "case_reference": "ZZ-991",
    }  # fmt: skip
    warned = worker.send(worker.get("/people/new"), typed)
    assert "They may be on record already" in warned.text
    answer = warned.main.one(id="somebody_else")["value"]
    added = worker.send(warned, {"somebody_else": answer})
    assert "The record was added." in added.text
    assert "May be the same person" not in added.text
    assert names(council, kit) == []


@ONE_DATABASE
def test_the_queue_of_a_manager_leads_to_the_comparison(council: Council, client_for: ClientFor) -> None:
    kit, same = put_people(council, "Kit Zzexample", "Kitt Zzexample", date_of_birth=BORN)
    compare_overnight(council)
    manager = client_for(council.manager)
    there = f"/people/{kit.reference}/links/with/{same.reference}"
    for page in ("/review", "/people/may-be-one-person"):
        assert there in manager.get(page).response.text
    assert manager.get(there).status == 200


@ONE_DATABASE
def test_a_comparison_of_what_is_one_person_or_not_on_record_leads_nowhere(
    council: Council, client_for: ClientFor
) -> None:
    kit, same = put_people(council, "Kit Zzexample", "Kitt Zzexample")
    with council.database.transaction() as session:
        put_link(session, council, kit, same)
    worker = client_for(council.worker)
    page = worker.get(f"/people/{kit.reference}/links/with/{same.reference}")
    assert "These records count as one person already." in page.text
    assert not page.main.all("textarea")
    assert "one person already" in worker.get(f"/people/{kit.reference}/links/with/{kit.reference}").text
    for nowhere in ("PER-0000-0000", "Kit", "%00", "1"):
        assert worker.get(f"/people/{kit.reference}/links/with/{nowhere}").status == 404


@ONE_DATABASE
def test_somebody_new_who_agrees_in_what_tells_people_apart_is_told_apart_with_a_reason_and_a_manager_has_to_agree(
    council: Council, client_for: ClientFor
) -> None:
    (kit,) = put_people(council, "Kit Zzexample", date_of_birth=BORN)
    worker = client_for(council.worker2)
    typed = {
        "name": "Kit Zzexample", "age_known": "date_of_birth",
        "date_of_birth-day": "3", "date_of_birth-month": "11", "date_of_birth-year": "2010",
        "relation": "service_user", "case_system": "Zzcase", "case_reference": "ZZ-991",
    }  # fmt: skip
    warned = worker.send(worker.get("/people/new"), typed)
    assert "How do you know that this is somebody else?" in warned.text
    answer = {"somebody_else": warned.main.one(id="somebody_else")["value"]}
    asked = worker.send(warned, answer)
    assert asked.errors == ["Enter how you know that this is somebody else"]
    assert asked.form("Add this person").values["somebody_else"] == [answer["somebody_else"]]
    added = worker.send(asked, {**answer, "why_somebody_else": "Two cousins"})
    assert "The record was added." in added.text
    assert "Said to be somebody else on" in added.text
    assert "Two cousins" not in worker.get(f"/people/{kit.reference}").text
    manager = client_for(council.manager)
    for page in ("/people/may-be-one-person", "/review"):
        assert "Two cousins" in manager.get(page).text
    (compare,) = [
        one["href"] for one in manager.get("/people/may-be-one-person").main.all("a") if "/with/" in one["href"]
    ]
    shown = manager.get(compare)
    assert "How do you know that they are not? (optional)" not in shown.text
    assert "looks at either count for both" in shown.text
    done = manager.send(shown, {"are_they": "two_people", "why_not": "I met both"})
    assert "It is not suggested again" in done.text
    settled = worker.get(compare).text
    assert f"{council.worker2.name} recorded on" in settled
    assert f"{council.manager.name} agreed on" in settled
    assert names(council, kit) == []


@ONE_DATABASE
def test_records_that_agree_are_told_apart_on_their_page_with_a_reason_and_wait_for_a_manager(
    council: Council, client_for: ClientFor
) -> None:
    kit, same = put_people(council, "Kit Zzexample", "Kit Zzexample", date_of_birth=BORN)
    worker = client_for(council.worker2)
    compared = worker.get(f"/people/{kit.reference}/links/with/{same.reference}")
    assert worker.send(compared, {"are_they": "two_people"}).errors == [WHY_NOT]
    done = worker.send(compared, {"are_they": "two_people", "why_not": "Two cousins"})
    assert "A manager has to agree" in done.text
    again = worker.get(f"/people/{kit.reference}/links/with/{same.reference}")
    assert worker.send(again, {"are_they": "two_people", "why_not": "Two cousins"}).status == 403
    assert names(council, kit) == ["Kit Zzexample"]
