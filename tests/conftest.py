"""What every test may ask for. Databases, browsers and servers start only when a test first asks for one."""

import os
import tempfile

from workshop import scratch

if "TMPDIR" not in os.environ and (folder := scratch.folder()):  # `make test` sets it; this is for pytest by itself
    os.environ["TMPDIR"] = tempfile.tempdir = folder

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.browser",
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
