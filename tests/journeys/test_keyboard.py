"""Journey (a) once more with a keyboard alone: from the person's page to the decision, the look, and what was seen."""

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.fingers import Fingers, only_the_keyboard
from tests.fixtures.hand import HandOf

pytestmark = ONE_DATABASE

MOST_KEYS = 80
"""Besides the letters of the reasons. It took 33 when this was written."""

CANNOT_BE_FOUND = ("ArrowDown", "ArrowDown", "ArrowDown")


def test_a_check_is_recorded_in_few_keys_and_reported_with_the_keyboard_alone(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    casework.ask(casework.person("Earlier"), now=START)
    person = casework.person("Kit")
    casework.profile(person)
    clock.advance(minutes=2)
    hand = hand_of(casework.council.worker).open(f"/people/{person.reference}")
    with only_the_keyboard(hand.page) as fingers:
        _record(fingers)
        hand.sees("You may go ahead")
        assert fingers.pressed <= MOST_KEYS
        _look(fingers)
        clock.advance(minutes=20)
        _say_what_was_seen(fingers)
    hand.sees("What you saw was recorded.")


@pytest.mark.parametrize("act", ["click", "fill", "focus"])
def test_nothing_but_the_keyboard_can_be_used_there(hand_of: HandOf, casework: Casework, act: str) -> None:
    hand = hand_of(casework.council.worker).open("/")
    with only_the_keyboard(hand.page), pytest.raises(AssertionError, match="only the keyboard"):
        getattr(hand.page, act)("h1", *(["words"] if act == "fill" else []))


def _record(fingers: Fingers) -> None:
    fingers.skip_to_the_page()
    fingers.open_with_enter("Record a check")
    fingers.skip_to_the_page()
    fingers.open_with_enter("Start")
    fingers.skip_to_the_page()
    _say_why(fingers)
    fingers.skip_to_the_page()
    fingers.open_with_enter("Ask for a decision")


def _say_why(fingers: Fingers) -> None:
    fingers.tab_to("What is it for?")
    fingers.press("Space")
    fingers.tab_to("Use what I chose last time")
    fingers.press("Space")
    for question in ("Is confidential material likely", "Is content suspected"):
        fingers.tab_to(question)
        fingers.press("Space", "ArrowDown")
    fingers.write("What exactly do you need to find out?", "Whether the account given of last week holds.")
    fingers.write("Why is it needed now", "The assessment is due on Friday.")
    fingers.tab_to("Why not by agreement?")
    fingers.press("Space", *CANNOT_BE_FOUND)
    fingers.write("Say more about that", "No answer to three letters.")
    fingers.write("What else was tried", "Two visits and a call to the school.")
    fingers.tab_to("Might the person lack capacity")
    fingers.press("Space", "ArrowDown")
    fingers.open_with_enter("Continue")


def _look(fingers: Fingers) -> None:
    fingers.skip_to_the_page()
    fingers.open_with_enter("Start looking")


def _say_what_was_seen(fingers: Fingers) -> None:
    fingers.skip_to_the_page()
    fingers.open_with_enter("Report what you saw")
    fingers.skip_to_the_page()
    fingers.tab_to("What happened?")
    fingers.press("Space")
    fingers.tab_to("What were the privacy settings")
    fingers.press("Space")
    fingers.write("What were you looking for?", "Whether the account of last week holds.")
    fingers.tab_to("Did you find it?")
    fingers.press("Space", "ArrowDown")
    fingers.write("How did you know", "The picture and the town.")
    fingers.open_with_enter("Record what I saw")
