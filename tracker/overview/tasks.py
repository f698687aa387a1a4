"""What waits for somebody by a day: as lines of a list, each thing once on a page, and as a page of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlmodel import Session

from tracker.access.permissions import Permission, has_permission
from tracker.authorities.selectors import get_authorisation, get_order, list_named
from tracker.checks.telling import may_record_telling
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check, standing_of_check
from tracker.overview.named import RESTRICTED, named_in
from tracker.people.models import Person
from tracker.people.selectors import called, get_person_by_id, standing_of
from tracker.policy.entitlement import READERS_OF_EVERYTHING, Actor, Role, may_open_person
from tracker.policy.periods import london_day
from tracker.referrals.selectors import get_referral, list_people_of
from tracker.review.jobs import is_to_confirm
from tracker.staff.selectors import get_staff_by_id, get_team
from tracker.staff.standing_in import in_whose_place, names_of
from tracker.storage.tables import saved_key
from tracker.tasks.entitlement import may_finish_task
from tracker.tasks.models import Task
from tracker.tasks.selectors import is_finished_by_hand, list_tasks_for, standing_of_task
from tracker.tasks.vocabulary import TASK_KIND_WORDS, TaskKind
from tracker.web.blocks import Status
from tracker.web.dates import due_in_words, near_in_words, time_left, waited_in_words
from tracker.web.paging import Paging

MOST_ON_HOME = 10

SHOWN = {"RIP": "authorities.show_ripa", "NRA": "authorities.show_non_ripa", "ORD": "authorities.show_order"}
"""The pages of authorities, by the kind of their reference."""

SEE_WHOM_ANY_NAMES = READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}
SEE_WHOM_IT_NAMES = {
    "RIP": SEE_WHOM_ANY_NAMES | {Role.AUTHORISING_OFFICER},
    "NRA": SEE_WHOM_ANY_NAMES | {Role.AUTHORISING_OFFICER},
    "ORD": SEE_WHOM_ANY_NAMES,
}
"""The roles that are told whom an authority names, by the kind of its reference; an officer is not told it of every court's order."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: what waits, whom it is about, where it is dealt with (empty where this member of staff may not open it)."""

    kind: str
    what: str
    about: str
    reference: str
    href: str
    status: Status
    by_hand: bool
    for_whom: str = ""


@dataclass(frozen=True, slots=True)
class Tasks:
    """The first of what waits, and how much there is that the page does not say already."""

    lines: list[TaskLine]
    count: int


LISTED_FOR_OFFICERS = frozenset({TaskKind.REVIEW_DUE, TaskKind.AUTHORISATION_ENDING})
LISTED_FOR_LEGAL = frozenset({TaskKind.ORDER_UNSEEN})
"""What the home pages of those roles say in lists of their own, with its day."""


def tasks_for_home(session: Session, actor: Actor, already: Iterable[str], *, now: datetime) -> Tasks | None:
    """The tasks of the actor's home page, without what it says already: about records (references) that wait on it, or of kinds
    that it lists for the role; None where no role of theirs has tasks. No list says of a check that somebody is to be told."""
    if not has_permission(actor, Permission.FINISH_TASK):
        return None
    shown, listed = set(already), _listed_for(actor)
    waiting = [
        task
        for task in list_tasks_for(session, actor)
        if TaskKind(task.kind) not in listed
        and not _at_the_top(task, actor)
        and (is_finished_by_hand(task) or task.kind == TaskKind.TELLING_DUE or task.record not in shown)
    ]
    return Tasks([line_of(session, task, actor, now=now) for task in waiting[:MOST_ON_HOME]], len(waiting))


def _at_the_top(task: Task, actor: Actor) -> bool:
    """Whether the home page says it above everything else: that the actor is to confirm an approval by telephone."""
    return (
        task.kind == TaskKind.TELEPHONE_APPROVAL_UNCONFIRMED and is_to_confirm(task) and task.staff_id == actor.staff_id
    )


def tasks_of(session: Session, actor: Actor, shown: Paging, *, now: datetime) -> list[TaskLine]:
    """One page of all that waits for the actor, the first due at the top."""
    waiting = list_tasks_for(session, actor)[shown.offset : shown.offset + shown.size]
    return [line_of(session, task, actor, now=now) for task in waiting]


def line_of(session: Session, task: Task, actor: Actor, *, now: datetime) -> TaskLine:
    """A task as the actor sees it: a restricted record shows only that it is one, also where the words of the task name it."""
    person = get_person_by_id(session, task.person_id) if task.person_id is not None else None
    may_open = person is None or may_open_person(actor, standing_of(session, saved_key(person), on=london_day(now)))
    named = named_in(session, task, actor, now=now)
    may_follow = may_open and named.of_link != RESTRICTED
    return TaskLine(
        kind=TASK_KIND_WORDS[TaskKind(task.kind)],
        what=named.words,
        about=named.of_link or (_about(session, task, person, actor) if may_open else RESTRICTED),
        reference=task.reference,
        href=_leads_to(session, task, person, actor, may_open=may_follow, now=now),
        status=_status(task, now, reads=may_open and named.in_full),
        by_hand=is_finished_by_hand(task),
        for_whom=_for_whom(task, actor),
    )


