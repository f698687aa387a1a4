"""Keeping tasks as they should be: what is missing is raised, what is overdue goes up, what is no longer so ends."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlmodel import Session

from tracker.clockwork.jobs import Job
from tracker.tasks.ladder import Ladder
from tracker.tasks.models import Task
from tracker.tasks.requests import Wanted
from tracker.tasks.selectors import list_finished_by_hand, list_open_tasks, list_tasks_about
from tracker.tasks.services import end_task, raise_task, take_up
from tracker.tasks.vocabulary import TaskKind, WaitsFor

_AGAIN = "#"
"""Stands before the number in the key of a task whose cause came back after it had ended."""

WhatIsWanted = Callable[[Session, datetime, Collection[str] | None], list[Wanted]]
"""Every task of one kind that there should be now; of these records only (references), where they are given."""


def clock(name: str, words: str, kind: TaskKind, wanted: WhatIsWanted) -> Job[str]:
    """The job that keeps the tasks of one kind: its items are the records whose tasks are not as they should be."""

    def _items(session: Session, now: datetime) -> list[str]:
        return records_to_keep(session, kind, wanted, now=now)

    def _do(session: Session, record: str, now: datetime) -> None:
        keep_tasks(session, kind, wanted(session, now, (record,)), records=(record,), now=now)

    return Job(name, words, items=_items, do=_do)


def keep_tasks(
    session: Session, kind: TaskKind, wanted: Iterable[Wanted], *, records: Collection[str] | None = None, now: datetime
) -> None:
    """Has the open tasks of one kind be those that are wanted, each on the level that its time says.

    What somebody has finished is not raised again; what had ended and comes back is raised anew. `records`: only tasks about
    these; `wanted` must then be all that is wanted about them.
    """
    standing = {cause_of(task): task for task in list_open_tasks(session, kind, records)}
    ladder: Ladder | None = None
    for one in wanted:
        task = standing.pop(one.key, None)
        if task is not None and not _has_to_go_up(task, one, now):
            continue
        ladder = ladder or Ladder.read(session, now=now)
        task = task or _raise(session, kind, one, ladder, now=now)
        while task is not None and _has_to_go_up(task, one, now):
            take_up(session, task, now=now, team_id=one.team_id, ladder=ladder)
    for task in standing.values():
        end_task(session, task, now=now)


def records_to_keep(session: Session, kind: TaskKind, wanted: WhatIsWanted, *, now: datetime) -> list[str]:
    """The records about which a task of this kind is missing, has to go up or is no longer wanted; sorted."""
    standing = {cause_of(task): task for task in list_open_tasks(session, kind)}
    found = {one.key: one for one in wanted(session, now, None)}
    unsure = {task.record for key, task in standing.items() if key not in found}
    found |= {one.key: one for one in (wanted(session, now, sorted(unsure)) if unsure else ())}
    missing = [one for key, one in found.items() if key not in standing]
    finished = {cause_of(task) for task in list_finished_by_hand(session, kind, {one.record for one in missing})}
    records = {one.record for one in missing if one.key not in finished}
    records |= {task.record for key, task in standing.items() if key not in found}
    records |= {one.record for key, one in found.items() if key in standing and _has_to_go_up(standing[key], one, now)}
    return sorted(records)


def _raise(session: Session, kind: TaskKind, one: Wanted, ladder: Ladder, *, now: datetime) -> Task | None:
    earlier = [task for task in list_tasks_about(session, one.record, kind) if cause_of(task) == one.key]
    if any(task.done_by is not None for task in earlier):
        return None
    apart_from = frozenset() if one.about_id is None else frozenset({one.about_id})
    to = ladder.able(one.first, team_id=one.team_id, apart_from=apart_from)
    return raise_task(
        session,
        kind=kind,
        key=one.key if not earlier else f"{one.key}{_AGAIN}{len(earlier) + 1}",
        record=one.record,
        what=one.what,
        waits_for=to.waits_for,
        staff_id=to.staff_id,
        team_id=to.team_id,
        person_id=one.person_id,
        about_id=one.about_id,
        due_at=one.due_at,
        now=now,
    )


def _has_to_go_up(task: Task, one: Wanted, now: datetime) -> bool:
    return task.level < one.level_at(now) and task.waits_for != WaitsFor.SRO


def cause_of(task: Task) -> str:
    """The key of what a task is about, which is the same for a task raised anew."""
    return task.key.partition(_AGAIN)[0]
