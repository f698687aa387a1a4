"""How people belong together: family, household, friends and associates; and what the looks at them make together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.services.detecting import detect
from tracker.detection.services.linking import SEALED
from tracker.people.models import FamilyLink, Person
from tracker.people.networks import lock_networks, networks_of
from tracker.people.problems import ProblemError
from tracker.people.requests import EndedFamilyLink, NewFamilyLink
from tracker.people.selectors import get_family_link, get_person, get_person_by_id, is_any_sealed, standings_of
from tracker.people.services import require_person
from tracker.people.vocabulary import MIRRORED, FamilyLinkKind
from tracker.policy.entitlement import Actor, PersonStanding, may_work_on_person
from tracker.policy.periods import london_day
from tracker.storage.tables import saved_key
from tracker.tasks.models import Task
from tracker.tasks.services import end_task, raise_task
from tracker.tasks.vocabulary import TaskKind, WaitsFor
from tracker.web.dates import day_in_words


def add_family_link(session: Session, new: NewFamilyLink, *, by: Actor, now: datetime) -> FamilyLink:
    """Records what `other` is to `person`; the actor may open both. What the looks at both networks make together is looked for
    at once, and a hold may follow.

    Raises `NotAllowedError`, or `ProblemError` where they are one record, one is sealed, or this is on record already.
    """
    person, other = get_person(session, new.person), get_person(session, new.other)
    for one in (person, other):
        require_person(session, one, Permission.CHANGE_PERSON, by=by, now=now)
    if person.id == other.id:
        raise ProblemError("other", "Choose somebody else: this is the same record")
    lock_networks(session, [saved_key(person), saved_key(other)])
    if is_any_sealed(session, [saved_key(person), saved_key(other)]):
        raise ProblemError("other", SEALED)
    if _find_standing(session, saved_key(person), saved_key(other), new.kind) is not None:
        raise ProblemError("kind", "This is on record already")
    link = FamilyLink(
        person_id=saved_key(other),
        other_id=saved_key(person),
        kind=new.kind.value,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(link)
    session.flush()
    _record(session, Event.FAMILY_LINK_ADDED, link, (person, other), by=by, now=now)
    detect(session, networks_of(session, [saved_key(person), saved_key(other)]).everyone(), now=now)
    return link


def end_family_link(session: Session, ended: EndedFamilyLink, *, by: Actor, now: datetime) -> FamilyLink:
    """Ends a family or household link, with how that is known; the actor may open both records, and works in a team that works with
    either, or comes on duty. It takes looks out of a network, so the managers of all those teams are given a task.

    Takes the locks of both networks. Raises `NotAllowedError`, `NoSuchRecordError`, `PeopleBusyError`, or `ProblemError` where it has
    ended already or it is not said how that is known. ADR 0177.
    """
    person = get_person(session, ended.person)
    require_person(session, person, Permission.CHANGE_PERSON, by=by, now=now)
    link = get_family_link(session, person, ended.link)
    lock_networks(session, [link.person_id, link.other_id])
    both = (get_person_by_id(session, link.person_id), get_person_by_id(session, link.other_id))
    standings = [require_person(session, one, Permission.CHANGE_PERSON, by=by, now=now) for one in both]
    allowed = may_end_family_link(session, link, by=by, now=now)
    require(by, Permission.CHANGE_PERSON, allowed=allowed, about=person.reference)
    if not ended.why.strip():
        raise ProblemError("why", "Enter how you know")
    session.refresh(link, with_for_update=True)
    if link.ended_at is not None:
        raise ProblemError("", "This has been ended already")
    link.ended_at, link.ended_by, link.ended_why = now, by.staff_id, ended.why.strip()
    session.add(link)
    session.flush()
    teams = {team for standing in standings for team in standing.teams} or by.duty_teams
    worked_with = list(zip(both, standings, strict=True))
    tasks = [_tell_managers(session, link, worked_with, team, by=by, now=now) for team in sorted(teams)]
    told = sorted(task.reference for task in tasks)
    _record(session, Event.FAMILY_LINK_ENDED, link, both, by=by, now=now, more={"tasks": told}, why=ended.why.strip())
    return link


def may_end_family_link(session: Session, link: FamilyLink, *, by: Actor, now: datetime) -> bool:
    """Whether somebody may work on both records, and works in a team that works with one of the two now or is on duty, for anybody."""
    standings = standings_of(session, (link.person_id, link.other_id), on=london_day(now)).values()
    if not all(may_work_on_person(by, one) for one in standings):
        return False
    return bool(by.duty_teams) or any(by.works_in(team) for one in standings for team in one.teams)


def end_tasks_across_seal(session: Session, person: Person, *, now: datetime) -> None:
    """Ends the open tasks that tell of an ended family or household link of a record that is now sealed: nobody is told any more that
    there was one. The caller holds the locks of the person, and has recorded nothing yet. ADR 0152, 0177."""
    key = saved_key(person)
    mine = or_(FamilyLink.person_id == key, FamilyLink.other_id == key)
    theirs = col(Task.record).in_(select(FamilyLink.reference).where(mine))
    of_this_kind = (Task.kind == TaskKind.FAMILY_LINK_ENDED.value, col(Task.done_at).is_(None))
    tasks = session.exec(select(Task).where(*of_this_kind, theirs).order_by(col(Task.id)).with_for_update()).all()
    for task in tasks:
        end_task(session, task, now=now)


def _tell_managers(
    session: Session,
    link: FamilyLink,
    both: Sequence[tuple[Person, PersonStanding]],
    team: int,
    *,
    by: Actor,
    now: datetime,
) -> Task:
    """A task for the managers of a team, which never waits for whoever ended the link. Its words name neither of the two, since those
    managers may open one and not the other: it leads to the one with whom their team works."""
    theirs, _ = min(both, key=lambda one: (team not in one[1].teams, one[1].restricted))
    return raise_task(
        session,
        kind=TaskKind.FAMILY_LINK_ENDED,
        key=f"{TaskKind.FAMILY_LINK_ENDED.value}:{link.reference}:{team}",
        record=link.reference,
        what=f"The family or household link {link.reference} was ended on {day_in_words(now)}. Looks at one of the two no longer count "
        "in the network of the other. If that is wrong, record it again.",
        waits_for=WaitsFor.MANAGERS,
        team_id=team,
        person_id=saved_key(theirs),
        about_id=by.staff_id,
        now=now,
    )


def _find_standing(session: Session, person_id: int, other_id: int, kind: FamilyLinkKind) -> FamilyLink | None:
    """The link that says the same already, from whichever of the two pages it was made."""
    told = (FamilyLink.person_id == other_id) & (FamilyLink.other_id == person_id) & (FamilyLink.kind == kind.value)
    mirrored = MIRRORED.get(kind, kind).value
    turned = (FamilyLink.person_id == person_id) & (FamilyLink.other_id == other_id) & (FamilyLink.kind == mirrored)
    return session.exec(select(FamilyLink).where(or_(told, turned), col(FamilyLink.ended_at).is_(None))).first()


def _record(
    session: Session,
    event: Event,
    link: FamilyLink,
    both: tuple[Person, Person],
    *,
    by: Actor,
    now: datetime,
    more: dict[str, Any] | None = None,
    why: str | None = None,
) -> None:
    people = [one.reference for one in both]
    facts = {"link": link.reference, "kind": link.kind, "of": people} | (more or {})
    content = {"why": why} if why else None
    record(session, event, at=now, by=by, people=people, about=people[0], facts=facts, content=content)
