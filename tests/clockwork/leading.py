"""A real scheduler in a thread of the tests' own process, for what needs no process to be killed."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.fixtures.council import Clock
from tracker.clockwork.leader import Office, lead_when_free
from tracker.clockwork.timetable import Scheduled
from tracker.storage.session import Database

PATIENCE_S = 60


def until(so: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Waits until it is so."""
    deadline = time.monotonic() + patience_s
    while not so():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)


@contextmanager
def leading(database: Database, url: str, clock: Clock, *jobs: Scheduled) -> Iterator[list[str]]:
    """A scheduler in a thread of this process, and what it says."""
    said: list[str] = []
    stop = threading.Event()
    office = Office(
        database, url, jobs, lambda event, **_: said.append(event), lambda error: said.append(type(error).__name__),
        clock=clock, stop=stop, poll_s=0.02, beat_s=0.1,
    )  # fmt: skip
    thread = threading.Thread(target=lead_when_free, args=[office], daemon=True)
    thread.start()
    try:
        yield said
    finally:
        stop.set()
        thread.join(PATIENCE_S)
    assert not thread.is_alive()
