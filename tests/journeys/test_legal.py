"""Journeys (a), (c), (g) and (i): the way out of a block, a hold placed by hand, and a possible error in Legal's queue."""

from datetime import datetime, timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import Answers, Hand, HandOf
from tests.journeys.answers import SEEN, ask
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.people.models import Person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Aim, Visibility
from tracker.review.services import approve_check, endorse_check

pytestmark = ONE_DATABASE

PLANTED = "Zzprivileged"
ADVICE: Answers = {
    "What is the question?": "May we look twice?",
    "Which facts does the advice rest on?": f"{PLANTED} facts.",
    "What is the advice, in words?": f"{PLANTED} wording.",
    "For which platforms does it hold?": "Any platform",
    "For which purposes does it hold?": "Any purpose",
    "Does it cover confidential or privileged material?": "No",
}


def record_advice(hand: Hand, conclusion: str, at: datetime, *, looks: int = 0) -> Hand:
    """On the form for it, as far as the page that says what it will do."""
    hand.choose("What is the conclusion?", conclusion).answer(ADVICE)
    if looks:
        hand.write("How many looks does it cover?", str(looks))
    return hand.when("When was it given?", at).press("See what this will do")


def endorse(casework: Casework, reference: str, at: datetime) -> None:
    """The manager sends a blocked check on to Legal."""
    with casework.transaction() as session:
        endorse_check(session, get_check(session, reference), reasons="Please advise.", by=casework.manager, now=at)


def approve(casework: Casework, reference: str, at: datetime, by: Actor | None = None) -> None:
    """The manager approves one look."""
    with casework.transaction() as session:
        check = get_check(session, reference)
        approve_check(session, check, reasons="Yes.", by=by or casework.manager, now=at)


def look_is_made(casework: Casework, check: Check, at: datetime) -> None:
    """The worker looks, and says so."""
    casework.start(check, now=at)
    casework.report(check, opened_at=at, now=at + timedelta(minutes=5), visibility_found=Visibility.OPEN)


def check_of(casework: Casework, hand: Hand) -> Check:
    """The check whose page the browser shows."""
    with casework.database.reading() as session:
        return get_check(session, hand.path.rpartition("/")[2])


def blocked(casework: Casework, hand: Hand, person: Person, clock: Clock) -> str:
    """The worker asks for a second look, which is blocked; the reference of the check."""
    casework.ask(person, by=casework.worker2, now=clock())
    clock.advance(minutes=2)
    ask(hand, person).sees("Blocked pending legal advice")
    clock.advance(minutes=2)
    return check_of(casework, hand).reference


