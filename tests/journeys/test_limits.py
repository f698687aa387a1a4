"""A journey of issue 5: limits changed in the browser by a proposal and two signatures, and a decision before and after."""

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.fixtures.settling import PASSWORD
from tests.journeys.answers import ask
from tracker.checks.replay import replay

pytestmark = ONE_DATABASE

APPROVAL = "Whether a manager approves the single viewing"


def sign(hand: Hand, capacity: str) -> Hand:
    """From the home page to one's signature, past the difference and what it would have changed."""
    hand.open("/").follow("LIM-").sees("Against what is in force now", "Managers have no time.")
    hand.sees("1 of 1 decisions", "One would have come out otherwise", "Child first look needs approval alone: 1")
    hand.choose("As what do you sign?", capacity).write("Your password", PASSWORD)
    return hand.press("Sign this")


def test_limits_are_proposed_read_as_a_difference_signed_by_two_and_decide_from_then(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    council = casework.council
    one, another = casework.person("Ageless", born=None), casework.person("Agelesstoo", born=None)
    worker = hand_of(council.worker)
    ask(worker, one).sees("Waiting for a manager")
    before = worker.path

    clock.advance(minutes=5)
    admin = hand_of(council.admin)
    admin.open("/").follow("Propose limits and other rules").follow("Limits").press("Continue").sees(
        "There is a problem"
    )
    admin.choose(APPROVAL, "No").write("Why do you propose this?", "Managers have no time.").press("Continue")
    admin.sees("Check what you propose", "yes", "no", "1 of 1 decisions", "One would have come out otherwise")
    admin.does_not_see("CHK-", "Ageless").press("Propose this").sees("It waits for the signature of")

    clock.advance(minutes=5)
    sign(hand_of(council.legal), "Legal reviewer").sees("You signed. One signature is missing.")
    sro = hand_of(council.sro)
    sign(sro, "Senior Responsible Officer").sees("You signed. It is in force.", "What it changed")
    sro.open("/policy/proposals").sees("Saba Zzresponsible", "Lena Zzlegal", "No longer in force")

    clock.advance(minutes=5)
    ask(worker, another).sees("You may go ahead")
    worker.open(before).sees("Waiting for a manager")
    with casework.database.reading() as session:
        found = replay(session)
    assert (found.decisions, found.differs, found.otherwise) == (2, None, [])
