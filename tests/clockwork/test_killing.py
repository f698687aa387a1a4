"""`kill -9` of the scheduler at any statement loses nothing and does nothing twice; without the unique key it would."""

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlmodel import col, func, select

from tests.clockwork.victims import HOW_MANY, Forker, Order
from tests.fixtures.council import ONE_DATABASE, START
from tracker.clockwork.models import JobRun
from tracker.storage.session import Database
from tracker.tasks.models import Task

pytestmark = ONE_DATABASE

KILLS = 50
LEAST_INSIDE = 40
LATE = 110
"""Up to how many statements after a job began it is killed: a few items further each time."""


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    """The process that forks schedulers."""
    with Forker() as forker:
        yield forker


def killed(forker: Forker, url: str, timetable: str, *, kills: int = KILLS, late: int = LATE) -> None:
    """Schedulers one after the other, each killed at a statement chosen at random: most in a job, some before."""
    seed = time.time_ns()
    print(f"seed {seed}")  # noqa: T201 - shown where the test fails
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    for number in range(kills):
        outside = number % 10 == 9
        dies_at = chance.randrange(10) if outside else chance.randrange(late)
        order = Order(url, timetable, START.isoformat(), dies_at, in_a_job=not outside)
        assert forker.run(order) == -9, order


def count_inside(database: Database) -> int:
    """Runs that began and never ended: each is a kill inside a job."""
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(JobRun).where(col(JobRun.ended_at).is_(None))).one()


def count_tasks(database: Database) -> Counter[str]:
    """How many tasks there are of each key."""
    with database.reading() as session:
        return Counter(session.exec(select(Task.key)))


def test_killed_fifty_times_a_job_leaves_what_it_would_have_left_and_nothing_twice(
    sqlite_database: Database, sqlite_url: str, forker: Forker
) -> None:
    killed(forker, sqlite_url, "blind")
    assert count_inside(sqlite_database) >= LEAST_INSIDE
    assert forker.run(Order(sqlite_url, "blind", START.isoformat())) == 0
    assert count_tasks(sqlite_database) == {f"item:{number}": 1 for number in range(HOW_MANY)}


def test_without_the_unique_key_there_are_doubles(sqlite_database: Database, sqlite_url: str, forker: Forker) -> None:
    """The control."""
    with sqlite_database.transaction() as session:
        changes = Operations(MigrationContext.configure(session.connection()))
        with changes.batch_alter_table("task") as table:
            table.drop_constraint("uq_task_key", type_="unique")
    killed(forker, sqlite_url, "blind", kills=5)
    assert forker.run(Order(sqlite_url, "blind", START.isoformat())) == 0
    assert max(count_tasks(sqlite_database).values()) > 1
