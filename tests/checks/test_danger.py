"""Danger now: what was asked is kept as what it is, the rest is said with the outcome, and one danger is asked about once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.trail import last_event
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.checks.errors import NotSaidYetError
from tracker.checks.requests import NewCheck, SaidAfterDanger
from tracker.checks.services import report_for_case, submit_check
from tracker.decisions.models import Check
from tracker.decisions.selectors import find_said_afterwards, get_check, latest_decision, list_person_decisions
from tracker.decisions.vocabulary import CheckKind, WhyNotByAgreement
from tracker.people.models import Person
from tracker.policy.vocabulary import CodeFactor, Outcome, Platform, Purpose, Relation, Reviewed
from tracker.review.services import review_immediate_response
from tracker.viewings.requests import ReportForCase
from tracker.viewings.vocabulary import LookResult, Told

pytestmark = ONE_DATABASE

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAGE = {
    "danger": "He has gone with a man who has harmed children.",
    "purpose": "trace_missing_person",
    "platforms": ["snapchat"],
    "account": "logged_out",
}
MEANING = ReportForCase(
    submission="s",
    meaning="He is safe.",
    told=Told.ALREADY_KNOWS,
    told_words=None,
    shared=False,
    shared_words="Not yet.",
)
SAID = SaidAfterDanger(
    relation=Relation.SERVICE_USER,
    may_lack_capacity=False,
    purpose_words="Where he had said that he would go.",
    why_this_person="He had posted from there.",
    why_not_by_agreement=WhyNotByAgreement.URGENT,
    why_not_words="His telephone was off.",
    less_intrusive="Rang his mother and the school.",
    code_factors=(CodeFactor.DIRECTED_AT_INDIVIDUAL, CodeFactor.RECORDS_THIRD_PARTIES),
    confidential_material_likely=False,
    illegal_content_suspected=True,
    basis_does_not_fit=None,
)
TYPED_AFTERWARDS: dict[str, str] = {
    "meaning": "He is safe.",
    "told": "told",
    "told_on-day": "21",
    "told_on-month": "11",
    "told_on-year": "2026",
    "shared": "no",
    "shared_words": "Not yet.",
    "purpose_words": "Where he had said that he would go.",
    "why_this_person": "He had posted from there.",
    "why_not_by_agreement": "urgent",
    "why_not_words": "His telephone was off.",
    "less_intrusive": "Rang his mother and the school.",
    "may_lack_capacity": "no",
    "builds_profile": "no",
    "pattern_of_lifestyle": "no",
    "repeated_viewing": "no",
    "records_third_parties": "yes",
    "combined_with_other_sources": "no",
    "confidential_material_likely": "no",
    "illegal_content_suspected": "no",
}


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, an adult."""
    return casework.person("Kit")


@pytest.fixture
def worker(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.worker)


def reported(casework: Casework, person: Person) -> Check:
    check = casework.danger(person)
    casework.report(check, opened_at=START, now=START + MINUTE)
    return check


def conclude(casework: Casework, check: Check, said: SaidAfterDanger | None) -> None:
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        report_for_case(session, row, MEANING, said=said, by=casework.worker, now=START + HOUR)


def count_checks(casework: Casework) -> int:
    with casework.database.reading() as session:
        return len(session.exec(select(Check)).all())


# Kept as what it is -----------------------------------------------------------------------------------------------


def test_only_what_was_asked_in_danger_is_kept_and_shown(casework: Casework, kit: Person, worker: Visitor) -> None:
    page = worker.send(worker.get(f"/people/{kit.reference}/danger"), PAGE, button="Ask now")
    with casework.database.reading() as session:
        (check,) = session.exec(select(Check)).all()
    assert check.danger == PAGE["danger"]
    assert (check.purpose_words, check.why_now, check.less_intrusive) == (None, None, None)
    assert (check.why_not_by_agreement, check.why_not_words) == (None, None)
    assert page.text.count(str(PAGE["danger"])) == 1
    assert "The rest is asked with the outcome." in page.text
    assert "Might lack capacity" not in page.text


def test_what_danger_leaves_out_may_not_be_left_out_of_a_planned_check(casework: Casework, kit: Person) -> None:
    with pytest.raises(IntegrityError):
        casework.ask(kit, why_now=None)


def test_the_timeline_tells_the_danger(casework: Casework, kit: Person, worker: Visitor) -> None:
    casework.danger(kit, danger="A threat to his life.")
    assert "A threat to his life." in worker.get(f"/people/{kit.reference}").text


# Said with the outcome --------------------------------------------------------------------------------------------


