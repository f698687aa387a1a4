"""`make test`: every test, in a temporary folder of the run's own, and quality beside them, after them in line for the cores.

The folder's name is short because the socket of a database server in it may have no more than 107 characters.
Nothing is read from or written to the developer's `instance/`. What quality finds ends the run. Pytest's closing line comes last.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT
from threading import Thread

from workshop import scratch
from workshop.place import PYTHON, ROOT

PYTEST = (str(PYTHON), "-m", "pytest")
QUALITY = ("nice", "-n", "19", str(PYTHON), "-m", "workshop.quality")
"""It has what the tests leave idle: those come first that wait for a browser, so it ends within minutes."""
WORKERS = "2"
"""One for each core. With one more no core is ever idle, but each test takes a fifth more of its processor's time."""


def main(words: list[str]) -> int:
    """Exit 0: everything passed. Else the exit code of what failed. `words` go to pytest, and then only pytest runs."""
    private = Path(tempfile.mkdtemp(prefix="t", dir=scratch.folder()))
    if os.geteuid() == 0:
        private.chmod(0o711)  # PostgreSQL refuses to run as root: its own account must pass through
    environment = _environment(private)
    words_of_pytest = [*PYTEST, "-n", WORKERS, "--dist", "worksteal", *words]
    try:
        with subprocess.Popen(words_of_pytest, cwd=ROOT, env=environment) as tests:
            found = None if words else _quality_beside(tests)
            failed = tests.wait()
        return failed if found is None else found() or failed
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _quality_beside(tests: "subprocess.Popen[bytes]") -> Callable[[], int]:
    """Begins quality, which interrupts the tests where it finds something; gives what waits for it, shows what it found, and gives its
    exit code."""
    quality = subprocess.Popen(QUALITY, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said: list[str] = []

    def _wait() -> None:
        said.append(quality.communicate()[0])
        if quality.returncode:
            tests.send_signal(SIGINT)
        else:
            print("\nLint, types and import contracts: nothing found.", flush=True)

    waiting = Thread(target=_wait)
    waiting.start()

    def _found() -> int:
        waiting.join()
        if quality.returncode:
            print(*said, file=sys.stderr)
        return quality.returncode

    return _found


def _environment(private: Path) -> dict[str, str]:
    """The machine's environment without the tracker's settings, which would change what the tests see."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # each test process would compile every module again
    runtime = private / "run"
    runtime.mkdir(mode=0o700)
    return environment | {"TMPDIR": str(private), "XDG_RUNTIME_DIR": str(runtime)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
