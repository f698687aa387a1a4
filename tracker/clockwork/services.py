"""What the scheduler writes of itself. Each is for a short transaction of its own; nothing of it is about a person.

Nobody is asked for a permission: the scheduler and whoever runs its commands on the server call these, and no page does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, insert, select, update
from sqlmodel import Session

from tracker.clockwork.models import Heartbeat, JobRun, ScheduledJob
from tracker.storage.tables import Table

_RUNS, _LISTED = (Table.metadata.tables[str(one.__tablename__)] for one in (JobRun, ScheduledJob))
_BEGIN = insert(_RUNS).returning(_RUNS.c.id)
_BEGUN = update(_LISTED).where(_LISTED.c.name == bindparam("job")).values(newest_run_id=bindparam("run"))
_NOW = bindparam("now", type_=_RUNS.c.began_at.type)
_END = (
    update(_RUNS)
    .where(_RUNS.c.id == bindparam("run"))
    .values(
        ended_at=case((_RUNS.c.began_at > _NOW, _RUNS.c.began_at), else_=_NOW),
        done=bindparam("items"),
        failure=bindparam("wrong"),
    )
)
_ENDED_WELL = (
    update(_LISTED)
    .where(_LISTED.c.name == select(_RUNS.c.job).where(_RUNS.c.id == bindparam("run")).scalar_subquery())
    .values(success_run_id=bindparam("run"))
)
"""Of each run, statements that read nothing first: a job that finds nothing to do costs little else."""


@dataclass(frozen=True)
class Listing:
    """A line of the timetable: the job's name, what it does, when it runs in words, and the seconds between two runs."""

    name: str
    words: str
    told_when: str
    period_s: int


def beat(session: Session, leader: str, *, now: datetime) -> None:
    """The leader says that it lives."""
    row = session.get(Heartbeat, 1) or Heartbeat(id=1, leader="", leads_since=now, beat_at=now)
    if row.leader != leader:
        row.leader, row.leads_since = leader, now
    row.beat_at = now
    session.add(row)


def list_timetable(session: Session, leader: str, lines: Sequence[Listing]) -> None:
    """The leader writes its timetable down, so that a page can show a job that never ran."""
    listed = {row.name: row for row in session.scalars(select(ScheduledJob))}
    for place, line in enumerate(lines):
        row = listed.get(line.name) or ScheduledJob(
            name=line.name, words="", told_when="", period_s=0, place=0, listed_by=""
        )
        row.words, row.told_when, row.period_s = line.words, line.told_when, line.period_s
        row.place, row.listed_by = place, leader
        session.add(row)


def begin_run(session: Session, job: str, leader: str, *, now: datetime) -> int:
    """Marks that a run of the job begins, and gives its key."""
    run: int = session.execute(_BEGIN, {"job": job, "leader": leader, "began_at": now, "done": 0}).scalar_one()
    session.execute(_BEGUN, {"job": job, "run": run})
    return run


def end_run(session: Session, run: int, *, done: int, failure: str | None, now: datetime) -> None:
    """Marks that a run ended: how many items were done, and what went wrong, in words without anybody's data."""
    session.execute(_END, {"run": run, "now": now, "items": done, "wrong": failure})
    if failure is None:
        session.execute(_ENDED_WELL, {"run": run})
