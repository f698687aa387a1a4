"""A manager's queue: what falls to this manager, the oldest first, with what is asked and what happens if nothing is done."""

from datetime import datetime, timedelta

import pytest

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tracker.checks.errors import NothingToConfirmError, WrongViewerError
from tracker.checks.jobs import unreported
from tracker.checks.questions import ask_question
from tracker.checks.services import withdraw_check
from tracker.corrections.requests import NewCorrection
from tracker.corrections.services import ask_for_correction
from tracker.corrections.vocabulary import CorrectionKind
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.drafts.services import begin_draft
from tracker.people.models import Person
from tracker.people.requests import RestrictedPerson
from tracker.people.services import restrict_person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Reviewed, Visibility
from tracker.review.selectors.queue import Queue, queue_of
from tracker.review.services import (
    approve_check,
    close_check,
    confirm_result,
    decline_check,
    endorse_check,
    review_immediate_response,
    see_late_entry,
    see_nobody_left,
)
from tracker.staff.services import close_staff_member, close_team
from tracker.storage.tables import saved_key
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LATER = START + 2 * HOUR
WHY = "Weighed."


def queue(casework: Casework, actor: Actor, *, now: datetime = LATER) -> Queue:
    with casework.database.reading() as session:
        return queue_of(session, actor, now=now)


def wanted(casework: Casework, actor: Actor, *, now: datetime = LATER) -> list[tuple[str, str]]:
    return [(one.waits.wanted.value, one.reference) for one in queue(casework, actor, now=now).items]


def waiting(casework: Casework, name: str = "Child", *, by: Actor | None = None, now: datetime = START) -> Check:
    return casework.ask(casework.person(name, born=CHILD), by=by, now=now)


def blocked(casework: Casework, *, now: datetime = START) -> Check:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2, now=now)
    return casework.ask(kit, now=now)


def test_everything_that_waits_for_a_manager_is_there_the_oldest_first(casework: Casework) -> None:
    late = casework.late(casework.person("Late"), START - 5 * HOUR, now=START)
    unused = casework.ask(casework.person("Unused"), now=START - timedelta(days=10))
    casework.report(unused, LookResult.NOT_USED, now=START + timedelta(minutes=1))
    danger = casework.danger(casework.person("Danger"))
    casework.start(danger)
    seen_at = START + timedelta(minutes=5)
    casework.report(danger, opened_at=START, now=seen_at, visibility_found=Visibility.OPEN)
    approval = waiting(casework, now=START + timedelta(minutes=10))
    stuck = blocked(casework, now=START + timedelta(minutes=15))
    waiting(casework, "Noise", by=casework.worker2)
    assert wanted(casework, casework.manager) == [
        ("late_entry", late.reference),
        ("not_used", unused.reference),
        ("review", danger.reference),
        ("approval", approval.reference),
        ("referral", stuck.reference),
    ]


def test_somebody_in_danger_comes_before_what_is_older(casework: Casework, client_for: ClientFor) -> None:
    older = waiting(casework)
    person = casework.person("Danger")
    casework.danger(person, now=START - timedelta(days=8))
    urgent = casework.danger(person, now=START + MINUTE, new_event=True, newly_happened="A new threat.")
    assert casework.outcome(urgent) == "needs_manager_approval"
    found = [reference for _, reference in wanted(casework, casework.manager)]
    assert found.index(urgent.reference) == 0
    assert older.reference in found
    row = client_for(casework.council.manager).get("/review").html.one("tbody").all("tr")[0]
    assert "Danger now" in row.text


def test_each_leaves_the_queue_once_it_is_dealt_with(casework: Casework) -> None:
    late = casework.late(casework.person("Late"), START - 5 * HOUR, now=START)
    unused = casework.ask(casework.person("Unused"), now=START - timedelta(days=10))
    casework.report(unused, LookResult.NOT_USED)
    danger = casework.danger(casework.person("Danger"))
    casework.start(danger)
    casework.report(danger, opened_at=START, now=START + timedelta(minutes=5), visibility_found=Visibility.OPEN)
    approval, sent, closed = waiting(casework), blocked(casework), blocked(casework)
    by, now = casework.manager, LATER
    with casework.transaction() as session:
        approve_check(session, get_check(session, approval.reference), reasons=WHY, by=by, now=now)
    with casework.transaction() as session:
        see_late_entry(session, get_check(session, late.reference), reasons=WHY, by=by, now=now)
    with casework.transaction() as session:
        confirm_result(session, get_check(session, unused.reference), by=by, now=now)
    with casework.transaction() as session:
        check = get_check(session, danger.reference)
        review_immediate_response(session, check, reviewed=Reviewed.AGREED, why=WHY, by=by, now=now)
    with casework.transaction() as session:
        endorse_check(session, get_check(session, sent.reference), reasons=WHY, by=by, now=now)
    with casework.transaction() as session:
        close_check(session, get_check(session, closed.reference), reasons=WHY, by=by, now=now)
    assert wanted(casework, casework.manager) == []


