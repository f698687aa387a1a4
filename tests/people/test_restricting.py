"""A record that only some may read: restricted by a manager with a reason, changed, and lifted again."""

import pytest
from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.people.models import Person, PersonReader
from tracker.people.problems import ProblemError
from tracker.people.requests import LiftedRestriction, RestrictedPerson
from tracker.people.services import lift_restriction, restrict_person
from tracker.policy.entitlement import Actor

pytestmark = ONE_DATABASE

WHY = "Zzher aunt works in this team."
ASK = "the head of service"


@pytest.fixture
def person(casework: Casework) -> Person:
    return casework.person("Kit")


@pytest.fixture
def manager(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.manager)


def restricted_to(person: Person, *readers: Actor) -> RestrictedPerson:
    names = tuple(one.reference for one in readers)
    return RestrictedPerson(person=person.reference, version=person.version, ask_whom=ASK, readers=names, why=WHY)


def answers(casework: Casework, *readers: Actor, others: str = "") -> dict[str, str | list[str]]:
    return {"why": WHY, "readers": [one.reference for one in readers], "others": others, "ask_whom": ASK}


def restrict(casework: Casework, manager: Visitor, person: Person, *readers: Actor) -> Page:
    page = manager.get(f"/people/{person.reference}/restrict")
    return manager.send(page, answers(casework, *readers), button="Restrict this record")


def test_a_manager_restricts_a_record_and_lifts_it_again_on_its_pages(
    casework: Casework, client_for: ClientFor, manager: Visitor, person: Person
) -> None:
    address = f"/people/{person.reference}"
    colleague, reader = client_for(casework.council.colleague), client_for(casework.council.worker)
    assert colleague.get(address).status == 200
    assert "Restrict this record" in manager.get(address).text
    assert "Restrict this record" not in reader.get(address).text
    assert "ask Legal to seal the record" in manager.get(f"{address}/restrict").text
    shown = restrict(casework, manager, person, casework.worker, casework.manager)
    assert "Wanda Zzworker" in shown.text
    assert "Mina Zzmanager" in shown.text
    assert f"Others are told to ask {ASK}" in shown.text
    assert WHY not in shown.text
    assert reader.get(address).status == 200
    refused = colleague.get(address)
    assert refused.status == 403
    assert f"ask {ASK}" in refused.text
    assert WHY not in refused.text
    assert "Lift the restriction" not in reader.get(address).text
    lift = manager.get(f"{address}/lift-restriction")
    assert manager.send(lift, {"why": ""}).errors == ["Enter why it need not be restricted any more"]
    lifted = manager.send(lift, {"why": "She has left."}, button="Lift the restriction")
    assert "The restriction was lifted." in lifted.html.text
    assert colleague.get(address).status == 200


def test_the_reasons_are_in_the_trail_and_who_may_read_too(
    casework: Casework, manager: Visitor, person: Person
) -> None:
    restrict(casework, manager, person, casework.worker, casework.manager)
    lift = manager.get(f"/people/{person.reference}/lift-restriction")
    manager.send(lift, {"why": "She has left."}, button="Lift the restriction")
    with casework.database.reading() as session:
        found = select(AuditEntry).where(col(AuditEntry.event).like("people:restrict%"))
        first, second = session.exec(found.order_by(col(AuditEntry.seq))).all()
    assert casework.worker.reference in first.text
    assert (first.event, second.event) == ("people:restricted", "people:restriction_lifted")
    assert WHY not in first.text


def test_somebody_of_another_team_is_let_in_by_address(
    casework: Casework, client_for: ClientFor, manager: Visitor
) -> None:
    person = casework.person("Kit")
    page = manager.get(f"/people/{person.reference}/restrict")
    unknown = manager.send(page, answers(casework, casework.manager, others="nobody@northshire.example"))
    assert unknown.errors == ["Nobody who works here signs in with nobody@northshire.example"]
    manager.send(page, answers(casework, casework.manager, others=f"\n {casework.council.head.email.upper()} "))
    assert client_for(casework.council.head).get(f"/people/{person.reference}").status == 200


def test_a_manager_who_leaves_themself_out_is_not_shown_the_record_again(
    casework: Casework, manager: Visitor, person: Person
) -> None:
    shown = restrict(casework, manager, person, casework.manager2)
    assert shown.path == "/"
    assert manager.get(f"/people/{person.reference}").status == 403


def test_a_page_that_somebody_overtook_shows_what_is_on_record(
    casework: Casework, client_for: ClientFor, manager: Visitor, person: Person
) -> None:
    other = client_for(casework.council.manager2)
    page = other.get(f"/people/{person.reference}/restrict")
    restrict(casework, manager, person, casework.worker, casework.manager, casework.manager2)
    late = other.send(page, answers(casework, casework.manager2))
    assert late.status == 409
    assert "What is different" in late.text
    assert "Wanda Zzworker" in late.text


def test_nobody_or_only_workers_as_readers_is_refused_since_nobody_could_lift_it(
    casework: Casework, person: Person
) -> None:
    for readers in ((), (casework.worker, casework.colleague)):
        with pytest.raises(ProblemError) as problem, casework.transaction() as session:
            restrict_person(session, restricted_to(person, *readers), by=casework.manager, now=START)
        assert problem.value.field == "readers"


def test_only_a_manager_who_may_read_it_lifts_it_and_once(casework: Casework, person: Person) -> None:
    with casework.transaction() as session:
        restrict_person(
            session, restricted_to(person, casework.worker, casework.manager), by=casework.manager, now=START
        )
    lifted = LiftedRestriction(person=person.reference, version=person.version + 1, why="Over.")
    for who in (casework.worker, casework.manager2, casework.head, casework.legal, casework.admin):
        with pytest.raises(NotAllowedError), casework.transaction() as session:
            lift_restriction(session, lifted, by=who, now=START)
    with casework.transaction() as session:
        lift_restriction(session, lifted, by=casework.manager, now=START)
        assert session.exec(select(PersonReader)).all() == []
    again = LiftedRestriction(person=person.reference, version=person.version + 2, why="Over.")
    with pytest.raises(ProblemError), casework.transaction() as session:
        lift_restriction(session, again, by=casework.manager, now=START)


def test_another_restricted_record_of_the_same_person_keeps_it_closed(
    casework: Casework, client_for: ClientFor, person: Person
) -> None:
    twin = casework.person("Kitty")
    for one in (person, twin):
        with casework.transaction() as session:
            restrict_person(
                session, restricted_to(one, casework.worker, casework.manager), by=casework.manager, now=START
            )
    casework.link(person, twin)
    lifted = LiftedRestriction(person=person.reference, version=person.version + 1, why="Over.")
    with casework.transaction() as session:
        lift_restriction(session, lifted, by=casework.manager, now=START)
    assert client_for(casework.council.colleague).get(f"/people/{person.reference}").status == 403
