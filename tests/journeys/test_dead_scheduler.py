"""The scheduler dies: everybody reads since when, and the gate blocks all that it would; it is started again, and caught up."""

from tests.clockwork.leading import leading, until
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Clock
from tests.fixtures.hand import Hand, HandOf
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.journeys.answers import LOOK, WHY, ask
from tracker.policy.vocabulary import Outcome
from tracker.scheduler import TIMETABLE
from tracker.storage.session import Database

pytestmark = ONE_DATABASE

DEAD = "Detection has not run since 21 November 2026 at 10:00am."


def warning(hand: Hand) -> str:
    """What every page warns of, read from the region of that name; empty where there is none."""
    region = hand.page.get_by_role("region", name="Warning")
    return region.inner_text() if region.count() else ""


def scheduler_ran(database: Database, url: str, clock: Clock, *, jobs: int) -> None:
    """The real scheduler with the real timetable, until so many jobs have run; then it dies."""
    with leading(database, url, clock, *TIMETABLE) as said:
        until(lambda: said.count("job_ran") >= jobs)


def test_a_dead_scheduler_is_said_on_every_page_and_lets_nobody_through(
    casework: Casework, database: Database, database_url: str, hand_of: HandOf, clock: Clock
) -> None:
    kit = casework.person("Kit")
    scheduler_ran(database, database_url, clock, jobs=len(TIMETABLE))
    manager, worker = hand_of(casework.council.manager), hand_of(casework.council.worker2)
    assert warning(manager.open("/")) == ""
    manager.page.get_by_text("The scheduler runs; every job is on time").click()
    manager.sees("Its last sign of life: 21 November 2026 at 10:00am", "Check the triggers", "Ended well")
    assert_accessible(manager.page)
    assert_no_sideways_scroll(manager.page)
    casework.ask(kit)
    clock.advance(minutes=20)
    for hand, path in ((manager, "/"), (manager, "/review"), (worker, f"/people/{kit.reference}")):
        assert DEAD in warning(hand.open(path)), path
        assert "Checks are still decided, counted and blocked as always." in warning(hand)
        assert_no_sideways_scroll(hand.page)
    assert_accessible(worker.page)
    manager.open("/").sees("The scheduler does not run")
    ask(worker, kit, look=LOOK, why=WHY)
    worker.does_not_see("You may go ahead")
    assert casework.outcome(casework.ask(kit, now=clock())) is not Outcome.PERMITTED
    scheduler_ran(database, database_url, clock, jobs=1)
    assert warning(manager.open("/")) == warning(worker.open("/")) == ""
    manager.sees("The scheduler runs; every job is on time")
