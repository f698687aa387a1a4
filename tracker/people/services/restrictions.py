"""What is set about a whole record: who may read it, and from when views of the person count."""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlmodel import Session, col, delete, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.groups import PersonGroup, lock_everyone
from tracker.people.models import CountRestart, Involvement, Person, PersonReader
from tracker.people.problems import ProblemError
from tracker.people.readers import who_may_restrict
from tracker.people.requests import LiftedRestriction, RestartedCount, RestrictedPerson
from tracker.people.selectors import get_person
from tracker.people.services.opening import require_person
from tracker.policy.entitlement import Actor, may_act_for_legal, may_open_person
from tracker.policy.periods import LONDON, london_day
from tracker.staff.models import StaffMember
from tracker.staff.selectors import get_staff_by_reference, is_open
from tracker.storage.tables import next_version, saved_key

SEALED = "Legal says who may read this record: ask Legal"
CLOSED_FOR = 1  # year; policy.md: "a new episode, closed for 12 months or more"


def restrict_person(session: Session, restricted: RestrictedPerson, *, by: Actor, now: datetime) -> Person:
    """Restricts a record to its readers, or puts other readers in place of those it had. For managers who may open it.

    Legal and those who read everything open it all the same. Raises `NotAllowedError`, `StaleVersionError`, `ProblemError`.
    """
    person = get_person(session, restricted.person)
    require_person(session, person, Permission.RESTRICT_PERSON, by=by, now=now)
    lock_everyone(session, [saved_key(person)])
    next_version(session, person, restricted.version)
    if person.sealed:
        raise ProblemError("", SEALED)
    readers = restrict_to(session, person, restricted.readers, ask_whom=restricted.ask_whom, now=now)
    record(
        session,
        Event.PERSON_RESTRICTED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"readers": [one.reference for one in readers], "version": person.version},
        content={"ask_whom": restricted.ask_whom, "why": restricted.why},
    )
    return person


def lift_restriction(session: Session, lifted: LiftedRestriction, *, by: Actor, now: datetime) -> Person:
    """Opens a record again to everybody who works with people. For managers who may open it; another record of the same
    person that is restricted stays so.

    Raises `NotAllowedError`, `StaleVersionError`, or `ProblemError` where it is not restricted or no reason is given.
    """
    person = get_person(session, lifted.person)
    require_person(session, person, Permission.RESTRICT_PERSON, by=by, now=now)
    lock_everyone(session, [saved_key(person)])
    next_version(session, person, lifted.version)
    if person.sealed:
        raise ProblemError("", SEALED)
    if not person.restricted:
        raise ProblemError("", "This record is not restricted")
    if not lifted.why.strip():
        raise ProblemError("why", "Enter why it need not be restricted any more")
    person.restricted, person.ask_whom = False, None
    session.add(person)
    session.exec(delete(PersonReader).where(col(PersonReader.person_id) == person.id))
    session.flush()
    record(
        session,
        Event.PERSON_RESTRICTION_LIFTED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"version": person.version},
        content={"why": lifted.why.strip()},
    )
    return person


def restrict_to(
    session: Session, person: Person, readers: Iterable[str], *, ask_whom: str, now: datetime
) -> list[StaffMember]:
    """The part of a use-case that closes a record to everybody but these readers (references), and gives them; the caller has asked
    who may, and holds the locks. Raises `ProblemError` on `readers`."""
    named = [get_staff_by_reference(session, one) for one in sorted(set(readers))]
    if not named or not all(is_open(one, now) for one in named):
        raise ProblemError("readers", "Select who may read this record: staff who work here now")
    if who_may_restrict(session, now=now).isdisjoint(
        map(saved_key, named)
    ):  # who stands in for a manager does so for a while
        raise ProblemError("readers", "Select at least one manager, who can change this or lift it later")
    person.restricted, person.ask_whom = True, ask_whom
    session.add(person)
    session.exec(delete(PersonReader).where(col(PersonReader.person_id) == person.id))
    for reader in named:
        session.add(PersonReader(person_id=saved_key(person), staff_id=saved_key(reader), recorded_at=now))
    session.flush()
    return named


def restart_count(
    session: Session, restarted: RestartedCount, *, apart_from: frozenset[int], by: Actor, now: datetime
) -> list[CountRestart]:
    """Has views of a person count only from the beginning of a day in London: a row for each record of the group.

    Only Legal, with reasons, and only after 12 months or more in which no team worked with the person. `apart_from`: keys
    of who asked for, would look in or decided on a check about the person; who sets it is none of them.
    Raises `NotAllowedError`, or `ProblemError` where that is not so.
    """
    person = get_person(session, restarted.person)
    require_person(session, person, Permission.RESTART_COUNT, by=by, now=now, allowed=may_open_person)
    require(by, Permission.RESTART_COUNT, allowed=may_act_for_legal(by, apart_from), about=person.reference)
    group = lock_everyone(session, [saved_key(person)])[saved_key(person)]
    _refuse_unless_closed_long_enough(session, group, restarted.from_on, today=london_day(now))
    begins = datetime.combine(restarted.from_on, time(), tzinfo=LONDON)
    rows = [
        CountRestart(person_id=one, counted_from=begins, why=restarted.why, set_by=by.staff_id, recorded_at=now)
        for one in group.members
    ]
    session.add_all(rows)
    session.flush()
    references = [one.reference for one in group.records]
    facts = {"counted_from": restarted.from_on.isoformat(), "records": sorted(references)}
    why = {"why": restarted.why}
    record(
        session,
        Event.COUNT_RESTARTED,
        at=now,
        by=by,
        people=references,
        about=person.reference,
        facts=facts,
        content=why,
    )
    return rows


def _refuse_unless_closed_long_enough(session: Session, group: PersonGroup, from_on: date, *, today: date) -> None:
    if from_on > today:
        raise ProblemError("from_on", "The day from which views count must be today or in the past")
    works = session.exec(select(Involvement).where(col(Involvement.person_id).in_(group.members))).all()
    before = [one for one in works if one.opened_on < from_on]
    if not before:
        raise ProblemError("from_on", "No team worked with this person before that day")
    if any(one.closed_on is None or _a_year_after(one.closed_on) > from_on for one in before):
        raise ProblemError("from_on", "Every involvement before that day must have been closed for 12 months or more")


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + CLOSED_FOR)
    except ValueError:
        return date(day.year + CLOSED_FOR, 3, 1)
