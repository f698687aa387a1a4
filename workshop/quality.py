"""`make lint`: style, types and the direction of the imports. Every check runs, so that one go shows all there is."""

import subprocess
import sys

from workshop.place import ROOT, VENV

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
)


def main() -> int:
    """Exit 0: nothing found. 1: something was, and is shown."""
    failed = [" ".join(check) for check in CHECKS if not _passes(check)]
    if failed:
        print("Failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def _passes(check: tuple[str, ...]) -> bool:
    program = VENV / "bin" / check[0]
    return subprocess.run([str(program), *check[1:]], cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
