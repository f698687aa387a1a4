"""A step of the set-up: done once, and done again only when something it depends on has changed.

The stamp is taken away before the work and written after it, so a step that was interrupted is simply done again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """What is made, from what, and how to tell that it is there.

    `inputs` are files and folders whose content counts; `settings` is what else counts (the place, the interpreter).
    """

    title: str
    inputs: Sequence[Path]
    settings: str
    results: Sequence[Path]
    stamp: Path
    make: Callable[[], None]

    def is_done(self) -> bool:
        """Whether the stamp is of these very inputs and every result is still there."""
        if not all(result.exists() for result in self.results):
            return False
        return self.stamp.is_file() and self.stamp.read_text() == self.fingerprint()

    def fingerprint(self) -> str:
        """SHA-256 over the settings and over every input's name and content."""
        digest = hashlib.sha256(self.settings.encode())
        for file in _files(self.inputs):
            digest.update(f"\0{file.name}\0".encode())
            digest.update(file.read_bytes())
        return digest.hexdigest()

    def run(self) -> None:
        """Do the step unless it is done. Says what it does, and how long it took."""
        if self.is_done():
            return
        print(f"{self.title} …", flush=True)
        began = time.monotonic()
        self.stamp.unlink(missing_ok=True)
        self.make()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.fingerprint())
        print(f"{self.title}: done in {time.monotonic() - began:.0f} s", flush=True)


def _files(inputs: Sequence[Path]) -> Iterator[Path]:
    for path in inputs:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        else:
            yield path
