"""When the scheduler last lived and each of its jobs last succeeded, for those who answer for it being done."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.clockwork.selectors import JobState, find_heartbeat, is_silent, list_job_states
from tracker.policy.entitlement import Actor


@dataclass(frozen=True)
class Clockwork:
    """`beat_at`: the scheduler's last sign of life; None where it never ran. `jobs` in the order of the timetable."""

    beat_at: datetime | None
    lives: bool
    jobs: list[JobState]

    @property
    def in_words(self) -> str:
        """How all of it stands, in a few words."""
        if not self.lives:
            return "The scheduler does not run"
        late = sum(1 for job in self.jobs if job.is_late)
        if late:
            return f"The scheduler runs; {late} of its jobs {'is' if late == 1 else 'are'} late"
        return "The scheduler runs; every job is on time"


def clockwork_of(session: Session, actor: Actor, *, now: datetime) -> Clockwork | None:
    """For managers, Legal, and those who read everything; None for everybody else."""
    if not (has_permission(actor, Permission.DECIDE_CHECK) or has_permission(actor, Permission.OPEN_REFERRAL)):
        return None
    heartbeat = find_heartbeat(session)
    beat_at = heartbeat.beat_at if heartbeat else None
    return Clockwork(beat_at, not is_silent(beat_at, now), list_job_states(session, now=now))
