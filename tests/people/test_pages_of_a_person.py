"""The pages of one person: details, profiles, family, involvements, and records that are one person."""

from datetime import date

import pytest
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tests.people.making import events, put_link, put_people, put_person, restrict, work_of
from tracker.audit.events import Event
from tracker.corrections.services import unlink_records
from tracker.detection.services import add_family_link
from tracker.people.groups import group_of
from tracker.people.models import FamilyLink, Involvement, Person, PersonName, Profile, SamePersonLink
from tracker.people.requests import ChangedPerson, Details, NewFamilyLink, UnlinkedRecords
from tracker.people.selectors import get_person, list_names
from tracker.people.services import change_person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE


@pytest.fixture
def worker(council: Council, client_for: ClientFor) -> Visitor:
    """The worker of North, signed in."""
    return client_for(council.worker)


@pytest.fixture
def kit(council: Council) -> Person:
    """Somebody on record, among others."""
    put_people(council, "Noise Zzperson", "Nobody Zzelse")
    return put_people(council, "Kit Zzexample", date_of_birth=date(2012, 5, 6))[0]


def search(visitor: Visitor, path: str, words: str) -> Page:
    return visitor.send(visitor.get(path), {"words": words}, button="Find")


PAGES = ("details", "profiles", "family", "involvements", "links")


def test_every_page_of_a_person_records_that_it_was_opened_first(
    council: Council, worker: Visitor, kit: Person
) -> None:
    for place, page in enumerate(PAGES, start=1):
        shown = worker.get(f"/people/{kit.reference}/{page}")
        assert (shown.status, "Kit Zzexample" in shown.text) == (200, True)
        assert "Zzexample" not in shown.title
        with council.database.reading() as session:
            assert len(events(session, Event.PERSON_OPENED)) == place


def test_who_does_not_exist_or_may_not_be_opened_is_not_shown(
    council: Council, client_for: ClientFor, kit: Person
) -> None:
    with council.database.transaction() as session:
        restrict(session, council, get_person(session, kit.reference))
    other, admin = client_for(council.worker2), client_for(council.admin)
    for page in PAGES:
        path = f"/people/{kit.reference}/{page}"
        refused = other.get(path)
        assert refused.status == 403
        assert "Zzgatekeeper, extension 4411" in refused.text
        assert "Kit" not in refused.html.text
        assert admin.get(path).status == 403
        assert "Zzgatekeeper" not in admin.get(path).text
        assert other.get(f"/people/PER-0000-0000/{page}").status == 404
        assert other.get(f"/people/{kit.reference[:-1]}/{page}").status == 404
    with council.database.reading() as session:
        assert events(session, Event.PERSON_OPENED) == []
        assert {entry.record for entry, _ in events(session, Event.ACCESS_REFUSED)} == {kit.reference}


def test_details_are_changed_and_shown_as_they_are(council: Council, worker: Visitor, kit: Person) -> None:
    page = worker.get(f"/people/{kit.reference}/details")
    assert page.form().values["name"] == ["Kit Zzexample"]
    assert page.form().values["date_of_birth-year"] == ["2012"]
    sent = worker.send(page, {"name": "Kat Zzexample", "other_names": "Kit Zzexample"}, follow=False)
    assert (sent.status, sent.location) == (303, f"/people/{kit.reference}")
    with council.database.reading() as session:
        assert get_person(session, kit.reference).name == "Kat Zzexample"
        assert list_names(session, saved_key(kit)) == ["Kit Zzexample"]


def test_a_stale_form_shows_what_changed_keeps_what_was_typed_and_overwrites_nothing(
    council: Council, worker: Visitor, kit: Person
) -> None:
    page = worker.get(f"/people/{kit.reference}/details")
    meanwhile = ChangedPerson(person=kit.reference, version=1, details=Details(name="Kit Zzmeanwhile"))
    with council.database.transaction() as session:
        change_person(session, meanwhile, by=council.actor(council.worker2), now=START)
    stale = worker.send(page, {"name": "Kit Zzmine"})
    assert stale.status == 409
    assert stale.form().values["name"] == ["Kit Zzmine"]
    table = stale.main.one("table").text
    assert "Kit Zzmeanwhile" in table
    assert "Kit Zzmine" in table
    with council.database.reading() as session:
        assert get_person(session, kit.reference).name == "Kit Zzmeanwhile"
    assert worker.send(stale, {}, follow=False).status == 303
    with council.database.reading() as session:
        assert get_person(session, kit.reference).name == "Kit Zzmine"


