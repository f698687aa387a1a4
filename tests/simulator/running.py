"""One run: a book written, kept, played in a database of its own, and compared with what was found."""

import hashlib
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.simulator.comparing import Comparison, compare
from tests.simulator.handed_in import HandedIn
from tests.simulator.playing import Player
from tests.simulator.writing import BEGINS, Size, write_book
from tracker.migrations import upgrade
from tracker.storage.session import Database

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of a random name is made in it
"""Where there is one, a disk in memory: nothing here has to survive."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one seed. `book`: a digest of the book as it was before it was played. `cpu`: seconds."""

    seed: int
    book: str
    entries: int
    cpu: float
    comparison: Comparison


def new_seed() -> int:
    """Another one each time."""
    return secrets.randbelow(10**9)


def run(seed: int, size: Size, outside: HandedIn, *, sweep_every: int = 7) -> Run:
    """Plays what the seed gives, with a sweep every so many days and one at the end."""
    began = time.process_time()
    book = write_book(seed, size, BEGINS)
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        kept = Path(folder) / "book.jsonl"
        book.keep(kept)
        digest = hashlib.sha256(kept.read_bytes()).hexdigest()[:12]
        database = Database(f"sqlite:///{folder}/council.sqlite3")
        try:
            upgrade(database)
            player = Player(database, book, outside)
            player.play(sweep_every=sweep_every)
            comparison = compare(database, player)
        finally:
            database.engine.dispose()
    return Run(seed, digest, len(book.entries), time.process_time() - began, comparison)
