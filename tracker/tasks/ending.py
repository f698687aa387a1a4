"""The alerts before something ends by its date: 28, 14, 7 and 1 days before its last day, and once it has ended."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from tracker.clockwork.working_days import end_of_day
from tracker.policy.periods import london_day
from tracker.tasks.requests import Addressee, Wanted
from tracker.tasks.vocabulary import TaskKind
from tracker.web.dates import day_in_words

ALERT_DAYS = (28, 14, 7, 1)
"""How many days before its last day something is said to end. Source: domain.md, section 8."""

SAID_AFTERWARDS_FOR = 28
"""For how many days after its last day it is said that something has ended."""


def days_left(last_day: date, *, now: datetime) -> int:
    """How many days there are after today until the last day has ended; 0 on the last day itself, less than 0 afterwards."""
    return (last_day - london_day(now)).days


def alert_of(last_day: date, *, now: datetime) -> int | None:
    """The nearest of `ALERT_DAYS` that has been reached: 7 with five days left; None with more than 28."""
    left = days_left(last_day, now=now)
    return min((days for days in ALERT_DAYS if left <= days), default=None)


def ending(
    kind: TaskKind,
    record: str,
    called: str,
    last_day: date,
    first: Addressee,
    *,
    now: datetime,
    team_id: int | None = None,
    person_id: int | None = None,
) -> Wanted | None:
    """The task that says of a record (its reference) that it ends or has ended, or None where it is too early or too late for one.

    Each alert is a task of its own, so that somebody who has finished one is told again at the next. `called`: "Consent".
    """
    left = days_left(last_day, now=now)
    alert = alert_of(last_day, now=now)
    if alert is None or left < -SAID_AFTERWARDS_FOR:
        return None
    ends = f"ends on {day_in_words(last_day)}" if left >= 0 else f"ended on {day_in_words(last_day)}"
    return Wanted(
        key=f"{kind.value}:{record}:{alert if left >= 0 else 'ended'}",
        record=record,
        what=f"{called} {record} {ends}.",
        first=first,
        due_at=end_of_day(last_day),
        team_id=team_id,
        person_id=person_id,
    )


def covers(later: Sequence[str] | None, earlier: Sequence[str] | None) -> bool:
    """Whether a scope reaches everything that an earlier one did; None is not limited."""
    return later is None or (earlier is not None and set(earlier) <= set(later))


def is_asked(record: str, records: Collection[str] | None) -> bool:
    """Whether a record is among those asked for; None asks for all."""
    return records is None or record in records
