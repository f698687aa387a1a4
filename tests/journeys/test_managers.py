"""Journeys (e) and (f): a look in danger reviewed, agreed and not agreed; and a manager's own check that waits for another."""

from datetime import timedelta

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.journeys.answers import ask
from tracker.decisions.models import Check
from tracker.people.models import Person
from tracker.policy.vocabulary import Visibility

pytestmark = ONE_DATABASE

MINUTE = timedelta(minutes=1)


def heading(hand: Hand) -> str:
    """The page's main heading."""
    return hand.page.get_by_role("heading", level=1).inner_text()


def looked_in_danger(casework: Casework, person: Person, *, minutes: int) -> Check:
    """A look in danger by the worker, begun, and reported so many minutes after."""
    check = casework.danger(person)
    casework.start(check)
    casework.report(check, opened_at=START, now=START + minutes * MINUTE, visibility_found=Visibility.OPEN)
    return check


def test_a_look_in_danger_is_reviewed_one_agreed_and_one_not_and_the_next_look_at_that_person_waits_for_a_manager(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    lee, sam = casework.person("Lee"), casework.person("Sam")
    first, second = looked_in_danger(casework, lee, minutes=5), looked_in_danger(casework, sam, minutes=6)
    clock.set(START + timedelta(hours=1))
    hand = hand_of(casework.council.manager)
    hand.open("/").sees("For you as a manager (2)")
    hand.follow("Your queue as a manager").sees("Review a look made in danger", "It stays unreviewed")
    hand.follow("Review a look made in danger")
    hand.choose("Do you agree that the look had to be made at once?", "Agreed")
    hand.write("Why?", "There was a threat to life.").press("Record the review")
    assert "reviewed: agreed" in hand.page.locator(".govuk-notification-banner").inner_text()
    assert heading(hand) == "Review a look made in danger"
    hand.sees("What the decision saw", "What has changed since", "What was seen")
    assert_accessible(hand.page)
    assert_no_sideways_scroll(hand.page)
    hand.press("Record the review")
    hand.page.get_by_role("link", name="Select whether you agree").wait_for()
    hand.choose("Do you agree that the look had to be made at once?", "Not agreed")
    hand.write("Why?", "The police were there already.").press("Record the review")
    assert hand.path == "/review"
    hand.sees("Nothing waits for you.")
    assert casework.look(first).reviewed == "agreed"
    assert casework.look(second).reviewed == "not_agreed"
    clock.set(START + timedelta(days=8))
    more = casework.danger(sam, now=clock(), new_event=True, newly_happened="A new threat.")
    assert casework.outcome(more) == "needs_manager_approval"
    assert casework.outcome(casework.danger(lee, now=clock())) == "permitted"


def test_a_managers_own_check_waits_for_the_manager_above_who_asks_and_then_approves_it(
    casework: Casework, hand_of: HandOf
) -> None:
    child = casework.person("Ben", born=CHILD)
    manager = hand_of(casework.council.manager)
    ask(manager, child)
    assert heading(manager) == "Waiting for a manager"
    reference = manager.path.rpartition("/")[2]
    manager.open("/review").sees("Nothing waits for you.")
    head = hand_of(casework.council.head)
    head.open("/review").sees("Approve one look, or decline it", "Ben").follow("Approve one look")
    head.write("Your question", "Why this week?").press("Ask a question")
    head.sees("Waiting for the answer to a question")
    manager.open("/").follow("Answer a question")
    manager.write("Your answer", "The hearing is on Friday.").press("Send the answer")
    manager.sees("The hearing is on Friday.")
    head.open("/review").follow("Approve one look").sees("The hearing is on Friday.", "Nothing has changed.")
    assert_accessible(head.page)
    assert_no_sideways_scroll(head.page)
    head.write("Why may this one look be made?", "Needed for the hearing.").press("Approve this one look")
    head.sees("Nothing waits for you.")
    manager.open(f"/checks/{reference}").sees("You may go ahead", "Approved one look", "Needed for the hearing.")


def test_a_blocked_check_is_closed_without_javascript_on_a_phone(casework: Casework, hand_of: HandOf) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    hand = hand_of(casework.council.manager, javascript=False, width=320)
    hand.open("/").follow("Send a blocked check to Legal")
    hand.sees("Blocked pending legal advice", "Look allowed, not yet reported, Facebook")
    assert_no_sideways_scroll(hand.page)
    hand.press("Close the check").sees("What you decide")
    hand.write("Why is it closed?", "The visit answered it.").press("Close the check")
    worker = hand_of(casework.council.worker)
    worker.open(f"/checks/{check.reference}").sees("A manager closed it", "The visit answered it.")
    assert_accessible(worker.page)
