"""Recording a check in a browser without JavaScript: three pages, the answers, the decision."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.audit.models import AuditEntry
from tracker.checks.forms.questions import ALWAYS_TRUE, ASKED_FACTORS
from tracker.checks.same_for import FORM as SAME_FOR
from tracker.decisions.models import Check
from tracker.drafts.models import Draft
from tracker.drafts.services import begin_draft
from tracker.people.models import Person
from tracker.people.requests import RestrictedPerson
from tracker.people.routes.finding import SEARCH
from tracker.people.services import restrict_person
from tracker.policy.counting import SYSTEMATIC
from tracker.policy.vocabulary import CodeFactor

pytestmark = ONE_DATABASE

WHY = {
    "purpose": "assessment",
    "purpose_words": "Whether the account given of last week holds.",
    "why_now": "The assessment is due on Friday.",
    "why_not_by_agreement": "cannot_be_found",
    "why_not_words": "No answer to three letters.",
    "less_intrusive": "Two visits and a call to the school.",
    "may_lack_capacity": "no",
}
LOOK = {
    "aim": "view",
    "platforms": ["facebook"],
    "method": "view_only",
    "account": "logged_out",
    "visibility": "open",
    "builds_profile": "no",
    "pattern_of_lifestyle": "no",
    "repeated_viewing": "no",
    "records_third_parties": "no",
    "combined_with_other_sources": "no",
    "confidential_material_likely": "no",
    "illegal_content_suspected": "no",
}


@pytest.fixture
def worker(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.worker)


def begin(visitor: Visitor, person: Person) -> Page:
    return visitor.send(visitor.get(f"/people/{person.reference}/checks/new"), button="Start")


def to_answers(visitor: Visitor, person: Person, **changes: str) -> Page:
    """From a person's page to the answers; `changes` are other answers than those above."""
    why = {name: changes.get(name, answer) for name, answer in WHY.items()}
    look = {name: changes.get(name, answer) for name, answer in LOOK.items()}
    look_page = visitor.send(begin(visitor, person), why, button="Continue")
    agreement = visitor.send(look_page, look, button="Continue")
    return visitor.send(agreement, button="Continue")


def checks(casework: Casework) -> list[Check]:
    with casework.database.reading() as session:
        return list(session.exec(select(Check)))


def drafts(session: Session) -> int:
    return len(session.exec(select(Draft)).all())


