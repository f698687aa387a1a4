"""Legal's queue and one case: everything that the decision stood on is there in words, and the case is taken and answered there."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.checks.test_danger import MEANING, SAID
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tests.review.test_referral_services import Case
from tracker.audit.models import AuditEntry
from tracker.checks.services import report_for_case
from tracker.decisions.selectors import get_check
from tracker.detection.services import add_family_link
from tracker.people.requests import NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy import facts
from tracker.policy.entitlement import Role
from tracker.policy.vocabulary import Conclusion, Outcome, Purpose
from tracker.referrals.selectors import find_open_referral
from tracker.referrals.services import open_referral
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.review.selectors.facts_in_words import OF_A_RECORD, RECORDS, REQUEST, REST
from tracker.review.services import endorse_check
from tracker.staff.requests import NewDeputy, NewRole
from tracker.staff.services import confirm_role, grant_role, name_deputy
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

LATER, DAY = START + timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(casework: Casework) -> Case:
    return Case(casework)


@pytest.fixture
def lawyer(case: Case, client_for: ClientFor, clock: Clock) -> Visitor:
    clock.set(LATER)
    return client_for(case.work.council.legal)


@pytest.mark.parametrize("purpose", [Purpose.ASSESSMENT, Purpose.PREVENT_OR_DETECT_CRIME])
def test_ripa_is_suggested_for_crime_alone(
    casework: Casework, client_for: ClientFor, clock: Clock, purpose: Purpose
) -> None:
    casework.ask(kit := casework.person("Kit"))
    case = Case(casework, kit, purpose=purpose)
    clock.set(LATER)
    page = client_for(casework.council.legal).get(f"/referrals/{case.reference}")
    assert "Record advice on" in page.text
    assert ("RIPA authorisation naming" in page.text) == (purpose is Purpose.PREVENT_OR_DETECT_CRIME)


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


TYPED = {
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


def foreseen(case: Case, lawyer: Visitor, **typed: str) -> Page:
    """The page that says what the advice will do, before it is recorded."""
    page = lawyer.get(f"/people/{case.person.reference}/advice?at={case.reference}")
    return lawyer.send(page, {**TYPED, **typed})


def test_advice_is_foreseen_before_it_is_recorded(case: Case, lawyer: Visitor) -> None:
    page = foreseen(case, lawyer)
    assert case.check.reference in page.text
    assert "Waiting for a manager" in page.text
    assert case.advice() == []
    changed = lawyer.get(next(link["href"] for link in page.main.all("a") if link.text == "Change the advice"))
    assert changed.form().values["facts_relied_on"] == ["Zzfacts."]
    page = lawyer.send(changed, {"max_views": "3"})
    page = lawyer.send(page)
    assert "The advice is recorded." in page.text
    assert page.path == f"/referrals/{case.reference}"
    assert [one.max_views for one in case.advice()] == [3]
    again = lawyer.get(changed.path + "?draft=none")
    assert again.form().values["facts_relied_on"] == [""]


def test_advice_that_is_sent_twice_is_recorded_once_and_leads_to_the_case(case: Case, lawyer: Visitor) -> None:
    page = foreseen(case, lawyer)
    for _ in range(2):
        assert lawyer.send(page).path == f"/referrals/{case.reference}"
    assert lawyer.get(page.path).path == f"/referrals/{case.reference}"
    assert len(case.advice()) == 1


def test_what_the_advice_would_do_is_shown_anew_where_it_has_changed_meanwhile(case: Case, lawyer: Visitor) -> None:
    page = foreseen(case, lawyer)
    case.work.hold(case.person, now=LATER)
    page = lawyer.send(page)
    assert page.status == 409
    assert "Select whether the hold is to be released" not in page.text
    assert case.advice() == []
    page = lawyer.send(page, {"release": "yes", "release_why": "There is no pattern."})
    assert "The advice is recorded." in page.text
    assert len(case.advice()) == 1


def test_the_kept_hold_is_said_to_block_all_the_same(case: Case, lawyer: Visitor) -> None:
    case.work.hold(case.person, now=LATER)
    page = foreseen(case, lawyer)
    tables = [table.text for table in page.main.all("table")]
    assert "Blocked pending legal advice" in tables[0]
    assert "Waiting for a manager" in tables[1]
    page = lawyer.send(page, {"release": "no"})
    assert "The advice is recorded." in page.text
    assert case.work.outcome(case.work.ask(case.person, now=LATER)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_a_hold_is_placed_on_several_at_once_and_released(case: Case, lawyer: Visitor) -> None:
    relative = case.work.person("Rae")
    with case.work.transaction() as session:
        new = NewFamilyLink(person=case.person.reference, other=relative.reference, kind=FamilyLinkKind.PARENT)
        add_family_link(session, new, by=case.work.worker, now=START)
    page = lawyer.get(f"/people/{case.person.reference}/hold?at={case.reference}")
    people = (case.person.reference, relative.reference)
    page = lawyer.send(page, {"people": people, "why": "Spread over the family."})
    assert page.path == f"/referrals/{case.reference}"
    assert case.work.outcome(case.work.ask(relative, now=LATER)) is Outcome.BLOCKED_LEGAL_ADVICE
    page = lawyer.get(next(link["href"] for link in page.main.all("a") if link.text.startswith("Release this hold")))
    assert "Spread over the family." in page.text
    page = lawyer.send(page, {"why": "No pattern."})
    assert "The hold is released." in page.text
    assert "No pattern." in page.text


def test_a_count_begins_anew_only_where_nobody_worked_with_the_person(case: Case, lawyer: Visitor) -> None:
    page = lawyer.get(f"/people/{case.person.reference}/count")
    day = {"from_on-day": "21", "from_on-month": "11", "from_on-year": "2026", "why": "A new episode."}
    page = lawyer.send(page, day)
    assert page.errors == ["No team worked with this person before that day"] or page.errors
    assert page.form().values["why"] == ["A new episode."]


def test_a_party_who_is_a_lawyer_too_neither_opens_the_case_nor_answers_anything(
    case: Case, client_for: ClientFor, clock: Clock
) -> None:
    clock.set(LATER)
    council = case.work.council
    with case.work.transaction() as session:
        new = NewRole(saved_key(council.manager), Role.LEGAL_REVIEWER)
        grant = grant_role(session, new, by=case.work.admin, now=START)
        confirm_role(session, saved_key(grant), by=case.work.sro, now=START)
    party = client_for(council.manager)
    person, referral = f"/people/{case.person.reference}", f"/referrals/{case.reference}"
    for path in (referral, f"{referral}/resolve", f"{person}/advice", f"{person}/hold", f"{person}/count"):
        assert party.get(path).status == 403


@pytest.mark.parametrize("covered", ["legal", "sro"])
def test_a_worker_who_is_named_deputy_does_not_read_what_legal_advised_on_who_they_asked_about(
    case: Case, client_for: ClientFor, clock: Clock, covered: str
) -> None:
    clock.set(LATER)
    council = case.work.council
    for deputy in (council.worker, council.worker2):
        with case.work.transaction() as session:
            new = NewDeputy(saved_key(getattr(council, covered)), saved_key(deputy), LATER, LATER + DAY, "Annual leave")
            name_deputy(session, new, by=getattr(case.work, covered), now=LATER)
    asked, apart = client_for(council.worker), client_for(council.worker2)
    assert asked.get("/referrals").status == 200
    assert asked.get(f"/referrals/{case.reference}").status == 403
    assert apart.get(f"/referrals/{case.reference}").status == 200


def test_who_reads_everything_reads_a_case_and_is_told_who_answers_it(
    case: Case, client_for: ClientFor, clock: Clock
) -> None:
    clock.set(LATER)
    page = client_for(case.work.council.sro).get(f"/referrals/{case.reference}")
    assert "You read this case. Legal answers it." in page.text
    assert page.forms == []


def test_a_question_of_legals_goes_to_who_asked_and_the_answer_comes_back(
    case: Case, lawyer: Visitor, client_for: ClientFor
) -> None:
    page = lawyer.get(f"/referrals/{case.reference}/question")
    lawyer.send(page, {"question": "What was tried before?"})
    worker = client_for(case.work.council.worker)
    assert "Answer a question" in worker.get("/").text
    check = worker.get(f"/checks/{case.check.reference}")
    page = worker.get(next(link["href"] for link in check.main.all("a") if link.text == "Answer this question"))
    worker.send(page, {"answer": "Two visits."})
    page = lawyer.get(f"/referrals/{case.reference}")
    assert "What was tried before?" in page.text
    assert "Two visits." in page.text


def test_a_case_about_two_people_has_the_facts_and_the_history_of_each(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    mother, father = casework.person("Mo"), casework.person("Fa")
    casework.ask(father, by=casework.worker2)
    check = casework.ask(mother, also_about=(father.reference,))
    with casework.transaction() as session:
        endorse_check(session, get_check(session, check.reference), reasons="Advise.", by=casework.manager, now=START)
    with casework.database.reading() as session:
        case = find_open_referral(session, saved_key(check))
    assert case is not None
    clock.set(LATER)
    lawyer = client_for(casework.council.legal)
    page = lawyer.get(f"/referrals/{case.reference}")
    for one in (mother, father):
        assert f"For {one.name} ({one.reference})" in page.text
        assert f"Record advice on {one.name}" in page.text
        assert f"Every look at {one.name}" in page.text or f"Nobody has looked at {one.name}" in page.text
    assert str(mother.name) in lawyer.get("/referrals").text
    assert page.text.count("No consent and no notice is recorded.") == 2


def test_a_case_about_a_pattern_has_no_check_and_is_read_and_answered_all_the_same(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit)
    with casework.transaction() as session:
        case = open_referral(
            session,
            kind=ReferralKind.PATTERN,
            place=ReferralPlace.LEGAL,
            people=[kit],
            check_id=None,
            about=None,
            why="Looks spread over workers.",
            urgent=False,
            by=casework.worker,
            now=START,
        )
    clock.set(LATER)
    lawyer = client_for(casework.council.legal)
    page = lawyer.send(lawyer.get(f"/referrals/{case.reference}"), {}, button="Take this case")
    assert "A pattern of viewing" in page.text
    assert "Looks spread over workers." in page.text
    page = lawyer.send(lawyer.get(f"/referrals/{case.reference}/resolve"), {"answer": "One course of viewing."})
    assert page.errors == ["Select what was found"]
    page = lawyer.send(page, {"finding": "hold_kept"})
    assert "The hold is kept" in page.text
    assert lawyer.get(f"/referrals/{case.reference}/question").status == 404


def test_what_was_said_after_danger_is_on_the_page_whichever_team_looked(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    """And of a case about somebody who was never looked at in danger, nothing is said of it."""
    person, looked_at = casework.person("Kit"), START - timedelta(days=12)
    danger = casework.danger(person, now=looked_at)
    casework.report(danger, opened_at=looked_at, now=looked_at + timedelta(minutes=1))
    with casework.transaction() as session:
        row = get_check(session, danger.reference)
        report_for_case(session, row, MEANING, said=SAID, by=casework.worker, now=looked_at + timedelta(hours=1))
    case, other = Case(casework, person), Case(casework)
    clock.set(LATER)
    lawyer = client_for(casework.council.legal)
    page = lawyer.get(f"/referrals/{case.reference}")
    assert f"What was said after danger: {danger.reference}" in page.text
    assert SAID.purpose_words in page.text
    assert SAID.less_intrusive in page.text
    assert "What was said after danger" not in lawyer.get(f"/referrals/{other.reference}").text
