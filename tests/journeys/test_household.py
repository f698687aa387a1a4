"""Journey: a household of four. The same is asked about three; each has an answer of their own, and sent again nothing is made twice."""

from playwright.sync_api import expect
from sqlmodel import select

from tests.checks.test_same_for import Home
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE
from tests.fixtures.hand import Hand, HandOf
from tracker.decisions.models import CopiedCheck
from tracker.people.models import Person

pytestmark = ONE_DATABASE


def answer_about(hand: Hand, person: Person, why: str) -> None:
    """What is asked about one of them."""
    block = hand.page.get_by_role("group", name=str(person.name))
    block.get_by_label("Why is it needed now, and about this person?").fill(why)
    block.get_by_label("Why not by agreement?").select_option(label="They cannot be found")
    block.get_by_label("Say more about that").fill("No answer to two letters.")
    block.get_by_label("What else was tried").fill("A visit; nobody was in.")
    block.get_by_label("What is known of the page's privacy settings?").select_option(label="Open to anybody")
    for question in ("Might they lack capacity", "Is confidential material likely?", "Is content suspected"):
        block.get_by_role("group", name=question).get_by_label("No", exact=True).check()


def test_a_household_of_four(casework: Casework, hand_of: HandOf) -> None:
    home = Home(casework)
    home.restrict(home.rae)
    worker = hand_of(casework.council.worker, width=320)
    worker.open(f"/checks/{home.asked.reference}").follow("Ask the same for others of the household")
    worker.sees("Looking at several of one family may itself be a pattern", "whose record is restricted")
    worker.does_not_see(str(home.rae.name), str(home.friend.name))
    for one in (home.val, home.sam, home.chris):
        worker.page.get_by_label(str(one.name)).check()
    worker.press("Continue").sees("Asked the same for everybody", "To assess.")
    answer_about(worker, home.val, "They were seen with Kit on Sunday.")
    answer_about(worker, home.sam, "They look after the children.")
    worker.press("Ask for a decision about each")
    worker.sees(f"{home.chris.name}: enter why it is needed now, and about this person")
    answer_about(worker, home.chris, "The school rang this morning.")
    answers = worker.path
    worker.press("Ask for a decision about each")
    answer_of = {
        home.val.name: "Blocked pending legal advice",
        home.sam.name: "You may go ahead",
        home.chris.name: "Waiting for a manager",
    }
    for name, answer in answer_of.items():
        expect(worker.page.get_by_role("row").filter(has_text=str(name))).to_contain_text(answer)
    came = worker.path
    assert worker.open(answers).path == came
    row = worker.page.get_by_role("row").filter(has_text=str(home.sam.name))
    with worker.page.expect_navigation():
        row.get_by_role("link").click()
    worker.sees("You may go ahead", "They look after the children.", f"Asked the same as {home.asked.reference}")
    with casework.database.reading() as session:
        assert len(session.exec(select(CopiedCheck)).all()) == len(answer_of)
