"""What every test may ask for. Databases, browsers and servers start only when a test first asks for one."""

import gc
import os
import tempfile
from contextlib import suppress
from importlib import import_module

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
    "tests.policy.proofs.account",
]

LONGEST = ("crawl/test_crawl.py", "races/test_through_http.py", "races/test_approving.py", "races/test_telephone.py")
"""Files with a test of half a minute or more: begun early, so that no process is left with one when the others are done. Beside them
whatever needs the same servers: next to each other, by one process, so that each server is started once."""

BY_HAND = "playwright"
"""The fixture of tests that act in a browser. They wait most, for the next picture of a page, and come first of all: while they wait, lint
and types are gone through, which `workshop/test.py` begins at the same moment."""

WAITED_FOR = frozenset({"race", "race_without_locks", "instance"})
"""Fixtures whose tests wait for a server or a command. They come next, and so to the process that begins at the front: while it waits
the other works, and at the end, when both have to be done at one moment, neither waits."""

SECOND = "gw1"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Of two processes one loads the tests from the end: where none was compiled before, each compiles half, and not both all."""
    if os.environ.get("PYTEST_XDIST_WORKER") == SECOND:
        for path in sorted(session.path.glob("tests/**/test_*.py"), reverse=True):
            with suppress(Exception):  # what is wrong with it is said where it is collected
                import_module(".".join(path.relative_to(session.path).with_suffix("").parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts what waits first, everything else in its order; what is loaded by now is not looked through for garbage again."""
    items.sort(key=_place)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _place(item: pytest.Item) -> int:
    """What comes first has the lowest number."""
    needs = item.fixturenames if isinstance(item, pytest.Function) else []
    if "/".join(item.path.parts[-2:]) in LONGEST:
        return 1
    if BY_HAND in needs:
        return 0
    return 3 if WAITED_FOR.isdisjoint(needs) else 2
