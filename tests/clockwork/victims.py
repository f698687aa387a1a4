"""A process that has loaded everything and forks schedulers: each leads as a real one does, and dies where it is told to.

It reads one order a line and answers how the scheduler ended. Forked rather than started, fifty take seconds; what kills one is
a real `kill -9` of its process, before a statement or a commit.
"""

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from subprocess import PIPE, Popen
from types import TracebackType
from typing import Any, Self

import pytest
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tests.fixtures.engines import sharing
from tracker.clockwork.jobs import Job
from tracker.clockwork.leader import Office, lead_when_free
from tracker.clockwork.timetable import Scheduled, When
from tracker.detection import finding
from tracker.detection.jobs import FULL_SWEEP
from tracker.imports.jobs import IMPORTS_GO_ON
from tracker.scheduler import TIMETABLE
from tracker.storage import session
from tracker.storage.references import new_reference
from tracker.storage.session import Database
from tracker.tasks.models import Task
from tracker.tasks.vocabulary import TaskKind, WaitsFor
from workshop.place import ROOT

HOW_MANY = 120


class AtOnce(When):
    """In every process as soon as it leads, whenever it was last done."""

    def next_after(self, began_at: datetime | None, *, now: datetime) -> datetime:
        """Now."""
        return now


ONCE = AtOnce("at once", IntervalTrigger(days=1), timedelta(days=1))


def raise_blindly(at: Session, item: int, now: datetime) -> None:
    """Raises a task without looking whether it is there: nothing but the unique key stands against a second."""
    task = Task(
        reference=new_reference("TSK"), kind=TaskKind.SELF_CHECK_FAILED, key=f"item:{item}", waits_for=WaitsFor.SRO,
        record="TRAIL", what="x", raised_at=now,
    )  # fmt: skip
    try:
        with at.begin_nested():
            at.add(task)
            at.flush()
    except IntegrityError:
        return


BLIND = Job("blind", "Raise tasks blindly", lambda *_: range(HOW_MANY), raise_blindly)
TIMETABLES: dict[str, Sequence[Scheduled]] = {
    "blind": (Scheduled(BLIND, ONCE),),
    "imports": (Scheduled(IMPORTS_GO_ON, ONCE),),
    "real": [Scheduled(one.job, ONCE) for one in TIMETABLE],
    "sweep": (Scheduled(FULL_SWEEP, ONCE),),
}


@dataclass(frozen=True)
class Order:
    """A scheduler on a database, at this instant, that dies before its `dies_at`-th statement or commit (None: never).

    `in_a_job`: only those between the marks that a job begins and ends count, not every one of the process. `forgets`: detection does not
    read what it found before, so that nothing but the unique key stands against finding it again. `warms_up`: run in the process
    that forks, so that all that are forked later have the statements ready.
    """

    url: str
    timetable: str
    at: str
    dies_at: int | None = None
    in_a_job: bool = True
    forgets: bool = False
    warms_up: bool = False


class Forker:
    """The process that forks, as a test holds it."""

    def __enter__(self) -> Self:
        words = [sys.executable, "-m", "tests.clockwork.victims"]
        self._process = Popen(words, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True, start_new_session=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def run(self, order: Order) -> int:
        """How the scheduler ended: 0 once every job had run, -9 where it was killed."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(asdict(order)) + "\n")
        stdin.flush()
        return int(stdout.readline())


def _be_a_scheduler(order: Order) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "create_engine", sharing)
        database = Database(order.url)
    timetable = TIMETABLES[order.timetable]
    _do_not_wait_for_the_disk(database.engine)
    if order.dies_at is not None:
        _arm(database.engine, order.dies_at, in_a_job=order.in_a_job)
    if order.forgets:
        vars(finding)["list_recorded"] = lambda *_, **__: []
    stop, ran = threading.Event(), set[str]()

    def _say(said: str, **facts: Any) -> None:
        if said in ("job_ran", "job_stopped", "job_runs_elsewhere"):
            ran.add(facts["job"])
        if len(ran) == len(timetable):
            stop.set()

    def _failed(error: BaseException) -> None:
        sys.stderr.write(f"{error!r}\n")

    at = datetime.fromisoformat(order.at)
    lead_when_free(Office(database, order.url, timetable, _say, _failed, clock=lambda: at, stop=stop, poll_s=0.02))
    database.close()


def _do_not_wait_for_the_disk(engine: Engine) -> None:
    """What the system has taken outlives the process, whether or not it is on the disk yet."""
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _on_connect(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA synchronous = OFF")


def _arm(engine: Engine, dies_at: int, *, in_a_job: bool) -> None:
    """Counts down to the statement before which it dies; `in_a_job`: only while a run has begun and not ended."""
    left, marked, inside = [dies_at], [False], [False]

    def _count() -> None:
        if inside[0] or not in_a_job:
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    @event.listens_for(engine, "before_cursor_execute")
    def _statement(_: Any, __: Any, statement: str, *rest: Any) -> None:
        inside[0] = inside[0] and not statement.startswith("UPDATE job_run")
        _count()
        marked[0] = marked[0] or statement.startswith("INSERT INTO job_run")

    @event.listens_for(engine, "commit")
    def _commit(_: Any) -> None:
        _count()

    @event.listens_for(engine, "begin")
    def _begin(_: Any) -> None:
        inside[0], marked[0] = inside[0] or marked[0], False


def main() -> None:
    """Forks one scheduler an order, until there are no more. One that is to warm it up is run in this process."""
    _leave_what_is_loaded()
    for line in sys.stdin:
        order = Order(**json.loads(line))
        child = os.fork() if not order.warms_up else None
        if child is None:
            _be_a_scheduler(order)
            _leave_what_is_loaded()
            _answer(0)
            continue
        if child == 0:
            try:
                _be_a_scheduler(order)
            except BaseException as error:
                sys.stderr.write(f"{error!r}\n")
                os._exit(1)
            os._exit(0)
        _answer(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _leave_what_is_loaded() -> None:
    """No fork looks through it for garbage, which would also copy it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _answer(ended: int) -> None:
    sys.stdout.write(f"{ended}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