def test_a_first_look_is_asked_for_and_may_go_ahead(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    answers = to_answers(worker, person)
    assert answers.heading == "Check your answers"
    decision = worker.send(answers, button="Ask for a decision")
    assert "may go ahead" in decision.text
    assert "This is not a RIPA authorisation" in decision.text
    assert len(checks(casework)) == 1
    with casework.database.reading() as session:
        assert drafts(session) == 0


def test_asking_twice_with_one_form_makes_one_check(casework: Casework, worker: Visitor) -> None:
    answers = to_answers(worker, casework.person())
    first = worker.send(answers, button="Ask for a decision")
    second = worker.send(answers, button="Ask for a decision")
    assert (first.status, second.status, second.path) == (200, 200, first.path)
    assert len(checks(casework)) == 1


@pytest.mark.parametrize("tab", ["why", "look", "agreement", "answers", "discard"])
def test_a_tab_that_still_shows_a_draft_that_was_sent_leads_to_the_check(
    casework: Casework, worker: Visitor, tab: str
) -> None:
    answers = to_answers(worker, casework.person())
    other = worker.get(answers.path.replace("answers", tab))
    check = worker.send(answers, button="Ask for a decision")
    for page in (worker.send(other, button=other.form().buttons[-1]), worker.get(other.path)):
        assert (page.status, page.path) == (200, check.path)
        assert "You have asked for this check already" in page.text
    assert len(checks(casework)) == 1


def test_where_a_sent_draft_leads_is_for_who_sent_it(
    casework: Casework, worker: Visitor, client_for: ClientFor
) -> None:
    answers = to_answers(worker, casework.person())
    worker.send(answers, button="Ask for a decision")
    assert client_for(casework.council.colleague).get(answers.path).status == 404


def test_throwing_a_draft_away_twice_with_one_form_leads_to_the_person_twice(
    casework: Casework, worker: Visitor
) -> None:
    person = casework.person()
    discard = worker.get(to_answers(worker, person).path.replace("answers", "discard"))
    for _ in range(2):
        page = worker.send(discard, button=discard.form().buttons[-1])
        assert page.path == f"/people/{person.reference}"
        assert "The unfinished check was thrown away" in page.text


def test_nothing_is_decided_before_the_answers_are_checked(casework: Casework, worker: Visitor) -> None:
    to_answers(worker, casework.person())
    assert checks(casework) == []


def test_a_page_with_errors_keeps_what_was_typed_and_links_each_error(casework: Casework, worker: Visitor) -> None:
    page = worker.send(begin(worker, casework.person()), {**WHY, "why_now": ""}, button="Continue")
    assert page.errors == ["Enter why it is needed now, and about this person"]
    assert page.title.startswith("Error:")
    assert WHY["purpose_words"] in page.main.one("textarea", name="purpose_words").raw_text


def test_a_look_without_a_platform_is_asked_for_one(casework: Casework, worker: Visitor) -> None:
    look_page = worker.send(begin(worker, casework.person()), WHY, button="Continue")
    page = worker.send(look_page, {**LOOK, "platforms": []}, button="Continue")
    assert page.errors == ["Select at least one platform"]


def test_a_draft_survives_signing_out_and_is_on_the_home_page(
    casework: Casework, worker: Visitor, client_for: ClientFor
) -> None:
    look_page = worker.send(begin(worker, casework.person()), WHY, button="Continue")
    worker.send(worker.get("/"), button="Sign out")
    again = client_for(casework.council.worker)
    assert "Finish recording a check" in again.get("/").text
    assert again.get(look_page.path).status == 200


def test_nobody_else_can_open_a_draft(casework: Casework, worker: Visitor, client_for: ClientFor) -> None:
    why_page = begin(worker, casework.person())
    assert client_for(casework.council.colleague).get(why_page.path).status == 404


def test_a_draft_of_something_else_has_no_page_of_a_check(casework: Casework, worker: Visitor) -> None:
    check = casework.ask(casework.person())
    for form, about in ((SEARCH, None), (SAME_FOR, check.reference)):
        with casework.transaction() as session:
            draft = begin_draft(session, form=form, about=about, content={}, by=casework.worker, now=START)
        for page in ("why", "look", "agreement", "answers", "discard"):
            assert worker.get(f"/checks/drafts/{draft.reference}/{page}").status == 404


def test_the_answers_of_last_time_are_offered_with_one_tick(casework: Casework, worker: Visitor) -> None:
    worker.send(to_answers(worker, casework.person()), button="Ask for a decision")
    other = casework.person("Rae")
    why = begin(worker, other)
    page = worker.send(why, {**WHY, "as_last_time": "same"}, button="Continue")
    assert page.errors == [
        "Select yes if confidential material is likely this time",
        "Select yes if such content is suspected this time",
    ]
    expected = {"confidential_this_time": "no", "illegal_this_time": "no"}
    answers = worker.send(why, {**WHY, "as_last_time": "same", **expected}, button="Continue")
    assert answers.heading == "Check your answers"
    assert "Not known" in answers.text, "another person's privacy settings were taken for this one's"
    assert "may go ahead" in worker.send(answers, button="Ask for a decision").text


def test_another_team_is_blocked_and_sees_that_but_not_why(
    casework: Casework, worker: Visitor, client_for: ClientFor
) -> None:
    person = casework.person()
    worker.send(to_answers(worker, person), button="Ask for a decision")
    other = client_for(casework.council.worker2)
    answers = to_answers(other, person, purpose_words="Our own question.")
    decision = other.send(answers, button="Ask for a decision")
    assert decision.heading == "Blocked pending legal advice"
    assert "The single open-source viewing was used or allowed on 21 November 2026" in decision.text
    page = other.get(f"/people/{person.reference}")
    assert "another team" in page.text
    assert "Our own question." in page.text
    assert WHY["purpose_words"] not in page.text


def test_a_private_page_cannot_go_ahead_and_says_what_may_be_asked(casework: Casework, worker: Visitor) -> None:
    answers = to_answers(worker, casework.person(), visibility="restricted")
    decision = worker.send(answers, button="Ask for a decision")
    assert decision.heading == "This check cannot go ahead"
    assert "behind privacy settings" in decision.text


def test_who_has_not_been_asked_is_asked_first_and_nothing_typed_is_lost(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    why = {**WHY, "why_not_by_agreement": "not_yet_asked", "why_not_words": ""}
    first = worker.send(begin(worker, person), why, button="Continue")
    assert first.heading == "Ask them first"
    links = {link.text: link["href"] for link in first.main.all("a")}
    consent = worker.get(links["Record what they said"])
    assert (consent.status, consent.heading) == (200, "Record what they said")
    again = worker.get(links["Change why not by agreement"])
    assert WHY["why_now"] in again.main.one("textarea", name="why_now").raw_text
    look = worker.get(links["go on without asking"])
    agreement = worker.send(look, LOOK, button="Continue")
    decided = worker.send(worker.send(agreement, button="Continue"), button="Ask for a decision")
    assert "They have not been asked yet" in decided.text


@pytest.mark.parametrize("question", list(ASKED_FACTORS))
def test_a_factor_that_is_answered_yes_is_kept_and_seen_by_the_rules(
    casework: Casework, worker: Visitor, question: str
) -> None:
    answers = to_answers(worker, casework.person(), **{question: "yes"})
    decision = worker.send(answers, button="Ask for a decision")
    (check,) = checks(casework)
    factor = ASKED_FACTORS[question]
    assert set(check.code_factors) == {*ALWAYS_TRUE, factor}
    expected = "You may go ahead"
    if factor in SYSTEMATIC:
        expected = "Blocked pending legal advice"
    elif factor is CodeFactor.RECORDS_THIRD_PARTIES:
        expected = "Waiting for a manager"
    assert expected in decision.text


def test_a_draft_is_thrown_away_only_once_that_is_confirmed(casework: Casework, worker: Visitor) -> None:
    why_page = begin(worker, casework.person())
    confirm = worker.get(why_page.path.replace("/why", "/discard"))
    assert "Throw this draft away?" in confirm.heading
    worker.send(confirm, button="Throw it away")
    assert worker.get(why_page.path).status == 404


def test_of_another_teams_agreement_the_page_says_that_and_when_and_not_what(
    casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    casework.consent(person)
    other = client_for(casework.council.worker2)
    look_page = other.send(begin(other, person), WHY, button="Continue")
    agreement = other.send(look_page, LOOK, button="Continue")
    assert "Recorded by another team" in agreement.text
    assert "Given" not in agreement.text
    mine = client_for(casework.council.worker)
    look_page = mine.send(begin(mine, person), WHY, button="Continue")
    assert "Given" in mine.send(look_page, LOOK, button="Continue").text


def test_coming_back_to_a_draft_another_day_is_an_opening_once_a_session(
    casework: Casework, worker: Visitor, client_for: ClientFor, clock: Clock
) -> None:
    """It shows whom it is about; the pages that follow on it are the same opening."""
    look_page = worker.send(begin(worker, casework.person()), WHY, button="Continue")
    assert openings(casework) == 1
    clock.set(START + timedelta(days=3))
    again = client_for(casework.council.worker)
    draft = look_page.path.removesuffix("/look")
    for page in ("why", "look", "agreement", "ask-first", "discard"):
        assert again.get(f"{draft}/{page}").status == 200
        assert openings(casework) == 2, page


def test_a_draft_about_somebody_restricted_since_is_not_shown(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    why_page = begin(worker, person)
    with casework.transaction() as session:
        restricted = RestrictedPerson(
            person=person.reference,
            version=person.version,
            ask_whom="the head",
            readers=(casework.manager.reference,),
        )
        restrict_person(session, restricted, by=casework.manager, now=START)
    page = worker.get(why_page.path)
    assert page.status == 403
    assert str(person.name) not in page.text
    assert openings(casework) == 1


def openings(casework: Casework) -> int:
    with casework.database.reading() as session:
        return len(session.exec(select(AuditEntry).where(AuditEntry.event == "people:opened")).all())
