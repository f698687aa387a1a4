"""Tables of the scheduler: its heartbeat, its timetable as it was last begun, and its runs. No personal data."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlmodel import Field

from tracker.storage.columns import rule
from tracker.storage.tables import Table, instant, key, to, words


class Heartbeat(Table, table=True):
    """The one row that the leading scheduler renews. `leader` is a random name of the process."""

    __tablename__ = "heartbeat"
    __table_args__ = (rule("one_row", "id = 1"),)

    id: int | None = key()
    leader: str = Field(sa_type=String(40))
    leads_since: datetime = instant()
    beat_at: datetime = instant()


class ScheduledJob(Table, table=True):
    """A job of the timetable, as the leader of then wrote it down, for pages that show when each ran.

    `told_when`: when it runs, in words. `period_s`: the seconds between two runs. One that the present leader did not write
    is no longer in the timetable. `newest_run_id` and `success_run_id`: its last run, and its last that ended well, so that a page
    need not look for them among all runs of a year.
    """

    __tablename__ = "scheduled_job"

    name: str = Field(sa_type=String(40), primary_key=True)
    words: str = words()
    told_when: str = Field(sa_type=String(80))
    period_s: int
    place: int
    listed_by: str = Field(sa_type=String(40))
    newest_run_id: int | None = to("job_run.id", nullable=True, index=False)
    success_run_id: int | None = to("job_run.id", nullable=True, index=False)


class JobRun(Table, table=True):
    """One run of a job: begun, and either ended well (`done` items), or with what went wrong, or cut off (neither)."""

    __tablename__ = "job_run"
    __table_args__ = (
        rule("ended_after_it_began", "ended_at IS NULL OR ended_at >= began_at"),
        rule("failed_once_ended", "failure IS NULL OR ended_at IS NOT NULL"),
        Index(None, "job", "ended_at"),
    )

    id: int | None = key()
    job: str = Field(sa_type=String(40))
    leader: str = Field(sa_type=String(40))
    began_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    done: int = 0
    failure: str | None = words(nullable=True)
