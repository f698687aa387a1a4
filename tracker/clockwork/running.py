"""Running a job: its start and end are marked, each item is a transaction of its own, and one that fails stops no other."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from tracker.clockwork.jobs import Job
from tracker.clockwork.services import begin_run, end_run
from tracker.storage.session import Database, before_commit

Clock = Callable[[], datetime]
Failed = Callable[[BaseException], None]


class MustStopError(Exception):
    """The run must go no further: the process is to end, or somebody else may lead by now."""


class StoppedError(MustStopError):
    """The process was asked to end. It still leads, so it can mark the run as ended."""


@dataclass(frozen=True)
class Ran:
    """What came of a run: how many items were done, and what went wrong, in words without anybody's data; None: nothing."""

    done: int
    failure: str | None


def go_on() -> None:
    """Nothing stands in the way of the next item. Another function in its place raises `MustStopError` where something does."""


def run_job(
    database: Database,
    job: Job[Any],
    clock: Clock,
    *,
    leader: str,
    may_go_on: Callable[[], None] = go_on,
    on_failure: Failed = lambda error: None,
) -> Ran:
    """Runs a job once.

    The run is marked as begun and committed, then its items are listed, then each is done and committed. `may_go_on` is asked
    before each item and again at the end of its transaction: what began while this process led does not commit once it
    no longer does. An item that fails is undone, handed to `on_failure` and counted by its kind; the rest go on.

    Raises `MustStopError` as `may_go_on` does, leaving the run as cut off unless it is a `StoppedError`; and what the
    database raises where a mark cannot be written.
    """
    may_go_on()
    with database.transaction() as session:
        run = begin_run(session, job.name, leader, now=clock())
    work = _Work(database, job, clock, may_go_on, on_failure)
    try:
        work.do_everything()
    except StoppedError:
        _end(database, run, Ran(work.done, "Stopped before its end"), clock)
        raise
    ran = Ran(work.done, work.in_words())
    _end(database, run, ran, clock)
    return ran


class _Work:
    """The items of one run, and what came of them so far."""

    def __init__(
        self, database: Database, job: Job[Any], clock: Clock, may_go_on: Callable[[], None], on_failure: Failed
    ) -> None:
        self.database, self.job, self.clock = database, job, clock
        self.may_go_on, self.on_failure = may_go_on, on_failure
        self.done = 0
        self.kinds: Counter[str] = Counter()

    def do_everything(self) -> None:
        try:
            with self.database.reading() as session:
                items = list(self.job.items(session, self.clock()))
        except Exception as error:
            self._failed(error)
            return
        for item in items:
            if self._does(partial(self._do, item)):
                self.done += 1
        after = self.job.after
        if after is not None and not self.kinds:
            self._does(lambda session, now: after(session, items, now))

    def _do(self, item: Any, session: Session, now: datetime) -> None:
        self.job.do(session, item, now)

    def _does(self, what: Callable[[Session, datetime], Any]) -> bool:
        self.may_go_on()
        try:
            with self.database.transaction() as session:
                what(session, self.clock())
                before_commit(session, "may go on", self._asked_again)
        except MustStopError:
            raise
        except Exception as error:
            self._failed(error)
            return False
        return True

    def _asked_again(self, _: Session) -> None:
        try:
            self.may_go_on()
        except StoppedError:
            return  # it still leads: what is done is kept

    def _failed(self, error: Exception) -> None:
        self.kinds[type(error).__name__] += 1
        self.on_failure(error)

    def in_words(self) -> str | None:
        if not self.kinds:
            return None
        failed = sum(self.kinds.values())
        return f"{failed} of {failed + self.done} failed: {', '.join(sorted(self.kinds))}"


def _end(database: Database, run: int, ran: Ran, clock: Clock) -> None:
    with database.transaction() as session:
        end_run(session, run, done=ran.done, failure=ran.failure, now=clock())