def test_what_was_left_out_is_kept_beside_the_check_and_in_the_trail(casework: Casework, kit: Person) -> None:
    check = reported(casework, kit)
    conclude(casework, check, SAID)
    with casework.database.reading() as session:
        kept, row = find_said_afterwards(session, check), get_check(session, check.reference)
    assert kept is not None
    assert (kept.purpose_words, kept.why_not_by_agreement) == (SAID.purpose_words, "urgent")
    assert kept.code_factors == ["directed_at_individual", "records_third_parties"]
    assert (row.purpose_words, row.version, row.code_factors) == (None, check.version, check.code_factors)
    entry = last_event(casework.database)
    assert entry.content["less_intrusive"] == SAID.less_intrusive
    assert entry.facts["said_after_danger"]["illegal_content_suspected"] is True
    assert SAID.less_intrusive not in str(entry.facts)


def test_the_outcome_of_danger_waits_for_what_was_left_out(casework: Casework, kit: Person) -> None:
    check = reported(casework, kit)
    with pytest.raises(NotSaidYetError):
        conclude(casework, check, None)
    planned = casework.ask(casework.person("Lee"))
    casework.report(planned, opened_at=START, now=START + MINUTE)
    with pytest.raises(NotSaidYetError):
        conclude(casework, planned, SAID)
    conclude(casework, planned, None)


def test_the_page_of_the_outcome_asks_it_and_the_page_of_the_check_shows_it(
    casework: Casework, kit: Person, worker: Visitor, clock: Clock
) -> None:
    check = reported(casework, kit)
    clock.advance(minutes=5)
    form = worker.get(f"/checks/{check.reference}/outcome")
    assert "What was not asked in danger" in form.text
    refused = worker.send(form, {"meaning": "He is safe."}, button="Record what it means")
    assert "Enter why it had to be this person's page" in refused.errors
    done = worker.send(form, TYPED_AFTERWARDS, button="Record what it means")
    assert done.path == f"/checks/{check.reference}"
    for words in ("Rang his mother and the school.", "There was no time to ask", "Other people would be recorded"):
        assert words in done.text, done.text
    with casework.database.reading() as session:
        kept = find_said_afterwards(session, check)
    assert kept is not None
    assert kept.relation == "service_user"


def test_after_an_ordinary_look_nothing_more_is_asked(casework: Casework, kit: Person, worker: Visitor) -> None:
    check = casework.ask(kit)
    casework.report(check, opened_at=START, now=START)
    page = worker.get(f"/checks/{check.reference}/danger-outcome")
    assert page.path == f"/checks/{check.reference}/outcome"
    assert "What was not asked in danger" not in page.text


# Asked about once -------------------------------------------------------------------------------------------------


def test_the_same_page_filled_in_anew_leads_to_the_check_that_stands(
    casework: Casework, kit: Person, worker: Visitor, clock: Clock
) -> None:
    first = worker.send(worker.get(f"/people/{kit.reference}/danger"), PAGE, button="Ask now")
    clock.advance(minutes=3)
    again = worker.send(worker.get(f"/people/{kit.reference}/danger"), PAGE, button="Ask now")
    assert again.path == first.path
    assert "You have asked about this danger already." in again.text
    assert count_checks(casework) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"platforms": (Platform.TIKTOK,)},
        {"new_event": True, "newly_happened": "He rang, and was crying."},
    ],
)
def test_another_danger_or_another_place_is_another_check(
    casework: Casework, kit: Person, changes: dict[str, Any]
) -> None:
    casework.danger(kit)
    casework.danger(kit, now=START + MINUTE, **changes)
    assert count_checks(casework) == 2


def test_another_worker_a_used_permit_or_later_hours_are_another_check(casework: Casework, kit: Person) -> None:
    first = casework.danger(kit)
    by_another = casework.danger(kit, by=casework.colleague, now=START + MINUTE)
    assert casework.outcome(by_another) is Outcome.BLOCKED_LEGAL_ADVICE
    casework.report(first, opened_at=START + MINUTE, now=START + 2 * MINUTE)
    assert casework.danger(kit, now=START + 3 * MINUTE).reference != first.reference
    other = casework.person("Lee")
    ran_out = casework.danger(other)
    assert casework.danger(other, now=START + 5 * HOUR).reference != ran_out.reference


def test_a_permit_given_back_is_asked_for_anew(casework: Casework, kit: Person) -> None:
    first = casework.danger(kit)
    casework.report(first, LookResult.NOT_USED, now=START + MINUTE)
    again = casework.danger(kit, now=START + 2 * MINUTE)
    assert again.reference != first.reference
    assert casework.outcome(again) is Outcome.PERMITTED


def test_what_waits_for_a_manager_is_not_asked_twice_by_the_same_page(casework: Casework, kit: Person) -> None:
    casework.danger(kit, by=casework.colleague)
    changes: dict[str, Any] = {"new_event": True, "newly_happened": "He rang.", "purpose": Purpose.TRACE_MISSING_PERSON}
    waiting = casework.danger(kit, now=START + MINUTE, **changes)
    assert casework.outcome(waiting) is Outcome.NEEDS_MANAGER_APPROVAL
    assert casework.danger(kit, now=START + 2 * MINUTE, **changes).reference == waiting.reference
    another = casework.danger(kit, now=START + 3 * MINUTE, **{**changes, "danger": "Another threat."})
    assert another.reference != waiting.reference