def test_a_managers_own_check_waits_for_another_manager_of_the_team_else_of_the_team_above(casework: Casework) -> None:
    own, workers = waiting(casework, by=casework.manager), waiting(casework)
    assert wanted(casework, casework.manager) == [("approval", workers.reference)]
    assert wanted(casework, casework.head) == [("approval", own.reference)]
    assert wanted(casework, casework.manager2) == []
    with casework.transaction() as session:
        for manager in (casework.council.manager, casework.council.manager2):
            close_staff_member(session, saved_key(manager), by=casework.admin, now=START + HOUR)
    assert {reference for _, reference in wanted(casework, casework.head)} == {own.reference, workers.reference}


def test_whoever_is_on_duty_has_those_of_every_team_and_workers_have_none(casework: Casework) -> None:
    one, other = waiting(casework), waiting(casework, by=casework.worker2)
    assert {reference for _, reference in wanted(casework, casework.duty)} == {one.reference, other.reference}
    for actor in (casework.worker, casework.legal, casework.sro, casework.admin, casework.officer):
        assert wanted(casework, actor) == []


def test_the_queue_of_a_team_that_was_merged_is_that_of_the_team_it_is_now(casework: Casework) -> None:
    check = waiting(casework)
    north, south = saved_key(casework.council.north), saved_key(casework.council.south)
    with casework.transaction() as session:
        close_team(session, north, successor_id=south, by=casework.admin, now=START + HOUR)
    manager2 = casework.council.actor(casework.council.manager2, at=LATER)
    assert wanted(casework, manager2) == [("approval", check.reference)]


def restrict(casework: Casework, person: Person) -> None:
    restricted = RestrictedPerson(
        person=person.reference,
        version=person.version,
        ask_whom="the head of service",
        readers=(casework.worker.reference, casework.manager.reference),
    )
    with casework.transaction() as session:
        restrict_person(session, restricted, by=casework.manager, now=START)


def test_of_a_restricted_record_a_manager_who_may_not_open_it_sees_no_name(
    casework: Casework, client_for: ClientFor
) -> None:
    child = casework.person("Child", born=CHILD)
    check = casework.ask(child, by=casework.manager)
    restrict(casework, child)
    (item,) = queue(casework, casework.head).items
    assert item.person == "A restricted record"
    head = client_for(casework.council.head)
    name, written = str(child.name), str(check.why_now)
    for path in ("/review", f"/review/{check.reference}", "/"):
        page = head.get(path)
        assert page.status == 200
        assert name not in page.html.text
        assert written not in page.html.text
        assert child.reference not in page.response.text
    assert "A restricted record" in head.get("/review").text
    assert queue(casework, casework.duty).items == ()


@pytest.mark.parametrize("hours", [23, 25])
def test_an_outcome_is_overdue_once_its_hours_have_passed(casework: Casework, hours: int) -> None:
    check = casework.ask(casework.person("Kit"))
    casework.start(check)
    expected = [("outcome", check.reference)] if hours > 24 else []
    assert wanted(casework, casework.manager, now=START + hours * HOUR) == expected


def test_what_is_reported_and_does_not_say_what_it_means_is_overdue_too(casework: Casework) -> None:
    check = casework.ask(casework.person("Kit"))
    casework.start(check)
    casework.report(check, opened_at=START, now=START + HOUR, visibility_found=Visibility.OPEN)
    assert wanted(casework, casework.manager, now=START + 23 * HOUR) == []
    assert wanted(casework, casework.manager, now=START + 25 * HOUR) == [("meaning", check.reference)]


def test_a_permit_of_somebody_who_has_left_shows_at_once(casework: Casework) -> None:
    check = casework.ask(casework.person("Kit"))
    assert wanted(casework, casework.manager) == []
    with casework.transaction() as session:
        close_staff_member(session, casework.worker.staff_id, by=casework.admin, now=START + HOUR)
    assert wanted(casework, casework.manager) == [("nobody_left", check.reference)]


def test_what_nobody_is_left_to_report_is_seen_once_and_goes_on_counting(
    casework: Casework, client_for: ClientFor
) -> None:
    kit = casework.person("Kit")
    check = casework.ask(kit)
    with casework.transaction() as session, pytest.raises(NothingToConfirmError):
        see_nobody_left(session, get_check(session, check.reference), known=WHY, by=casework.manager, now=LATER)
    with casework.transaction() as session:
        close_staff_member(session, casework.worker.staff_id, by=casework.admin, now=START)
    manager = client_for(casework.council.manager)
    page = manager.get(f"/review/{check.reference}")
    assert "Wanda Zzworker has left, and nobody else can report." in page.text
    done = manager.send(page, {"what_is_known": "Zznobody knows."}, button="I have seen it")
    assert "The look goes on counting." in done.text
    assert wanted(casework, casework.manager) == []
    with casework.transaction() as session, pytest.raises(NothingToConfirmError):
        see_nobody_left(session, get_check(session, check.reference), known=WHY, by=casework.manager, now=LATER)
    again = casework.ask(kit, by=casework.colleague, now=LATER)
    assert casework.outcome(again) == "blocked_legal_advice"
    with casework.database.reading() as session:
        assert list(unreported(session, LATER + timedelta(days=30), None)) == []


