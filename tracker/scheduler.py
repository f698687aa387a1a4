"""The timetable: which job runs when. A process of its own runs it; the web application never does.

What a job does is in its room's `jobs.py`. Jobs run one at a time, so their order at the same minute is that of this table. A job
whose time passed while no scheduler ran is run as soon as one leads. Times of day are London's.
"""

from threading import Event

from tracker.clockwork.leader import Office, lead_when_free
from tracker.clockwork.timetable import Scheduled, every, weekly
from tracker.config import Settings
from tracker.health import jobs as health
from tracker.storage.session import Database
from tracker.web.logging import log, log_failure

TIMETABLE: tuple[Scheduled, ...] = (
    Scheduled(health.SELF_CHECK, every(hours=1)),
    Scheduled(health.WHOLE_TRAIL, weekly("sunday", at="04:00")),
)


def run_scheduler(settings: Settings, stop: Event) -> None:
    """Leads, or waits to, until `stop` is set."""
    database = Database(settings.database_url)
    try:
        lead_when_free(Office(database, settings.database_url, TIMETABLE, log, log_failure, stop=stop))
    finally:
        database.engine.dispose()
