"""The self-check finds a trigger taken out, a trail or a ledger that was changed behind the tracker's back, and tells the SRO."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tracker.audit import triggers
from tracker.audit.models import AuditHead, AuditVerified
from tracker.clockwork.jobs import Job
from tracker.clockwork.running import run_job
from tracker.health import counts
from tracker.health.jobs import SELF_CHECK, WHOLE_TRAIL, Found
from tracker.storage.session import Database
from tracker.tasks.models import Task
from tracker.tasks.vocabulary import WaitsFor


def run(database: Database, clock: Clock, job: Job[Found] = SELF_CHECK) -> None:
    """One run that ends well."""
    assert run_job(database, job, clock, leader="tests").failure is None
    clock.advance(hours=1)


def waits(database: Database) -> dict[str, str]:
    """What waits for the SRO, by part."""
    with database.reading() as session:
        tasks = session.exec(select(Task).where(Task.done_at == None)).all()  # noqa: E711 - SQL
    assert {task.waits_for for task in tasks} <= {WaitsFor.SRO}
    return {task.record: task.what for task in tasks}


def behind_its_back(database: Database, *statements: str) -> None:
    """Changes rows as somebody who owns the database could: with the triggers taken out and put back."""
    with database.transaction() as session:
        connection = session.connection()
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for name in [row[0] for row in connection.execute(text(names))]:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        triggers.install(connection)


def test_nothing_is_found_where_nothing_is_wrong_and_the_next_check_reads_on_from_there(
    council: Council, casework: Casework, clock: Clock
) -> None:
    kit = casework.person()
    casework.link(kit, casework.person("Kitty"))
    check = casework.ask(kit)
    casework.start(check)
    clock.advance(minutes=10)
    casework.report(check, opened_at=START, now=clock())
    casework.late(casework.person("Lee"), START - timedelta(days=1))
    for job in (SELF_CHECK, SELF_CHECK, WHOLE_TRAIL):
        run(council.database, clock, job)
        assert waits(council.database) == {}
        with council.database.reading() as session:
            head, mark = session.get_one(AuditHead, 1), session.get_one(AuditVerified, 1)
        assert (mark.seq, mark.hash) == (head.seq, head.hash)


@ONE_DATABASE
def test_a_trigger_taken_out_is_a_task_until_it_is_back(council: Council, clock: Clock) -> None:
    with council.database.transaction() as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_head_no_delete")
    for _ in range(2):
        run(council.database, clock)
        assert waits(council.database) == {"TRIGGERS": "The audit trail is not protected: audit_head_no_delete."}
    behind_its_back(council.database)
    run(council.database, clock)
    assert waits(council.database) == {}


@ONE_DATABASE
def test_an_entry_that_was_altered_is_found_where_it_is_new_and_by_the_whole_check_where_it_is_old(
    council: Council, casework: Casework, clock: Clock
) -> None:
    run(council.database, clock)
    casework.ask(casework.person())
    behind_its_back(council.database, "UPDATE audit_entry SET event = 'check:closed' WHERE event = 'check:submitted'")
    run(council.database, clock)
    assert "a column differs from its text" in waits(council.database)["TRAIL"]
    behind_its_back(council.database, "UPDATE audit_entry SET event = 'check:submitted' WHERE event = 'check:closed'")
    run(council.database, clock)
    assert "TRAIL" in waits(council.database), "what read only the newest part cannot say that all of it is well"
    run(council.database, clock, WHOLE_TRAIL)
    assert waits(council.database) == {}
    run(council.database, clock)
    behind_its_back(council.database, "UPDATE audit_entry SET event = 'check:closed' WHERE seq = 2")
    run(council.database, clock)
    assert waits(council.database) == {}
    run(council.database, clock, WHOLE_TRAIL)
    assert waits(council.database).keys() == {"TRAIL"}


@ONE_DATABASE
def test_words_of_old_that_are_only_marked_as_erased_are_found_by_the_next_check(
    council: Council, clock: Clock
) -> None:
    run(council.database, clock)
    with council.database.transaction() as session:
        mark = "INSERT INTO audit_erasure (seq, rule, at) SELECT seq, 'x', at FROM audit_entry WHERE seq = 2"
        session.execute(text(mark))
        session.execute(text("DELETE FROM audit_content WHERE seq = 2"))
    run(council.database, clock)
    assert waits(council.database) == {
        "TRAIL": "Entry 2 of the trail: its content is marked as erased, and no later entry says so."
    }


@ONE_DATABASE
def test_the_last_entry_that_held_being_replaced_is_found(council: Council, casework: Casework, clock: Clock) -> None:
    run(council.database, clock)
    behind_its_back(
        council.database,
        "UPDATE audit_entry SET hash = 'x' || substr(hash, 2) WHERE seq = (SELECT max(seq) FROM audit_entry)",
    )
    run(council.database, clock)
    assert "no longer the entry that was read before" in waits(council.database)["TRAIL"]


@ONE_DATABASE
def test_a_look_taken_out_of_the_ledger_is_found_by_name(council: Council, casework: Casework, clock: Clock) -> None:
    look = casework.look(casework.ask(casework.person()))
    casework.ask(casework.person("Noise"))
    behind_its_back(council.database, f"DELETE FROM viewing WHERE look_id = {look.id}")  # noqa: S608 - a key
    run(council.database, clock)
    assert waits(council.database) == {
        "LEDGER": f"Looks that the trail names and the ledger does not hold: {look.reference}."
    }


@ONE_DATABASE
def test_a_self_check_that_ran_twice_at_once_raises_one_task(council: Council, clock: Clock) -> None:
    with council.database.transaction() as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_head_no_delete")
    with council.database.reading() as session:
        (found,) = SELF_CHECK.items(session, START)
    for _ in range(2):
        with council.database.transaction() as session:
            SELF_CHECK.do(session, found, START)
    with council.database.reading() as session:
        assert len(session.exec(select(Task)).all()) == 1


@ONE_DATABASE
def test_people_whom_the_gate_would_count_otherwise_are_named(
    council: Council, casework: Casework, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit, noise = casework.person(), casework.person("Noise")
    casework.ask(kit)
    monkeypatch.setattr(counts, "views_as_facts", lambda *_, **__: ())
    run(council.database, clock)
    assert waits(council.database).keys() == {"COUNTS"}
    assert kit.reference in waits(council.database)["COUNTS"]
    assert noise.reference not in waits(council.database)["COUNTS"], "nobody looked at them"
