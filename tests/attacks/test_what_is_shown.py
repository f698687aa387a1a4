"""What somebody sees who asks in an unusual way: recorded all the same, and never more than the record's own page would show."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.visitor import ClientFor
from tracker.audit.events import Event
from tracker.audit.models import AuditContent, AuditEntry
from tracker.people.models import Person
from tracker.people.requests import RestrictedPerson
from tracker.people.services import restrict_person
from tracker.policy.entitlement import Actor

pytestmark = ONE_DATABASE

FORMS_ABOUT = ("late-entry", "sightings/new", "danger", "orders/report", "consents/new", "notices/new")
PARTS = ("family", "involvements", "profiles", "details", "links")


def entries(council: Council, event: Event) -> list[AuditEntry]:
    with council.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.event == event.value).order_by(col(AuditEntry.seq))
        return list(session.exec(query))


def restrict(casework: Casework, person: Person, reader: Actor) -> None:
    """Closes a record to all but one reader, and a manager of another team who can lift it."""
    with casework.transaction() as session:
        version = session.get_one(Person, person.id).version
        closed = RestrictedPerson(
            person=person.reference,
            version=version,
            readers=(reader.reference, casework.manager2.reference),
            ask_whom="Zzhead",
        )
        restrict_person(session, closed, by=casework.manager, now=START)


@pytest.mark.parametrize("form", FORMS_ABOUT)
def test_a_form_about_somebody_whose_page_was_not_opened_is_recorded_as_an_opening_once(
    council: Council, casework: Casework, client_for: ClientFor, form: str
) -> None:
    person, noise = casework.person(), casework.person()
    visitor = client_for(council.worker)
    for _ in range(2):
        page = visitor.get(f"/people/{person.reference}/{form}")
        assert str(person.name) in page.text
    assert [one.record for one in entries(council, Event.PERSON_OPENED)] == [person.reference]
    visitor.get(f"/people/{noise.reference}/{form}")
    assert [one.record for one in entries(council, Event.PERSON_OPENED)] == [person.reference, noise.reference]


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_form_sent_to_a_page_that_was_never_opened_is_recorded_as_an_opening(
    council: Council, casework: Casework, client_for: ClientFor, part: str
) -> None:
    person = casework.person()
    visitor = client_for(council.worker)
    token = visitor.get("/settings").csrf_token
    page = visitor.post(f"/people/{person.reference}/{part}", {"csrf_token": token})
    assert str(person.name) in page.text
    assert [one.record for one in entries(council, Event.PERSON_OPENED)] == [person.reference]


def test_an_opening_by_somebody_else_or_in_an_earlier_session_does_not_stand_for_mine(
    council: Council, casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    client_for(council.colleague).get(f"/people/{person.reference}")
    client_for(council.worker).get(f"/people/{person.reference}/late-entry")
    assert [one.actor for one in entries(council, Event.PERSON_OPENED)] == [
        council.colleague.reference,
        council.worker.reference,
    ]


def test_finding_somebody_on_the_page_for_danger_is_recorded_as_a_search(
    council: Council, casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    visitor = client_for(council.worker)
    page = visitor.send(visitor.get("/danger"), {"who": str(person.name)})
    assert str(person.name) in page.text
    (entry,) = entries(council, Event.PEOPLE_SEARCHED)
    assert str(person.name) not in entry.text
    with council.database.reading() as session:
        assert str(person.name) in session.get_one(AuditContent, entry.seq).text


def test_being_shown_records_that_look_alike_is_recorded_as_a_search(
    council: Council, casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    visitor = client_for(council.worker)
    typed = {"name": str(person.name), "age_known": "unknown", "relation": "service_user"}
    page = visitor.send(visitor.get("/people/new"), {**typed, "case_system": "Zzsystem", "case_reference": "ZZ-77"})
    assert person.reference in page.text
    (entry,) = entries(council, Event.PEOPLE_SEARCHED)
    assert '"found":1' in entry.text


def test_a_check_that_concerns_a_restricted_record_too_is_not_read_on_the_page_of_the_other(
    council: Council, casework: Casework, client_for: ClientFor
) -> None:
    mother, father = casework.person("Mother"), casework.person("Father")
    check = casework.ask(mother, also_about=(father.reference,), purpose_words="Zzwords about the father")
    other = casework.ask(mother, by=casework.colleague, purpose_words="Zzwords about the mother", now=START)
    reader, shut_out = client_for(council.worker), client_for(council.colleague)
    address = f"/people/{mother.reference}"
    assert "Zzwords about the father" in shut_out.get(address).text
    restrict(casework, father, casework.worker)
    assert "Zzwords about the father" in reader.get(address).text
    page = shut_out.get(address)
    assert "Zzwords about the father" not in page.text
    assert check.reference not in page.response.text
    assert "Zzwords about the mother" in page.text
    assert other.reference in page.text


def test_a_manager_who_may_not_open_a_record_does_not_read_its_name_on_their_home_page(
    council: Council, casework: Casework, client_for: ClientFor
) -> None:
    child, noise = casework.person("Hidden", born=None), casework.person("Plain", born=None)
    casework.ask(noise)
    check = casework.ask(child)
    manager = client_for(council.manager)
    assert str(child.name) in manager.get("/").text
    restrict(casework, child, casework.worker)
    home = manager.get("/")
    assert str(child.name) not in home.text
    assert check.reference in home.text
    assert str(noise.name) in home.text
    assert str(child.name) in client_for(council.worker).get("/").text


def test_a_draft_does_not_tell_the_name_of_a_record_that_was_restricted_since(
    council: Council, casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person("Hidden")
    visitor = client_for(council.colleague)
    visitor.send(visitor.get(f"/people/{person.reference}/checks/new"))
    assert str(person.name) in visitor.get("/").text
    restrict(casework, person, casework.worker)
    assert str(person.name) not in visitor.get("/").text


def test_hours_later_a_form_is_another_opening(council: Council, casework: Casework) -> None:
    from tracker.access.permissions import Permission
    from tracker.people.services import open_in_passing

    person = casework.person()
    for hours in (0, 11, 13):
        with casework.transaction() as session:
            moment = START + timedelta(hours=hours)
            open_in_passing(session, person.reference, Permission.OPEN_PERSON, by=casework.worker, now=moment)
    assert len(entries(council, Event.PERSON_OPENED)) == 2