def test_an_unborn_child_becomes_the_child_on_the_same_page(council: Council, worker: Visitor) -> None:
    (baby,) = put_people(council, "Baby Zzexample", unborn=True)
    page = worker.get(f"/people/{baby.reference}/details")
    assert page.form().values["age_known"] == ["unborn"]
    born = {"date_of_birth-day": "20", "date_of_birth-month": "nov", "date_of_birth-year": "2026"}
    worker.send(page, {"name": "Mia Zzexample", "age_known": "date_of_birth", **born}, follow=False)
    with council.database.reading() as session:
        assert get_person(session, baby.reference).date_of_birth == date(2026, 11, 20)
    back = worker.send(worker.get(f"/people/{baby.reference}/details"), {"age_known": "unborn"})
    assert back.errors == ["A person who has been recorded as born cannot be recorded as not yet born"]
    assert back.main.one("a", href="#age_known").text == back.errors[0]


def test_a_profile_is_added_once_however_often_it_is_sent(council: Council, worker: Visitor, kit: Person) -> None:
    page = worker.get(f"/people/{kit.reference}/profiles")
    for _ in range(2):
        sent = worker.send(page, {"address": "https://www.Facebook.com/zz.kit?x=1"}, follow=False)
        assert sent.status == 303
    again = worker.send(worker.get(sent.location), {"address": "facebook.com/zz.kit"})
    assert again.errors == ["This profile is on the record already"]
    assert "https://www.facebook.com/zzkit" in again.main.one("table").text
    with council.database.reading() as session:
        assert session.exec(select(Profile.handle)).all() == ["zzkit"]


def test_legal_and_auditors_read_the_pages_and_change_nothing(
    council: Council, client_for: ClientFor, kit: Person
) -> None:
    for who in (council.legal, council.auditor):
        visitor = client_for(who)
        for page in ("profiles", "family", "involvements", "links"):
            shown = visitor.get(f"/people/{kit.reference}/{page}")
            assert (shown.status, shown.forms) == (200, []), page
        token = {"csrf_token": shown.csrf_token, "submission": "0" * 32, "address": "facebook.com/zz"}
        assert visitor.get(f"/people/{kit.reference}/details").status == 403
        assert visitor.post(f"/people/{kit.reference}/profiles", token).status == 403
    with council.database.reading() as session:
        assert session.exec(select(Profile)).all() == []


def test_another_team_adds_its_involvement_and_closes_it(council: Council, client_for: ClientFor, kit: Person) -> None:
    south = client_for(council.worker2)
    page = south.get(f"/people/{kit.reference}/involvements")
    assert [link.text for link in page.main.all("a") if "close" in link.get("href")] == []
    typed = {"relation": "referral_or_enquiry", "case_system": "Zzcase", "case_reference": "ZZ-42"}
    page = south.send(page, typed)
    (close,) = [link for link in page.main.all("a") if link.get("href").endswith("/close")]
    closing = south.get(close["href"])
    early = south.send(closing, {"closed_on-year": "2020"})
    assert early.errors == ["The day it closed must be between the day it opened and today"]
    assert south.send(closing, {}, follow=False).status == 303
    stale = south.send(south.get(close["href"]), {"version": "1"})
    assert stale.status == 409
    with council.database.reading() as session:
        rows = session.exec(select(Involvement).where(Involvement.person_id == kit.id)).all()
        assert [(one.team_id, one.closed_on) for one in rows] == [
            (council.north.id, None),
            (council.south.id, START.date()),
        ]
    assert client_for(council.worker).get(close["href"]).status == 403


