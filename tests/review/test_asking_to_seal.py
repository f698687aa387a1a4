"""A manager asks Legal to seal a record: one case waits, Legal seals or says why not, and who asked is told."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tests.review.sealing import sealed
from tests.review.test_queue import restrict
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.requests import AskedToSeal, SealedPerson
from tracker.people.selectors import get_person
from tracker.people.vocabulary import SealKind
from tracker.policy.entitlement import Actor
from tracker.referrals.models import Referral
from tracker.referrals.selectors import get_referral
from tracker.referrals.vocabulary import Finding, ReferralKind, ReferralPlace
from tracker.review.opening import open_case
from tracker.review.requests import NewResolution
from tracker.review.services import ask_to_seal, resolve_referral, seal_person, take_referral
from tracker.staff.requests import NewDeputy
from tracker.staff.services import name_deputy

pytestmark = ONE_DATABASE
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASON = "Zzmoved to a refuge on Tuesday."
NO = "Zzno: restrict it, and ask again once the order is made."


@pytest.fixture
def kit(casework: Casework) -> Person:
    return casework.person("Kit")


def address(person: Person) -> str:
    return f"/people/{person.reference}/ask-to-seal"


def asked(work: Casework, person: Person, *, by: Actor | None = None) -> str:
    new = AskedToSeal(person=person.reference, kind=SealKind.REFUGE, why=REASON)
    with work.transaction() as session:
        return ask_to_seal(session, new, by=by or work.manager, now=START).reference


def answered(work: Casework, case: str, *, by: Actor | None = None) -> None:
    lawyer = by or work.legal
    with work.transaction() as session:
        row = get_referral(session, case)
        take_referral(session, row, version=row.version, by=lawyer, now=START)
        resolve_referral(session, row, NewResolution(NO, row.version), by=lawyer, now=START + HOUR)


def cases(session: Session) -> list[Referral]:
    return list(session.exec(select(Referral).where(Referral.kind == ReferralKind.SEAL_ASKED.value)))


def press(visitor: Visitor, person: Person) -> Page:
    page = visitor.get(address(person))
    return visitor.send(page, {"kind": "refuge", "why": REASON}, button="Ask Legal")


def test_a_manager_asks_and_legal_finds_it_in_the_queue_and_seals(
    casework: Casework, kit: Person, client_for: ClientFor, clock: Clock
) -> None:
    manager, lawyer = client_for(casework.council.manager), client_for(casework.council.legal)
    assert address(kit) in [link.get("href") for link in manager.get(f"/people/{kit.reference}").main.all("a")]
    done = press(manager, kit)
    assert done.path == address(kit)
    assert "Legal has been asked" in done.text
    assert REASON in done.text
    assert not [form for form in done.forms if "why" in form.values]
    assert "A manager asks for a record to be sealed" in lawyer.get("/").text
    with casework.database.reading() as session:
        case = cases(session)[0].reference
    page = lawyer.get(f"/referrals/{case}")
    assert "Mina Zzmanager" in page.text
    assert f"Refuge. {REASON}" in page.text
    seal = lawyer.get(f"/people/{kit.reference}/seal")
    assert REASON in seal.text
    readers = [casework.council.manager.reference]
    lawyer.send(seal, {"kind": "refuge", "why": "As asked.", "readers": readers}, button="Seal this record")
    with casework.database.reading() as session:
        row = get_referral(session, case)
        assert (row.place, row.finding) == (ReferralPlace.CLOSED, Finding.SEALED)
        assert row.closed_by == casework.legal.staff_id
    home = manager.get("/")
    assert "Legal has answered" in home.text
    assert "The record is sealed." in home.text
    assert "As asked." not in manager.get(address(kit)).text  # why Legal sealed it is Legal's
    clock.advance(days=15)
    assert "Legal has answered" not in manager.get("/").text


def test_who_asked_and_may_not_read_the_sealed_record_is_told_that_it_is_sealed_and_not_whose_it_is(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    case = asked(casework, kit, by=casework.manager2)
    sealed(casework, kit, now=START)
    page = client_for(casework.council.manager2).get("/").main
    assert "Legal has answered" in page.text
    assert case in page.text
    assert str(kit.name) not in page.text
    assert kit.reference not in page.text
    assert not [link for link in page.all("a") if "ask-to-seal" in link.get("href")]


def test_legal_says_why_not_to_who_asked_alone(casework: Casework, kit: Person, client_for: ClientFor) -> None:
    case = asked(casework, kit)
    lawyer = client_for(casework.council.legal)
    lawyer.send(lawyer.get(f"/referrals/{case}"), button="Take this case")
    answering = lawyer.get(f"/referrals/{case}/resolve")
    assert "The manager who asked reads your words." in answering.text
    lawyer.send(answering, {"answer": NO}, button="Answer and close this case")
    manager, other = client_for(casework.council.manager), client_for(casework.council.manager2)
    assert "It was not sealed: read why." in manager.get("/").text
    assert NO in manager.get(address(kit)).text
    seen = other.get(address(kit)).text
    assert "Mina Zzmanager asked" in seen
    assert NO not in seen
    assert REASON not in seen
    assert "Legal has answered" not in other.get("/").text


def test_who_asked_and_may_not_read_the_record_any_more_is_not_sent_to_read_why_it_was_not_sealed(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    case = asked(casework, kit, by=casework.manager2)
    restrict(casework, kit)
    answered(casework, case)
    page = client_for(casework.council.manager2).get("/").main
    assert "It was not sealed." in page.text
    assert "read why" not in page.text
    assert kit.reference not in page.text


def test_one_case_is_open_however_often_and_by_whomever_it_is_asked(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    manager, other = client_for(casework.council.manager), client_for(casework.council.manager2)
    page, late = manager.get(address(kit)), other.get(address(kit))
    for _ in range(2):
        manager.send(page, {"kind": "refuge", "why": REASON}, button="Ask Legal")
    refused = other.send(late, {"kind": "adoption", "why": "Zzanother."}, button="Ask Legal")
    assert refused.errors == ["Legal has been asked to seal this record already"]
    with casework.database.reading() as session:
        assert len(cases(session)) == 1
        case = cases(session)[0].reference
    answered(casework, case)
    assert "Ask again" in manager.get(address(kit)).text
    assert asked(casework, kit) != case  # the control: once it is answered, it can be asked again


def test_what_is_sealed_is_not_asked_for(casework: Casework, kit: Person) -> None:
    sealed(casework, kit, now=START)
    with pytest.raises(ProblemError) as refused:
        asked(casework, kit)
    assert refused.value.message == "This record is sealed already"


def test_the_reason_is_content_and_in_no_address_or_fact(
    casework: Casework, kit: Person, client_for: ClientFor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    visitor = client_for(casework.council.manager)
    page = visitor.get(address(kit))
    sent = visitor.send(page, {"kind": "refuge", "why": REASON}, button="Ask Legal", follow=False)
    assert "Zz" not in sent.response.headers["Location"]
    assert "refuge" not in sent.response.headers["Location"]
    assert REASON not in caplog.text
    with casework.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.record == kit.reference)).all()
        seal = next(one for one in entries if one.event == "people:seal_asked")
        assert "refuge" not in seal.text
        assert REASON not in seal.text


def test_who_works_with_the_person_reads_of_no_case(casework: Casework, kit: Person, client_for: ClientFor) -> None:
    """A worker is told that their manager can ask; what is between Legal and a manager is on no page of the person."""
    case = asked(casework, kit)
    page = client_for(casework.council.worker).get(f"/people/{kit.reference}").text
    assert "your manager can ask Legal to seal this record" in page
    assert "with Legal since" not in page
    assert case not in page


def test_no_chain_of_cover_lets_who_asked_answer(casework: Casework, kit: Person) -> None:
    case = asked(casework, kit)
    with casework.transaction() as session:
        cover = NewDeputy(casework.legal.staff_id, casework.manager.staff_id, START - HOUR, START + DAY, "Leave.")
        name_deputy(session, cover, by=casework.legal, now=START - HOUR)
    deputy = casework.council.actor(casework.council.manager, at=START)
    version = kit.version
    seal = SealedPerson(
        person=kit.reference, version=version, kind=SealKind.REFUGE, why=REASON, readers=(casework.manager.reference,)
    )
    with pytest.raises(NotAllowedError), casework.transaction() as session:
        open_case(session, case, by=deputy, now=START)
    with pytest.raises(NotAllowedError):
        answered(casework, case, by=deputy)
    with pytest.raises(NotAllowedError), casework.transaction() as session:
        seal_person(session, seal, by=deputy, now=START)
    with casework.transaction() as session:  # the control: the lawyer may
        seal_person(session, seal, by=casework.legal, now=START)
        assert get_person(session, kit.reference).sealed
