"""A team's work with a person: opened by somebody of the team, closed by somebody of the team."""

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.groups import lock_everyone
from tracker.people.models import Involvement, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import ClosedInvolvement, MovedInvolvement, NewInvolvement, TeamWork
from tracker.people.searching import compact
from tracker.people.selectors import get_involvement, get_person
from tracker.people.services.agreeing import note_agreements
from tracker.people.services.opening import require_person
from tracker.policy.entitlement import Actor
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Relation
from tracker.staff.models import Team
from tracker.staff.selectors import get_team, get_team_by_id
from tracker.storage.tables import next_version, saved_key


def add_involvement(session: Session, new: NewInvolvement, *, by: Actor, now: datetime) -> Involvement:
    """Records that a team of the actor's works with a person.

    Raises `NotAllowedError`, or `ProblemError` where the same work is on record as open, or cannot be as described.
    """
    person = get_person(session, new.person)
    require_person(session, person, Permission.CHANGE_PERSON, by=by, now=now)
    lock_everyone(session, [saved_key(person)])
    involvement = open_involvement(session, person, new.work, by=by, now=now)
    note_agreements(session, [person], by=by, now=now)
    return involvement


def close_involvement(session: Session, closed: ClosedInvolvement, *, by: Actor, now: datetime) -> Involvement:
    """Closes work of a team of the actor's with a person, as of a day; that whole day still belongs to it.

    Raises `NotAllowedError`, `NoSuchRecordError`, `StaleVersionError`, or `ProblemError` for a day that cannot be.
    """
    person = get_person(session, closed.person)
    require_person(session, person, Permission.CHANGE_PERSON, by=by, now=now)
    involvement = get_involvement(session, person, closed.involvement)
    require(by, Permission.CHANGE_PERSON, allowed=by.works_in(involvement.team_id), about=person.reference)
    next_version(session, involvement, closed.version)
    if involvement.closed_on is not None:
        raise ProblemError("", "This involvement is closed already")
    if not involvement.opened_on <= closed.closed_on <= london_day(now):
        raise ProblemError("closed_on", "The day it closed must be between the day it opened and today")
    involvement.closed_on = closed.closed_on
    session.add(involvement)
    session.flush()
    team = get_team_by_id(session, involvement.team_id)
    record_work(session, Event.INVOLVEMENT_CLOSED, person, involvement, team, by=by, now=now)
    return involvement


def move_involvement(session: Session, moved: MovedInvolvement, *, by: Actor, now: datetime) -> Involvement:
    """Moves work of a team of the actor's with a person to another team: closed there and opened here on the same day, each kept.

    What the first team asked for stays that team's. Returns the new one. Raises `NotAllowedError`, `NoSuchRecordError`,
    `StaleVersionError`, or `ProblemError` on `team`.
    """
    person = get_person(session, moved.person)
    require_person(session, person, Permission.CHANGE_PERSON, by=by, now=now)
    involvement = get_involvement(session, person, moved.involvement)
    require(by, Permission.CHANGE_PERSON, allowed=by.works_in(involvement.team_id), about=person.reference)
    lock_everyone(session, [saved_key(person)])
    team, to = get_team_by_id(session, involvement.team_id), get_team(session, moved.team)
    next_version(session, involvement, moved.version)
    if involvement.closed_on is not None:
        raise ProblemError("", "This involvement is closed already")
    if to.on_duty or to.id == team.id:
        raise ProblemError("team", "Choose another team, one with people of its own")
    work = TeamWork(
        team=to.reference,
        relation=Relation(involvement.relation),
        opened_on=london_day(now),
        case_system=involvement.case_system,
        case_reference=involvement.case_reference,
    )
    refuse_impossible_work(work, to, now=now)
    new = involvement_of(person, to, work, recorded_by=by.staff_id, now=now)
    _refuse_same(session, new, "team")
    involvement.closed_on, person.compared_at = london_day(now), None
    session.add_all([involvement, person, new])
    session.flush()
    record_work(session, Event.INVOLVEMENT_CLOSED, person, involvement, team, by=by, now=now, moved=new.reference)
    record_work(session, Event.INVOLVEMENT_OPENED, person, new, to, by=by, now=now, moved=involvement.reference)
    return new


