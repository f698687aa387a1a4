"""A lock is held by one at a time, and lost with the connection or the file: on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.fixtures.council import AS_OWNER, ONE_DATABASE, ONLY_POSTGRES
from tracker.clockwork.locks import FileLock, lock_on


def test_one_holds_it_and_the_next_takes_it_once_it_is_let_go(database_url: str) -> None:
    first, second = lock_on(database_url, "lead"), lock_on(database_url, "lead")
    assert (first.take(), second.take()) == (True, False)
    assert (first.held(), second.held()) == (True, False)
    first.release()
    assert not first.held()
    assert second.take()
    second.release()


def test_locks_of_other_names_are_other_locks(database_url: str) -> None:
    first, second = lock_on(database_url, "lead"), lock_on(database_url, "sweep")
    assert first.take()
    assert second.take()
    first.release()
    assert second.held()
    second.release()


def test_what_was_never_taken_can_be_let_go(database_url: str) -> None:
    lock = lock_on(database_url, "lead")
    lock.release()
    assert not lock.held()


@ONLY_POSTGRES
@AS_OWNER
def test_a_connection_that_the_server_ended_holds_nothing_any_more(database_url: str) -> None:
    lock, other = lock_on(database_url, "lead"), lock_on(database_url, "lead")
    assert lock.take()
    ends = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 100"
    engine = create_engine(make_url(database_url))
    with engine.connect() as connection:
        assert connection.execute(text(ends)).all()
    engine.dispose()
    assert not lock.held()
    assert other.take()
    assert not lock.take()
    other.release()
    assert lock.take()
    lock.release()


@ONLY_POSTGRES
def test_a_server_that_cannot_be_reached_gives_no_lock(database_url: str) -> None:
    nowhere = make_url(database_url).set(database="no_such_database").render_as_string(hide_password=False)
    assert not lock_on(nowhere, "lead").take()


def test_a_file_that_was_taken_away_holds_nothing_any_more(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "locks" / "lead")
    assert lock.take()
    lock.path.unlink()
    assert not lock.held()
    other = FileLock(lock.path)
    assert other.take()
    assert not lock.held()
    lock.release()
    assert other.held()
    other.release()


@ONE_DATABASE
def test_a_database_in_memory_has_no_scheduler() -> None:
    with pytest.raises(ValueError, match="in memory"):
        lock_on("sqlite://", "lead")
