"""`tracker jobs list` and `tracker jobs run NAME`: what is printed, and the exit status."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, Council
from tracker.cli import main
from tracker.clockwork.jobs import whole
from tracker.clockwork.locks import lock_on
from tracker.clockwork.models import JobRun
from tracker.clockwork.services import beat
from tracker.clockwork.timetable import Scheduled, every
from tracker.scheduler import TIMETABLE
from tracker.storage.session import Database

Call = Callable[..., Result]


@pytest.fixture
def call(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls a command on the test's own database."""
    monkeypatch.setattr("tracker.web.logging.configure_logging", lambda: None)
    return lambda *words: CliRunner().invoke(main, ["jobs", *words], env={"TRACKER_DATABASE_URL": database_url})


def test_every_job_is_listed_and_can_be_run_by_hand(council: Council, call: Call) -> None:
    before = call("list")
    assert (before.exit_code, before.stderr) == (0, "")
    assert before.stdout.count("Never run") == len(TIMETABLE)
    assert before.stdout.endswith("\nNo scheduler runs.\n")
    for one in TIMETABLE:
        done = call("run", one.job.name)
        assert (done.exit_code, done.stderr) == (0, ""), one.job.name
        assert done.stdout.startswith(f"{one.job.name}: done, "), done.stdout
    with council.database.transaction() as session:
        beat(session, "leader", now=datetime.now(UTC))
    after = call("list").stdout
    assert after.count("Ended well") == len(TIMETABLE)
    assert "\nA scheduler runs. It last beat " in after
    for one in TIMETABLE:
        (line,) = [line for line in after.splitlines() if line.startswith(f"{one.job.name} ")]
        assert one.when.told in line


@ONE_DATABASE
def test_a_job_that_is_not_there_is_refused_with_the_names_of_those_that_are(database: Database, call: Call) -> None:
    done = call("run", "nothing")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no job 'nothing'" in done.stderr
    assert TIMETABLE[0].job.name in done.stderr


def test_a_job_that_somebody_runs_is_not_run_beside_them(database: Database, database_url: str, call: Call) -> None:
    name = TIMETABLE[0].job.name
    lock = lock_on(database_url, name)
    assert lock.take()
    done = call("run", name)
    lock.release()
    assert done.exit_code == 3
    assert f"{name} is being run" in done.stderr
    with database.reading() as session:
        assert session.exec(select(JobRun)).all() == []


@ONE_DATABASE
def test_what_failed_is_said_by_its_kind_alone(database: Database, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def _fails(*_: object) -> None:
        raise KeyError("Kit Zzname")

    monkeypatch.setattr("tracker.scheduler.TIMETABLE", (Scheduled(whole("bad", "Fail", _fails), every(hours=1)),))
    done = call("run", "bad")
    assert (done.exit_code, done.stderr) == (1, "bad: 1 of 1 failed: KeyError\n"), done.exception
    assert "bad  every hour  never         " in call("list").stdout
    assert "Failed: 1 of 1 failed: KeyError" in call("list").stdout


@ONE_DATABASE
def test_a_database_that_is_not_there_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.web.logging.configure_logging", lambda: None)
    for words in (["list"], ["run", TIMETABLE[0].job.name]):
        done = CliRunner().invoke(main, ["jobs", *words], env={"TRACKER_DATABASE_URL": "sqlite:////no/where.sqlite3"})
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1, done.stderr
        assert done.stderr.startswith("the database cannot be used")
