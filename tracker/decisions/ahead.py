"""Reading ahead for a page that goes through many checks: a table at a time, not a check at a time."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.decisions.concerned import people_of_checks, standings_of_checks
from tracker.decisions.models import Check
from tracker.decisions.records import decisions_of, verdicts_of
from tracker.people.groups import groups_of
from tracker.referrals.selectors import referrals_of
from tracker.staff.selectors import load_staff
from tracker.storage.kept import keeps
from tracker.storage.tables import saved_key
from tracker.viewings.selectors import case_reports_of, looks_of, viewings_of


def read_ahead(session: Session, checks: Iterable[Check]) -> None:
    """Has the session read at once what is nearly always asked of each of these checks. One that may write would keep nothing."""
    rows = list(checks)
    if not rows or not keeps(session):
        return
    keys = [saved_key(check) for check in rows]
    looks = looks_of(session, keys).values()
    viewings_of(session, [saved_key(look) for look in looks if look is not None])
    case_reports_of(session, keys)
    decisions_of(session, rows)
    verdicts_of(session, keys)
    load_staff(session, (one for check in rows for one in (check.requester_id, check.viewer_id)))
    referrals_of(session, keys)
    groups_of(session, {one for people in people_of_checks(session, rows).values() for one in people})


def read_answers_ahead(session: Session, checks: Iterable[Check], *, now: datetime) -> None:
    """The same where it is only asked what was decided on each of them, and who may open it."""
    rows = list(checks)
    if rows and keeps(session):
        decisions_of(session, rows)
        standings_of_checks(session, rows, now=now)