def test_the_case_system_used_last_is_offered_next(council: Council, worker: Visitor, kit: Person) -> None:
    page = worker.get(f"/people/{kit.reference}/involvements")
    assert page.form().values["case_system"] == ["Zzcase"]
    assert page.form().values["opened_on-day"] == ["21"]


def test_no_case_needs_no_reference(council: Council, worker: Visitor, kit: Person) -> None:
    page = worker.get(f"/people/{kit.reference}/involvements")
    sent = worker.send(page, {"relation": "no_case", "case_reference": "ignored"}, follow=False)
    assert sent.status == 303
    with council.database.reading() as session:
        rows = session.exec(select(Involvement).where(Involvement.relation == "no_case")).all()
        assert [one.case_reference for one in rows] == [None]


def test_a_relative_is_found_chosen_and_ended(council: Council, worker: Visitor, kit: Person) -> None:
    (rae,) = put_people(council, "Rae Zzexample", date_of_birth=date(1985, 1, 2))
    chosen = search(worker, f"/people/{kit.reference}/family", "zzexample")
    offered = [radio["value"] for radio in chosen.main.all("input", type="radio", name="other")]
    assert offered == [rae.reference], "not the person themself"
    assert "born 2 January 1985" in chosen.text
    assert worker.send(chosen, {}).errors == ["Select who it is", "Select what they are"]
    page = worker.send(chosen, {"other": rae.reference, "kind": "parent"})
    assert page.main.one("a", href=f"/people/{rae.reference}").text == "Rae Zzexample"
    (end,) = [link for link in page.main.all("a") if link.get("href").endswith("/end")]
    again = worker.send(chosen, {"other": rae.reference, "kind": "parent"}, follow=False)
    assert again.status == 303, "sent twice"
    why = {"why": "Rae Zzexample is an aunt"}
    assert worker.send(worker.get(end["href"]), {}).errors == ["Enter how you know"]
    ended = worker.send(worker.get(end["href"]), why)
    assert "Nobody is on record." in ended.text
    assert worker.send(worker.get(end["href"]), why).errors == ["This has been ended already"]
    assert "How that is known: Rae Zzexample is an aunt" in worker.get(f"/people/{kit.reference}").text
    with council.database.reading() as session:
        assert len(session.exec(select(FamilyLink)).all()) == 1


def test_a_reference_that_was_not_found_cannot_be_chosen(council: Council, worker: Visitor, kit: Person) -> None:
    with council.database.transaction() as session:
        secret = put_person(session, council, "Sam Zzsecret")
        put_person(session, council, "Rae Zzexample")
        restrict(session, council, secret)
    chosen = search(worker, f"/people/{kit.reference}/family", "zzexample")
    page = worker.send(chosen, {"other": secret.reference, "kind": "sibling"})
    assert page.errors == ["Who is it?: choose one of the answers shown"]
    with council.database.reading() as session:
        assert session.exec(select(FamilyLink)).all() == []


def test_a_restricted_relative_is_shown_as_one_and_no_more(
    council: Council, client_for: ClientFor, kit: Person
) -> None:
    with council.database.transaction() as session:
        secret = put_person(session, council, "Sam Zzsecret")
        link = NewFamilyLink(person=kit.reference, other=secret.reference, kind=FamilyLinkKind.SIBLING)
        made = add_family_link(session, link, by=council.actor(council.worker), now=START)
        restrict(session, council, secret)
    page = client_for(council.worker2).get(f"/people/{kit.reference}/family")
    assert "A restricted record: ask Zzgatekeeper, extension 4411" in page.text
    assert "Zzsecret" not in page.html.text
    assert secret.reference not in str(page.response.text)
    end = f"/people/{kit.reference}/family/{made.reference}/end"
    refused = client_for(council.worker2).get(end)
    assert (refused.status, "Zzsecret" in refused.html.text) == (403, False)
    assert "Sam Zzsecret" in client_for(council.manager).get(f"/people/{kit.reference}/family").text


