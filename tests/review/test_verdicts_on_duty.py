"""A verdict of a manager whom only the rota brings to the people of the check: why they come is said first, by whatever way they come."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tracker.checks.services import ask_question
from tracker.decisions.models import Check, CheckQuestion, ManagerDecision
from tracker.decisions.selectors import get_check
from tracker.people.models import DutyOpening, Person
from tracker.people.services import DutyReasonNeededError
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Reviewed, Visibility
from tracker.review.services import (
    approve_check,
    close_check,
    confirm_result,
    decline_check,
    endorse_check,
    review_immediate_response,
    see_late_entry,
)
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE
HOUR = timedelta(hours=1)
WHY = "Zzthe police wait for an answer tonight."
Act = Callable[..., object]


def waiting(work: Casework) -> tuple[Check, Person]:
    child = work.person("Child", born=CHILD)
    return work.ask(child), child


def blocked(work: Casework) -> tuple[Check, Person]:
    person = work.person("Kit")
    work.ask(person, now=START - HOUR)
    return work.ask(person), person


def of_danger(work: Casework) -> tuple[Check, Person]:
    person = work.person("Kit")
    check = work.danger(person)
    work.start(check)
    work.report(check, opened_at=START, now=START + HOUR / 2, visibility_found=Visibility.OPEN)
    return check, person


def not_used(work: Casework) -> tuple[Check, Person]:
    person = work.person("Kit")
    check = work.ask(person, now=START - timedelta(days=5))
    work.report(check, result=LookResult.NOT_USED, now=START)
    return check, person


def late(work: Casework) -> tuple[Check, Person]:
    person = work.person("Kit")
    return work.late(person, START - 3 * HOUR), person


ACTS: dict[str, tuple[Callable[[Casework], tuple[Check, Person]], Act]] = {
    "approve": (waiting, lambda s, c, **g: approve_check(s, c, reasons="Weighed.", **g)),
    "decline": (waiting, lambda s, c, **g: decline_check(s, c, reasons="Weighed.", **g)),
    "endorse": (blocked, lambda s, c, **g: endorse_check(s, c, reasons="Weighed.", **g)),
    "close": (blocked, lambda s, c, **g: close_check(s, c, reasons="Weighed.", **g)),
    "review": (
        of_danger,
        lambda s, c, **g: review_immediate_response(s, c, reviewed=Reviewed.AGREED, why="Weighed.", **g),
    ),
    "confirm": (not_used, lambda s, c, **g: confirm_result(s, c, **g)),
    "seen": (late, lambda s, c, **g: see_late_entry(s, c, reasons="Weighed.", **g)),
    "ask": (waiting, lambda s, c, **g: ask_question(s, c, question="Why today?", **g)),
}


def openings(session: Session) -> list[tuple[int, str]]:
    rows = session.exec(select(DutyOpening).order_by(col(DutyOpening.id)))
    return [(one.person_id, one.reason) for one in rows]


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_decided_on_duty_before_the_reason_is_said(casework: Casework, act: str) -> None:
    make, do = ACTS[act]
    check, person = make(casework)

    def act_as(by: Actor) -> None:
        with casework.transaction() as session:
            do(session, get_check(session, check.reference), by=by, now=START + HOUR)

    with pytest.raises(DutyReasonNeededError) as needed:
        act_as(casework.duty)
    assert needed.value.about == person.reference
    with casework.database.reading() as session:
        assert session.exec(select(ManagerDecision)).all() == []
        assert session.exec(select(CheckQuestion)).all() == []
    casework.come_on_duty(person, why=WHY)
    act_as(casework.duty)
    with casework.database.reading() as session:
        assert openings(session) == [(person.id, WHY)]


@pytest.mark.parametrize("act", ["approve", "endorse", "confirm"])
def test_the_manager_of_the_team_is_asked_for_no_reason(casework: Casework, act: str) -> None:
    """The control."""
    make, do = ACTS[act]
    check, _ = make(casework)
    with casework.transaction() as session:
        do(session, get_check(session, check.reference), by=casework.manager, now=START + HOUR)
    with casework.database.reading() as session:
        assert openings(session) == []


def test_each_whom_the_check_is_about_is_listed_with_the_reason_given_for_the_first(casework: Casework) -> None:
    child, sibling = casework.person("Child", born=CHILD), casework.person("Sibling", born=CHILD)
    check = casework.ask(child, also_about=(sibling.reference,))
    casework.come_on_duty(child, why=WHY)
    with casework.transaction() as session:
        decline_check(session, get_check(session, check.reference), reasons="No.", by=casework.duty, now=START + HOUR)
    with casework.database.reading() as session:
        assert openings(session) == [(child.id, WHY), (sibling.id, WHY)]


def test_a_verdict_sent_without_having_come_by_the_page_leads_to_the_reason_and_keeps_what_was_typed(
    casework: Casework, client_for: ClientFor
) -> None:
    check, child = waiting(casework)
    duty, address = client_for(casework.council.duty), f"/review/{check.reference}"
    typed = {"csrf_token": duty.get("/people").csrf_token, "submission": "a" * 32, "why_declined": "Zztyped."}
    sent = duty.post(f"{address}/decline", typed)
    assert sent.status == 403
    assert "Nothing was saved." in sent.text
    assert "Zztyped." in sent.response.text
    link = next(one["href"] for one in sent.main.all("a") if "Say why" in one.text)
    assert link == f"/people/{child.reference}/duty?next=/review/{check.reference}"
    said = duty.send(duty.get(link), {"reason": WHY})
    assert said.path == address
    again = duty.send(sent, button="Show what I typed")
    assert again.form("Decline the look").values["why_declined"] == ["Zztyped."]
    duty.send(again, button="Decline the look")
    with casework.database.reading() as session:
        assert [one.verdict for one in session.exec(select(ManagerDecision))] == ["declined"]


def test_the_page_itself_sends_who_has_not_said_why_to_the_reason(casework: Casework, client_for: ClientFor) -> None:
    check, child = waiting(casework)
    answer = client_for(casework.council.duty).get(f"/review/{check.reference}", follow=False)
    assert answer.status == 303
    assert answer.response.headers["Location"] == f"/people/{child.reference}/duty?next=/review/{check.reference}"
