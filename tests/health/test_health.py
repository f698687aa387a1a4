"""`/health` says how the tracker stands, in words that name nobody, to anybody who watches it."""

import pytest
from flask import Flask
from sqlalchemy import text

from tests.fixtures.council import AS_OWNER, ONE_DATABASE, Clock
from tests.fixtures.visitor import Visitor
from tracker.clockwork.services import beat
from tracker.storage.session import Database


def health(visitor: Visitor) -> tuple[int, dict[str, object]]:
    """The status and what is said."""
    answer = visitor.client.get("/health")
    said: dict[str, object] = answer.get_json()
    return answer.status_code, said


def test_all_is_well_while_the_scheduler_beats(visitor: Visitor, database: Database, clock: Clock) -> None:
    with database.transaction() as session:
        beat(session, "leader", now=clock())
    clock.advance(seconds=17)
    everything = dict.fromkeys(("database", "migrations", "triggers", "heartbeat"), "ok")
    assert health(visitor) == (200, {"well": True, **everything, "heartbeat_age_s": 17})


def test_a_scheduler_that_never_beat_or_is_dead_is_said(visitor: Visitor, database: Database, clock: Clock) -> None:
    status, said = health(visitor)
    assert (status, said["well"], said["heartbeat"], said["heartbeat_age_s"]) == (503, False, "never", None)
    with database.transaction() as session:
        beat(session, "leader", now=clock())
    clock.advance(minutes=5, seconds=1)
    status, said = health(visitor)
    assert (status, said["heartbeat"], said["heartbeat_age_s"]) == (503, "dead", 301)


@AS_OWNER
def test_a_missing_trigger_is_said(visitor: Visitor, database: Database) -> None:
    with database.transaction() as session:
        on = " ON audit_head" if database.engine.dialect.name == "postgresql" else ""
        session.connection().exec_driver_sql(f"DROP TRIGGER audit_head_no_delete{on}")
    status, said = health(visitor)
    assert (status, said["triggers"], said["database"]) == (503, "missing or changed", "ok")


@AS_OWNER
def test_an_old_schema_is_said(visitor: Visitor, database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0011'"))
    status, said = health(visitor)
    assert (status, said["migrations"], said["heartbeat"]) == (503, "not the newest", "unknown")


@ONE_DATABASE
def test_a_database_that_cannot_be_used_is_said(app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "database", Database("sqlite:////nowhere/at/all.sqlite3"))
    status, said = health(visitor)
    assert (status, said["database"], said["well"]) == (503, "cannot be used", False)
