"""The timetable: which job runs when. A process of its own runs it; the web application never does.

What a job does is in its room's `jobs.py`. Jobs run one at a time, so their order at the same minute is that of this table. A job
whose time passed while no scheduler ran is run as soon as one leads. Times of day are London's.
"""

from threading import Event

from tracker.authorities import jobs as authorities
from tracker.checks import jobs as checks
from tracker.clockwork.forgetting import RUNS_RUN_OUT
from tracker.clockwork.leader import Office, lead_when_free
from tracker.clockwork.timetable import Scheduled, daily, every, weekly
from tracker.config import Settings
from tracker.consent import jobs as consent
from tracker.detection import jobs as detection
from tracker.drafts import jobs as drafts
from tracker.health import jobs as health
from tracker.imports import jobs as imports
from tracker.review import jobs as review
from tracker.staff import jobs as staff
from tracker.storage.session import Database
from tracker.tasks import jobs as tasks
from tracker.web.logging import log, log_failure

TIMETABLE: tuple[Scheduled, ...] = (
    Scheduled(imports.IMPORTS_GO_ON, every(minutes=1)),
    Scheduled(checks.UNREPORTED, every(minutes=15)),
    Scheduled(checks.OUTCOMES_DUE, every(minutes=15)),
    Scheduled(review.UNREVIEWED, every(minutes=15)),
    Scheduled(review.TELEPHONE_UNCONFIRMED, every(minutes=15)),
    Scheduled(review.OPENED_ON_DUTY, every(minutes=15)),
    Scheduled(review.CASES_GROWING_OLD, every(minutes=15)),
    Scheduled(authorities.ORDERS_UNSEEN, every(minutes=15)),
    Scheduled(tasks.TASKS_PASSED_ON, every(minutes=15)),
    Scheduled(checks.TELLINGS_DUE, every(hours=1)),
    Scheduled(authorities.REVIEWS_DUE, every(hours=1)),
    Scheduled(authorities.AUTHORISATIONS_ENDED, every(hours=1)),
    Scheduled(authorities.AUTHORISATIONS_ENDING, every(hours=1)),
    Scheduled(authorities.ORDERS_ENDING, every(hours=1)),
    Scheduled(authorities.ADVICE_ENDING, every(hours=1)),
    Scheduled(consent.CONSENTS_ENDING, every(hours=1)),
    Scheduled(consent.NOTICES_ENDING, every(hours=1)),
    Scheduled(drafts.DRAFTS_RUN_OUT, every(hours=1)),
    Scheduled(imports.IMPORTS_RUN_OUT, every(hours=1)),
    Scheduled(staff.SESSIONS_RUN_OUT, every(hours=1)),
    Scheduled(health.SELF_CHECK, every(hours=1)),
    Scheduled(RUNS_RUN_OUT, daily(at="01:45")),
    Scheduled(detection.SWEEP, daily(at="02:15")),
    Scheduled(detection.SUGGEST_LINKS, daily(at="02:30")),
    Scheduled(detection.FULL_SWEEP, weekly("sunday", at="03:00")),
    Scheduled(health.WHOLE_TRAIL, weekly("sunday", at="04:00")),
)


def run_scheduler(settings: Settings, stop: Event) -> None:
    """Leads, or waits to, until `stop` is set."""
    database = Database(settings.database_url)
    try:
        lead_when_free(Office(database, settings.database_url, TIMETABLE, log, log_failure, stop=stop))
    finally:
        database.close()
