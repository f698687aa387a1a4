"""A council at work and a new one, each as a place that can be walked through."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.crawl.place import Place, opened_place
from tests.crawl.states import add_states
from tests.fixtures.casework import Casework
from tests.fixtures.council import Council
from tests.fixtures.furnished import Furnished
from tests.fixtures.furnishing import Furnishing
from tests.fixtures.once import Once
from tracker.storage.session import Database


@pytest.fixture(scope="session")
def every_state(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """The furnished council with every state besides. Copy it; do not write to it."""
    path = furnished.copy_to(tmp_path_factory.mktemp("every_state"))
    database = Database(f"sqlite:///{path}")
    furnishing = Furnishing(Casework(Council(database)))
    furnishing.records.update(furnished.records)
    add_states(furnishing)
    database.close()
    return Furnished(path, furnishing.records)


@pytest.fixture
def at_work(every_state: Furnished, browser: Browser, tmp_path: Path) -> Iterator[Place]:
    """A council at work, in which there is every page."""
    path = every_state.copy_to(tmp_path)
    with opened_place(path, tmp_path, browser, every_state.records) as place:
        yield place


@pytest.fixture(scope="session")
def looked_at(once: Once) -> Path:
    """A folder for what was looked at, the same for all processes of one run of the tests."""
    folder = once.common / "looked-at"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def newly_opened(settled_sqlite: Path, browser: Browser, tmp_path: Path) -> Iterator[Place]:
    """A council that has its staff and nothing else."""
    path = tmp_path / "tracker.sqlite3"
    shutil.copyfile(settled_sqlite, path)
    with opened_place(path, tmp_path, browser, {}) as place:
        yield place