def open_involvement(session: Session, person: Person, work: TeamWork, *, by: Actor, now: datetime) -> Involvement:
    """The part of a use-case that opens an involvement; the caller has asked whether the actor may work on the person.

    Raises `NotAllowedError` for a team that the actor does not work in, or `ProblemError`.
    """
    team = get_team(session, work.team)
    if team.id is None or not by.works_in(team.id):
        require(by, Permission.CHANGE_PERSON, allowed=False, about=person.reference)
    involvement = involvement_of(person, team, work, recorded_by=by.staff_id, now=now)
    refuse_impossible_work(work, team, now=now)
    _refuse_same(session, involvement)
    person.compared_at = None
    session.add_all([involvement, person])
    session.flush()
    record_work(session, Event.INVOLVEMENT_OPENED, person, involvement, team, by=by, now=now)
    return involvement


def involvement_of(person: Person, team: Team, work: TeamWork, *, recorded_by: int, now: datetime) -> Involvement:
    """The row of a team's work with a person, not saved."""
    return Involvement(
        person_id=saved_key(person),
        team_id=team.id or 0,
        relation=work.relation.value,
        case_system=" ".join(work.case_system.split()) if work.case_system else None,
        case_reference=" ".join(work.case_reference.split()) if work.case_reference else None,
        case_key=compact(work.case_reference) if work.case_reference else None,
        opened_on=work.opened_on,
        recorded_at=now,
        recorded_by=recorded_by,
    )


def refuse_impossible_work(new: TeamWork, team: Team, *, now: datetime) -> None:
    """Raises `ProblemError` for work that cannot be, whoever the person is."""
    if team.closed_at is not None and team.closed_at <= now:
        raise ProblemError("team", "This team is closed: choose the team that took over from it")
    if new.opened_on > london_day(now):
        raise ProblemError("opened_on", "The day it opened must be today or in the past")
    has_case = new.relation is not Relation.NO_CASE
    if has_case and not new.case_reference:
        raise ProblemError("case_reference", "Enter the reference in the case system")
    if has_case and not new.case_system:
        raise ProblemError("case_system", "Enter which case system the reference is from")
    if not has_case and (new.case_reference or new.case_system):
        raise ProblemError("case_reference", "Leave the reference empty where there is no case")


def _refuse_same(session: Session, new: Involvement, field: str = "case_reference") -> None:
    asked = {"person": new.person_id, "team": new.team_id, "case": new.case_key}
    same = session.exec(_systems_of_same(), params=asked)
    if any(compact(system or "") == compact(new.case_system or "") for system in same):
        raise ProblemError(field, "This team's work under this reference is on record as open already")


@cache
def _systems_of_same() -> SelectOfScalar[str | None]:
    return select(col(Involvement.case_system)).where(
        col(Involvement.person_id) == bindparam("person"),
        col(Involvement.team_id) == bindparam("team"),
        col(Involvement.case_key).is_not_distinct_from(bindparam("case")),
        col(Involvement.closed_on).is_(None),
    )


def record_work(
    session: Session,
    event: Event,
    person: Person,
    involvement: Involvement,
    team: Team,
    *,
    by: Actor | None,
    now: datetime,
    moved: str | None = None,
) -> None:
    """Records what became of a team's work with a person. `moved`: the reference of the involvement to or from which it moved."""
    facts: dict[str, str | None] = {
        "involvement": involvement.reference,
        "team": team.reference,
        "relation": involvement.relation,
        "opened_on": involvement.opened_on.isoformat(),
        "closed_on": involvement.closed_on.isoformat() if involvement.closed_on else None,
    }
    facts |= {"moved": moved} if moved else {}
    content = {"case_system": involvement.case_system, "case_reference": involvement.case_reference}
    people = [person.reference]
    record(session, event, at=now, by=by, people=people, about=person.reference, facts=facts, content=content)
