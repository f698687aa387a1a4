"""Closing a member of staff, and merging a team into another: whatever waits goes on to somebody who is here, in one transaction."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.corporate_accounts.services import end_user
from tracker.decisions.concerned import lock_concerned
from tracker.leavers.orphans import Deciders, Here, Waiting
from tracker.leavers.selectors import profiles_used_by
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor
from tracker.referrals.models import Referral
from tracker.referrals.selectors import list_people_of
from tracker.referrals.vocabulary import ReferralPlace
from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.staff.requests import StaffChangeError
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.selectors.alone import list_left_to_nobody, lost_in_words
from tracker.staff.services import close_staff_member, close_team, end_role, move_team
from tracker.staff.services.authority import require_administrator
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.session import only_reading
from tracker.storage.tables import saved_key
from tracker.tasks.jobs import tasks_of_nobody
from tracker.tasks.ladder import Ladder
from tracker.tasks.models import Task
from tracker.tasks.services import pass_on

_EVERYBODY = 0
"""The lock of no member of staff: two closings do not pass each other, so that the last two of a role do not both go."""

HOLD_IT_FIRST = "Have somebody else hold it first."
NAME_ANOTHER = (
    f"{HOLD_IT_FIRST} Until then you can sign them out everywhere and give a one-time password that nobody is told."
)


def close_leaver(session: Session, staff_id: int, *, by: Actor, now: datetime) -> StaffMember:
    """Closes a member of staff, and hands on what waits for them: cases that they took are free again, their use of corporate
    profiles ends, their tasks wait for who has them now.

    Raises `NotAllowedError`, or `StaffChangeError` where closed already, or where nobody else would have what only they have.
    """
    member = get_staff_by_id(session, staff_id)
    require_administrator(by, of=member)
    _give_back_cases(session, member, by=by, now=now)
    take_locks(session, LockKind.STAFF, [_EVERYBODY, staff_id])
    alone = alone_with(session, staff_id, now=now)
    if alone:
        raise StaffChangeError(" ".join([*alone, NAME_ANOTHER]))
    for profile in profiles_used_by(session, staff_id, now=now):
        end_user(session, profile, staff_id, by=by, now=now)
    closed = close_staff_member(session, staff_id, by=by, now=now)
    _pass_on_tasks(session, now=now)
    return closed


def merge_team(session: Session, team_id: int, *, successor_id: int, by: Actor, now: datetime) -> Team:
    """Closes a team into another, and has what waits for its managers wait for those of the other. Nothing of it is rewritten.

    Raises as `close_team`, and `StaffChangeError` where nobody would manage the team that takes over, or a team above it.
    """
    require_administrator(by)
    take_locks(session, LockKind.STAFF, [_EVERYBODY])
    waiting, before = Waiting.read(session, now=now), Here.read(session, now=now)
    team = close_team(session, team_id, successor_id=successor_id, by=by, now=now)
    after = Here.read(session, now=now)
    if successor_id not in after.managed:
        raise StaffChangeError("Nobody manages that team, or a team above it. Name a manager first", "successor")
    _refuse_orphans(waiting, before, after, "successor")
    _pass_on_tasks(session, now=now)
    return team


def place_team(
    session: Session, team_id: int, *, version: int, parent_id: int | None, by: Actor, now: datetime
) -> Team:
    """Puts a team under another, or under none. Raises as `move_team`, and `StaffChangeError` where a team would have no manager any
    more, its own or above it, or something that waits would have nobody who may decide on it."""
    require_administrator(by)
    take_locks(session, LockKind.STAFF, [_EVERYBODY])
    waiting, before = Waiting.read(session, now=now), Here.read(session, now=now)
    team = move_team(session, team_id, version=version, parent_id=parent_id, by=by, now=now)
    after = Here.read(session, now=now)
    if before.managed - after.managed:
        raise StaffChangeError("Nobody would manage that team, or a team above it. Name a manager first", "parent")
    _refuse_orphans(waiting, before, after, "parent")
    _pass_on_tasks(session, now=now)
    return team


def end_held_role(session: Session, grant_id: int, *, by: Actor, now: datetime) -> RoleGrant:
    """Ends a role of somebody who stays; what waited for it as a task waits for who has it now.

    Raises as `end_role`, and `StaffChangeError` where nobody would have that role or manage a team any more, or something that waits
    would have nobody who may decide on it.
    """
    require_administrator(by)
    take_locks(session, LockKind.STAFF, [_EVERYBODY])
    waiting, before = Waiting.read(session, now=now), Here.read(session, now=now)
    grant = end_role(session, grant_id, by=by, now=now)
    after = Here.read(session, now=now)
    lost = lost_in_words(session, before.held - after.held, before.managed - after.managed)
    lost += _lost(waiting, before.deciders, after.deciders)
    if lost:
        raise StaffChangeError(" ".join([*lost, HOLD_IT_FIRST]))
    _pass_on_tasks(session, now=now)
    return grant


def alone_with(session: Session, staff_id: int, *, now: datetime) -> list[str]:
    """What nobody would have if this member of staff were closed, a sentence each: roles, teams, and how much of what waits."""
    with only_reading(session):
        waiting, here = Waiting.read(session, now=now), Deciders.read(session, now=now)
        return list_left_to_nobody(session, staff_id, now=now) + _lost(waiting, here, here.without(staff_id))


def _refuse_orphans(waiting: Waiting, before: Here, after: Here, field: str) -> None:
    lost = _lost(waiting, before.deciders, after.deciders)
    if lost:
        raise StaffChangeError(" ".join(lost), field)


def _lost(waiting: Waiting, before: Deciders, after: Deciders) -> list[str]:
    """What some of those before may decide on or read, and none of those after, a sentence each."""
    number = len(waiting.for_nobody(after) - waiting.for_nobody(before))
    things = "1 thing that waits" if number == 1 else f"{number} things that wait"
    lost = [f"Nobody else may decide on {things}, such as a manager's own check."] if number else []
    unread = waiting.count_unread(after) - waiting.count_unread(before)
    return [*lost, _nobody_reads(unread)] if unread > 0 else lost


def _nobody_reads(number: int) -> str:
    """That nobody else manages and may read so many restricted records, and who lets somebody else in."""
    records, them = ("1 restricted record", "it") if number == 1 else (f"{number} restricted records", "each")
    return f"No other manager may read {records}. A manager who reads {them}, or Legal, names another first."


def _give_back_cases(session: Session, member: StaffMember, *, by: Actor, now: datetime) -> None:
    """Every case that they took and did not answer is free again."""
    theirs = (Referral.taken_by == member.id, col(Referral.place) == ReferralPlace.LEGAL.value)
    query = select(Referral).where(*theirs).order_by(col(Referral.id))
    named = {saved_key(case): list_people_of(session, saved_key(case)) for case in session.exec(query)}
    people = {one for keys in named.values() for one in keys}
    lock_concerned(session, [get_person_by_id(session, one) for one in sorted(people)])
    for case in session.exec(query):  # again: somebody may have answered while this waited
        case.taken_by, case.taken_at, case.version = None, None, case.version + 1
        session.add(case)
        session.flush()
        references = [get_person_by_id(session, one).reference for one in list_people_of(session, saved_key(case))]
        facts = {"taken_by": member.reference, "left": True}
        record(session, Event.REFERRAL_GIVEN_BACK, at=now, by=by, people=references, about=case.reference, facts=facts)


def _pass_on_tasks(session: Session, *, now: datetime) -> None:
    """At once what the scheduler would do in its time: nothing waits for somebody who has left."""
    keys = tasks_of_nobody(session, now)
    ladder = Ladder.read(session, now=now) if keys else None
    for key in keys:
        pass_on(session, session.get_one(Task, key), now=now, ladder=ladder)
