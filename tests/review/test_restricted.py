"""Nobody decides on what they cannot read: of a restricted record, a manager who is no reader sees that it waits, and whom to ask."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tests.review.test_named_alone import order
from tests.review.test_queue import restrict
from tracker.access.permissions import NotAllowedError
from tracker.authorities.services import record_court_order
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Outcome, Reviewed
from tracker.review import services
from tracker.review.selectors import look_page
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


@pytest.mark.parametrize("asked_who", [True, False], ids=["as it is", "control"])
def test_whom_else_an_order_names_is_shown_to_a_manager_as_far_as_they_may_open_them(
    casework: Casework, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch, *, asked_who: bool
) -> None:
    """In what the decision saw: a relative whose record was restricted since."""
    kit, relative, noise = (casework.person(name, born=CHILD) for name in ("Kit", "Relative", "Noise"))
    with casework.transaction() as session:
        record_court_order(session, order(kit, relative, noise), apart_from=frozenset(), by=casework.legal, now=START)
    check = casework.ask(kit, now=START + timedelta(minutes=1))
    restrict(casework, relative)
    if not asked_who:
        monkeypatch.setattr(look_page, "_closed_to", lambda *_, **__: frozenset())
    told = {}
    for manager in (casework.council.manager, casework.council.head):
        page = client_for(manager).get(f"/review/{check.reference}")
        told[manager.id] = [one.reference in page.text for one in (kit, relative, noise)]
    readers, others = casework.council.manager.id, casework.council.head.id
    assert told == {readers: [True, True, True], others: [True, not asked_who, True]}
