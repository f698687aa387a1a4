"""Legal's queue and one case: everything that the decision stood on is there in words, and the case is taken and answered there."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Visitor
from tests.review.test_referral_services import Case
from tracker.audit.models import AuditEntry
from tracker.policy import facts
from tracker.policy.vocabulary import Conclusion
from tracker.review.selectors.facts_in_words import OF_A_RECORD, RECORDS, REQUEST, REST

pytestmark = ONE_DATABASE

LATER = START + timedelta(hours=1)


@pytest.fixture
def case(casework: Casework) -> Case:
    return Case(casework)


@pytest.fixture
def lawyer(case: Case, client_for: ClientFor, clock: Clock) -> Visitor:
    clock.set(LATER)
    return client_for(case.work.council.legal)


def test_the_queue_says_what_waits_by_when_and_who_has_it(case: Case, lawyer: Visitor) -> None:
    page = lawyer.get("/referrals")
    assert case.reference in page.text
    assert "Blocked check" in page.text
    assert "Nobody yet" in page.text
    assert "Needed by" in page.text
    assert "You have taken no case." in lawyer.get("/referrals?show=mine").text
    case.take()
    assert case.reference in lawyer.get("/referrals?show=mine").text
    assert "No case is free." in lawyer.get("/referrals?show=free").text
    case.resolve()
    assert "Nothing waits for Legal." in lawyer.get("/referrals").text
    assert case.reference in lawyer.get("/referrals?show=ended").text


def test_every_kind_of_fact_has_its_words() -> None:
    """A field that is added to the facts must be given words here too."""
    assert set(REQUEST) == {one.name for one in fields(facts.Request)}
    assert set(REST) | set(RECORDS) | {"request"} == {one.name for one in fields(facts.CheckFacts)}
    kinds = (facts.View, facts.Consent, facts.Notice, facts.Advice, facts.RipaAuthorisation, facts.NonRipaAuthorisation)
    parts = {one.name for kind in (*kinds, facts.CourtOrder, facts.Hold) for one in fields(kind)}
    assert parts == set(OF_A_RECORD)


def test_every_fact_that_the_decision_stood_on_is_on_the_page(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    person = casework.person("Kit")
    casework.consent(person, now=START - timedelta(days=9), until=(START - timedelta(days=4)).date())
    casework.notice(person, now=START - timedelta(days=8), until=(START - timedelta(days=4)).date())
    casework.ripa(person, now=START - timedelta(days=7))
    casework.order(person, now=START - timedelta(days=6), until=(START - timedelta(days=4)).date())
    casework.advice(person, Conclusion.THRESHOLD_NOT_MET, now=START - timedelta(days=5))
    casework.hold(person, now=START - timedelta(days=4))
    casework.ask(person, by=casework.worker2, immediate_risk=True, danger="A threat.", now=START - timedelta(days=3))
    case = Case(casework, person)
    clock.set(LATER)
    page = client_for(casework.council.legal).get(f"/referrals/{case.reference}")
    for words in (*REQUEST.values(), *REST.values(), *RECORDS.values(), *OF_A_RECORD.values()):
        assert words in page.text, words
    for value in ("Wim Zzotherworker", "Family Help South", "An immediate response to danger", "Zzcourt", "URN-"):
        assert value in page.text, value


def test_opening_a_case_is_recorded_about_its_people(case: Case, lawyer: Visitor) -> None:
    lawyer.get(f"/referrals/{case.reference}")
    with case.work.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.event == "referral:read")).all()
    assert [one.record for one in entries] == [case.reference]
    assert case.person.reference in entries[0].text


def test_a_case_is_taken_answered_and_closed_on_its_pages(case: Case, lawyer: Visitor) -> None:
    page = lawyer.get(f"/referrals/{case.reference}")
    page = lawyer.send(page, {}, button="Take this case")
    assert "Lena Zzlegal" in page.text
    page = lawyer.get(f"/referrals/{case.reference}/resolve")
    assert "Nothing has changed." in page.text
    page = lawyer.send(page, {"answer": "It would be a second look."})
    assert "The case is answered and closed." in page.text
    assert "It would be a second look." in page.text


def test_what_changed_since_the_page_was_opened_is_shown_and_what_was_typed_is_kept(
    case: Case, lawyer: Visitor
) -> None:
    case.take()
    page = lawyer.get(f"/referrals/{case.reference}/resolve")
    case.work.notice(case.person, now=LATER)
    page = lawyer.send(page, {"answer": "Typed with care."})
    assert page.status == 409
    assert page.title.startswith("Error: ")
    assert "Notices and objections, new" in page.text
    assert "Typed with care." in page.text
    page = lawyer.send(page)
    assert "Waiting for a manager" in page.text


def test_advice_is_foreseen_before_it_is_recorded(case: Case, lawyer: Visitor) -> None:
    page = lawyer.get(f"/people/{case.person.reference}/advice?at={case.reference}")
    typed = {
        "question": "May we look twice?",
        "facts_relied_on": "Zzfacts.",
        "conclusion": "not_directed_surveillance",
        "wording": "Zzwording.",
        "at-day": "21",
        "at-month": "11",
        "at-year": "2026",
        "at-time": "10:30am",
        "extent_of_platforms": "any",
        "extent_of_purposes": "any",
        "max_views": "2",
        "covers_confidential": "no",
    }
    page = lawyer.send(page, typed)
    assert "Waiting for a manager" in page.text
    assert not case.advice()
    page = lawyer.send(page, {}, button="Record this advice")
    assert "The advice is recorded." in page.text
    assert page.path == f"/referrals/{case.reference}"
    assert len(case.advice()) == 1