def test_nobody_approves_a_look_for_somebody_who_has_left(casework: Casework) -> None:
    check = waiting(casework)
    with casework.transaction() as session:
        close_staff_member(session, casework.worker.staff_id, by=casework.admin, now=START + HOUR)
    with casework.transaction() as session, pytest.raises(WrongViewerError, match="has left"):
        approve_check(session, get_check(session, check.reference), reasons=WHY, by=casework.manager, now=LATER)
    with casework.transaction() as session:
        decline_check(session, get_check(session, check.reference), reasons=WHY, by=casework.manager, now=LATER)


def test_a_draft_of_somebody_who_has_left_shows_without_what_was_typed(
    casework: Casework, client_for: ClientFor
) -> None:
    kit, north = casework.person("Kit"), casework.council.north.reference
    content = {"team": north, "why": {"why_now": ["Zztyped"]}}
    with casework.transaction() as session:
        for by in (casework.worker, casework.colleague):
            begin_draft(session, form="check", about=kit.reference, content=content, by=by, now=START)
    assert queue(casework, casework.manager).left_behind == ()
    with casework.transaction() as session:
        close_staff_member(session, casework.worker.staff_id, by=casework.admin, now=START)
    (left,) = queue(casework, casework.manager).left_behind
    assert (left.by, left.reference) == (casework.worker.name, kit.reference)
    for other in (casework.manager2, casework.head, casework.duty):
        assert queue(casework, other).left_behind == ()
    page = client_for(casework.council.manager).get("/review")
    assert f"{casework.worker.name} had begun a check about {kit.name}" in page.text
    assert "Zztyped" not in page.html.text


def test_what_waits_for_an_answer_stands_apart_until_it_is_answered(casework: Casework) -> None:
    check = waiting(casework)
    with casework.transaction() as session:
        ask_question(session, get_check(session, check.reference), question="Why?", by=casework.manager, now=START)
    shown = queue(casework, casework.manager)
    assert ([one.reference for one in shown.items], [one.reference for one in shown.asked_back]) == (
        [],
        [check.reference],
    )


def test_a_question_to_somebody_who_has_left_holds_nothing_up(casework: Casework) -> None:
    check = waiting(casework)
    with casework.transaction() as session:
        ask_question(session, get_check(session, check.reference), question="Why?", by=casework.manager, now=START)
    with casework.transaction() as session:
        close_staff_member(session, casework.worker.staff_id, by=casework.admin, now=START + MINUTE)
    assert wanted(casework, casework.manager) == [("approval", check.reference)]


def test_a_record_said_to_be_in_error_is_there_for_who_has_to_say_so(casework: Casework, client_for: ClientFor) -> None:
    check = casework.ask(casework.person("Kit"), visibility=Visibility.RESTRICTED)
    new = NewCorrection(kind=CorrectionKind.CHECK, record=check.reference, why="Asked of the wrong person.")
    with casework.transaction() as session:
        asked = ask_for_correction(session, new, by=casework.worker, now=START)
    shown = queue(casework, casework.manager)
    assert ([one.reference for one in shown.said_in_error], shown.count) == ([asked.reference], 1)
    for other in (casework.head, casework.manager2, casework.worker):
        assert queue(casework, other).said_in_error == ()
    page = client_for(casework.council.manager).get("/review")
    assert "Say whether it was an error: the check" in page.text
    assert f"/corrections/{asked.reference}" in [link.get("href") for link in page.html.all("a")]


def test_a_withdrawn_check_waits_for_nobody(casework: Casework) -> None:
    check = waiting(casework)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        withdraw_check(session, row, why="No.", by=casework.worker, now=START)
    assert wanted(casework, casework.manager) == []


def test_an_empty_queue_says_so_and_the_menu_leads_to_it(casework: Casework, client_for: ClientFor) -> None:
    manager = client_for(casework.council.manager)
    page = manager.get("/review")
    assert "Nothing waits for you." in page.text
    assert "/review" in [link.get("href") for link in page.html.all("a")]
    assert "For you as a manager (0)" in manager.get("/").text
    assert "/review" not in [link.get("href") for link in client_for(casework.council.worker).get("/").html.all("a")]
