"""Since when detection has not run is on every page; when each job last succeeded, on the home pages of those who answer for it."""

import pytest
from flask import Flask

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.clockwork.jobs import whole
from tracker.clockwork.running import run_job
from tracker.clockwork.services import Listing, beat, list_timetable
from tracker.policy.vocabulary import Outcome

pytestmark = ONE_DATABASE

EVERYBODY = ("worker", "manager", "legal", "officer", "sro", "auditor", "admin")
ANSWERS_FOR_IT = {"manager", "head", "legal", "sro", "auditor"}
SINCE = "Detection has not run since 21 November 2026 at 10:00am."


def beats(council: Council, clock: Clock) -> None:
    """The scheduler says that it lives."""
    with council.database.transaction() as session:
        beat(session, "leader", now=clock())


def alarm(page: Page) -> str:
    """What everybody must know at once."""
    found = page.html.all("div", having="app-alarm")
    return found[0].text if found else ""


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_signed_in_reads_since_when_detection_has_not_run(
    council: Council, client_for: ClientFor, clock: Clock, name: str
) -> None:
    visitor = client_for(getattr(council, name))
    assert "Detection has never run." in alarm(visitor.get("/"))
    beats(council, clock)
    clock.advance(minutes=5)
    assert alarm(visitor.get("/")) == ""
    clock.advance(seconds=1)
    for path in ("/", "/settings", "/nowhere"):
        assert SINCE in alarm(visitor.get(path)), path
    assert "Checks are still decided, counted and blocked as always." in alarm(visitor.get("/"))
    beats(council, clock)
    assert alarm(visitor.get("/")) == ""


def test_nobody_else_reads_it(council: Council, visitor: Visitor) -> None:
    for path in ("/sign-in", "/help", "/nowhere"):
        assert alarm(visitor.get(path)) == "", path


def test_a_demonstration_has_a_minute_to_start_its_scheduler(
    app: Flask, council: Council, client_for: ClientFor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["settings"].model_copy(update={"demonstration": True})
    monkeypatch.setitem(app.extensions, "settings", settings)
    visitor = client_for(council.manager)
    clock.advance(seconds=59)
    assert alarm(visitor.get("/")) == ""
    clock.advance(seconds=1)
    assert "Detection has never run." in alarm(visitor.get("/"))


def test_with_the_scheduler_dead_the_gate_blocks_all_that_it_would(
    council: Council, casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    """The first look is permitted, a second is not, a hold blocks. Every other test of the gate runs without a scheduler too."""
    kit, lee, sam = casework.person("Kit"), casework.person("Lee"), casework.person("Sam")
    casework.hold(sam)

    def _answers() -> list[Outcome]:
        return [casework.outcome(casework.ask(person, now=clock())) for person in (kit, lee, lee, sam)]

    assert "Detection has never run." in alarm(client_for(council.manager).get("/"))
    dead = _answers()
    assert dead[0] is dead[1] is Outcome.PERMITTED
    assert dead[2] is not Outcome.PERMITTED
    assert dead[3] is Outcome.BLOCKED_LEGAL_ADVICE


@pytest.mark.parametrize("name", [*EVERYBODY, "head"])
def test_the_last_success_of_each_job_is_on_the_home_page_of_those_who_answer_for_it(
    council: Council, client_for: ClientFor, clock: Clock, name: str
) -> None:
    beats(council, clock)
    lines = [
        Listing("sweep", "Look for repeat viewing", "every day at 02:15", 86_400),
        Listing("other", "Do another thing", "every hour", 3_600),
    ]
    with council.database.transaction() as session:
        list_timetable(session, "leader", lines)
    run_job(council.database, whole("sweep", "", lambda *_: None), clock, leader="leader")
    home = client_for(getattr(council, name)).get("/").text
    assert ("every job is on time" in home) == (name in ANSWERS_FOR_IT)
    assert ("Look for repeat viewing" in home) == (name in ANSWERS_FOR_IT)
    assert ("Do another thing" in home) == (name in ANSWERS_FOR_IT)
    assert home.count("21 November 2026 at 10:00am") >= 2 * (name in ANSWERS_FOR_IT)
    clock.set(START)
    clock.advance(hours=2, seconds=1)
    beats(council, clock)
    home = client_for(getattr(council, name)).get("/").text
    assert ("1 of its jobs is late" in home) == (name in ANSWERS_FOR_IT)
