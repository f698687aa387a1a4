"""`make setup`: everything the tracker needs, on a machine that has only git, make and Python 3.11 or later.

A second run finds every step done, takes a fraction of a second and needs no network. Run it again after an
interruption: it goes on where it was. Written for the machine's own Python, with nothing but its own library.
"""

from __future__ import annotations

import importlib.util
import sys

OLDEST = (3, 11)


def missing_from_this_python() -> str:
    """One line saying what to install first; empty when nothing is missing."""
    if sys.version_info < OLDEST:
        has = ".".join(str(part) for part in sys.version_info[:3])
        return f"Python 3.11 or later is needed and this is {has}. Install one and run `make PYTHON=python3.11 …`."
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        return (
            "Python's venv module is missing or not whole here. Install it first, for example: apt install python3-venv"
        )
    return ""


def run() -> None:
    """Do every step that is not done, one set-up at a time."""
    import fcntl

    from workshop.front_end import browser, built_assets, npm_packages
    from workshop.place import CACHE
    from workshop.python_packages import python_packages

    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for step in (python_packages(), npm_packages(), built_assets(), browser()):
            step.run()


def main() -> int:
    """Exit 0: all is set up. 1: something is missing or a tool failed, and a line says what. 130: interrupted."""
    missing = missing_from_this_python()
    if missing:
        print(missing, file=sys.stderr)
        return 1
    from workshop.place import SetupError

    try:
        run()
    except SetupError as error:
        print(f"The set-up stopped: {error} Mend that and run the same command again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("The set-up was interrupted. Run the same command again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
