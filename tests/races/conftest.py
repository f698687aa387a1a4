"""One race on each database for all tests that need a server: the two processes start once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fixtures.postgres import PostgresServer
from tests.races.race import Race


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def race(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Race]:
    """A council at work on SQLite and on PostgreSQL, served as it is."""
    folder = tmp_path_factory.mktemp("race")
    with _council(request, folder, request.param) as url:
        race = Race(url)
        with race.served(folder):
            yield race


@pytest.fixture(scope="session")
def race_without_locks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Race]:
    """The control: the same on PostgreSQL, with nothing locked. SQLite has one lock for all, which cannot be taken out."""
    folder = tmp_path_factory.mktemp("race_without_locks")
    with _council(request, folder, "postgresql") as url:
        race = Race(url)
        with race.served(folder, "application_without_locks"):
            yield race


@contextmanager
def _council(request: pytest.FixtureRequest, folder: Path, kind: str) -> Iterator[str]:
    """The address of a database with the council's staff, until the block ends."""
    if kind == "sqlite":
        shutil.copyfile(request.getfixturevalue("settled_sqlite"), folder / "tracker.sqlite3")
        yield f"sqlite:///{folder / 'tracker.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create(request.getfixturevalue("settled_postgres"))
    yield server.url_for_application(name)
    server.drop(name)
