"""What happened about a person is told with what managers, justices and the authorising officer said afterwards."""

from datetime import date, timedelta

import pytest

from tests.checks.test_danger import MEANING, SAID
from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.authorities.requests import NewCancellation, NewJpHearing
from tracker.authorities.services import cancel_ripa, record_jp_hearing
from tracker.authorities.vocabulary import JpDecision
from tracker.checks.services import report_for_case
from tracker.checks.status import where_it_stands
from tracker.corrections.requests import NewAnswer, NewCorrection
from tracker.corrections.services import ask_for_correction, confirm_correction
from tracker.corrections.vocabulary import CorrectionKind
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.people.requests import ChangedPerson, Details
from tracker.people.services import change_person
from tracker.policy.limits import SHIPPED
from tracker.policy.vocabulary import Conclusion, Reviewed
from tracker.review.services import confirm_result, review_immediate_response
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BEFORE = START - 9 * DAY


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, an adult."""
    return casework.person("Kit")


@pytest.fixture
def worker(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.worker)


def test_where_a_manager_is_all_that_is_missing_nothing_else_is_asked_for(casework: Casework, worker: Visitor) -> None:
    child = casework.person("Kit", born=CHILD)
    advised = casework.person("Rae")
    casework.ask(advised, now=BEFORE)
    casework.advice(advised, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=START - HOUR)
    for person, look in ((child, "a look"), (advised, "a further look")):
        page = worker.get(f"/people/{person.reference}")
        assert f"By what is recorded here, {look} needs a manager's approval." in page.text
        assert "No other record is linked with this one" in page.text
        assert "What would let a look go ahead" not in page.text


@pytest.mark.parametrize(
    ("conclusion", "needs"),
    [
        (None, "agreement, specific notice or Legal"),
        (Conclusion.THRESHOLD_MET, "agreement, specific notice or a court's order"),
        (Conclusion.COURT_ORDER_NEEDED, "agreement or a court's order"),
        (Conclusion.CHIS, "Legal"),
    ],
)
def test_what_a_further_look_needs_is_what_legal_has_left(
    casework: Casework, kit: Person, worker: Visitor, conclusion: Conclusion | None, needs: str
) -> None:
    casework.ask(kit, now=BEFORE)
    if conclusion:
        casework.advice(kit, conclusion, now=START - HOUR)
    page = worker.get(f"/people/{kit.reference}")
    assert f"By what is recorded here, a further look needs {needs}." in page.text
    assert ("Do not ask or tell anybody where that would put" in page.text) == (conclusion is not Conclusion.CHIS)


@pytest.fixture
def other_team(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.worker2)


def told(visitor: Visitor, person: Person, title: str) -> str:
    """The words of the one entry with that title."""
    entries = visitor.get(f"/people/{person.reference}").main.all("li")
    (found,) = [entry.text for entry in entries if entry.text.startswith(title)]
    return found


def review(casework: Casework, check: Check, reviewed: Reviewed) -> None:
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        why = "It could not wait."
        review_immediate_response(session, row, reviewed=reviewed, why=why, by=casework.manager, now=BEFORE + HOUR)


def status_of(casework: Casework, check: Check) -> str:
    with casework.database.reading() as session:
        standing = where_it_stands(session, get_check(session, check.reference), SHIPPED, now=START)
    return f"{standing.status.tag}: {standing.status.sentence}"


def test_a_look_in_danger_waits_for_its_review_until_it_is_there(casework: Casework, kit: Person) -> None:
    check = casework.danger(kit, now=BEFORE)
    casework.report(check, opened_at=BEFORE, now=BEFORE + MINUTE)
    assert status_of(casework, check).startswith("To report")
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        report_for_case(session, row, MEANING, said=SAID, by=casework.worker, now=BEFORE + 2 * MINUTE)
    assert "A manager has still to review this look in danger." in status_of(casework, check)
    review(casework, check, Reviewed.AGREED)
    assert status_of(casework, check).startswith("Done")


def test_what_a_manager_said_of_a_look_in_danger_is_for_its_team(
    casework: Casework, kit: Person, worker: Visitor, other_team: Visitor
) -> None:
    check = casework.danger(kit, now=BEFORE)
    casework.report(check, opened_at=BEFORE, now=BEFORE + MINUTE)
    review(casework, check, Reviewed.NOT_AGREED)
    mine = told(worker, kit, "A manager reviewed a look in danger")
    assert casework.manager.name in mine
    assert "Not agreed" in mine
    assert "It could not wait." in mine
    theirs = told(other_team, kit, "A manager reviewed a look in danger")
    assert "another team" in theirs
    assert "agreed" not in theirs.lower()
    assert "It could not wait." not in theirs


def test_a_confirmed_result_is_told(casework: Casework, kit: Person, worker: Visitor) -> None:
    check = casework.ask(kit, now=BEFORE)
    casework.report(check, LookResult.NOT_USED, now=START - DAY)
    with casework.transaction() as session:
        confirm_result(session, get_check(session, check.reference), by=casework.manager, now=START - HOUR)
    assert casework.manager.name in told(worker, kit, "A manager confirmed that nobody looked")


def test_a_look_that_was_recorded_in_error_is_told_as_that_and_another_is_not(
    casework: Casework, kit: Person, worker: Visitor
) -> None:
    check = casework.ask(kit, now=BEFORE)
    casework.report(check, opened_at=BEFORE, now=BEFORE + MINUTE)
    assert "Recorded in error" not in told(worker, kit, "Looked")
    new = NewCorrection(kind=CorrectionKind.CHECK, record=check.reference, why="On the wrong record.")
    with casework.transaction() as session:
        asked = ask_for_correction(session, new, by=casework.worker, now=START - HOUR)
    yes = NewAnswer(correction=asked.reference, version=1, words="Compared with the case file.")
    with casework.transaction() as session:
        confirm_correction(session, yes, by=casework.legal, now=START - MINUTE)
    assert "Recorded in error Struck through." in told(worker, kit, "Looked")


def test_of_an_order_only_the_day_on_which_it_was_made_is_told_and_no_time(
    casework: Casework, kit: Person, worker: Visitor
) -> None:
    casework.order(kit, now=BEFORE)
    assert told(worker, kit, "A court's order or direction was made").startswith(
        "A court's order or direction was made 12 November 2026 "
    )


def test_that_somebody_is_no_child_any_more_is_told_with_how_that_is_known_before_and_after_a_look(
    casework: Casework, worker: Visitor, other_team: Visitor, client_for: ClientFor
) -> None:
    child, noise = casework.person("Child", born=CHILD), casework.person("Noise", born=CHILD)
    for person, born, how in ((child, date(1990, 1, 1), "Zzher passport."), (noise, date(2015, 1, 1), "")):
        details = Details(name=person.name, date_of_birth=born)
        changed = ChangedPerson(person=person.reference, version=1, details=details, how_age_is_known=how)
        with casework.transaction() as session:
            change_person(session, changed, by=casework.worker, now=BEFORE)
    casework.ask(child)
    for reader in (worker, other_team, client_for(casework.council.manager), client_for(casework.council.sro)):
        words = told(reader, child, "Recorded as no longer a child")
        assert "Zzher passport." in words
        assert "12 November 2026" in words
        assert "no longer a child" not in reader.get(f"/people/{noise.reference}").text
    trail = client_for(casework.council.sro).get(f"/trail?about={child.reference}").text
    assert "who no longer counts as a child" in trail


def test_approval_quashing_and_cancellation_are_told_with_their_days(
    casework: Casework, kit: Person, worker: Visitor
) -> None:
    reference = casework.ripa(kit, now=BEFORE)
    quashed = NewJpHearing(
        authorisation=reference,
        court="Zzcourt",
        justice="A. Justice",
        heard_at=BEFORE + 2 * DAY,
        decision=JpDecision.QUASHED,
    )
    ended = NewCancellation(authorisation=reference, at=BEFORE + 3 * DAY, why="No longer needed.")
    with casework.transaction() as session:
        record_jp_hearing(session, quashed, apart_from=frozenset(), by=casework.legal, now=BEFORE + 2 * DAY)
    page = worker.get(f"/authorisations/ripa/{reference}")
    assert "Next review" in page.text
    assert "Quashed A justice of the peace quashed it on 14 November 2026 at 10:00am." in page.text
    with casework.transaction() as session:
        cancel_ripa(session, ended, by=casework.officer, now=BEFORE + 3 * DAY)
    assert "12 November 2026" in told(worker, kit, "A RIPA authorisation was approved")
    assert "Next review" not in worker.get(f"/authorisations/ripa/{reference}").text
    assert "14 November 2026" in told(worker, kit, "A RIPA authorisation was quashed")
    assert "15 November 2026" in told(worker, kit, "A RIPA authorisation was cancelled")
