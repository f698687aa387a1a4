"""Journeys (e) and (f): a private profile, and searches that find nothing."""

from playwright.sync_api import expect

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.journeys.answers import FIND_AND_LOOK, LOOK, ask

pytestmark = ONE_DATABASE

PRIVATE = {**LOOK, "What is known of the page's privacy settings?": "Behind privacy settings"}


def test_a_private_profile_cannot_be_looked_at_and_the_answer_says_what_can_be_asked(
    casework: Casework, hand_of: HandOf
) -> None:
    person = casework.person("Kit")
    hand = hand_of(casework.council.worker, javascript=False)
    ask(hand, person, look=PRIVATE)
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("This check cannot go ahead")
    hand.sees("The page is behind privacy settings", "Ask for consent.", "put a child or an adult at risk")


def search_in_vain(hand: Hand, clock: Clock) -> None:
    """Start, find nothing, say so within the sitting."""
    hand.press("Start looking").press("Report what you saw")
    begun = clock()
    clock.advance(minutes=5)
    hand.choose("What happened?", "I searched, and it was not there")
    hand.when("When did you start?", begun).when("When did you stop?", clock()).press("Record what I saw")
    hand.sees("What you saw was recorded.")


def test_three_searches_that_find_nothing_are_not_looks_and_the_fourth_ask_is_blocked(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Rae")
    for _ in range(3):
        hand = hand_of(casework.council.worker)
        ask(hand, person, look=FIND_AND_LOOK).sees("You may go ahead", "Stop if the profile turns out not to be open.")
        search_in_vain(hand, clock)
        clock.advance(hours=1)
    hand = hand_of(casework.council.worker)
    ask(hand, person, look=FIND_AND_LOOK)
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Blocked pending legal advice")
    hand.sees("0 looks counted before this one")
