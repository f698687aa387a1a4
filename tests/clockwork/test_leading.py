"""One scheduler leads. When it dies another does, and one that lost its lock stops before it does anything more."""

import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlmodel import Session, col, select

from tests.clockwork.leading import leading, until
from tests.clockwork.victims import ONCE
from tests.commands.running import Instance, free_port
from tests.fixtures.council import AS_OWNER, ONE_DATABASE, Clock
from tracker.clockwork.jobs import Job, whole
from tracker.clockwork.locks import lock_on
from tracker.clockwork.models import Heartbeat, JobRun
from tracker.clockwork.running import run_job
from tracker.clockwork.selectors import find_heartbeat, list_job_states
from tracker.clockwork.timetable import Scheduled, every
from tracker.storage.session import Database

PATIENCE_S = 60
TAKEN_OVER_WITHIN_S = 30


def leader(database: Database) -> str:
    """Who leads, or led last."""
    with database.reading() as session:
        heartbeat = find_heartbeat(session)
    return heartbeat.leader if heartbeat else ""


def runs(database: Database) -> list[JobRun]:
    """Every run of a job."""
    with database.reading() as session:
        return list(session.exec(select(JobRun).order_by(col(JobRun.id))))


def test_of_two_schedulers_one_leads_and_the_other_takes_over_when_it_is_killed(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    instance = Instance(tmp_path / "instance", free_port(), {"TRACKER_DATABASE_URL": database_url})
    with instance.started("scheduler") as first:
        until(lambda: leader(database))
        led = leader(database)
        with instance.started("scheduler") as second:
            until(lambda: "scheduler_waits" in second.said)
            assert (leader(database), first.process.poll()) == (led, None)
            assert {run.leader for run in runs(database)} <= {led}
            first.process.kill()
            killed = time.monotonic()
            until(lambda: leader(database) != led)
            assert time.monotonic() - killed < TAKEN_OVER_WITHIN_S
            second.process.terminate()
            assert second.ends() == 0, second.said
            assert "Traceback" not in first.said + second.said


def take_the_lock_away(url: str) -> None:
    """As when the connection breaks, or somebody clears the folder up."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        Path(f"{address.database}.locks", "scheduler").unlink()
        return
    database = Database(url)
    with database.transaction() as session:
        session.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 100")
        )
    database.close()


@AS_OWNER
def test_a_leader_that_lost_its_lock_stops_at_once_and_waits_with_the_others(
    database: Database, database_url: str, clock: Clock
) -> None:
    """It loses it within an item: what that item did is not committed, and the next is not begun."""
    inside, go = threading.Event(), threading.Event()
    done: list[int] = []

    def _do(session: Session, item: int, now: datetime) -> None:
        session.add(Heartbeat(id=1, leader="never", leads_since=now, beat_at=now))  # fails if it came to be written
        session.expunge_all()
        done.append(item)
        inside.set()
        go.wait(PATIENCE_S)

    job = Job("slow", "Be slow", lambda *_: [1, 2, 3], _do)
    with leading(database, database_url, clock, Scheduled(job, ONCE)) as said:
        assert inside.wait(PATIENCE_S)
        take_the_lock_away(database_url)
        other = lock_on(database_url, "scheduler")
        until(other.take)
        go.set()
        until(lambda: "job_stopped" in said)
        until(lambda: "scheduler_leads_no_more" in said)
        assert done == [1]
        (run,) = runs(database)
        assert run.ended_at is None
        until(lambda: "scheduler_waits" in said)
        assert other.held()
        other.release()
        until(lambda: said.count("scheduler_leads") == 2)


@ONE_DATABASE
def test_it_beats_and_writes_its_timetable_down(database: Database, database_url: str, clock: Clock) -> None:
    jobs = [Scheduled(whole(name, f"Do {name}", lambda *_: None), every(hours=1)) for name in ("b", "a")]
    with leading(database, database_url, clock, *jobs) as said:
        until(lambda: said.count("job_ran") == 2)
        clock.advance(seconds=30)
        until(lambda: _beat_at(database) == clock())
    with database.reading() as session:
        states = list_job_states(session, now=clock())
    assert [(one.name, one.told_when, one.state.value) for one in states] == [
        ("b", "every hour", "Ended well"),
        ("a", "every hour", "Ended well"),
    ]
    assert not any(one.is_late for one in states)
    clock.advance(hours=2)
    with database.reading() as session:
        assert all(one.is_late for one in list_job_states(session, now=clock()))


def _beat_at(database: Database) -> datetime | None:
    with database.reading() as session:
        heartbeat = find_heartbeat(session)
    return heartbeat.beat_at if heartbeat else None


@ONE_DATABASE
@pytest.mark.parametrize(("hours", "runs_at_once"), [(0.5, False), (1.5, True)])
def test_what_was_missed_while_nobody_led_runs_at_once(
    database: Database, database_url: str, clock: Clock, hours: float, runs_at_once: bool
) -> None:
    job = whole("hourly", "Do it hourly", lambda *_: None)
    run_job(database, job, clock, leader="before")
    clock.advance(hours=hours)
    other = Scheduled(whole("other", "Do something else", lambda *_: None), every(hours=1))
    with leading(database, database_url, clock, Scheduled(job, every(hours=1)), other) as said:
        until(lambda: said.count("job_ran") == 1 + runs_at_once)
    assert sum(run.job == "hourly" for run in runs(database)) == 1 + runs_at_once


@ONE_DATABASE
def test_a_run_that_was_cut_off_is_run_again_by_the_next_leader(
    database: Database, database_url: str, clock: Clock
) -> None:
    with database.transaction() as session:
        session.add(JobRun(job="hourly", leader="killed", began_at=clock()))
    job = whole("hourly", "Do it hourly", lambda *_: None)
    clock.advance(seconds=1)
    with leading(database, database_url, clock, Scheduled(job, every(hours=1))) as said:
        until(lambda: "job_ran" in said)
    assert [run.ended_at is None for run in runs(database)] == [True, False]


@ONE_DATABASE
def test_a_job_that_somebody_runs_by_hand_is_left_to_them(database: Database, database_url: str, clock: Clock) -> None:
    by_hand = lock_on(database_url, "hourly")
    assert by_hand.take()
    job = Scheduled(whole("hourly", "Do it hourly", lambda *_: None), every(hours=1))
    with leading(database, database_url, clock, job) as said:
        until(lambda: "job_runs_elsewhere" in said)
    by_hand.release()
    assert runs(database) == []


@ONE_DATABASE
def test_a_job_that_fails_stops_neither_the_leader_nor_the_next_job(
    database: Database, database_url: str, clock: Clock
) -> None:
    def _fails(session: Session, now: datetime) -> None:
        raise KeyError("of somebody")

    bad, good = whole("bad", "Fail", _fails), whole("good", "Do well", lambda *_: None)
    with leading(database, database_url, clock, *(Scheduled(job, every(hours=1)) for job in (bad, good))) as said:
        until(lambda: said.count("job_ran") == 2)
    assert said.count("KeyError") == 1
    assert {run.job: run.failure for run in runs(database)} == {"bad": "1 of 1 failed: KeyError", "good": None}


@ONE_DATABASE
def test_a_job_that_fails_while_its_leader_ends_does_not_keep_it_from_ending(
    database: Database, database_url: str, clock: Clock
) -> None:
    inside, go = threading.Event(), threading.Event()

    def _fails(session: Session, now: datetime) -> None:
        inside.set()
        go.wait(PATIENCE_S)
        raise KeyError("of somebody")

    with leading(database, database_url, clock, Scheduled(whole("bad", "Fail", _fails), every(hours=1))) as said:
        assert inside.wait(PATIENCE_S)
        threading.Timer(0.5, go.set).start()
    assert {"KeyError", "scheduler_leads_no_more"} <= set(said)
    assert [run.failure for run in runs(database)] == ["1 of 1 failed: KeyError"]