def test_a_block_is_endorsed_advised_on_approved_and_looked_at_and_the_look_too_many_is_blocked_again(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Kit")
    worker, lawyer = hand_of(casework.council.worker), hand_of(casework.council.legal)
    manager = hand_of(casework.council.manager)
    reference = blocked(casework, worker, person, clock)
    manager.open(f"/review/{reference}").write("What should Legal know?", "Please advise.").press("Send it to Legal")
    worker.open("/").sees("With Legal since today")
    lawyer.open("/").sees("Blocked check", person.name or "").follow("Blocked check")
    lawyer.sees("May Wanda Zzworker look once at the page of", "Please advise.", "Wim Zzotherworker")
    lawyer.press("Take this case").sees("You have taken this case.").follow("Record advice on")
    record_advice(lawyer, "Not directed surveillance", clock(), looks=2)
    lawyer.sees("What this advice will do", reference, "Waiting for a manager").press("Record this advice")
    lawyer.sees("The advice is recorded.", f"{PLANTED} wording.").press("Answer this case")
    lawyer.sees("Legal advice, new", "Waiting for a manager")
    lawyer.write("What is the answer, and why?", f"{PLANTED} answer.").press("Answer and close this case")
    lawyer.sees("The case is answered and closed.")

    worker.open("/").sees("Answered lately by Legal", "A manager is asked to approve one look.")
    clock.advance(minutes=2)
    manager.open(f"/review/{reference}").write("Why may this one look be made?", "It is needed.")
    manager.press("Approve this one look")
    worker.open(f"/checks/{reference}").sees("You may go ahead").press("Start looking").press("Report what you saw")
    clock.advance(minutes=5)
    worker.choose("What happened?", "I looked").when("When did you start?", clock() - timedelta(minutes=4))
    worker.when("When did you stop?", clock()).answer(SEEN).press("Record what I saw")

    clock.advance(minutes=2)
    ask(worker, person).sees("Waiting for a manager")
    second = check_of(casework, worker)
    approve(casework, second.reference, clock.advance(minutes=2))
    look_is_made(casework, second, clock())
    clock.advance(minutes=10)
    ask(worker, person).sees("Blocked pending legal advice").does_not_see(PLANTED)


def test_after_adverse_advice_specific_notice_and_a_managers_approval_let_the_look_go_ahead(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Rae")
    worker, lawyer = hand_of(casework.council.worker), hand_of(casework.council.legal)
    reference = blocked(casework, worker, person, clock)
    endorse(casework, reference, clock())
    lawyer.open("/referrals").follow("REF-").press("Take this case").follow("Record advice on")
    lawyer.sees("RIPA is not available (article 7A). A look stays blocked unless")
    record_advice(lawyer, "Directed surveillance, crime threshold not met", clock())
    lawyer.sees("Blocked until judicial approval or a court's order is recorded").press("Record this advice")
    lawyer.press("Answer this case").write("What is the answer, and why?", f"{PLANTED} answer.")
    lawyer.press("Answer and close this case").sees("The case is answered and closed.")

    worker.open("/").sees("Answered lately by Legal", "It stays blocked.")
    worker.open(f"/checks/{reference}").sees("Specific notice").does_not_see(PLANTED)
    clock.advance(minutes=5)
    casework.notice(person, now=clock())
    clock.advance(minutes=1)
    worker.press("Ask again on the facts as they now are").sees("Waiting for a manager")
    approve(casework, reference, clock.advance(minutes=2))
    worker.open(f"/checks/{reference}").sees("You may go ahead", "It stands on: specific notice.")


def test_a_hold_is_placed_by_hand_and_released_with_reasons(casework: Casework, hand_of: HandOf, clock: Clock) -> None:
    person = casework.person("Lee")
    worker, lawyer = hand_of(casework.council.worker), hand_of(casework.council.legal)
    lawyer.open(f"/people/{person.reference}").follow("Place a hold")
    lawyer.write("Why is the hold placed?", f"{PLANTED} spread over cousins.").press("Place the hold")
    lawyer.sees("The hold is placed.")
    clock.advance(minutes=2)
    ask(worker, person).sees("Blocked pending legal advice", "on hold").does_not_see(PLANTED)
    check = worker.path
    lawyer.open(f"/people/{person.reference}").follow("Release the hold of")
    lawyer.sees("spread over cousins").press("Release the hold").sees("Enter why the hold is released")
    lawyer.write("Why is the hold released?", "There is no pattern.").press("Release the hold")
    lawyer.sees("The hold is released.")
    clock.advance(minutes=2)
    worker.open(check).press("Ask again on the facts as they now are").sees("You may go ahead")


def test_a_late_entry_that_was_not_permitted_is_a_possible_error_that_legal_settles(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Sam")
    casework.ask(person, by=casework.worker2, now=START - timedelta(hours=3))
    late = casework.late(person, START - timedelta(hours=1), aim=Aim.VIEW, now=START)
    clock.advance(minutes=5)
    lawyer = hand_of(casework.council.legal)
    lawyer.open("/").sees("Possible error").follow("Possible error: a look that was not permitted")
    lawyer.sees("Was it an error that Wanda Zzworker did look once", "On what was recorded before the look")
    lawyer.press("Take this case").press("Answer this case").press("Answer and close this case")
    lawyer.sees("There is a problem").choose("What did you find?", "It was an error")
    lawyer.write("What is the answer, and why?", f"{PLANTED} reasons.").press("Answer and close this case")
    lawyer.sees("The case is answered and closed.", "It was an error")
    worker = hand_of(casework.council.worker)
    worker.open("/").sees("Legal has looked into it.").does_not_see(PLANTED, "It was an error")
    worker.open(f"/checks/{late.reference}").does_not_see(PLANTED, "It was an error")