def test_two_records_become_one_person_once_they_were_compared_and_with_a_reason(
    council: Council, worker: Visitor, client_for: ClientFor, kit: Person
) -> None:
    (same,) = put_people(council, "Kitty Zzexample")
    path = f"/people/{kit.reference}/links"
    chosen = search(worker, path, "zzexample")
    compared = worker.send(chosen, {"other": same.reference})
    assert compared.html.text.count("Zzexample") >= 2
    assert worker.send(compared, {}).errors == ["Select whether they are the same person"]
    typed = {"are_they": "one_person", "why": "Same birth"}
    assert worker.send(compared, {**typed, "why": ""}).errors == ["Enter how you know that they are one person"]
    for _ in range(2):
        assert worker.send(compared, typed, follow=False).status == 303
    with council.database.reading() as session:
        assert len(session.exec(select(SamePersonLink)).all()) == 1
        assert len(group_of(session, saved_key(kit)).members) == 2
    page = worker.get(f"/people/{same.reference}/links")
    assert "These 2 records count as one person" in page.text
    assert "Only a manager can undo it." in page.text
    manager = client_for(council.manager)
    (undo,) = [link for link in manager.get(path).main.all("a") if link.get("href").endswith("/undo")]
    assert worker.get(undo["href"]).status == 403
    assert manager.send(manager.get(undo["href"]), {}).errors == ["Enter why they are not one person"]
    undone = manager.send(manager.get(undo["href"]), {"why": "Two cousins"})
    assert "This is the only record of this person." in undone.text
    assert "Two cousins" in undone.text
    assert manager.send(manager.get(undo["href"]), {"why": "Two cousins"}).errors == [
        "This link has been undone already"
    ]


def test_an_undone_link_with_a_record_since_restricted_shows_neither_name_nor_reference(
    council: Council, client_for: ClientFor, kit: Person
) -> None:
    with council.database.transaction() as session:
        secret = put_person(session, council, "Sam Zzsecret")
        link = put_link(session, council, kit, secret)
        undone = UnlinkedRecords(person=kit.reference, link=link, why="Two cousins")
        unlink_records(session, undone, by=council.actor(council.manager), now=START)
        restrict(session, council, secret)
    page = client_for(council.worker2).get(f"/people/{kit.reference}/links")
    assert page.status == 200
    assert "a restricted record" in page.text
    assert "Zzsecret" not in page.response.text
    assert secret.reference not in page.response.text


def test_what_was_typed_is_given_back_and_no_row_changes_whatever_is_posted(
    council: Council, worker: Visitor, kit: Person
) -> None:
    bad = ["", " ", "\0", "x" * 10_000, "\u202eevil", "<b>Zz</b>" * 40, "31", "99999"]
    for page, fields in (
        (
            "details",
            (
                "name",
                "other_names",
                "known_by",
                "approximate_age",
                "date_of_birth-day",
                "date_of_birth-year",
                "version",
            ),
        ),
        ("profiles", ("address", "platform")),
        ("involvements", ("case_system", "case_reference", "opened_on-year", "relation", "team")),
        ("family", ("words",)),
    ):
        shown = worker.get(f"/people/{kit.reference}/{page}")
        for field in fields:
            for value in bad:
                answer = worker.send(shown, {field: value, "unknown_field": value}, follow=False)
                assert answer.status < 500, (page, field, value[:20])
    with council.database.reading() as session:
        assert get_person(session, kit.reference).reference == kit.reference
        names = session.exec(select(PersonName.name).where(PersonName.person_id == kit.id)).all()
        assert all(len(one) <= 120 for one in names)


def test_a_record_is_linked_only_by_who_may_open_both(council: Council, client_for: ClientFor, kit: Person) -> None:
    with council.database.transaction() as session:
        secret = put_person(session, council, "Kitty Zzexample", work=work_of(council.north))
        restrict(session, council, secret)
    other = client_for(council.worker2)
    page = search(other, f"/people/{kit.reference}/links", "Kitty Zzexample")
    assert "No other record that you may open matches." in page.text
    assert "A restricted record matches: ask Zzgatekeeper" in page.text
    assert secret.reference not in page.response.text
