"""Tasks where two act at once: one row for a key, and what somebody finished stays finished. On both databases, with a control."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import AS_OWNER, ONLY_POSTGRES, START, Council
from tests.tasks.running import open_tasks, run_all
from tests.tasks.test_clocks import CLOCKS, a_week_of_work, as_they_are
from tracker.storage.tables import saved_key
from tracker.tasks.models import Task
from tracker.tasks.services import NO_LONGER_SO, end_task, finish_task, raise_task, take_up
from tracker.tasks.vocabulary import TaskKind, WaitsFor

LATER = START + timedelta(days=5)


def put(council: Council, raised: list[Task]) -> None:
    """Raises the one task, in a transaction of its own."""
    with council.database.transaction() as session:
        raised.append(
            raise_task(
                session,
                kind=TaskKind.CONSENT_ENDING,
                key="one",
                record="CON-0000-0000",
                what="A consent ends.",
                waits_for=WaitsFor.MEMBER,
                staff_id=saved_key(council.worker),
                now=START,
            )
        )


def two_at_once(council: Council) -> list[Task]:
    """Raises it while somebody else has raised it and not committed yet."""
    raised: list[Task] = []
    with council.database.transaction() as session:
        first = raise_task(
            session,
            kind=TaskKind.CONSENT_ENDING,
            key="one",
            record="CON-0000-0000",
            what="A consent ends.",
            waits_for=WaitsFor.MEMBER,
            staff_id=saved_key(council.worker),
            now=START,
        )
        other = Thread(target=put, args=(council, raised))
        other.start()
        other.join(timeout=0.3)  # it waits for what is not committed
        assert other.is_alive()
    other.join()
    return [first, *raised]


def rows(council: Council) -> list[Task]:
    """Every task."""
    with council.database.reading() as session:
        return list(session.exec(select(Task)))


def test_two_who_raise_it_at_once_raise_one(council: Council) -> None:
    first, second = two_at_once(council)
    assert first.reference == second.reference
    assert len(rows(council)) == 1


@ONLY_POSTGRES
@AS_OWNER
def test_without_the_unique_key_there_would_be_two(council: Council) -> None:
    """The control."""
    with council.database.transaction() as session:
        session.execute(text("ALTER TABLE task DROP CONSTRAINT uq_task_key"))
    raised: list[Task] = []
    with council.database.transaction() as session:
        kept = Task(
            reference="TSK-0000-0001",
            kind=TaskKind.CONSENT_ENDING.value,
            key="one",
            waits_for=WaitsFor.LEGAL.value,
            record="CON-0000-0000",
            what="A consent ends.",
            raised_at=START,
        )
        session.add(kept)
        session.flush()
        put(council, raised)
    assert len(rows(council)) == 2


def test_a_second_row_with_the_key_is_refused_by_the_database(council: Council) -> None:
    raised: list[Task] = []
    put(council, raised)
    with pytest.raises(IntegrityError), council.database.transaction() as session:
        session.add(Task(**{**raised[0].model_dump(), "id": None, "reference": "TSK-0000-0001"}))


def test_what_somebody_finished_meanwhile_stays_finished(council: Council) -> None:
    raised: list[Task] = []
    put(council, raised)
    with council.database.transaction() as session:
        seen_before = session.get_one(Task, raised[0].id)
    with council.database.transaction() as session:
        task = session.get_one(Task, raised[0].id)
        finish_task(session, task, "Asked again.", by=council.actor(council.worker), now=START)
    for act in (end_task, take_up):
        with council.database.transaction() as session:
            act(session, session.merge(seen_before, load=False), now=LATER)
    (task,) = rows(council)
    assert (task.done_why, task.done_at, task.level) == ("Asked again.", START, 0)
    assert task.done_why != NO_LONGER_SO


def test_every_clock_runs_on_either_database_and_twice_changes_nothing(casework: Casework) -> None:
    a_week_of_work(casework)
    run_all(casework.database, CLOCKS, LATER)
    before = as_they_are(casework)
    assert len(open_tasks(casework.database)) >= 6
    run_all(casework.database, CLOCKS, LATER)
    assert as_they_are(casework) == before
