"""`make lock`: the newest versions that `pyproject.toml` and `assets/package.json` allow, written down with hashes.

No address of a registry is written: the tools take the one that the machine is set up with. `uv.lock` would hold
addresses, so it is not kept.
"""

import sys

from workshop.front_end import npm
from workshop.place import REQUIREMENTS, ROOT, SetupError, call
from workshop.python_packages import UV

HEADER = "# Written by `make lock` from pyproject.toml; do not edit.\n"


def main() -> int:
    """Exit 0: both lock files are fresh. 1: a tool failed."""
    try:
        call(UV, "lock", "--upgrade", "--quiet")
        plain = ["--no-header", "--no-emit-index-url", "--no-emit-project", "--all-groups"]
        call(UV, "export", "--quiet", *plain, "--format", "requirements.txt", "--output-file", REQUIREMENTS)
        npm("update", "--package-lock-only")
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        (ROOT / "uv.lock").unlink(missing_ok=True)
    REQUIREMENTS.write_text(HEADER + REQUIREMENTS.read_text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
