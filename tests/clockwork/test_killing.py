"""`kill -9` of the scheduler at any statement loses nothing and does nothing twice; without the unique key it would."""

from collections import Counter

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlmodel import select

from tests.clockwork.killing import count_inside, killed
from tests.clockwork.victims import HOW_MANY, Forker, Order
from tests.fixtures.council import ONE_DATABASE, START
from tracker.storage.session import Database
from tracker.tasks.models import Task

pytestmark = ONE_DATABASE

LATE = 110
"""Up to how many statements after the job began it is killed: some forty items."""


def without_unique(database: Database, table: str) -> None:
    """Takes the unique key of a table out."""
    with database.transaction() as session:
        changes = Operations(MigrationContext.configure(session.connection()))
        with changes.batch_alter_table(table) as changed:
            changed.drop_constraint(f"uq_{table}_key", type_="unique")


def count_tasks(database: Database) -> Counter[str]:
    """How many tasks there are of each key."""
    with database.reading() as session:
        return Counter(session.exec(select(Task.key)))


def test_killed_again_and_again_a_job_leaves_what_it_would_have_left_and_nothing_twice(
    sqlite_database: Database, sqlite_url: str, forker: Forker
) -> None:
    killed(forker, sqlite_url, "blind", late=LATE, kills=15)
    assert count_inside(sqlite_database) >= 13
    assert forker.run(Order(sqlite_url, "blind", START.isoformat())) == 0
    assert count_tasks(sqlite_database) == {f"item:{number}": 1 for number in range(HOW_MANY)}


def test_without_the_unique_key_there_are_doubles(sqlite_database: Database, sqlite_url: str, forker: Forker) -> None:
    """The control."""
    without_unique(sqlite_database, "task")
    killed(forker, sqlite_url, "blind", late=LATE, kills=5)
    assert forker.run(Order(sqlite_url, "blind", START.isoformat())) == 0
    assert max(count_tasks(sqlite_database).values()) > 1
