"""Queries over tasks: what waits for somebody, and what there is of one kind."""

from collections.abc import Collection

from sqlmodel import Session, col, or_, select

from tracker.policy.entitlement import Actor, Role
from tracker.storage.tables import NoSuchRecordError
from tracker.tasks.entitlement import OF_MANAGERS, TaskStanding, may_finish_task
from tracker.tasks.models import Task
from tracker.tasks.vocabulary import FINISHED_BY_HAND, FINISHED_BY_THE_SRO, TaskKind, WaitsFor

ROLE_OF: dict[WaitsFor, Role] = {
    WaitsFor.LEGAL: Role.LEGAL_REVIEWER,
    WaitsFor.OFFICER: Role.AUTHORISING_OFFICER,
    WaitsFor.SRO: Role.SENIOR_RESPONSIBLE_OFFICER,
}


def get_task(session: Session, reference: str) -> Task:
    """The task of that reference. Raises `NoSuchRecordError`."""
    task = session.exec(select(Task).where(Task.reference == reference)).first()
    if task is None:
        raise NoSuchRecordError("there is no such task")
    return task


def find_task(session: Session, key: str) -> Task | None:
    """The task of that key, done or not."""
    return session.exec(select(Task).where(Task.key == key)).first()


def standing_of_task(task: Task) -> TaskStanding:
    """What entitlement may see of a task."""
    return TaskStanding(
        member=task.staff_id,
        teams=frozenset() if task.team_id is None else frozenset({task.team_id}),
        role=ROLE_OF.get(WaitsFor(task.waits_for)),
        about=task.about_id,
    )


def is_finished_by_hand(task: Task) -> bool:
    """Whether the task ends by somebody saying what came of it, and not only by doing what it is about."""
    kind = TaskKind(task.kind)
    return kind in FINISHED_BY_HAND or (kind in FINISHED_BY_THE_SRO and task.waits_for == WaitsFor.SRO)


def list_tasks_for(session: Session, actor: Actor) -> list[Task]:
    """What waits for the actor, themself or as a deputy, the first due at the top; what has no day is last."""
    teams = sorted({held.team for held in actor.holdings if held.role in OF_MANAGERS and held.team is not None})
    staff = sorted({actor.staff_id, *(held.covers for held in actor.holdings if held.covers is not None)})
    for_roles = [waits.value for waits, role in ROLE_OF.items() if role in actor.roles]
    theirs = or_(
        col(Task.staff_id).in_(staff),
        col(Task.team_id).in_(teams),
        col(Task.waits_for).in_(for_roles),
    )
    found = session.exec(select(Task).where(col(Task.done_at).is_(None), theirs))
    mine = [task for task in found if may_finish_task(actor, standing_of_task(task))]
    return sorted(mine, key=lambda task: (task.due_at is None, task.due_at or task.raised_at, task.raised_at, task.key))


def count_tasks_for(session: Session, actor: Actor) -> int:
    """How much waits for the actor."""
    return len(list_tasks_for(session, actor))


def list_open_tasks(session: Session, kind: TaskKind, records: Collection[str] | None = None) -> list[Task]:
    """The tasks of one kind that are not done, by key; of these records only, where they are given."""
    query = select(Task).where(Task.kind == kind.value, col(Task.done_at).is_(None))
    if records is not None:
        query = query.where(col(Task.record).in_(list(records)))
    return list(session.exec(query.order_by(col(Task.key))))


def list_tasks_about(session: Session, record: str, kind: TaskKind) -> list[Task]:
    """The tasks of one kind about one record, done or not, the newest first."""
    query = select(Task).where(Task.record == record, Task.kind == kind.value)
    return list(session.exec(query.order_by(col(Task.id).desc())))


def list_finished_by_hand(session: Session, kind: TaskKind, records: Collection[str]) -> list[Task]:
    """The tasks of one kind about these records that somebody finished."""
    query = select(Task).where(Task.kind == kind.value, col(Task.done_by).is_not(None))
    return list(session.exec(query.where(col(Task.record).in_(list(records)))))
