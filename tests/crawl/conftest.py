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
from tracker.storage.session import Database


@pytest.fixture
def at_work(furnished: Furnished, browser: Browser, tmp_path: Path) -> Iterator[Place]:
    """The furnished council with every state besides."""
    path = furnished.copy_to(tmp_path)
    database = Database(f"sqlite:///{path}")
    furnishing = Furnishing(Casework(Council(database)))
    furnishing.records.update(furnished.records)
    add_states(furnishing)
    database.engine.dispose()
    with opened_place(path, tmp_path, browser, furnishing.records) as place:
        yield place


@pytest.fixture
def newly_opened(settled_sqlite: Path, browser: Browser, tmp_path: Path) -> Iterator[Place]:
    """A council that has its staff and nothing else."""
    path = tmp_path / "tracker.sqlite3"
    shutil.copyfile(settled_sqlite, path)
    with opened_place(path, tmp_path, browser, {}) as place:
        yield place
