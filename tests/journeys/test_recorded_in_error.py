"""Journey: a check on the wrong person is struck through, and both counts say so."""

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Clock
from tests.fixtures.hand import HandOf
from tests.journeys.answers import SEEN, ask

pytestmark = ONE_DATABASE


def test_a_look_recorded_on_the_wrong_person_is_struck_and_counts_for_whoever_was_looked_at(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    meant, looked_at = casework.person("Kit"), casework.person("Ben")
    worker, legal = hand_of(casework.council.worker), hand_of(casework.council.legal)
    ask(worker, meant)
    check = worker.path.rpartition("/")[2]
    worker.press("Start looking")
    clock.advance(minutes=10)
    worker.open("/").follow("Report what you saw").choose("What happened?", "I looked").answer(SEEN).press(
        "Record what I saw"
    )
    worker.open(f"/checks/{check}").follow("Recorded in error? Ask for it to be struck through")
    worker.sees("Nothing is edited or deleted", "It waits for Legal to confirm it.")
    worker.answer(
        {
            "What is wrong with it, and how do you know?": "It was Ben's page: the two have one name.",
            "Whose page was it really?": looked_at.reference,
        }
    ).press("Send it to be confirmed")
    worker.sees("Waiting for Legal", "1", "0").does_not_see("Record my answer")
    legal.open(worker.path).sees("What striking it through does to the count")
    legal.choose("Was it recorded in error?", "Yes, strike it through")
    legal.answer({"What did you compare, and what did you find?": "The two records and the case file."})
    legal.press("Record my answer").sees("It was struck through. It stays on the record, with the reason.")
    worker.open(f"/people/{meant.reference}").sees("No look at this person's social media is recorded here")
    worker.open(f"/people/{looked_at.reference}").sees("1 look counted")
    worker.open(f"/checks/{check}").sees("Recorded in error")
