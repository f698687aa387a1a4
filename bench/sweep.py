"""The sweep over a million viewings, beside the plain SQL window query over the same rows, on both databases.

Allowed: a whole sweep, three times the query; one over 1,000 new viewings, a hundredth of the whole one.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import text

from bench import ledger
from tests.fixtures.postgres import running_server
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.clockwork.jobs import Job
from tracker.clockwork.running import run_job
from tracker.detection.jobs import FULL_SWEEP, SWEEP
from tracker.detection.sweep import ToSweep
from tracker.migrations import upgrade
from tracker.rulebook.services import ship_limits
from tracker.storage.session import Database

FLOOR = """
    SELECT count(*) FROM (
        SELECT v.at, lag(v.at) OVER (PARTITION BY v.person_id ORDER BY v.at) AS earlier
        FROM viewing v JOIN look l ON l.id = v.look_id
        WHERE l.struck_at IS NULL
    ) AS pairs WHERE earlier IS NOT NULL
"""
PLANTED, NEW, LOTS = 30, 1_000, 7
FOOTINGS = [one for one in ledger.FOOTINGS if one != "open_source"]
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)


def main() -> None:
    """Fills each database, sweeps it whole, adds new viewings, sweeps those, and prints the seconds."""
    for kind, database in databases():
        upgrade(database)
        with database.transaction() as session:
            ship_limits(session, now=NOW)
        print(f"{kind}: filled in {seconds(partial(fill, database)):.0f} s", flush=True)
        floor = min(seconds(partial(window_query, database)) for _ in range(3))
        whole = seconds(partial(sweep, database, FULL_SWEEP, PLANTED))
        again = min(seconds(partial(sweep, database, FULL_SWEEP, PLANTED)) for _ in range(2))
        since = sorted(after_new(database, lot) for lot in range(LOTS))
        print(
            f"{kind}, {ledger.VIEWINGS:,} viewings: whole sweep, {PLANTED} patterns in it, {whole:.2f} s, again {again:.2f} s; "
            f"the window query {floor:.2f} s (allowed 3 times as long: {whole / floor:.1f}); "
            f"after {NEW:,} new viewings, {LOTS} lots, the quickest {since[0]:.3f} s, the middle one {median(since):.3f} s "
            f"(allowed a hundredth of the whole: 1/{whole / since[0]:.0f} and 1/{whole / median(since):.0f})"
        )


def databases() -> Iterator[tuple[str, Database]]:
    """An empty database of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", Database(f"sqlite:///{Path(folder) / 'ledger.sqlite'}")
    with running_server() as server, made(server.url_of(server.create())) as database:
        yield "PostgreSQL", database


@contextmanager
def made(url: str) -> Iterator[Database]:
    """A database whose connections are closed at the end."""
    database = Database(url)
    try:
        yield database
    finally:
        database.engine.dispose()


def fill(database: Database) -> None:
    """A million viewings, and a pattern in some of the families."""
    with ledger.quick(database) as raw:
        ledger.fill(raw)
        ledger.plant(raw, range(0, PLANTED * 100, 100), after=ledger.VIEWINGS)


def window_query(database: Database) -> None:
    """What any program would at least have to ask."""
    with database.reading() as session:
        session.execute(text(FLOOR)).scalar_one()


def after_new(database: Database, lot: int) -> float:
    """How long the sweep of what is new takes after so many new viewings, which others record, over connections of their own."""
    with made(database.engine.url.render_as_string(hide_password=False)) as others:
        add_new(others, lot)
    return seconds(partial(sweep, database, SWEEP, PLANTED))


def add_new(database: Database, lot: int) -> None:
    """One new viewing of each of 1,000 people, in families of their own, with the entry of the trail that a report makes.

    They stand on what the others in the ledger stand on, save open source: another look on that would be a repeat viewing of each.
    """
    first = ledger.VIEWINGS + 3 * PLANTED + lot * NEW
    people = range(150_001 + 3 * lot * NEW, 150_001 + 3 * (lot + 1) * NEW, 3)
    looks = [(first + i, person, FOOTINGS[i % len(FOOTINGS)], NOW) for i, person in enumerate(people, 1)]
    with ledger.quick(database) as raw:
        ledger.add_looks(raw, looks)
    with database.transaction() as session:
        for number, person, _, _ in looks:
            about = f"CHK-{number:09d}"
            record(session, Event.LOOK_REPORTED, at=NOW, by=None, people=[f"PER-{person:09d}"], about=about)


def sweep(database: Database, job: Job[ToSweep], patterns: int) -> None:
    """Runs the job as the scheduler does, and holds that it found what was planted."""
    ran = run_job(database, job, lambda: NOW, leader="bench")
    with database.reading() as session:
        found = session.execute(
            text("SELECT count(*) FROM pattern_finding WHERE pattern = 'family_cluster'")
        ).scalar_one()
    if ran.failure or found != patterns:
        raise RuntimeError(f"the sweep found {found} of {patterns} planted patterns: {ran.failure}")


def seconds(do: Callable[[], None]) -> float:
    """How long it took."""
    began = time.monotonic()
    do()
    return time.monotonic() - began


if __name__ == "__main__":
    main()
