"""Questions about a check: asked before deciding by who may decide or by Legal who has it, answered once by who asked for the check."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.checks.errors import AlreadyAnsweredError, NotWaitingError
from tracker.checks.questions import answer_question, ask_question, get_question, list_questions
from tracker.checks.services import withdraw_check
from tracker.decisions.models import Check, CheckQuestion
from tracker.decisions.selectors import get_check, list_decisions
from tracker.policy.entitlement import Actor
from tracker.review.services import endorse_check
from tracker.storage.tables import NoSuchRecordError

pytestmark = ONE_DATABASE

HOUR = timedelta(hours=1)
LATER = START + HOUR


@pytest.fixture
def waiting(casework: Casework) -> Check:
    """A check that waits for a manager; another waits beside it."""
    casework.ask(casework.person("Noise", born=CHILD), by=casework.worker2)
    return casework.ask(casework.person("Child", born=CHILD))


def ask(casework: Casework, check: Check, *, by: Actor) -> str:
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        return ask_question(session, row, question="Why this week?", by=by, now=LATER).reference


def answer(casework: Casework, check: Check, question: str, *, by: Actor) -> None:
    with casework.transaction() as session:
        row = get_question(session, get_check(session, check.reference), question)
        answer_question(session, row, answer="The hearing is on Friday.", by=by, now=LATER + HOUR)


def questions(casework: Casework, check: Check) -> list[CheckQuestion]:
    with casework.database.reading() as session:
        return list_questions(session, get_check(session, check.reference))


def test_question_and_answer_stand_beneath_a_check_that_does_not_change(casework: Casework, waiting: Check) -> None:
    with casework.database.reading() as session:
        before = get_check(session, waiting.reference).model_dump()
    question = ask(casework, waiting, by=casework.manager)
    answer(casework, waiting, question, by=casework.worker)
    (kept,) = questions(casework, waiting)
    assert (kept.asked_as, kept.question, kept.answer) == ("manager", "Why this week?", "The hearing is on Friday.")
    assert (kept.asked_at, kept.answered_at) == (LATER, LATER + HOUR)
    with casework.database.reading() as session:
        after = get_check(session, waiting.reference)
        assert after.model_dump() == before
        assert len(list_decisions(session, after)) == 1
        events = session.exec(select(AuditEntry.event).where(AuditEntry.record == waiting.reference)).all()
    assert list(events)[-2:] == ["check:question_asked", "check:question_answered"]


def test_only_who_may_decide_asks_and_only_who_asked_for_the_check_answers(casework: Casework, waiting: Check) -> None:
    for by in (casework.worker, casework.colleague, casework.manager2, casework.legal, casework.sro, casework.officer):
        with pytest.raises(NotAllowedError):
            ask(casework, waiting, by=by)
    question = ask(casework, waiting, by=casework.head)
    for by in (casework.colleague, casework.worker2, casework.manager, casework.head, casework.legal):
        with pytest.raises(NotAllowedError):
            answer(casework, waiting, question, by=by)
    answer(casework, waiting, question, by=casework.worker)


def test_legal_asks_once_the_check_was_sent_to_them(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    with pytest.raises(NotAllowedError):
        ask(casework, check, by=casework.legal)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        endorse_check(session, row, reasons="Needed.", by=casework.manager, now=LATER)
    ask(casework, check, by=casework.legal)
    assert [one.asked_as for one in questions(casework, check)] == ["legal"]


def test_a_question_is_answered_once_and_of_its_own_check(casework: Casework, waiting: Check) -> None:
    question = ask(casework, waiting, by=casework.manager)
    answer(casework, waiting, question, by=casework.worker)
    with pytest.raises(AlreadyAnsweredError):
        answer(casework, waiting, question, by=casework.worker)
    other = casework.ask(casework.person("Other", born=CHILD))
    with pytest.raises(NoSuchRecordError):
        answer(casework, other, question, by=casework.worker)


def test_nothing_is_asked_about_a_check_that_was_withdrawn(casework: Casework, waiting: Check) -> None:
    with casework.transaction() as session:
        row = get_check(session, waiting.reference)
        withdraw_check(session, row, why="Not needed.", by=casework.worker, now=START)
    with pytest.raises(NotWaitingError):
        ask(casework, waiting, by=casework.manager)


def test_the_home_page_leads_to_the_question_and_the_page_of_the_check_shows_the_answer(
    casework: Casework, client_for: ClientFor, clock: Clock, waiting: Check
) -> None:
    question = ask(casework, waiting, by=casework.manager)
    clock.set(START + timedelta(days=1))
    worker = client_for(casework.council.worker)
    home = worker.get("/")
    assert "Answer a question" in home.text
    assert "From your manager, yesterday at 11:00am" in home.text
    page = worker.get(f"/checks/{waiting.reference}/questions/{question}")
    assert "Why this week?" in page.text
    empty = worker.send(page, {"answer": ""}, button="Send the answer")
    assert empty.errors == ["Enter your answer"]
    shown = worker.send(page, {"answer": "On Friday."}, button="Send the answer")
    assert shown.path == f"/checks/{waiting.reference}"
    assert "Your answer was recorded." in shown.html.text
    assert "On Friday." in shown.text
    again = worker.send(page, {"answer": "Twice."}, button="Send the answer")
    assert again.path == f"/checks/{waiting.reference}"
    assert [one.answer for one in questions(casework, waiting)] == ["On Friday."]
    assert "Answer a question" not in worker.get("/").text
