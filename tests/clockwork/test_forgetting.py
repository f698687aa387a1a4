"""Runs of long ago are thrown away, but not what a page or the timetable still asks of them."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from tests.fixtures.council import START
from tracker.clockwork.forgetting import RUNS_ARE_KEPT, RUNS_RUN_OUT
from tracker.clockwork.models import JobRun
from tracker.clockwork.running import run_job
from tracker.clockwork.selectors import last_success, newest_run
from tracker.clockwork.services import Listing, begin_run, end_run, list_timetable
from tracker.storage.session import Database

LONG_AGO = START - RUNS_ARE_KEPT - timedelta(days=1)


def ran(database: Database, job: str, at: datetime, *, failure: str | None = None) -> int:
    with database.transaction() as session:
        run = begin_run(session, job, "tests", now=at)
    with database.transaction() as session:
        end_run(session, run, done=1, failure=failure, now=at)
    return run


def left(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(session.exec(select(JobRun.id).where(JobRun.job != RUNS_RUN_OUT.name).order_by(col(JobRun.id))))


def test_runs_of_more_than_400_days_ago_are_thrown_away_and_no_younger_ones(database: Database) -> None:
    ran(database, "sweep", LONG_AGO - timedelta(days=1))
    ran(database, "sweep", LONG_AGO, failure="1 of 1 failed: ValueError")
    at_the_limit = ran(database, "sweep", START - RUNS_ARE_KEPT)
    young = ran(database, "sweep", START)
    assert run_job(database, RUNS_RUN_OUT, lambda: START, leader="tests").failure is None
    assert left(database) == [at_the_limit, young]


def test_the_newest_run_of_a_job_and_its_last_that_ended_well_stay_however_old_they_are(database: Database) -> None:
    listing = Listing("listed", "Do something", "every day", 86_400)
    with database.transaction() as session:
        list_timetable(session, "tests", [listing])
    kept = []
    for job in ("listed", "by-hand"):
        ran(database, job, LONG_AGO - timedelta(days=9))
        well = ran(database, job, LONG_AGO - timedelta(days=8))
        ran(database, job, LONG_AGO - timedelta(days=7), failure="-")
        kept += [well, ran(database, job, LONG_AGO, failure="-")]
    for _ in range(2):
        assert run_job(database, RUNS_RUN_OUT, lambda: START, leader="tests").failure is None
    assert left(database) == kept
    with database.reading() as session:
        found = [(last_success(session, job), newest_run(session, job)) for job in ("listed", "by-hand")]
    assert [run and run.id for pair in found for run in pair] == kept
