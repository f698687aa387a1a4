"""20,000 lines through `tracker decide --lines`, beside the floor: reading and writing the same lines as JSON."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from workshop.place import PYTHON, ROOT

LINES = 20_000
ALLOWED_SECONDS = 20
FACTS = ROOT / "docs" / "example-facts.json"
FLOOR = "import json, sys\nfor line in sys.stdin: print(json.dumps(json.loads(line)))"


def main() -> int:
    """Writes the lines to a temporary file, answers them both ways, and prints the seconds. Exit 1: deciding took longer than allowed."""
    line = json.dumps(json.loads(FACTS.read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.jsonl"
        file.write_text(f"{line}\n" * LINES, encoding="utf-8")
        decided = seconds(lambda: run([str(PYTHON.parent / "tracker"), "decide", "--lines", str(file)], file))
        floor = seconds(lambda: run([str(PYTHON), "-c", FLOOR], file))
    print(
        f"decide --lines, {LINES:,} lines: {decided:.1f} s (allowed {ALLOWED_SECONDS}); JSON in and out: {floor:.1f} s"
    )
    return int(decided > ALLOWED_SECONDS)


def run(command: list[str], stdin: Path) -> None:
    """Runs a program on the lines and throws its answers away."""
    with stdin.open() as lines:
        subprocess.run(command, stdin=lines, stdout=subprocess.DEVNULL, check=True)


def seconds(do: Callable[[], None]) -> float:
    """How long it took."""
    began = time.monotonic()
    do()
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
