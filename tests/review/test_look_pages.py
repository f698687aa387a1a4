"""A manager's pages: ten things in ten pages, what has changed beside what was seen, and nothing done on a page that is stale."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.decisions.models import Check, ManagerDecision
from tracker.decisions.selectors import find_look, get_check, list_decisions
from tracker.people.models import Person
from tracker.policy.vocabulary import Conclusion, ConsentStatus, Outcome, Visibility
from tracker.review.services import approve_check
from tracker.storage.tables import saved_key
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
APPROVE = "Approve this one look"


@pytest.fixture
def child(casework: Casework) -> Person:
    """A child, whose first look a manager approves."""
    return casework.person("Child", born=CHILD)


def waiting(casework: Casework, child: Person | None = None, *, minutes: int = 0) -> Check:
    person = child or casework.person("Child", born=CHILD)
    return casework.ask(person, now=START + minutes * MINUTE)


def blocked(casework: Casework, *, minutes: int = 0) -> Check:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    return casework.ask(kit, now=START + minutes * MINUTE)


def verdicts(casework: Casework, check: Check) -> list[tuple[str, str]]:
    with casework.database.reading() as session:
        rows = session.exec(select(ManagerDecision).where(ManagerDecision.check_id == saved_key(check))).all()
        return [(row.verdict, row.reasons) for row in rows]


def outcomes(casework: Casework, check: Check) -> list[str]:
    with casework.database.reading() as session:
        return [one.outcome for one in list_decisions(session, check)]


def manager_at(casework: Casework, client_for: ClientFor, clock: Clock, *, hours: int = 2) -> Visitor:
    clock.set(START + hours * HOUR)
    return client_for(casework.council.manager)


def ten_things(casework: Casework) -> list[Check]:
    """Ten things of every kind that can be dealt with on its page, each a minute later than the one before."""
    late = casework.late(casework.person("Late"), START - 5 * HOUR)
    unused = casework.ask(casework.person("Unused"), now=START - timedelta(days=10))
    casework.report(unused, LookResult.NOT_USED, now=START + MINUTE)
    danger = casework.danger(casework.person("Danger"))
    casework.start(danger)
    casework.report(danger, opened_at=START, now=START + 2 * MINUTE, visibility_found=Visibility.OPEN)
    approvals = [waiting(casework, minutes=3 + number) for number in range(4)]
    return [late, unused, danger, *approvals, *(blocked(casework, minutes=7 + number) for number in range(3))]


BUTTONS = {
    "See a late entry": ("I have seen it", {"words": "Spoken to."}),
    "Confirm that nobody looked": ("Confirm that nobody looked", {}),
    "Review a look made in danger": ("Record the review", {"reviewed": "agreed", "why_reviewed": "There was no time."}),
    "Approve one look, or decline it": (APPROVE, {"reasons": "Needed for the review."}),
    "Send a blocked check to Legal, or close it": ("Send it to Legal", {"why_legal": "Please advise."}),
}


def test_a_tired_manager_clears_a_queue_of_ten_in_ten_pages(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    things = ten_things(casework)
    manager = manager_at(casework, client_for, clock)
    queue = manager.get("/review")
    rows = queue.html.one("tbody").all("tr")
    assert [row.one("a")["href"] for row in rows] == [f"/review/{one.reference}" for one in things]
    assert "For you as a manager (10)" in manager.get("/").text
    page = manager.get(rows[0].one("a")["href"])
    for place, thing in enumerate(things):
        assert page.path == f"/review/{thing.reference}", page.text
        button, typed = BUTTONS[page.heading]
        page = manager.send(page, typed, button=button)
        assert f"{thing.reference}:" in page.html.text
        assert place == 9 or page.path.startswith("/review/CHK-")
    assert page.path == "/review"
    assert "Nothing waits for you." in page.text


def test_the_page_shows_what_the_decision_saw_and_that_nothing_has_changed(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    check = waiting(casework, child)
    page = manager_at(casework, client_for, clock).get(f"/review/{check.reference}")
    for words in ("What the decision saw", "Waiting for a manager", "Nothing has changed.", "It has waited 2 hours"):
        assert words in page.text
    assert "The review is due." in page.text


def test_what_has_changed_since_is_said_in_words_and_never_what_legal_concluded(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    check = waiting(casework, child)
    casework.consent(child, ConsentStatus.REFUSED, now=START + MINUTE)
    casework.advice(child, Conclusion.THRESHOLD_NOT_MET, now=START + 2 * MINUTE)
    casework.hold(child, now=START + 3 * MINUTE)
    casework.late(child, START - HOUR, by=casework.worker2, now=START + 4 * MINUTE)
    page = manager_at(casework, client_for, clock).get(f"/review/{check.reference}")
    assert "The facts as they were" in page.text
    for words in (
        "Consent was refused on 21 November 2026 at 10:01am",
        "Legal advice was recorded, dated 21 November 2026 at 10:02am.",
        "A hold was placed on 21 November 2026 at 10:03am",
        "A look was made or allowed on 21 November 2026 at 9:00am, in another team.",
        "Decided now it would not be approved.",
        "Look recorded afterwards, Facebook",
    ):
        assert words in page.text, words
    for words in ("threshold", "Privileged.", "As recorded.", "May we look?"):
        assert words not in page.text.replace("Caution threshold set by your council", ""), words


def test_of_advice_that_the_decision_saw_a_manager_reads_that_it_was_recorded_and_when(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    casework.advice(
        child, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=START - HOUR, max_views=7, until_on=date(2026, 11, 30)
    )
    check = waiting(casework, child)
    page = manager_at(casework, client_for, clock).get(f"/review/{check.reference}")
    assert "Legal advice When 21 November 2026 at 9:00am" in page.text
    for words in ("Looks allowed", "30 November", "Privileged.", "not directed surveillance"):
        assert words not in page.text, words


def test_approving_what_no_longer_comes_out_so_approves_nothing_and_says_why(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    check = waiting(casework, child)
    casework.late(child, START - HOUR, by=casework.worker2, now=START + MINUTE)
    manager = manager_at(casework, client_for, clock)
    shown = manager.send(manager.get(f"/review/{check.reference}"), {"reasons": "Needed."}, button=APPROVE)
    assert shown.path == f"/review/{check.reference}"
    assert "nothing was approved" in shown.html.text
    assert shown.heading == "Send a blocked check to Legal, or close it"
    assert verdicts(casework, check) == []
    assert outcomes(casework, check) == ["needs_manager_approval", "blocked_legal_advice"]


def test_a_page_that_is_stale_says_what_changed_keeps_what_was_typed_and_does_nothing_until_it_is_sent_again(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    check = waiting(casework, child)
    manager = manager_at(casework, client_for, clock)
    page = manager.get(f"/review/{check.reference}")
    clock.advance(minutes=5)
    casework.consent(child, ConsentStatus.REFUSED, now=START + 2 * HOUR + MINUTE)
    stale = manager.send(page, {"reasons": "Needed at once."}, button=APPROVE)
    assert stale.status == 409
    assert stale.title.startswith("Error: ")
    assert any("Something has changed since you opened this page" in one for one in stale.errors)
    assert "What has changed since you opened the page Consent was refused on" in stale.text
    assert stale.form(APPROVE).values["reasons"] == ["Needed at once."]
    assert verdicts(casework, check) == []
    again = manager.send(stale, {}, button=APPROVE)
    assert again.path == "/review"
    assert verdicts(casework, check) == [("approved", "Needed at once.")]


def test_a_page_from_before_somebody_else_decided_does_nothing_and_shows_what_was_typed(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    check = waiting(casework, child)
    manager = manager_at(casework, client_for, clock)
    page = manager.get(f"/review/{check.reference}")
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        approve_check(session, row, reasons="First.", by=casework.head, now=START + 2 * HOUR)
    late = manager.send(page, {"why_declined": "Not needed."}, button="Decline the look")
    assert late.errors == ["This check no longer waits for that."]
    assert late.heading == "Nothing about this check waits for a manager"
    assert "Not needed." in late.text
    assert verdicts(casework, check) == [("approved", "First.")]


@pytest.mark.parametrize("button", [APPROVE, "Decline the look", "Ask a question"])
def test_a_form_that_is_sent_twice_is_carried_out_once(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person, button: str
) -> None:
    check = waiting(casework, child)
    manager = manager_at(casework, client_for, clock)
    page = manager.get(f"/review/{check.reference}")
    typed = {"reasons": "Once.", "why_declined": "Once.", "question": "Once?"}
    name = {APPROVE: "reasons", "Decline the look": "why_declined", "Ask a question": "question"}[button]
    first = manager.send(page, {name: typed[name]}, button=button, follow=False)
    second = manager.send(page, {name: typed[name]}, button=button, follow=False)
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    assert len(verdicts(casework, check)) == (0 if button == "Ask a question" else 1)


@pytest.mark.parametrize(
    ("button", "sentence"),
    [
        (APPROVE, "Enter why this one look may be made"),
        ("Decline the look", "Enter why it is declined"),
        ("Ask a question", "Enter your question"),
    ],
)
def test_nothing_is_decided_without_reasons(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person, button: str, sentence: str
) -> None:
    check = waiting(casework, child)
    manager = manager_at(casework, client_for, clock)
    page = manager.send(manager.get(f"/review/{check.reference}"), {}, button=button)
    assert page.errors == [sentence]
    assert verdicts(casework, check) == []


def test_a_closed_check_keeps_its_answer_and_says_so_to_who_asked(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    check = blocked(casework)
    manager = manager_at(casework, client_for, clock)
    page = manager.get(f"/review/{check.reference}")
    manager.send(page, {"why_closed": "The visit answered it."}, button="Close the check")
    assert outcomes(casework, check) == ["blocked_legal_advice"]
    assert verdicts(casework, check) == [("closed", "The visit answered it.")]
    shown = client_for(casework.council.worker).get(f"/checks/{check.reference}")
    assert shown.heading == "Blocked pending legal advice"
    for words in ("A manager closed it today at midday", "The visit answered it.", "Closed the check"):
        assert words in shown.text
    for words in ("Ask again", "Withdraw", "who can send it to Legal"):
        assert words not in shown.text
    assert check.reference not in client_for(casework.council.worker).get("/").text


def test_a_page_where_nothing_waits_says_so_and_one_of_a_check_that_is_not_theirs_is_refused(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    done = casework.ask(casework.person("Done"))
    own = casework.ask(child, by=casework.manager)
    manager = manager_at(casework, client_for, clock)
    page = manager.get(f"/review/{done.reference}")
    assert page.heading == "Nothing about this check waits for a manager"
    assert page.forms == []
    assert manager.get(f"/review/{own.reference}").status == 403


def test_looks_of_other_teams_are_shown_as_that_and_when_not_why_or_what(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    check = blocked(casework)
    page = manager_at(casework, client_for, clock).get(f"/review/{check.reference}")
    table = next(one for one in page.html.all("table") if "Looks, declines and blocks" in one.text)
    assert "Look allowed, not yet reported, Facebook" in table.text
    assert "Another team" in table.text
    assert casework.worker2.name not in table.text


def test_the_page_of_the_check_leads_who_decides_to_the_decision_page_and_nobody_else(
    casework: Casework, client_for: ClientFor, child: Person
) -> None:
    check = waiting(casework, child)
    words = "Decide on it, or ask a question"
    assert words in client_for(casework.council.manager).get(f"/checks/{check.reference}").text
    assert words not in client_for(casework.council.colleague).get(f"/checks/{check.reference}").text


def test_the_permit_is_issued_once_it_is_approved(
    casework: Casework, client_for: ClientFor, clock: Clock, child: Person
) -> None:
    check = waiting(casework, child)
    manager = manager_at(casework, client_for, clock)
    page: Page = manager.send(manager.get(f"/review/{check.reference}"), {"reasons": "Yes."}, button=APPROVE)
    assert "One look was approved." in page.html.text
    with casework.database.reading() as session:
        assert find_look(session, check) is not None


def test_the_form_of_one_check_sent_to_another_decides_nothing_and_says_nothing_was_done(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    one, other = waiting(casework, minutes=1), waiting(casework, minutes=2)
    clock.set(START + timedelta(hours=1))
    manager = client_for(casework.council.manager)
    form = manager.get(f"/review/{one.reference}").form(APPROVE)
    typed = {**form.values, "reasons": ["Needed for the review."]}
    assert manager.post(f"/review/{one.reference}/approve", typed, follow=False).status == 303
    page = manager.post(f"/review/{other.reference}/approve", typed, follow=False)
    assert page.status == 409
    assert casework.outcome(other) is Outcome.NEEDS_MANAGER_APPROVAL
    assert casework.outcome(one) is Outcome.PERMITTED


def test_of_another_teams_looks_the_facts_tell_that_and_when_and_of_the_own_teams_also_who(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2, now=START - timedelta(days=3))
    check = casework.ask(kit)
    page = manager_at(casework, client_for, clock).get(f"/review/{check.reference}")
    assert "Another team" in page.text
    assert "Wim Zzotherworker" not in page.text
    assert "Family Help South" not in page.text
    own = casework.person("Rae")
    casework.ask(own, by=casework.colleague, now=START - timedelta(days=3))
    check = casework.ask(own)
    page = manager_at(casework, client_for, clock).get(f"/review/{check.reference}")
    assert casework.council.colleague.name in page.text
    assert "Another team" not in page.text
