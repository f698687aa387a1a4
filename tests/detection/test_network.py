"""A person's network as a page shows it."""

from sqlmodel import select

from tests.detection.finding import belong, family
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.hand import HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.fixtures.visitor import ClientFor
from tests.people.making import restrict
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.detection.network import NetworkRow, network_shown
from tracker.people.models import Person
from tracker.people.selectors import get_person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.entitlement import Actor

pytestmark = ONE_DATABASE


def rows(casework: Casework, person: Person, by: Actor) -> list[NetworkRow]:
    with casework.database.reading() as session:
        return list(network_shown(session, get_person(session, person.reference), to=by, now=START).rows)


def test_everybody_within_one_step_is_there_with_the_looks_and_of_other_teams_only_that_and_when(
    casework: Casework,
) -> None:
    child, mother, grandmother = family(casework)
    friend, again = casework.person("Friend"), casework.person("Again")
    belong(casework, friend, mother, FamilyLinkKind.ASSOCIATE)
    casework.link(grandmother, again)
    casework.ask(child)
    casework.ask(mother, by=casework.worker2)
    casework.ask(friend)
    casework.danger(again)
    seen = rows(casework, mother, casework.worker)
    assert [[one.reference for one in row.records] for row in seen] == [
        [mother.reference],
        [child.reference],
        [grandmother.reference, again.reference],
    ]
    name = casework.council.worker.name
    assert [(row.relation, len(row.looks)) for row in seen] == [("This person", 1), ("Child", 1), ("Parent", 1)]
    assert seen[0].looks[0].by == "another team"
    assert seen[0].looks[0].ground == ""
    assert seen[1].looks[0].by.startswith(name)
    assert seen[1].looks[0].ground
    assert [row.relation for row in rows(casework, child, casework.worker)] == ["This person", "Parent"]
    assert all(look.ground for row in rows(casework, mother, casework.legal) for look in row.looks)


def test_a_restricted_relative_is_there_as_such_and_a_sealed_one_is_not(casework: Casework) -> None:
    child, mother, grandmother = family(casework)
    for person in (child, grandmother):
        casework.ask(person)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, child.reference))
        sealed = session.get_one(Person, grandmother.id)
        sealed.sealed = sealed.restricted = True
        sealed.ask_whom = "Legal"
    seen = rows(casework, mother, casework.worker2)
    assert [(len(row.records), row.looks, row.ask_whom) for row in seen] == [
        (1, (), None),
        (0, (), "Zzgatekeeper, extension 4411"),
    ]
    assert [len(row.looks) for row in rows(casework, mother, casework.manager)] == [0, 1]


def test_opening_it_is_in_the_trail_of_everybody_it_shows(casework: Casework, client_for: ClientFor) -> None:
    child, mother, grandmother = family(casework)
    with casework.transaction() as session:
        restrict(session, casework.council, get_person(session, child.reference))
    page = client_for(casework.council.worker2).get(f"/people/{mother.reference}/network")
    assert "A restricted record: ask Zzgatekeeper" in page.text
    assert child.reference not in page.response.text
    assert (child.name or "") not in page.text
    with casework.database.reading() as session:
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.event == Event.NETWORK_OPENED.value))
        assert mother.reference in entry.text
        assert grandmother.reference in entry.text
        assert child.reference not in entry.text


def test_it_is_readable_in_one_look_on_a_phone_too(casework: Casework, hand_of: HandOf) -> None:
    child, mother, _ = family(casework)
    casework.ask(child)
    casework.ask(mother, by=casework.worker2)
    hand = hand_of(casework.council.worker)
    hand.open(f"/people/{mother.reference}").follow("See the looks at all of them in one table")
    hand.sees("2 looks that count, by 2 teams, at the 3 people below", "another team", "Nobody has looked")
    for page in (f"/people/{mother.reference}/network", f"/people/{mother.reference}/links/with/{child.reference}"):
        hand.open(page)
        assert_accessible(hand.page)
        assert_no_sideways_scroll(hand.page)
