"""Nobody decides on what they cannot read: of a restricted record, a manager who is no reader sees that it waits, and whom to ask."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tests.review.test_queue import restrict
from tracker.access.permissions import NotAllowedError
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Outcome, Reviewed
from tracker.review import services
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

WHY = "Weighed."
LATER = START + timedelta(hours=1)
Act = Callable[..., Any]


def asked(casework: Casework) -> tuple[Check, Act]:
    return casework.ask(casework.person("Kit", born=CHILD)), services.approve_check


def blocked(casework: Casework) -> tuple[Check, Act]:
    person = casework.person("Kit")
    casework.ask(person)
    return casework.ask(person), services.endorse_check


def in_danger(casework: Casework) -> tuple[Check, Act]:
    check = casework.danger(casework.person("Kit"))
    casework.start(check)
    casework.report(check, opened_at=START, now=START + timedelta(minutes=5))

    def review(session: Session, row: Check, *, reasons: str, **given: Any) -> object:
        return services.review_immediate_response(session, row, reviewed=Reviewed.AGREED, why=reasons, **given)

    return check, review


def said_late(casework: Casework) -> tuple[Check, Act]:
    check = casework.ask(casework.person("Kit"), now=START - timedelta(days=10))
    casework.report(check, LookResult.NOT_USED)

    def confirm(session: Session, row: Check, *, reasons: str, **given: Any) -> object:
        assert reasons
        return services.confirm_result(session, row, **given)

    return check, confirm


@pytest.mark.parametrize("made", [asked, blocked, in_danger, said_late])
def test_a_manager_who_may_not_open_the_record_gives_no_verdict_and_one_who_may_does(
    casework: Casework, made: Callable[[Casework], tuple[Check, Act]]
) -> None:
    check, act = made(casework)
    with casework.database.reading() as session:
        person = get_person_by_id(session, check.person_id)
    restrict(casework, person)

    def decide(by: Actor) -> None:
        with casework.transaction() as session:
            act(session, get_check(session, check.reference), reasons=WHY, by=by, now=LATER)

    for by in (casework.head, casework.duty):
        with pytest.raises(NotAllowedError):
            decide(by)
    decide(casework.manager)


def test_the_page_of_what_cannot_be_read_has_no_form_to_decide_and_says_whom_to_ask(
    casework: Casework, client_for: ClientFor
) -> None:
    child = casework.person("Child", born=CHILD)
    check = casework.ask(child, by=casework.manager)
    assert casework.outcome(check) is Outcome.NEEDS_MANAGER_APPROVAL
    restrict(casework, child)
    page = client_for(casework.council.head).get(f"/review/{check.reference}")
    assert "Ask the head of service to put you among those who may read this record" in page.text
    assert [button for form in page.forms for button in form.buttons] == ["Ask a question"]