def _for_whom(task: Task, actor: Actor) -> str:
    standing = standing_of_task(task)
    if standing.member == actor.staff_id:
        return ""
    return names_of(actor, in_whose_place(actor, lambda one: may_finish_task(one, standing)))


def _listed_for(actor: Actor) -> frozenset[TaskKind]:
    for_officers = LISTED_FOR_OFFICERS if Role.AUTHORISING_OFFICER in actor.roles else frozenset()
    return for_officers | (LISTED_FOR_LEGAL if Role.LEGAL_REVIEWER in actor.roles else frozenset())


def _status(task: Task, now: datetime, *, reads: bool) -> Status:
    waited = f"Waiting for {waited_in_words(task.raised_at, now)}."
    up = f" One level up since {near_in_words(task.taken_up_at, now)}." if task.taken_up_at else ""
    if task.done_at is not None:
        return Status("Finished", task.done_why or "" if reads else "", "grey")
    if task.due_at is None:
        return Status("To do", f"{waited}{up}", "blue")
    if task.due_at <= now:
        return Status("Overdue", f"{time_left(task.due_at, now).capitalize()}. {waited}{up}", "red")
    return Status("Due", f"Due by {due_in_words(task.due_at, now)}. {waited}{up}", "yellow")


def _leads_to(
    session: Session, task: Task, person: Person | None, actor: Actor, *, may_open: bool, now: datetime
) -> str:
    """The page on which it is dealt with; empty where there is none that the actor may open. What a manager decides on leads to its
    page, restricted or not: that says whom to ask."""
    record = task.record
    if task.kind == TaskKind.SELF_CHECK_FAILED:
        return url_for("audit.trail") if has_permission(actor, Permission.READ_TRAIL) else ""
    if task.kind == TaskKind.TELEPHONE_APPROVAL_UNCONFIRMED and is_to_confirm(task):
        return url_for("review.answer_telephone", reference=record) if task.staff_id == actor.staff_id else ""
    if task.kind == TaskKind.DUTY_OPENINGS:
        return url_for("review.openings_read", reference=task.reference)
    match record[:3]:
        case "CHK":
            if task.kind == TaskKind.TELLING_DUE and _may_record_telling(session, record, actor, now):
                return url_for("checks.told", reference=record)
            return _check(record, task, actor, may_open=may_open)
        case "REF":
            return _case(session, record, actor)
        case kind if kind in SHOWN and has_permission(actor, Permission.OPEN_AUTHORITY):
            return url_for(SHOWN[kind], reference=record)
    if person is not None and may_open and has_permission(actor, Permission.OPEN_PERSON):
        return url_for("overview.show_person", reference=person.reference)
    return ""


def _check(record: str, task: Task, actor: Actor, *, may_open: bool) -> str:
    if task.staff_id is not None and task.kind == TaskKind.OUTCOME_DUE and task.key.endswith("meaning"):
        return url_for("checks.outcome", reference=record)
    if task.team_id is not None and has_permission(actor, Permission.DECIDE_CHECK):
        return url_for("review.look", reference=record)
    return url_for("checks.show", reference=record) if may_open and has_permission(actor, Permission.OPEN_CHECK) else ""


def _may_record_telling(session: Session, record: str, actor: Actor, now: datetime) -> bool:
    standing = standing_of_check(session, get_check(session, record), now=now)
    return has_permission(actor, Permission.RECORD_TELLING) and may_record_telling(actor, standing)


def _case(session: Session, record: str, actor: Actor) -> str:
    if has_permission(actor, Permission.OPEN_REFERRAL):
        return url_for("review.referral", reference=record)
    case = get_referral(session, record)
    check = session.get(Check, case.check_id) if case.check_id is not None else None
    if check is None or not has_permission(actor, Permission.DECIDE_CHECK):
        return ""
    return url_for("review.look", reference=check.reference)


def _about(session: Session, task: Task, person: Person | None, actor: Actor) -> str:
    """Whom it is about, by name: the person; whose own doing it is; or everybody whom an authority or a case names, for those who see
    all of these."""
    if person is not None:
        return called(person)
    if task.about_id is not None:
        return get_staff_by_id(session, task.about_id).name
    if task.kind == TaskKind.DUTY_OPENINGS:
        return get_team(session, task.record).name
    named: Iterable[Person] = ()
    if actor.roles & SEE_WHOM_IT_NAMES.get(task.record[:3], frozenset()):
        get = get_order if task.record.startswith("ORD") else get_authorisation
        named = list_named(session, get(session, task.record))
    if task.record.startswith("REF") and has_permission(actor, Permission.OPEN_REFERRAL):
        keys = list_people_of(session, saved_key(get_referral(session, task.record)))
        named = [get_person_by_id(session, one) for one in keys]
    return ", ".join(map(called, named)) or "Nobody in particular"