# What has newly happened ----------------------------------------------------------------------------------------------

ASKED = "Has something new happened since somebody last looked in danger?"


def reviewed(casework: Casework, check: Check, how: Reviewed, *, now: datetime) -> None:
    """The look in danger is made, and a manager says what they think of it."""
    casework.report(check, by=casework.colleague, opened_at=now, now=now + MINUTE)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        review_immediate_response(session, row, reviewed=how, why="Read.", by=casework.manager, now=now + HOUR)


def test_what_has_newly_happened_is_asked_only_after_an_earlier_danger_anybodys_on_a_linked_record_too(
    casework: Casework, kit: Person, client_for: ClientFor, clock: Clock
) -> None:
    twin = casework.person("Kit again")
    casework.danger(twin, by=casework.worker2)
    clock.advance(hours=5)
    worker = client_for(casework.council.worker)
    assert ASKED not in worker.get(f"/people/{kit.reference}/danger").text
    casework.link(kit, twin, now=START + MINUTE)
    page = worker.get(f"/people/{kit.reference}/danger")
    assert ASKED in page.text
    assert "A look in danger was made or allowed on 21 November 2026" in page.text
    refused = worker.send(page, PAGE, button="Ask now")
    assert refused.errors == ["Select yes if something new has happened since somebody last looked in danger"]
    assert worker.send(page, {**PAGE, "new_event": "yes"}, button="Ask now").errors == ["Enter what has newly happened"]
    said = {**PAGE, "new_event": "yes", "newly_happened": "He rang, and was crying."}
    made = worker.send(page, said, button="Ask now")
    assert made.heading == "Waiting for a manager"
    with casework.database.reading() as session:
        kept = session.exec(select(Check).order_by(col(Check.id).desc())).first()
        assert kept is not None
        facts = list_person_decisions(session, latest_decision(session, kept))[0].facts
    assert (kept.new_event, kept.newly_happened) == (True, "He rang, and was crying.")
    assert facts["request"]["new_event"] is True


@pytest.mark.parametrize(
    ("how", "later", "asked"),
    [
        (Reviewed.AGREED, timedelta(days=6), True),
        (Reviewed.AGREED, timedelta(days=8), False),
        (Reviewed.NOT_AGREED, timedelta(days=80), True),
        (None, timedelta(days=80), True),
    ],
)
def test_it_is_asked_where_the_rules_would_stop_the_look_and_nowhere_else(
    casework: Casework,
    kit: Person,
    client_for: ClientFor,
    clock: Clock,
    how: Reviewed | None,
    later: timedelta,
    asked: bool,
) -> None:
    earlier = casework.danger(kit, by=casework.colleague)
    if how is not None:
        reviewed(casework, earlier, how, now=START)
    clock.set(START + later)
    worker = client_for(casework.council.worker)
    assert (ASKED in worker.get(f"/people/{kit.reference}/danger").text) is asked
    with casework.transaction() as session:
        by = casework.council.actor(casework.council.worker, at=clock())
        check = submit_check(session, danger_of(casework, kit), by=by, now=clock())
        answer = list_person_decisions(session, latest_decision(session, check))[0].answer
    stands = next(one for one in answer["footings"] if one["rule"] == "immediate_response")["stands"]
    assert stands is not asked


def danger_of(casework: Casework, person: Person) -> NewCheck:
    left_out = ("purpose_words", "why_now", "why_not_by_agreement", "less_intrusive")
    urgent: dict[str, Any] = {"kind": CheckKind.DANGER, "immediate_risk": True, "danger": "A threat to life."}
    return casework.new(person, **urgent, **dict.fromkeys(left_out))


def test_who_is_looked_up_by_name_is_asked_once_it_is_known_who_it_is(
    casework: Casework, kit: Person, worker: Visitor
) -> None:
    casework.danger(kit, by=casework.worker2)
    page = worker.get("/danger")
    assert ASKED not in page.text
    typed = {**PAGE, "who": kit.reference}
    page = worker.send(page, typed, button="Ask now")
    assert page.errors == ["Select which of these people it is, or a new record"]
    assert ASKED not in page.text
    page = worker.send(page, {"which": kit.reference}, button="Ask now")
    assert page.errors == ["Select yes if something new has happened since somebody last looked in danger"]
    assert worker.send(page, {"new_event": "no"}, button="Ask now").heading == "Blocked pending legal advice"


def test_an_answer_that_was_not_asked_for_is_not_kept_and_a_double_click_is_one_check(
    casework: Casework, kit: Person, worker: Visitor
) -> None:
    page = worker.get(f"/people/{kit.reference}/danger")
    typed = {**PAGE, "new_event": "yes", "newly_happened": "Nothing was asked."}
    first = worker.send(page, typed, button="Ask now")
    again = worker.send(page, typed, button="Ask now")
    assert first.path == again.path
    with casework.database.reading() as session:
        check = session.exec(select(Check)).one()
    assert (check.new_event, check.newly_happened) == (False, None)
