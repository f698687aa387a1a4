"""Tasks: raised, taken one level up, passed on, finished. Each records its event in the same transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record as record_event
from tracker.policy.entitlement import Actor
from tracker.storage.references import new_reference
from tracker.tasks.entitlement import may_finish_task
from tracker.tasks.errors import NotByHandError, TaskDoneError
from tracker.tasks.ladder import Ladder, team_of, waits_for
from tracker.tasks.models import Task
from tracker.tasks.requests import SRO, Addressee
from tracker.tasks.selectors import find_task, is_finished_by_hand, standing_of_task
from tracker.tasks.vocabulary import FINISHED_BY_THE_SRO, TaskKind, WaitsFor

TASK = "TSK"
NO_LONGER_SO = "No longer so."
"""Why a task is done that nobody finished: what it was about has been done, or is gone."""


def raise_task(
    session: Session,
    *,
    kind: TaskKind,
    key: str,
    record: str,
    what: str,
    waits_for: WaitsFor,
    staff_id: int | None = None,
    team_id: int | None = None,
    person_id: int | None = None,
    about_id: int | None = None,
    due_at: datetime | None = None,
    now: datetime,
) -> Task:
    """Raises a task, or gives the one that there is with that key, done or not.

    `record`: the reference of what it is about. `what`: words with references and dates, no names. `staff_id` goes with
    `MEMBER`, `team_id` with `MANAGERS`. `about_id`: the key of whose own doing it is about; it never waits for them: where nobody
    else manages the team it waits for the nearest managers above.
    """
    standing = find_task(session, key)
    if standing is not None:
        return standing
    wanted = Addressee(waits_for, staff_id, team_id)
    if about_id is not None:
        wanted = Ladder.read(session, now=now).able(wanted, team_id=team_id, apart_from={about_id})
    task = Task(
        reference=new_reference(TASK),
        kind=kind.value,
        key=key,
        waits_for=wanted.waits_for.value,
        staff_id=wanted.staff_id,
        team_id=wanted.team_id,
        record=record,
        person_id=person_id,
        about_id=about_id,
        what=what,
        raised_at=now,
        due_at=due_at,
    )
    try:
        with session.begin_nested():
            session.add(task)
            session.flush()
    except IntegrityError:  # somebody else raised it meanwhile: then there is one
        standing = find_task(session, key)
        if standing is None:
            raise
        return standing
    _record(session, Event.TASK_RAISED, task, now=now)
    return task


def take_up(
    session: Session, task: Task, *, now: datetime, team_id: int | None = None, ladder: Ladder | None = None
) -> Task:
    """Takes a task one level up: from a member to the managers of the team, from them to those of the parent team, and to the
    Senior Responsible Officer; from Legal and the authorising officer to the Senior Responsible Officer. Above them is nobody.

    `team_id`: the team whose managers stand above a member; where it is not given, the one that they worked in last.
    """
    session.refresh(task, with_for_update=True)
    waits = waits_for(task.waits_for, task.staff_id, task.team_id)
    if waits == SRO or task.done_at is not None:
        return task
    if waits.staff_id is not None and team_id is None:
        team_id = team_of(session, waits.staff_id)
    council = ladder or Ladder.read(session, now=now)
    _address(task, council.above(waits, team_id=team_id, apart_from=_apart_from(task)))
    task.level += 1
    task.taken_up_at = now
    session.add(task)
    session.flush()
    _record(session, Event.TASK_TAKEN_UP, task, now=now)
    return task


def pass_on(session: Session, task: Task, *, now: datetime, ladder: Ladder | None = None) -> Task:
    """Has a task wait for somebody who is here, where those for whom it waited are not: a member of staff who has left, a team
    that nobody manages. It stays on its level."""
    session.refresh(task, with_for_update=True)
    waits = waits_for(task.waits_for, task.staff_id, task.team_id)
    council = ladder or Ladder.read(session, now=now)
    if waits.staff_id is not None and not council.has_left(waits.staff_id):
        return task
    team_id = waits.team_id
    if waits.staff_id is not None and TaskKind(task.kind) not in FINISHED_BY_THE_SRO:  # else no manager could end it
        team_id = team_of(session, waits.staff_id)
    today = council.able(waits, team_id=team_id, apart_from=_apart_from(task))
    if today == waits or task.done_at is not None:
        return task
    _address(task, today)
    session.add(task)
    session.flush()
    _record(session, Event.TASK_PASSED_ON, task, now=now)
    return task


def end_task(session: Session, task: Task, *, now: datetime) -> Task:
    """Ends a task because what it was about has been done, or is gone. One that was finished meanwhile stays as it was finished."""
    session.refresh(task, with_for_update=True)
    if task.done_at is not None:
        return task
    task.done_at, task.done_why = now, NO_LONGER_SO
    task.version += 1
    session.add(task)
    session.flush()
    _record(session, Event.TASK_ENDED, task, now=now)
    return task


def finish_task(session: Session, task: Task, why: str, *, by: Actor, now: datetime) -> Task:
    """Somebody for whom the task waits says what came of it. Raises `NotAllowedError`, `NotByHandError`, `TaskDoneError`.

    What ends only by being done (a look that nobody reported, a response that nobody reviewed) is not finished by saying so.
    """
    session.refresh(task, with_for_update=True)
    allowed = may_finish_task(by, standing_of_task(task))
    require(by, Permission.FINISH_TASK, allowed=allowed, about=task.reference)
    if not is_finished_by_hand(task):
        raise NotByHandError("This ends by itself once it has been done.")
    if task.done_at is not None:
        raise TaskDoneError("This has been finished already, or is no longer so.")
    task.done_at, task.done_by, task.done_why = now, by.staff_id, why
    task.version += 1
    session.add(task)
    session.flush()
    _record(session, Event.TASK_FINISHED, task, now=now, by=by, content={"why": why})
    return task


def _address(task: Task, to: Addressee) -> None:
    task.waits_for, task.staff_id, task.team_id = to.waits_for.value, to.staff_id, to.team_id
    task.version += 1


def _apart_from(task: Task) -> frozenset[int]:
    return frozenset() if task.about_id is None else frozenset({task.about_id})


def _record(session: Session, event: Event, task: Task, *, now: datetime, by: Actor | None = None, **more: Any) -> None:
    facts = {"kind": task.kind, "record": task.record, "waits_for": task.waits_for, "level": task.level}
    record_event(session, event, at=now, by=by, about=task.reference, facts=facts, **more)
