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
    """Exit 0: nothing found. 1: something was, and is shown. They run beside each other, and are shown in their order."""
    running = [(check, _begun(check)) for check in CHECKS]
    failed = [" ".join(check) for check, process in running if not _passes(process)]
    if failed:
        print("Failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def _begun(check: tuple[str, ...]) -> "subprocess.Popen[str]":
    words = [str(VENV / "bin" / check[0]), *check[1:]]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _passes(process: "subprocess.Popen[str]") -> bool:
    said, _ = process.communicate()
    print(said, end="", flush=True)
    return process.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
