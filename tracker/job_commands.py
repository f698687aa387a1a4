"""The operator's view of the scheduler's jobs: when each runs and last ran, and running one by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from secrets import token_hex

import click
from sqlalchemy.exc import SQLAlchemyError

from tracker.command_line import opened, stop, warn_of
from tracker.config import Settings
from tracker.storage.session import Database

FAILED = 1
CANNOT_RUN = 2
RUNS_ALREADY = 3


@click.group()
def jobs() -> None:
    """Say when the scheduler's jobs run and last ran, and run one by hand."""


@jobs.command(name="list")
def list_jobs() -> None:
    """Print every job: when it runs, when it last succeeded and last began, how that ended, and whether a scheduler lives.

    Exit status: 0, printed. 2, the database cannot be read.
    """
    from tracker.clockwork.selectors import find_heartbeat, is_dead, last_success, newest_run, state_of
    from tracker.scheduler import TIMETABLE

    now = datetime.now(UTC)
    with _opened() as (database, _), database.reading() as session:
        heartbeat = find_heartbeat(session)
        lines = [("job", "when", "last success", "last begun", "state")]
        for one in TIMETABLE:
            newest = newest_run(session, one.job.name)
            success = last_success(session, one.job.name)
            state = state_of(newest, heartbeat, now=now)
            failure = f": {newest.failure}" if newest is not None and newest.failure else ""
            begun = _told(newest.began_at if newest else None)
            lines.append(
                (one.job.name, one.when.told, _told(success.ended_at if success else None), begun, state + failure)
            )
        dead = is_dead(session, now)
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines:
        click.echo("  ".join([*(text.ljust(width) for text, width in zip(line, widths, strict=False)), line[4]]))
    last = "" if heartbeat is None else f" It last beat {_told(heartbeat.beat_at)}."
    click.echo(f"\n{'No scheduler runs.' if dead else 'A scheduler runs.'}{last}")


@jobs.command(name="run")
@click.argument("name")
def run_one(name: str) -> None:
    """Run the job NAME now, whether or not a scheduler runs. What is done already is not done twice.

    Exit status: 0, done. 1, something of it failed; what kind is printed, and it can be run again. 2, there is no such job, or the
    database cannot be used. 3, the job is being run by somebody else at this moment.
    """
    from tracker.clockwork.locks import lock_on
    from tracker.clockwork.running import run_job
    from tracker.clockwork.selectors import BY_HAND
    from tracker.scheduler import TIMETABLE
    from tracker.server import check_database
    from tracker.web.logging import configure_logging, log_failure

    found = {one.job.name: one.job for one in TIMETABLE}
    if name not in found:
        stop(f"there is no job {name!r}; there are: {', '.join(found)}", CANNOT_RUN)
    configure_logging()
    with _opened() as (database, settings):
        warn_of(check_database(settings))
        lock = lock_on(settings.database_url, name)
        if not lock.take():
            stop(f"{name} is being run by the scheduler or somebody else; try again when it has ended", RUNS_ALREADY)
        try:
            leader = f"{BY_HAND} {token_hex(4)}"
            ran = run_job(database, found[name], lambda: datetime.now(UTC), leader=leader, on_failure=log_failure)
        finally:
            lock.release()
    if ran.failure is not None:
        stop(f"{name}: {ran.failure}", FAILED)
    click.echo(f"{name}: done, {ran.done} {'item' if ran.done == 1 else 'items'}.")


def _told(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S UTC") if at else "never"


@contextmanager
def _opened() -> Iterator[tuple[Database, Settings]]:
    from tracker.audit.triggers import TrailUnprotectedError
    from tracker.grants import GrantsError
    from tracker.migrations import SchemaOutOfDateError

    with opened() as (database, settings):
        try:
            yield database, settings
        except SQLAlchemyError as error:
            stop(f"the database cannot be used: {str(error).splitlines()[0]}", CANNOT_RUN)
        except (GrantsError, SchemaOutOfDateError, TrailUnprotectedError) as error:
            stop(str(error), CANNOT_RUN)
