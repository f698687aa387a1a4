"""The pages around "the same for…": what was begun and never sent, what is said before it is sent, and what the manager reads."""

from datetime import timedelta

import pytest

from tests.checks.test_same_for import Home
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tests.review.sealing import sealed
from tracker.decisions.selectors import get_check
from tracker.policy.limits import SHIPPED
from tracker.policy.vocabulary import Outcome, Visibility

pytestmark = ONE_DATABASE
MINUTE = timedelta(minutes=1)
COPIED = "This check is a copy of"


@pytest.fixture
def home(casework: Casework) -> Home:
    return Home(casework)


@pytest.fixture
def worker(home: Home, client_for: ClientFor) -> Visitor:
    return client_for(home.casework.council.worker)


def begun(home: Home, worker: Visitor) -> Page:
    """Two are chosen; the page of answers stands open."""
    page = worker.get(f"/checks/{home.asked.reference}/same-for")
    return worker.send(page, {"people": [home.sam.reference, home.lee.reference]}, button="Continue")


def links(page: Page) -> dict[str, str]:
    return {one.text: one.get("href") for one in page.main.all("a")}


def test_what_was_begun_and_never_sent_is_on_the_home_page_until_it_is_thrown_away(home: Home, worker: Visitor) -> None:
    assert "Finish recording a check" not in worker.get("/").main.text
    answers = begun(home, worker)
    page = worker.get("/")
    assert links(page)["Finish recording a check"] == answers.path
    assert "The same for 2 of the household." in page.main.text
    asked = worker.get(f"/checks/{home.asked.reference}/same-for/asked")
    assert "You chose 2 of the household" in asked.main.text
    assert links(asked)["Go on with those you chose"] == answers.path
    worker.send(worker.get(f"{answers.path}/discard"))
    assert "Finish recording a check" not in worker.get("/").main.text


def test_the_draft_is_its_owners_alone(home: Home, worker: Visitor, client_for: ClientFor) -> None:
    begun(home, worker)
    assert "The same for" not in client_for(home.casework.council.colleague).get("/").main.text


def test_that_the_fourth_look_is_a_pattern_and_holds_all_is_said_before_any_is_sent(
    home: Home, worker: Visitor
) -> None:
    """Kit, and three of the household: four looks by one team. What the page says is what happens once one is made."""
    choosing = worker.get(f"/checks/{home.asked.reference}/same-for")
    answers = begun(home, worker)
    says = (
        f"{SHIPPED.family_cluster_views_one_team} go to Legal whoever made them Once they are with Legal everyone in the family is held: "
        "who is asked about later is blocked, and a look that was allowed and not yet made may no longer be made. "
        f"So not all of {SHIPPED.family_cluster_views_one_team} looks can be made"
    )
    for page in (choosing, answers):
        assert says in page.main.text
    text = answers.main.text
    assert text.index(says) < text.index("Ask for a decision about each")
    came = home.ask(*(home.same(one) for one in (home.lee, home.sam, home.rae)))
    assert [home.outcome(one) for one in came] == [Outcome.PERMITTED] * (SHIPPED.family_cluster_views_one_team - 1)
    home.casework.start(home.asked, now=START + MINUTE)
    home.casework.report(home.asked, opened_at=START + MINUTE, now=START + 9 * MINUTE, visibility_found=Visibility.OPEN)
    with home.casework.database.reading() as session:
        permits = [get_check(session, str(one.check)) for one in came]
    assert [home.casework.liveness(one, now=START + 10 * MINUTE).live for one in permits] == [False] * len(permits)


def test_the_manager_who_decides_reads_which_check_it_copies_and_comes_to_the_others(
    home: Home, client_for: ClientFor
) -> None:
    first, second = home.ask(home.same(home.chris), home.same(home.sam))
    manager = client_for(home.casework.council.manager)
    page = manager.get(f"/review/{first.check}")
    assert f"{COPIED} {home.asked.reference}" in page.main.text
    assert links(page)[home.asked.reference] == f"/review/{home.asked.reference}"
    assert links(page)[str(second.check)] == f"/review/{second.check}"
    for one in (home.asked.reference, str(second.check)):
        assert manager.get(links(page)[one]).status == 200
    original = manager.get(f"/review/{home.asked.reference}").main.text
    assert "The same was asked about others of the household." in original
    assert COPIED not in original


def test_a_check_that_is_no_copy_says_nothing_of_it(home: Home, client_for: ClientFor) -> None:
    """The control."""
    alone = home.casework.ask(home.casework.person("Alone", home.chris.date_of_birth))
    page = client_for(home.casework.council.manager).get(f"/review/{alone.reference}").main.text
    assert COPIED not in page
    assert "The same was asked about others" not in page


def test_nothing_is_said_of_one_that_was_sealed_since(home: Home, client_for: ClientFor) -> None:
    """Not even to the manager, who reads both."""
    first, second = home.ask(home.same(home.chris), home.same(home.sam))
    sealed(home.casework, home.sam, now=START)
    page = client_for(home.casework.council.manager).get(f"/review/{first.check}")
    assert f"{COPIED} {home.asked.reference}" in page.main.text
    assert str(second.check) not in page.main.text
