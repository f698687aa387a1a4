"""The scheduler's process: waits until nobody else leads, then leads: beats, and runs each job when it is due, one at a time."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from tracker.clockwork.locks import Lock, lock_on
from tracker.clockwork.running import Clock, MustStopError, StoppedError, run_job
from tracker.clockwork.selectors import last_success
from tracker.clockwork.services import beat, list_timetable
from tracker.clockwork.timetable import LONDON, Scheduled
from tracker.storage.session import Database

POLL_S = 1.0
"""How often somebody who waits asks whether the lead is free, and the leader whether it still has it."""

BEAT_S = 20.0
TRY_AGAIN = timedelta(minutes=10)
"""When a job that failed, or that somebody else was running, is tried again, if it is not due before."""

LEAD = "scheduler"

logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # it would print the words of errors; ours are logged below


@dataclass(frozen=True)
class Office:
    """What a scheduler works with. `say(event, **facts)` writes a line of the log, `on_failure(error)` one about an error."""

    database: Database
    url: str
    timetable: Sequence[Scheduled]
    say: Callable[..., None]
    on_failure: Callable[[BaseException], None]
    clock: Clock = lambda: datetime.now(UTC)
    stop: threading.Event = field(default_factory=threading.Event)
    poll_s: float = POLL_S
    beat_s: float = BEAT_S


def lead_when_free(office: Office) -> None:
    """Leads whenever nobody else does, until `office.stop` is set. A leader that lost its lock waits again, as all others do."""
    lock, waits = lock_on(office.url, LEAD), False
    try:
        while not office.stop.is_set():
            if lock.take():
                _lead(office, lock)
                lock.release()
                waits = False
            elif not waits:
                office.say("scheduler_waits")
                waits = True
            office.stop.wait(office.poll_s)
    finally:
        lock.release()


def _lead(office: Office, lock: Lock) -> None:
    leadership = _Leadership(office, lock)
    try:
        leadership.begin()
        leadership.keep()
    except SQLAlchemyError as error:
        office.on_failure(error)
    finally:
        leadership.end()


class _Pool(ThreadPoolExecutor):  # type: ignore[misc]  # the library has no types
    """The one thread that runs jobs."""

    def wait(self) -> None:
        """Returns once no job is running; those that still wait find that they are to stop."""
        self._pool.shutdown(wait=True)


class _Leadership:
    """From taking the lock to losing it or ending."""

    def __init__(self, office: Office, lock: Lock) -> None:
        self.office, self.lock = office, lock
        self.name = token_hex(8)
        self.over = threading.Event()
        self.pool = _Pool(1)
        self.scheduler = BackgroundScheduler(
            timezone=LONDON,
            executors={"default": self.pool},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def begin(self) -> None:
        """Beats, writes the timetable down, and starts every job at its time: at once where that has passed."""
        self.office.say("scheduler_leads", leader=self.name)
        now = self.office.clock()
        with self.office.database.transaction() as session:
            beat(session, self.name, now=now)
            list_timetable(session, self.name, [one.listing() for one in self.office.timetable])
        with self.office.database.reading() as session:
            successes = {one.job.name: last_success(session, one.job.name) for one in self.office.timetable}
        for one in self.office.timetable:
            success = successes[one.job.name]
            wait = one.when.next_after(success.began_at if success else None, now=now) - now
            first = datetime.now(UTC) + wait  # the library waits by the machine's clock, whatever ours says
            self.scheduler.add_job(self._run, one.when.trigger, [one], id=one.job.name, next_run_time=first)
        self.scheduler.start()

    def keep(self) -> None:
        """Leads until it is to stop or has lost the lock."""
        beaten = time.monotonic()
        while not self.office.stop.wait(self.office.poll_s):
            if not self.lock.held():
                self.office.say("scheduler_lost_the_lead", leader=self.name)
                return
            if time.monotonic() - beaten >= self.office.beat_s:
                self._beat()
                beaten = time.monotonic()

    def end(self) -> None:
        """No further item is begun; waits for the one that is being done."""
        self.over.set()
        if self.scheduler.running:
            self.scheduler.shutdown(
                wait=False
            )  # to wait in there holds a lock that a job needs which is to be tried again
        self.pool.wait()
        self.office.say("scheduler_leads_no_more", leader=self.name)

    def _beat(self) -> None:
        try:
            with self.office.database.transaction() as session:
                beat(session, self.name, now=self.office.clock())
        except SQLAlchemyError as error:
            self.office.on_failure(error)

    def _may_go_on(self) -> None:
        if not self.lock.held():
            raise MustStopError("somebody else may lead by now")
        if self.office.stop.is_set() or self.over.is_set():
            raise StoppedError("the scheduler is to end")

    def _run(self, one: Scheduled) -> None:
        """Runs a job unless somebody runs it by hand. Nothing leaves it: an error would only be printed."""
        own = lock_on(self.office.url, one.job.name)
        try:
            if own.take():
                self._run_alone(one)
            else:
                self.office.say("job_runs_elsewhere", job=one.job.name)
                self._try_again(one)
        except MustStopError:
            self.office.say("job_stopped", job=one.job.name)
        except Exception as error:
            self.office.on_failure(error)
            self._try_again(one)
        finally:
            own.release()

    def _run_alone(self, one: Scheduled) -> None:
        began = time.monotonic()
        ran = run_job(
            self.office.database,
            one.job,
            self.office.clock,
            leader=self.name,
            may_go_on=self._may_go_on,
            on_failure=self.office.on_failure,
        )
        facts: dict[str, Any] = {"job": one.job.name, "done": ran.done, "failure": ran.failure}
        self.office.say("job_ran", **facts, seconds=round(time.monotonic() - began, 1))
        if ran.failure is not None:
            self._try_again(one)

    def _try_again(self, one: Scheduled) -> None:
        soon, job = datetime.now(UTC) + TRY_AGAIN, self.scheduler.get_job(one.job.name)
        if job is not None and (job.next_run_time is None or job.next_run_time > soon):
            job.modify(next_run_time=soon)
