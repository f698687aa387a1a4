"""Killing schedulers, one after the other, each at a statement chosen at random; and what shows that it was within a job."""

import random
import time

from sqlmodel import col, func, select

from tests.clockwork.victims import Forker, Order
from tests.fixtures.council import START
from tracker.clockwork.models import JobRun
from tracker.storage.session import Database

KILLS = 50
LEAST_INSIDE = 40
OUTSIDE = 10
"""One kill of so many is anywhere: while the scheduler takes the lead, or at a mark."""


def killed(
    forker: Forker,
    url: str,
    timetable: str,
    *,
    late: int,
    kills: int = KILLS,
    at: str = START.isoformat(),
    forgets: bool = False,
) -> None:
    """So many schedulers killed, within `late` statements of a job or of the jobs after it."""
    seed = time.time_ns()
    print(f"seed {seed}")  # noqa: T201 - shown where the test fails
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    for number in range(kills):
        anywhere = number % OUTSIDE == OUTSIDE - 1
        order = Order(url, timetable, at, chance.randrange(late), in_a_job=not anywhere)
        assert forker.run(order) == -9, order


def count_inside(database: Database) -> int:
    """Runs that began and never ended: each is a kill inside a job."""
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(JobRun).where(col(JobRun.ended_at).is_(None))).one()
