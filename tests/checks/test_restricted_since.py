"""A record restricted after a check was asked for: what was done is said by who did it, what was not done needs a reader."""

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tracker.access.permissions import NotAllowedError
from tracker.checks.services import ask_again, withdraw_check
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.people.requests import RestrictedPerson
from tracker.people.services import restrict_person
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE


@pytest.fixture
def kit(casework: Casework) -> Person:
    return casework.person("Kit")


def restrict(casework: Casework, person: Person, *, reader: bool) -> None:
    """The worker is one of the readers only where `reader` says so."""
    readers = (casework.manager.reference, *((casework.worker.reference,) if reader else ()))
    closed = RestrictedPerson(person=person.reference, version=person.version, ask_whom="the head", readers=readers)
    with casework.transaction() as session:
        restrict_person(session, closed, by=casework.manager, now=START)


def again(casework: Casework, check: Check) -> None:
    with casework.transaction() as session:
        ask_again(session, get_check(session, check.reference), by=casework.worker, now=START)


def test_a_look_is_not_started_by_who_may_not_read_the_record_any_more(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    restrict(casework, kit, reader=False)
    with pytest.raises(NotAllowedError):
        casework.start(check)


def test_the_control_a_reader_goes_on(casework: Casework, kit: Person) -> None:
    check = casework.ask(kit)
    restrict(casework, kit, reader=True)
    assert casework.start(check).started_at == START


@pytest.mark.parametrize("result", [LookResult.LOOKED, LookResult.NOT_USED])
def test_what_was_done_is_still_reported(casework: Casework, kit: Person, result: LookResult) -> None:
    check = casework.ask(kit)
    restrict(casework, kit, reader=False)
    looked = result is LookResult.LOOKED
    casework.report(check, result, opened_at=START if looked else None, now=START)


def test_it_is_not_asked_again_but_withdrawn(casework: Casework, kit: Person) -> None:
    casework.ask(kit)
    blocked = casework.ask(kit)
    restrict(casework, kit, reader=False)
    with pytest.raises(NotAllowedError):
        again(casework, blocked)
    with casework.transaction() as session:
        check = get_check(session, blocked.reference)
        withdraw_check(session, check, why="Another takes it on.", by=casework.worker, now=START)
    assert check.withdrawn_at == START


def test_the_page_says_so_and_whom_to_ask_and_offers_only_what_they_may(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    check, worker = casework.ask(kit), client_for(casework.council.worker)
    blocked = casework.ask(kit)
    address = f"/checks/{check.reference}"
    assert "Start looking" in worker.get(address).html.text
    restrict(casework, kit, reader=False)
    page = worker.get(address)
    assert "To look or to ask again, ask the head." in page.text
    assert "Start looking" not in page.html.text
    assert "Report what you saw" in page.html.text
    assert "I did not look" in page.html.text
    page = worker.get(f"/checks/{blocked.reference}")
    assert "Ask again on the facts" not in page.html.text
    assert "Withdraw this check" in page.html.text
    assert "restricted since" not in client_for(casework.council.manager).get(address).text


def test_who_asked_is_shown_no_name_that_the_record_was_given_since(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    """A child is adopted: the record is closed to who asked, and has a new name."""
    casework.ask(kit)
    check = casework.ask(kit)
    looked = casework.ask(other := casework.person("Lee"))
    restrict(casework, kit, reader=False)
    restrict(casework, other, reader=False)
    with casework.transaction() as session:
        for one in (kit, other):
            session.get_one(Person, one.id).name = "Zznewname Zzexample"
    worker, manager = client_for(casework.council.worker), client_for(casework.council.manager)
    address = f"/checks/{check.reference}"
    assert "Zznewname" in manager.get(address).text
    for path in ("/", "/checks", address, f"/checks/{looked.reference}/report"):
        page = worker.get(path)
        assert "Zznewname" not in page.text
        assert "restricted record" in page.text.lower()
