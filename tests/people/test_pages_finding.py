"""Finding and adding people, as somebody at a browser meets it."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tests.people.making import events, put_people, put_person, restrict, work_of
from tracker.audit.events import Event
from tracker.people.models import FamilyLink, Person, Profile
from tracker.people.selectors import get_person

pytestmark = ONE_DATABASE

NEW: Mapping[str, Any] = {
    "name": "Kit Zznew",
    "other_names": "Kitty Zznew\nKay Zznew",
    "age_known": "date_of_birth",
    "date_of_birth-day": "3",
    "date_of_birth-month": "11",
    "date_of_birth-year": "2010",
    "relation": "service_user",
    "case_system": "Zzcase",
    "case_reference": "ZZ-900",
    "address": "https://m.facebook.com/ZZ.new?x=1",
}


@pytest.fixture
def worker(council: Council, client_for: ClientFor) -> Visitor:
    """The worker of North, signed in."""
    return client_for(council.worker)


def people(council: Council) -> list[Person]:
    with council.database.reading() as session:
        return list(session.exec(select(Person).order_by(Person.id)))  # type: ignore[arg-type]


def names(page: Page) -> list[str]:
    return [row.one("th").text for row in page.main.all("tr")[1:]]


def search(visitor: Visitor, words: str) -> Page:
    return visitor.send(visitor.get("/people"), {"words": words})


def test_a_search_shows_who_was_found_without_the_words_in_any_address(council: Council, worker: Visitor) -> None:
    kit, _ = put_people(council, "Kit Zzexample", "Noise Zzperson")
    sent = worker.send(worker.get("/people"), {"words": "zzexam"}, follow=False)
    assert sent.status == 303
    assert "zzexam" not in sent.location.lower()
    page = worker.get(sent.location)
    assert names(page) == ["Kit Zzexample"]
    assert "Zzexample" not in page.title
    assert page.main.one("a", href=f"/people/{kit.reference}").text == "Kit Zzexample"
    again = worker.get(sent.location)
    assert names(again) == ["Kit Zzexample"], "going back shows the same"
    with council.database.reading() as session:
        assert len(events(session, Event.PEOPLE_SEARCHED)) == 1


def test_paging_and_going_back_are_not_searches_and_carry_no_words(council: Council, worker: Visitor) -> None:
    put_people(council, *(f"A{n:02} Zzmany" for n in range(45)), "Noise Zzperson")
    first = search(worker, "zzmany")
    assert names(first)[0] == "A00 Zzmany"
    last = worker.get(f"{first.path}?page=3")
    assert names(last) == [f"A{n} Zzmany" for n in range(40, 45)]
    assert names(worker.get(f"{first.path}?page=99")) == names(last)
    assert names(worker.get(f"{first.path}?page=x")) == names(first)
    assert not [link for link in first.main.all("a") if "zzmany" in link.get("href").lower()]


def test_a_search_is_its_owners_for_twelve_hours(
    council: Council, worker: Visitor, client_for: ClientFor, clock: Clock
) -> None:
    path = search(worker, "zz").path
    assert client_for(council.colleague).get(path).status == 404
    assert client_for(council.manager).get(path).status == 404
    assert worker.get("/people/found/DRF-0000-0000").status == 404
    clock.advance(hours=12)
    assert client_for(council.worker).get(path).status == 404


def test_nothing_typed_is_an_error_and_no_event(council: Council, worker: Visitor) -> None:
    page = search(worker, " ")
    assert page.errors == ["Enter a name, date of birth, reference or profile"]
    assert page.title.startswith("Error:")
    with council.database.reading() as session:
        assert events(session, Event.PEOPLE_SEARCHED) == []


def test_a_search_sent_twice_is_one_search(council: Council, worker: Visitor) -> None:
    form = worker.get("/people")
    first, second = (worker.send(form, {"words": "zz"}, follow=False) for _ in range(2))
    assert first.location == second.location
    with council.database.reading() as session:
        assert len(events(session, Event.PEOPLE_SEARCHED)) == 1


def test_a_restricted_record_shows_only_whom_to_ask(council: Council, client_for: ClientFor) -> None:
    with council.database.transaction() as session:
        kit = put_person(session, council, "Kit Zzexample", work=work_of(council.north, reference="ZZ-1"))
        restrict(session, council, kit)
    other = client_for(council.worker2)
    for words in ("Kit Zzexample", kit.reference, "zz-1"):
        page = search(other, words)
        assert "A restricted record matches: ask Zzgatekeeper, extension 4411." in page.text
        assert (names(page), "0 people" in page.text) == ([], True)
        shown = [link.get("href") for link in page.main.all("a")]
        assert not [href for href in shown if kit.reference in href]
    assert "restricted" not in search(other, "Zzexam").text
    assert names(search(client_for(council.manager), "Zzexam")) == ["Kit Zzexample"]


def test_a_person_is_added_and_their_page_is_where_one_goes(council: Council, worker: Visitor) -> None:
    put_people(council, "Noise Zzperson")
    sent = worker.send(worker.get("/people/new"), NEW, follow=False)
    added = people(council)[-1]
    assert (sent.status, sent.location) == (303, f"/people/{added.reference}")
    assert added.name == "Kit Zznew"
    with council.database.reading() as session:
        assert session.exec(select(Profile.handle)).all() == ["zznew"]


def test_a_person_sent_twice_is_added_once(council: Council, worker: Visitor) -> None:
    form = worker.get("/people/new")
    first, second = (worker.send(form, NEW, follow=False) for _ in range(2))
    assert (second.status, second.location) == (303, first.location)
    assert len(people(council)) == 1


def test_somebody_alike_is_shown_before_saving_and_told_apart_on_purpose(council: Council, worker: Visitor) -> None:
    known, _ = put_people(council, "Kitt Zznew", "Noise Zzperson")
    warned = worker.send(worker.get("/people/new"), NEW)
    assert len(people(council)) == 2
    assert warned.main.one("a", href=f"/people/{known.reference}").text == "Kitt Zznew"
    assert warned.form("Add this person").values["other_names"] == ["Kitty Zznew\nKay Zznew"]
    focus = warned.main.one("a", href="#somebody_else")
    answer = warned.main.one(id="somebody_else")
    assert "may be the same person" in focus.text
    done = worker.send(warned, {"somebody_else": answer["value"]}, follow=False)
    assert done.status == 303
    with council.database.reading() as session:
        entries = [entry.text for entry, _ in events(session, Event.PERSON_ADDED)]
    assert f'"somebody_else":["{known.reference}"]' in entries[-1]


def test_the_answer_holds_only_for_the_records_that_were_shown(council: Council, worker: Visitor) -> None:
    put_people(council, "Kitt Zznew")
    warned = worker.send(worker.get("/people/new"), NEW)
    answer = warned.main.one(id="somebody_else")["value"]
    put_people(council, "Kit Zznew")
    again = worker.send(warned, {"somebody_else": answer})
    assert len(people(council)) == 2
    assert len([link for link in again.main.all("a") if link.get("href").startswith("/people/PER-")]) == 2
    for rubbish in ("", "x", ["a", "b"]):
        assert worker.send(again, {"somebody_else": rubbish}).errors
    assert len(people(council)) == 2


def test_a_likely_duplicate_that_is_restricted_says_only_whom_to_ask(council: Council, worker: Visitor) -> None:
    with council.database.transaction() as session:
        known = put_person(session, council, "Kit Zznew")
        restrict(session, council, known)
    page = worker.send(worker.get("/people/new"), NEW)
    assert "A restricted record matches: ask Zzgatekeeper" in page.text
    assert known.reference not in page.html.text
    answer = page.main.one(id="somebody_else")["value"]
    assert worker.send(page, {"somebody_else": answer}, follow=False).status == 303


def test_what_is_missing_is_said_at_each_question_and_nothing_is_lost(council: Council, worker: Visitor) -> None:
    page = worker.send(
        worker.get("/people/new"), {**NEW, "name": "", "age_known": "", "relation": "nobody", "case_reference": ""}
    )
    assert page.errors == [
        "Select what is known of their age",
        "What are they to the council?: choose one of the answers shown",
    ]
    page = worker.send(page, {"age_known": "unknown", "relation": "service_user"})
    assert page.errors == ["Enter the reference in the case system"]
    page = worker.send(page, {"case_reference": "ZZ-900"})
    assert page.errors == ["Enter a name, or the handle that the person is known by"]
    assert page.form("Add this person").values["address"] == ["https://m.facebook.com/ZZ.new?x=1"]
    page = worker.send(page, {"name": "Kit Zznew", "address": "zz.new", "platform": ""})
    assert page.errors == ["Select the platform: the address does not say which it is"]
    assert people(council) == []


def test_a_relative_is_added_with_how_they_belong_together(council: Council, worker: Visitor) -> None:
    kit, _ = put_people(council, "Kit Zzexample", "Noise Zzperson")
    path = f"/people/{kit.reference}/family/new"
    form = worker.get(path)
    sent = worker.send(form, {**NEW, "name": "Rae Zznew", "kind": "parent"}, follow=False)
    assert (sent.status, sent.location) == (303, f"/people/{kit.reference}/family")
    rae = people(council)[-1]
    with council.database.reading() as session:
        (link,) = session.exec(select(FamilyLink)).all()
    assert (link.person_id, link.other_id, link.kind) == (rae.id, kit.id, "parent")
    assert "Rae Zznew" in worker.get(sent.location).text
    assert worker.send(form, {**NEW, "name": "Rae Zznew", "kind": "parent"}, follow=False).location == sent.location
    assert len(people(council)) == 3


def test_those_who_may_not_find_or_add_are_refused(council: Council, client_for: ClientFor) -> None:
    for who, find, add in (
        (council.admin, 403, 403),
        (council.officer, 403, 403),
        (council.legal, 200, 403),
        (council.auditor, 200, 403),
        (council.duty, 200, 200),
    ):
        visitor = client_for(who)
        assert [visitor.get("/people").status, visitor.get("/people/new").status] == [find, add], who.name
    assert Visitor(client_for(council.legal).client.application).get("/people").path == "/sign-in"


def test_a_name_of_markup_is_shown_as_typed(council: Council, worker: Visitor) -> None:
    put_people(council, "<script>Zz</script> & Zzmarkup")
    assert names(search(worker, "zzmarkup")) == ["<script>Zz</script> & Zzmarkup"]
    with council.database.reading() as session:
        assert get_person(session, people(council)[0].reference).recorded_at < START
