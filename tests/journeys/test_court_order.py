"""Journey (d): a court's order reported on Friday and seen on Monday, and one whose sealed copy nobody ever saw."""

from datetime import UTC, datetime

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.journeys.answers import WHY, ask
from tracker.people.models import Person

pytestmark = ONE_DATABASE

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONDAY_EVENING = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
COURT = {
    **WHY,
    "What is it for?": "Doing what a court has directed",
    "Why not by agreement?": "A court has directed it",
}
ORDER = {
    "Which court made it?": "Family Court at Zznorthshire",
    "What is the case number?": "ZZ26C00001",
    "Which judge made it?": "DJ Zzjudge",
    "What does it say about looking": "The local authority may view the open posts.",
    "Do those words say clearly": "Yes",
    "Does it expressly allow contact": "No",
    "On which platforms?": "Any platform: the order names none",
    "For which purposes?": "Any purpose: the order names none",
}


def report(hand: Hand, person: Person) -> str:
    """A worker reports an order of Friday; gives where it stands."""
    hand.open(f"/people/{person.reference}").follow("Report a court's order").answer(ORDER)
    for question in ("When was it made?", "From when is it in force?"):
        group = hand.page.get_by_role("group", name=question)
        for label, value in (("Day", 20), ("Month", 11), ("Year", 2026)):
            group.get_by_label(label).fill(str(value))
    return hand.press("Report the order").sees("Sealed copy to follow").path


def test_reported_on_friday_seen_on_monday_and_one_never_seen(
    casework: Casework, hand_of: HandOf, clock: Clock
) -> None:
    clock.set(FRIDAY)
    seen, never, council = casework.person("Kit"), casework.person("Rae"), casework.council
    worker = hand_of(council.worker)
    order, other = report(worker, seen), report(worker, never)
    ask(worker, seen, why=COURT).sees("Waiting for a manager")
    waiting = worker.path
    ask(worker, never, why=COURT).sees("Waiting for a manager")

    clock.set(MONDAY)
    legal = hand_of(council.legal)
    legal.open("/").sees(
        "Court's orders reported and not yet seen", "It can be used until today at 3:00pm (6 hours left)"
    )
    legal.open("/orders")
    legal.follow(order.rpartition("/")[2]).press("Record that the sealed copy was seen")
    legal.choose("Does the sealed copy say what was reported?", "Yes").press("Record what the sealed copy says")
    legal.sees("Legal has seen the sealed copy.", "In force")

    worker.sign_in(council.worker).open(order).sees(
        "It could go ahead now, on a court's order or direction, once it is asked for again."
    )
    worker.press("Ask again").sees("You may go ahead", "This is not a RIPA authorisation")
    assert worker.path == waiting

    clock.set(MONDAY_EVENING)
    legal.sign_in(council.legal).open("/").sees("Cannot be used", "The sealed copy was not seen in time")
    worker.sign_in(council.worker).open(other).sees("It cannot be used until Legal has seen the sealed copy.")
    worker.sees("It would come out otherwise now: blocked pending legal advice.").press("Ask again")
    worker.sees("Blocked pending legal advice")
