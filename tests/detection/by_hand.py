"""What the scheduler does about patterns, done by hand at a moment of the past; and what the simulator is handed."""

from datetime import datetime

from tests.simulator.handed_in import HandedIn
from tracker.checks.jobs import UNREPORTED
from tracker.clockwork.running import run_job
from tracker.detection.jobs import FULL_SWEEP, SWEEP
from tracker.detection.services import add_family_link, link_records
from tracker.review.jobs import UNREVIEWED
from tracker.storage.session import Database

CLOCKS = (UNREVIEWED, UNREPORTED)


def sweep(database: Database, now: datetime) -> None:
    """What happened since the last sweep, and what waits."""
    _run(database, (SWEEP, *CLOCKS), now)


def sweep_everything(database: Database, now: datetime) -> None:
    """Everything that was ever recorded, and what waits."""
    _run(database, (FULL_SWEEP, *CLOCKS), now)


def _run(database: Database, jobs: tuple[object, ...], now: datetime) -> None:
    for job in jobs:
        ran = run_job(database, job, lambda: now, leader="tests")  # type: ignore[arg-type]
        assert ran.failure is None, ran.failure


HANDED_IN = HandedIn(link_records, add_family_link, sweep)
