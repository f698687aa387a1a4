"""Journeys (d), (g) and (h): danger now, a look recorded afterwards, and a permit that nobody reported."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.journeys.answers import HOW_IT_WAS, WHY_IT_WAS, ask

pytestmark = ONE_DATABASE

DANGER = {
    "What is the danger, and to whom?": "He has gone with a man who has harmed children.",
    "What is the look for?": "Finding somebody who is missing",
    "With which account?": "Logged out, in an ordinary browser",
    "Where will you look?": ["Snapchat"],
}


def heading(hand: Hand) -> str:
    """The page's main heading."""
    return hand.page.get_by_role("heading", level=1).inner_text()


def test_danger_is_answered_at_once_and_the_same_facts_the_next_day_are_blocked(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Lee")
    hand = hand_of(casework.council.worker)
    hand.open("/").press("Danger now")
    hand.sees("If someone is in danger now, ring 999. The police have powers you do not.")
    hand.write("Who is it about?", "lee").answer(DANGER).press("Ask now")
    hand.sees("Select which of these people it is, or a new record")
    hand.choose("Which of these people?", f"{person.name}, born 29 February 1988").press("Ask now")
    hand.sees("You may go ahead", "A manager must review this look afterwards", "21 November 2026 at 2:00pm")
    check = hand.path
    hand.open(f"/people/{person.reference}").press("Danger now").answer(DANGER).press("Ask now")
    assert hand.path == check
    clock.set(START + timedelta(days=1))
    again = hand_of(casework.council.worker)
    again.open(f"/people/{person.reference}").press("Danger now").answer(DANGER)
    again.choose("Has something new happened", "No").press("Ask now")
    assert heading(again) == "Blocked pending legal advice"
    again.sees("A look in danger was made or allowed on")


def test_a_look_recorded_afterwards_is_counted_decided_twice_and_seen_by_legal(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Sam")
    casework.ask(person, by=casework.worker2, now=START - timedelta(hours=3))
    hand = hand_of(casework.council.worker)
    hand.open(f"/people/{person.reference}").follow("I have already looked")
    hand.when("When did you start to look?", START - timedelta(hours=1))
    hand.when("When did you stop?", START - timedelta(minutes=50))
    hand.write("Why was it not asked for before?", "I did not know that I had to ask.")
    hand.choose("Was somebody in danger at that moment?", "No").answer(WHY_IT_WAS)
    hand.choose("How did the council come to be involved?", "A person we work with").answer(HOW_IT_WAS)
    hand.press("Record the look")
    hand.sees("A look that was already made", "On what was recorded before the look", "On what is now said")
    hand.open(f"/people/{person.reference}").sees("2 looks counted")
    legal = hand_of(casework.council.legal)
    legal.open("/").sees("Possible error", "Sam")


def test_a_permit_left_unreported_until_it_has_run_out_blocks_the_next_ask_and_both_pages_say_why(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Ash")
    hand = hand_of(casework.council.worker)
    ask(hand, person)
    check = hand.path
    clock.set(START + timedelta(days=4))
    again = hand_of(casework.council.worker)
    again.open("/").sees("Report what you saw")
    again.open(check).sees("Ran out", "It counts")
    other = hand_of(casework.council.worker2)
    ask(other, person)
    assert heading(other) == "Blocked pending legal advice"
    other.sees("The single open-source viewing was used or allowed on 21 November 2026")
    expect(other.page.locator("main")).to_contain_text("1 look counted before this one")
