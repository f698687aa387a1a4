"""When a job runs: in words for the screen, and as the scheduler's library reads it. Times of day are London's."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from tracker.clockwork.jobs import Job
from tracker.clockwork.services import Listing

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class When:
    """`told`: in words. `period`: the usual time between two runs."""

    told: str
    trigger: BaseTrigger
    period: timedelta

    def next_after(self, began_at: datetime | None, *, now: datetime) -> datetime:
        """When the job runs next, where its last success began at `began_at`: now, if that time has passed or it never ran."""
        if began_at is None:
            return now
        following: datetime | None = self.trigger.get_next_fire_time(began_at, began_at)
        return max(following, now) if following else now


@dataclass(frozen=True)
class Scheduled:
    """One line of the timetable."""

    job: Job[Any]
    when: When

    def listing(self) -> Listing:
        """The line as it is written down for pages."""
        return Listing(self.job.name, self.job.words, self.when.told, int(self.when.period.total_seconds()))


def every(*, minutes: int = 0, hours: int = 0) -> When:
    """At this distance from the run before."""
    period = timedelta(minutes=minutes, hours=hours)
    count, unit = (hours, "hour") if hours and not minutes else (int(period.total_seconds() // 60), "minute")
    told = f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return When(told, IntervalTrigger(seconds=int(period.total_seconds()), timezone=LONDON), period)


def daily(*, at: str) -> When:
    """Every day at a time in London, such as `02:15`. Not between 1:00 and 2:00, which come twice or never when clocks change."""
    clock = time.fromisoformat(at)
    trigger = CronTrigger(hour=clock.hour, minute=clock.minute, timezone=LONDON)
    return When(f"every day at {at}", trigger, timedelta(days=1))


def weekly(day: str, *, at: str) -> When:
    """Every week on a day (`sunday`) at a time in London."""
    clock = time.fromisoformat(at)
    trigger = CronTrigger(day_of_week=day[:3], hour=clock.hour, minute=clock.minute, timezone=LONDON)
    return When(f"every {day.capitalize()} at {at}", trigger, timedelta(days=7))
