"""Coming to somebody's record on duty: why is said once for each person and shift, and the home team is told of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.duty import find_duty_opening, shift_of
from tracker.people.groups import lock_everyone
from tracker.people.models import DutyOpening, Person
from tracker.people.selectors import get_person, standing_of
from tracker.people.services.opening import DutyReasonNeededError, require_standing
from tracker.policy.entitlement import Actor, comes_on_duty, may_open_person
from tracker.policy.periods import london_day
from tracker.staff.selectors import get_team_by_id
from tracker.storage.tables import saved_key


def open_on_duty(session: Session, reference: str, *, reason: str, by: Actor, now: datetime) -> Person:
    """Somebody on duty says why they come to a person's record. Once for each person and shift: said again, the first stands.
    Who comes to them otherwise too, by a team of theirs or by a role that reads every record, opens nothing on duty: no row is kept.

    Raises `NoSuchRecordError`, `RestrictedRecordError`, and `NotAllowedError` for whoever is on no rota now.
    Source: policy.md, "Duty roles: the same for any person, while on the rota, with a reason".
    """
    person = get_person(session, reference)
    standing = require_standing(session, person, Permission.OPEN_ON_DUTY, by=by, now=now)
    lock_everyone(session, [saved_key(person)])
    if by.duty_teams and not comes_on_duty(by, standing):
        return person
    if find_duty_opening(session, saved_key(person), by=by, now=now) is None:
        note_opening(session, person, reason, by=by, now=now)
    return person


def come_on_duty_to(session: Session, people: Sequence[Person], *, by: Actor, now: datetime) -> None:
    """The part of a door that shows several people, the first of them whose page it is: takes the locks, and then as
    `act_on_duty_about`."""
    if by.duty_teams:
        lock_everyone(session, [saved_key(one) for one in people])
        act_on_duty_about(session, people, by=by, now=now)


def act_on_duty_about(session: Session, people: Sequence[Person], *, by: Actor, now: datetime) -> None:
    """The part of a use-case about several people, the first of them whose page it is: of those to whom only the rota brings the
    actor each is listed to their home team, with the reason given for the first. Of a record that may not be opened nothing is
    shown, and no reason is asked. The caller holds the locks.

    Raises `DutyReasonNeededError` where no reason was given on this shift.
    """
    if not by.duty_teams:
        return
    shown = [one for one in people if may_open_person(by, standing_of(session, saved_key(one), on=london_day(now)))]
    if shown:
        reach_on_duty(session, shown, why=None, by=by, now=now)


def reach_on_duty(session: Session, people: Sequence[Person], *, why: str | None, by: Actor, now: datetime) -> None:
    """The part of a use-case that is about several people: for those to whom only the rota brings the actor the reason is kept that they
    gave for another of them, or `why`. The caller holds the locks.

    Raises `DutyReasonNeededError` where neither was said.
    """
    on_duty = [one for one in people if comes_on_duty(by, standing_of(session, saved_key(one), on=london_day(now)))]
    if not on_duty:
        return
    found = (find_duty_opening(session, saved_key(one), by=by, now=now) for one in people)
    said = next((one for one in found if one is not None), None)
    reason = said.reason if said is not None else why
    for one in on_duty:
        if find_duty_opening(session, saved_key(one), by=by, now=now) is None:
            if reason is None:
                raise DutyReasonNeededError(Permission.OPEN_ON_DUTY, about=one.reference)
            note_opening(session, one, reason, by=by, now=now)


def note_opening(session: Session, person: Person, reason: str, *, by: Actor, now: datetime) -> DutyOpening:
    """The part of a use-case that keeps the reason; the caller has asked who may. Raises `NotAllowedError` off the rota."""
    shift = shift_of(session, by, now=now)
    require(by, Permission.OPEN_ON_DUTY, allowed=shift is not None, about=person.reference)
    assert shift is not None  # noqa: S101 - required above
    opening = DutyOpening(
        person_id=saved_key(person),
        staff_id=by.staff_id,
        team_id=shift.team_id,
        shift_id=saved_key(shift),
        reason=reason,
        at=now,
    )
    session.add(opening)
    session.flush()
    facts = {
        "team": get_team_by_id(session, shift.team_id).reference,
        "shift": shift.reference,
        "until": shift.until_at.isoformat(),
    }
    record(
        session,
        Event.OPENED_ON_DUTY,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts=facts,
        content={"reason": reason},
    )
    return opening
