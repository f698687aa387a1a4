"""Jobs run as the scheduler runs them, and what there is afterwards."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from tracker.audit.models import AuditEntry
from tracker.clockwork.jobs import Job
from tracker.storage.session import Database
from tracker.tasks.models import Task
from tracker.tasks.requests import Addressee
from tracker.tasks.vocabulary import WaitsFor


def run(database: Database, job: Job[Any], now: datetime) -> int:
    """Runs a job at a moment, item by item, each in a transaction of its own; gives how many items there were."""
    with database.reading() as session:
        items = list(job.items(session, now))
    for item in items:
        with database.transaction() as session:
            job.do(session, item, now)
    return len(items)


def run_all(database: Database, jobs: Iterable[Job[Any]], now: datetime) -> None:
    """Runs several."""
    for job in jobs:
        run(database, job, now)


def open_tasks(database: Database) -> dict[str, Task]:
    """The tasks that are not done, by key."""
    with database.reading() as session:
        return {task.key: task for task in session.exec(select(Task).where(col(Task.done_at).is_(None)))}


def whom(task: Task) -> Addressee:
    """Whom a task waits for."""
    return Addressee(WaitsFor(task.waits_for), task.staff_id, task.team_id)


def everything(database: Database) -> list[Any]:
    """Every task as it is, and how long the trail is."""
    with database.reading() as session:
        tasks = [task.model_dump() for task in session.exec(select(Task).order_by(col(Task.key)))]
        return [*tasks, len(session.exec(select(AuditEntry.seq)).all())]
