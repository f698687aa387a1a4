"""What the scheduler wrote of itself: does it live, and when did each job last run and how did it end?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.clockwork.models import Heartbeat, JobRun, ScheduledJob

DEAD_AFTER = timedelta(minutes=5)
"""How long without a beat until the scheduler is said to be dead: it beats three times a minute."""

BY_HAND = "by hand"
"""How the name of a leader begins where somebody ran the job with `tracker jobs run`."""


class RunState(StrEnum):
    """How the newest run of a job stands, in words."""

    NEVER = "Never run"
    RUNNING = "Running"
    WELL = "Ended well"
    FAILED = "Failed"
    CUT_OFF = "Cut off before its end"


@dataclass(frozen=True)
class JobState:
    """Where a job of the timetable stands. `is_late`: its last success is older than twice the time between two runs."""

    name: str
    words: str
    told_when: str
    newest: JobRun | None
    success: JobRun | None
    state: RunState
    is_late: bool


def find_heartbeat(session: Session) -> Heartbeat | None:
    """The leader's last sign of life, or None where none ever led."""
    return session.get(Heartbeat, 1)


def is_dead(session: Session, now: datetime) -> bool:
    """Whether the scheduler has not beaten for `DEAD_AFTER`, or never."""
    heartbeat = find_heartbeat(session)
    return is_silent(heartbeat.beat_at if heartbeat else None, now)


def is_silent(beat_at: datetime | None, now: datetime) -> bool:
    """The same, of a beat that was read already."""
    return beat_at is None or now - beat_at > DEAD_AFTER


def last_success(session: Session, job: str) -> JobRun | None:
    """The newest run of the job that ended well, or None."""
    ended = col(JobRun.ended_at)
    ended_well = select(JobRun).where(JobRun.job == job, ended.is_not(None), col(JobRun.failure).is_(None))
    return session.exec(ended_well.order_by(ended.desc(), col(JobRun.id).desc()).limit(1)).first()


def newest_run(session: Session, job: str) -> JobRun | None:
    """The run of the job that began last, or None."""
    return session.exec(select(JobRun).where(JobRun.job == job).order_by(col(JobRun.id).desc()).limit(1)).first()


def list_job_states(session: Session, *, now: datetime) -> list[JobState]:
    """Every job of the leader's timetable, in its order; empty where no scheduler ever led."""
    heartbeat = find_heartbeat(session)
    if heartbeat is None:
        return []
    newest, success = aliased(JobRun), aliased(JobRun)
    listed = (
        select(ScheduledJob, newest, success)
        .outerjoin(newest, col(newest.id) == ScheduledJob.newest_run_id)
        .outerjoin(success, col(success.id) == ScheduledJob.success_run_id)
        .where(ScheduledJob.listed_by == heartbeat.leader)
        .order_by(col(ScheduledJob.place))
    )
    return [
        JobState(
            name=job.name,
            words=job.words,
            told_when=job.told_when,
            newest=last,
            success=well,
            state=state_of(last, heartbeat, now=now),
            is_late=_is_late(job, well, heartbeat, now),
        )
        for job, last, well in session.exec(listed)
    ]


def state_of(run: JobRun | None, heartbeat: Heartbeat | None, *, now: datetime) -> RunState:
    """How a run stands. One that was begun and not ended runs only while the leader that began it lives."""
    if run is None:
        return RunState.NEVER
    if run.ended_at is not None:
        return RunState.WELL if run.failure is None else RunState.FAILED
    if run.leader.startswith(BY_HAND):
        return RunState.RUNNING if now - run.began_at < DEAD_AFTER else RunState.CUT_OFF
    lives = heartbeat is not None and heartbeat.leader == run.leader and now - heartbeat.beat_at <= DEAD_AFTER
    return RunState.RUNNING if lives else RunState.CUT_OFF


def _is_late(job: ScheduledJob, success: JobRun | None, heartbeat: Heartbeat, now: datetime) -> bool:
    since = success.began_at if success else heartbeat.leads_since
    return now - since > 2 * timedelta(seconds=job.period_s)
