"""The demonstration, made as it would be at several moments, on both databases; each once for all tests that only read it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.demo.telling import Told
from tests.fixtures.council import START
from tests.fixtures.demonstration import make_at
from tests.fixtures.postgres import PostgresServer
from tracker.storage.session import Database

MOMENTS = {
    "a Saturday morning": START,
    "just after midnight on a Tuesday": datetime(2026, 11, 24, 0, 5, tzinfo=UTC),
    "the end of a bank holiday": datetime(2026, 12, 28, 23, 40, tzinfo=UTC),
}
MADE = [*MOMENTS, "on PostgreSQL"]


@pytest.fixture(scope="session", params=MADE)
def told_database(
    request: pytest.FixtureRequest,
    demonstration_at: Callable[[datetime], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Database, datetime]]:
    """A demonstration and the moment as which it was made: tests only read it."""
    now = MOMENTS.get(request.param, START)
    if request.param in MOMENTS:
        database = Database(f"sqlite:///{demonstration_at(now)}")
        yield database, now
        database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create(request.getfixturevalue("migrated_postgres"))
    database = Database(make_at(tmp_path_factory.mktemp("told"), now, url=server.url_for_application(name)))
    yield database, now
    database.close()
    server.drop(name)


@pytest.fixture
def told(told_database: tuple[Database, datetime]) -> Iterator[Told]:
    """The demonstration, read at the moment as which it was made."""
    database, now = told_database
    with database.reading() as session:
        yield Told(session, now)
