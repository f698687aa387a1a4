"""The list of what was opened on duty as a task: one for each team and working morning, for its managers to read."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from tracker.clockwork.working_days import end_of_working_day, last_working_morning, working_days_past
from tracker.people.models import DutyOpening
from tracker.policy.periods import london_day
from tracker.review.selectors.duty import openings_by_team_and_morning
from tracker.staff.selectors import get_team, get_team_by_id
from tracker.storage.tables import saved_key
from tracker.tasks.keeping import cause_of
from tracker.tasks.models import Task
from tracker.tasks.requests import Wanted, managers
from tracker.tasks.vocabulary import TaskKind
from tracker.web.dates import in_words

LOOKED_BACK = timedelta(days=90)
"""How far back openings are searched of which nobody has read the list."""


def duty_openings(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now: the list of each team (`records`: references) and morning, due that day, one level up at the
    end of the next working day."""
    found = []
    for (team_id, morning), opened in openings_by_team_and_morning(session, since=now - LOOKED_BACK, now=now).items():
        team = get_team_by_id(session, team_id)
        if records is None or team.reference in records:
            found.append(_to_read(team_id, team.reference, morning, opened))
    return found


def morning_of_task(task: Task) -> tuple[datetime, datetime]:
    """From when to when the openings are of which a task's list tells: from the working morning before it to its own."""
    day = date.fromisoformat(cause_of(task).split(":")[2])
    until = last_working_morning(end_of_working_day(_noon(day), 0) - timedelta.resolution)
    return last_working_morning(until - timedelta.resolution), until


def team_of_task(session: Session, task: Task) -> int:
    """The key of the team that is told."""
    return saved_key(get_team(session, task.record))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _to_read(team_id: int, team: str, morning: datetime, opened: Collection[DutyOpening]) -> Wanted:
    due = end_of_working_day(morning, 0)
    records = "1 record was" if len(opened) == 1 else f"{len(opened)} records were"
    return Wanted(
        key=f"{TaskKind.DUTY_OPENINGS.value}:{team}:{london_day(morning).isoformat()}",
        record=team,
        what=f"{records} opened on duty before {in_words(morning)}. Read by whom, why and what was asked.",
        first=managers(team_id),
        due_at=due,
        team_id=team_id,
        goes_up_at=(working_days_past(due, 1),),
    )
