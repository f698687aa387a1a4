"""What every test may ask for. Databases, browsers and servers start only when a test first asks for one."""

import gc
import os
import tempfile

import pytest

from workshop import scratch

if "TMPDIR" not in os.environ and (folder := scratch.folder()):  # `make test` sets it; this is for pytest by itself
    os.environ["TMPDIR"] = tempfile.tempdir = folder

pytest_plugins = [
    "tests.fixtures.engines",
    "tests.fixtures.once",
    "tests.fixtures.postgres",
    "tests.fixtures.browser",
    "tests.fixtures.rules",
    "tests.fixtures.council",
    "tests.fixtures.casework",
    "tests.fixtures.visitor",
    "tests.fixtures.notebook",
    "tests.fixtures.demonstration",
    "tests.fixtures.furnished",
    "tests.fixtures.rehearsal",
    "tests.fixtures.live",
    "tests.fixtures.hand",
]

LONGEST = ("crawl/test_crawl.py", "races/test_through_http.py", "races/test_approving.py", "races/test_telephone.py")
"""Files with a test of half a minute or more: begun first, so that no process is left with one when the others are done. Beside them
whatever needs the same servers: next to each other, by one process, so that each server is started once."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest tests first, everything else in its order; what is loaded by now is not looked through for garbage again."""
    items.sort(key=lambda item: "/".join(item.path.parts[-2:]) not in LONGEST)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
