"""One run: a book written, kept, played in a database of its own, and compared with what was found."""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.simulator.comparing import Comparison, compare
from tests.simulator.handed_in import HandedIn
from tests.simulator.playing import Player
from tests.simulator.writing import BEGINS, Size, write_book, write_town
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


class Town:
    """Who works and lives there, played once into a database that each run in this town copies."""

    def __init__(self, folder: Path, seed: int, size: Size, outside: HandedIn) -> None:
        self.seed, self.size, self.outside = seed, size, outside
        self.file = folder / f"town-{seed}.sqlite3"
        book = write_town(seed, size, BEGINS)
        database = Database(f"sqlite:///{self.file}")
        upgrade(database)
        self.known = Player(database, book, outside).play_town()
        database.close()


def run(seed: int, town: Town, *, sweep_every: int = 7) -> Run:
    """Plays what the seed gives in the town, with a sweep every so many days and one at the end."""
    began = time.process_time()
    book = write_book(seed, town.size, BEGINS, town=town.seed)
    with scratch() as folder:
        kept = folder / "book.jsonl"
        book.keep(kept)
        digest = hashlib.sha256(kept.read_bytes()).hexdigest()[:12]
        with opened_copy(town.file, folder) as database:
            player = Player(database, book, town.outside, town=town.known)
            player.play(sweep_every=sweep_every)
            comparison = compare(database, player)
    return Run(seed, digest, len(book.entries), time.process_time() - began, comparison)


@contextmanager
def opened_copy(file: Path, folder: Path) -> Iterator[Database]:
    """A database of one's own, as it is in the file."""
    copy = folder / "council.sqlite3"
    shutil.copyfile(file, copy)
    database = Database(f"sqlite:///{copy}")
    try:
        yield database
    finally:
        database.close()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where that can be."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        yield Path(folder)
