"""Journeys (c) and (i): agreement given and taken back while the permit runs; agreement that decides for one and not for another."""

from datetime import datetime, timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.journeys.answers import LOOK, WHY, ask
from tracker.detection.services import add_family_link
from tracker.people.models import Person
from tracker.people.requests import NewFamilyLink
from tracker.people.vocabulary import FamilyLinkKind

pytestmark = ONE_DATABASE

SPOKEN = {
    "Who said it?": "The person themself",
    "Does the person have capacity": "Can decide this for themself",
    "How do you know?": "Explained what a look is, and heard it back.",
    "What was asked, and what was said?": "May we look at your page once? The answer is above.",
    "On which platforms?": "Any platform: it was not limited",
    "For which purposes?": "Any purpose: it was not limited",
    "How was it said?": "In person",
    "How did they take being asked?": "Calmly.",
    "Did you explain that they may say no": "Yes",
}


def record_what_they_said(hand: Hand, what: str, at: datetime) -> Hand:
    """On the page for it."""
    hand.choose("What was said?", what).answer(SPOKEN).when("When was it said?", at)
    return hand.press("Record what they said")


def test_agreement_lets_a_further_look_go_ahead_and_taking_it_back_kills_the_permit_at_once(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Kit")
    casework.ask(person, by=casework.worker2, now=START)
    hand = hand_of(casework.council.worker)
    clock.advance(minutes=2)
    hand.open(f"/people/{person.reference}").follow("Record what they said")
    record_what_they_said(hand, "Yes, you may look", clock())
    ask(hand, person).sees("You may go ahead", "It stands on: consent.")
    check = hand.path
    clock.advance(minutes=10)
    hand.open(f"/people/{person.reference}").follow("Record what they said")
    record_what_they_said(hand, "They had said yes, and now take it back", clock())
    hand.open("/").sees("No longer live")
    hand.open(check).sees("No longer live", "withdrawn")
    clock.advance(minutes=8)
    hand.press("Report what you saw").choose("What happened?", "I looked")
    hand.when("When did you start?", clock() - timedelta(minutes=2)).when("When did you stop?", clock())
    hand.answer(
        {
            "What were the privacy settings, as you found them?": "Open to anybody",
            "What were you looking for?": "Where he lives.",
            "Did you find it?": "No",
            "How did you know that it was the right person?": "The picture.",
        }
    ).press("Record what I saw")
    hand.sees("Record it as a look already made")
    hand.open(check).follow("a look already made").sees("I have already looked")


def test_agreement_recorded_inside_the_check_comes_back_to_it(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    person = casework.person("Rae")
    casework.ask(person, by=casework.worker2, now=START)
    hand = hand_of(casework.council.worker)
    clock.advance(minutes=2)
    hand.open(f"/people/{person.reference}").press("Record a check").press("Start")
    hand.answer(WHY).press("Continue").answer(LOOK).press("Continue").press("Record what they said")
    record_what_they_said(hand, "Yes, you may look", clock())
    hand.sees("Agreement and notice", "Given").press("Continue").press("Ask for a decision")
    hand.sees("You may go ahead")


def test_a_mothers_agreement_does_not_decide_for_the_father_her_page_is_opened_about(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    mother, father = casework.person("Mo"), casework.person("Fa")
    link(casework, mother, father)
    casework.consent(mother, now=START)
    casework.ask(father, by=casework.worker2, now=START)
    hand = hand_of(casework.council.worker)
    clock.advance(minutes=2)
    why = {**WHY, "Who else is it about?": f"{father.name} (partner or former partner)"}
    ask(hand, mother, why=why)
    hand.sees("Blocked pending legal advice", f"For {mother.name}: you may go ahead", f"For {father.name}: blocked")


def link(casework: Casework, one: Person, other: Person) -> None:
    """The two are partners."""
    with casework.transaction() as session:
        new = NewFamilyLink(person=one.reference, other=other.reference, kind=FamilyLinkKind.PARTNER)
        add_family_link(session, new, by=casework.worker, now=START)
