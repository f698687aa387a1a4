"""`make test`: quality first, then every test, in a temporary folder of the run's own.

The folder's name is short because the socket of a database server in it may have no more than 107 characters.
Nothing is read from or written to the developer's `instance/`. Pytest's closing line comes last.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from workshop import quality, scratch
from workshop.place import PYTHON, ROOT

PYTEST = (str(PYTHON), "-m", "pytest")
WORKERS = "3"
"""One more than there are cores: where one waits for a browser, a server or a disk, another works."""


def main(words: list[str]) -> int:
    """Exit 0: everything passed. Else the exit code of what failed. `words` go to pytest, and then only pytest runs."""
    private = Path(tempfile.mkdtemp(prefix="t", dir=scratch.folder()))
    if os.geteuid() == 0:
        private.chmod(0o711)  # PostgreSQL refuses to run as root: its own account must pass through
    environment = _environment(private)
    try:
        if not words and _fails_before_the_tests(environment):
            return 1
        return subprocess.run(
            [*PYTEST, "-n", WORKERS, "--dist", "worksteal", *words], cwd=ROOT, env=environment, check=False
        ).returncode
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _fails_before_the_tests(environment: dict[str, str]) -> bool:
    """Whether quality does. Beside it, on the core that it leaves idle, the tests are compiled once: on a clean checkout each test
    process would compile them for itself."""
    compiling = subprocess.Popen(
        [*PYTEST, "--collect-only", "-q"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        return quality.main() != 0
    finally:
        compiling.wait()


def _environment(private: Path) -> dict[str, str]:
    """The machine's environment without the tracker's settings, which would change what the tests see."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # each test process would compile every module again
    runtime = private / "run"
    runtime.mkdir(mode=0o700)
    return environment | {"TMPDIR": str(private), "XDG_RUNTIME_DIR": str(runtime)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
