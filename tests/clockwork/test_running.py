"""A job runs item by item: each is a transaction of its own, one that fails stops no other, and a run is marked from start to end."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, col, select

from tests.fixtures.council import ONE_DATABASE, Clock, Council
from tracker.clockwork.jobs import Job, whole
from tracker.clockwork.models import JobRun
from tracker.clockwork.running import MustStopError, Ran, StoppedError, run_job
from tracker.clockwork.selectors import RunState, find_heartbeat, last_success, newest_run, state_of
from tracker.clockwork.services import beat
from tracker.staff.models import Team
from tracker.storage.session import Database, ReadingOnlyError

LEADER = "tests"


def teams_named(*names: str, fails: str = "", after: Callable[[Session], None] | None = None) -> Job[str]:
    """A job that adds a team for each name that there is none of yet; that of the name `fails` fails once it is written."""

    def _items(session: Session, now: datetime) -> list[str]:
        there = set(session.exec(select(Team.name)))
        return [name for name in names if name not in there]

    def _do(session: Session, name: str, now: datetime) -> None:
        session.add(Team(reference=f"TEM-{name:0>9}", name=name, recorded_at=now))
        session.flush()
        if name == fails:
            raise ValueError(f"the words of {name} are nobody's business")

    last = None if after is None else lambda session, items, now: after(session)
    return Job("teams", "Add teams", _items, _do, last)


def names(database: Database) -> list[str]:
    """The teams there are, by key."""
    with database.reading() as session:
        return list(session.exec(select(Team.name).order_by(col(Team.id))))


def runs(database: Database) -> list[JobRun]:
    """The runs there were."""
    with database.reading() as session:
        return list(session.exec(select(JobRun).order_by(col(JobRun.id))))


def test_every_item_is_done_and_the_run_is_marked_from_start_to_end(database: Database, clock: Clock) -> None:
    began = clock()
    assert run_job(database, teams_named("A", "B"), clock, leader=LEADER) == Ran(2, None)
    assert names(database) == ["A", "B"]
    (run,) = runs(database)
    assert (run.job, run.leader, run.began_at, run.ended_at, run.done) == ("teams", LEADER, began, clock(), 2)
    assert run.failure is None


def test_a_second_run_changes_nothing(database: Database, clock: Clock) -> None:
    for done in (2, 0):
        assert run_job(database, teams_named("A", "B"), clock, leader=LEADER) == Ran(done, None)
    assert names(database) == ["A", "B"]


def test_an_item_that_fails_is_undone_and_stops_no_other(database: Database, clock: Clock) -> None:
    heard: list[BaseException] = []
    ran = run_job(database, teams_named("A", "B", "C", fails="B"), clock, leader=LEADER, on_failure=heard.append)
    assert ran == Ran(2, "1 of 3 failed: ValueError")
    assert names(database) == ["A", "C"]
    assert [type(error) for error in heard] == [ValueError]
    (run,) = runs(database)
    assert (run.done, run.failure) == (2, "1 of 3 failed: ValueError"), "and none of the error's own words"
    with database.reading() as session:
        assert last_success(session, "teams") is None


@ONE_DATABASE
def test_what_comes_last_is_done_only_where_nothing_failed(database: Database, clock: Clock) -> None:
    done: list[str] = []
    for fails in ("A", "", ""):
        run_job(database, teams_named("A", fails=fails, after=lambda _: done.append("x")), clock, leader=LEADER)
        assert len(done) == (0 if fails else len(runs(database)) - 1)


@ONE_DATABASE
def test_listing_the_items_writes_nothing(database: Database, clock: Clock) -> None:
    def _writes(session: Session, now: datetime) -> list[None]:
        session.add(Team(reference="TEM-0000-0000", name="Zz", recorded_at=now))
        session.flush()
        return []

    ran = run_job(database, Job("writes", "Write", _writes, lambda *_: None), clock, leader=LEADER)
    assert ran.failure == f"1 of 1 failed: {ReadingOnlyError.__name__}"
    assert names(database) == []


def test_a_leader_that_lost_the_lead_begins_nothing_and_commits_nothing(database: Database, clock: Clock) -> None:
    leads = iter([True, True, True, True, False])

    def _may_go_on() -> None:
        if not next(leads):
            raise MustStopError("lost")

    with pytest.raises(MustStopError):
        run_job(database, teams_named("A", "B", "C"), clock, leader=LEADER, may_go_on=_may_go_on)
    assert names(database) == ["A"], "the lead was lost while B was being done: it is not committed"
    (run,) = runs(database)
    assert (run.ended_at, run.failure) == (None, None)
    with database.reading() as session:
        assert state_of(run, find_heartbeat(session), now=clock()) == RunState.CUT_OFF
    assert run_job(database, teams_named("A", "B", "C"), clock, leader="next") == Ran(2, None)


@ONE_DATABASE
def test_a_leader_that_is_to_end_keeps_what_it_was_doing_and_marks_the_run_as_stopped(
    database: Database, clock: Clock
) -> None:
    asked: list[str] = []

    def _may_go_on() -> None:
        asked.append("asked")
        if len(asked) >= 3:  # before the run, before A, at the end of A
            raise StoppedError("ends")

    with pytest.raises(StoppedError):
        run_job(database, teams_named("A", "B"), clock, leader=LEADER, may_go_on=_may_go_on)
    assert names(database) == ["A"]
    (run,) = runs(database)
    assert (run.ended_at, run.done, run.failure) == (clock(), 1, "Stopped before its end")


@ONE_DATABASE
def test_a_run_is_running_only_while_the_leader_that_began_it_lives(database: Database, clock: Clock) -> None:
    job = whole("one", "Do one thing", lambda session, now: None)
    with database.reading() as session:
        assert state_of(newest_run(session, "one"), None, now=clock()) == RunState.NEVER
    with database.transaction() as session:
        beat(session, LEADER, now=clock())
    calls = iter([None, MustStopError()])

    def _second() -> None:
        error = next(calls)
        if error:
            raise error

    with pytest.raises(MustStopError):
        run_job(database, job, clock, leader=LEADER, may_go_on=_second)

    def _state() -> RunState:
        with database.reading() as session:
            return state_of(newest_run(session, "one"), find_heartbeat(session), now=clock())

    assert _state() == RunState.RUNNING
    clock.advance(minutes=6)
    assert _state() == RunState.CUT_OFF
    with database.transaction() as session:
        beat(session, "another", now=clock())
    assert _state() == RunState.CUT_OFF
    run_job(database, job, clock, leader="another")
    assert _state() == RunState.WELL


@ONE_DATABASE
def test_the_time_of_an_item_is_when_it_is_done_not_when_the_run_began(council: Council, clock: Clock) -> None:
    seen: list[datetime] = []

    def _do(session: Session, item: int, now: datetime) -> None:
        seen.append(now)
        clock.advance(minutes=1)

    run_job(council.database, Job("slow", "Be slow", lambda *_: [1, 2], _do), clock, leader=LEADER)
    assert (seen[1] - seen[0]).total_seconds() == 60
