"""Journeys of issue 4: looks spread over teams and relatives, released by Legal; and a late entry that makes two looks a repeat."""

from datetime import timedelta

from tests.detection.finding import DAY, belong, family, holds
from tests.fixtures.casework import BEFORE, Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import HandOf
from tests.journeys.answers import HOW_IT_WAS, WHY_IT_WAS, ask
from tracker.people.models import Person
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.vocabulary import Outcome

pytestmark = ONE_DATABASE


def look_at_night(casework: Casework, person: Person) -> None:
    """The out-of-hours team, a third one, comes to the person on duty, and looks."""
    casework.come_on_duty(person, now=BEFORE)
    check = casework.ask(person, by=casework.duty, now=START - DAY)
    assert casework.outcome(check) is Outcome.PERMITTED


def test_three_teams_look_at_three_relatives_the_next_ask_is_blocked_and_legal_releases_with_reasons(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    child, mother, grandmother = family(casework)
    aunt = casework.person("Aunt")
    belong(casework, aunt, mother, FamilyLinkKind.SIBLING)
    assert casework.outcome(casework.ask(mother, by=casework.worker2, now=START - 2 * DAY)) is Outcome.PERMITTED
    look_at_night(casework, grandmother)
    worker, other = hand_of(casework.council.worker), hand_of(casework.council.worker2)
    ask(worker, child).sees("You may go ahead")
    clock.advance(minutes=5)
    ask(other, aunt).sees("Blocked pending legal advice", "on hold", "Only Legal can release the hold.")
    other.does_not_see("Wanda Zzworker", "Dara Zzduty", "Family Help North")
    blocked = other.path
    worker.open(f"/people/{child.reference}").sees("Blocked: a pattern of viewing, with Legal since today")
    worker.does_not_see("Wim Zzotherworker", "Dara Zzduty")
    clock.advance(minutes=5)

    lawyer = hand_of(casework.council.legal)
    lawyer.open("/").follow("A pattern of viewing")
    lawyer.sees(
        "Who belongs together", "Family Help North", "Family Help South", "3 looks at one network", "by 3 teams"
    )
    lawyer.sees("Wanda Zzworker", "Wim Zzotherworker", "Dara Zzduty", "One more look that belongs to the pattern")
    lawyer.press("Take this case").press("Answer this case").sees("What a release does", "LOK-")
    lawyer.choose("What did you find?", "The hold was released")
    lawyer.press("Answer and close this case").sees("There is a problem")
    lawyer.write("What is the answer, and why?", "One plan of three teams.").press("Answer and close this case")
    lawyer.sees("The case is answered and closed.", "The hold was released")
    assert not holds(casework)

    clock.advance(minutes=5)
    other.open(blocked).press("Ask again on the facts as they now are").sees("You may go ahead")
    worker.open(f"/people/{child.reference}").does_not_see("a pattern of viewing")
    assert not holds(casework)


def test_a_late_entry_makes_two_single_looks_a_repeat(casework: Casework, hand_of: HandOf, clock: Clock) -> None:
    person = casework.person("Sam")
    casework.ask(person, by=casework.worker2, now=START - timedelta(hours=3))
    hand, lawyer = hand_of(casework.council.worker), hand_of(casework.council.legal)
    lawyer.open("/").does_not_see("A pattern of viewing")
    hand.open(f"/people/{person.reference}").does_not_see("a pattern of viewing").follow("I have already looked")
    hand.when("When did you start to look?", START - DAY).when("When did you stop?", START - DAY + timedelta(minutes=5))
    hand.write("Why was it not asked for before?", "I did not know that I had to ask.")
    hand.choose("Was somebody in danger at that moment?", "No").answer(WHY_IT_WAS)
    hand.choose("How did the council come to be involved?", "A person we work with").answer(HOW_IT_WAS)
    hand.press("Record the look").sees("A look that was already made")
    hand.open(f"/people/{person.reference}").sees(
        "2 looks counted", "Blocked: a pattern of viewing, with Legal since today"
    )
    lawyer.open("/").follow("A pattern of viewing").sees("repeat viewing", "was looked at 2 times", "LOK-")
