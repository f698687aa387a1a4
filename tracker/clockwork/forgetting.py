"""The scheduler's own runs are kept for somewhat more than a year: nothing in them is about anybody, and there are a thousand a day."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from tracker.clockwork.jobs import whole
from tracker.clockwork.models import JobRun, ScheduledJob

RUNS_ARE_KEPT = timedelta(days=400)


def forget_runs(session: Session, now: datetime) -> None:
    """Deletes the runs that began longer ago. The newest run of each job and its last that ended well stay, however old they are: pages
    show them, and they say when a job is next due. What jobs did is in the trail, which is never shortened."""
    ended_well = (col(JobRun.ended_at).is_not(None), col(JobRun.failure).is_(None))
    last = (
        select(func.max(JobRun.id)).group_by(col(JobRun.job)),
        select(func.max(JobRun.id)).where(*ended_well).group_by(col(JobRun.job)),
        select(ScheduledJob.newest_run_id).where(col(ScheduledJob.newest_run_id).is_not(None)),
        select(ScheduledJob.success_run_id).where(col(ScheduledJob.success_run_id).is_not(None)),
    )
    old = col(JobRun.began_at) < now - RUNS_ARE_KEPT
    session.exec(delete(JobRun).where(old, *(col(JobRun.id).not_in(kept) for kept in last)))


RUNS_RUN_OUT = whole("runs-run-out", "Throw away what the scheduler wrote of its runs long ago", forget_runs)
