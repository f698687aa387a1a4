"""The job of this room: nothing waits for somebody who has left."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.clockwork.jobs import Job
from tracker.storage.tables import saved_key
from tracker.tasks.ladder import Ladder, waits_for
from tracker.tasks.models import Task
from tracker.tasks.services import pass_on
from tracker.tasks.vocabulary import WaitsFor


def tasks_of_nobody(session: Session, now: datetime) -> list[int]:
    """The keys of open tasks that wait for a member of staff who works in no team any more, or for a team that nobody manages."""
    ladder = Ladder.read(session, now=now)
    of_people = (WaitsFor.MEMBER.value, WaitsFor.MANAGERS.value)
    query = select(Task).where(col(Task.done_at).is_(None), col(Task.waits_for).in_(of_people)).order_by(col(Task.id))
    found = []
    for task in session.exec(query):
        waits = waits_for(task.waits_for, task.staff_id, task.team_id)
        if waits.staff_id is not None:
            of_nobody = ladder.has_left(waits.staff_id)
        else:
            apart_from = frozenset() if task.about_id is None else frozenset({task.about_id})
            of_nobody = ladder.able(waits, team_id=waits.team_id, apart_from=apart_from) != waits
        if of_nobody:
            found.append(saved_key(task))
    return found


def _pass_on(session: Session, task_id: int, now: datetime) -> None:
    pass_on(session, session.get_one(Task, task_id), now=now)


TASKS_PASSED_ON = Job(
    "tasks-passed-on",
    "Pass on what waits for somebody who has left, or for a team that nobody manages",
    items=tasks_of_nobody,
    do=_pass_on,
)
