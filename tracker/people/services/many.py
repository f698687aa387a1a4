"""Many people put on record at once, from a file. Each gets what `add_person` would give them, its entries in the trail too."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.models import Involvement, Person, PersonName, PersonNameKey, Profile
from tracker.people.naming import searchable_words
from tracker.people.profiles import read_profile
from tracker.people.requests import Details, NewPerson
from tracker.people.selectors import PERSON
from tracker.people.services.agreeing import note_agreements
from tracker.people.services.involvements import involvement_of, record_work, refuse_impossible_work
from tracker.people.services.profiles import record_profile
from tracker.people.services.records import in_words, put_details, refuse_impossible
from tracker.people.sounds import keys_of_name
from tracker.policy.entitlement import Actor
from tracker.policy.periods import london_day
from tracker.staff.models import Team
from tracker.storage.references import new_reference
from tracker.storage.tables import Table, saved_key

_NAMES = Table.metadata.tables[str(PersonName.__tablename__)]
_ADD_NAMES = insert(_NAMES).returning(_NAMES.c.id, sort_by_parameter_order=True)
_ADD_KEYS = insert(Table.metadata.tables[str(PersonNameKey.__tablename__)])


def refuse_impossible_person(new: NewPerson, team: Team, *, now: datetime) -> None:
    """Raises `ProblemError` for a person, work or profile that `add_people` would not take."""
    refuse_impossible(new.details, today=london_day(now))
    refuse_impossible_work(new.involvement, team, now=now)
    if new.profile is not None:
        read_profile(new.profile)


def add_people(
    session: Session,
    new: Sequence[NewPerson],
    *,
    teams: Mapping[str, Team],
    answering: int,
    by: Actor | None,
    now: datetime,
) -> list[Person]:
    """Adds a record for each, with the involvement of its team (`teams`, by reference) and its profile where one is known.

    `by` None is the operator's command line; `answering` is the key of the member of staff who answers for the records then, and the
    actor's own otherwise. Raises `NotAllowedError` for a team that the actor does not work in, `ProblemError` for what cannot be.
    """
    works_in = [team.id for one in new if (team := teams[one.involvement.team]).id is not None]
    if by is not None:
        require(by, Permission.ADD_PERSON, allowed=answering == by.staff_id and all(map(by.works_in, works_in)))
    people: list[Person] = []
    for one in new:
        refuse_impossible_person(one, teams[one.involvement.team], now=now)
        person = Person(reference=new_reference(PERSON), recorded_at=now, recorded_by=answering)
        put_details(person, one.details, today=london_day(now))
        people.append(person)
    session.add_all(people)
    session.flush()
    _name(session, people, [one.details for one in new], now=now)
    works = [
        involvement_of(person, teams[one.involvement.team], one.involvement, recorded_by=answering, now=now)
        for person, one in zip(people, new, strict=True)
    ]
    session.add_all(works)
    profiles = {id(one): _profile(person, one, answering, now) for person, one in zip(people, new, strict=True)}
    session.add_all(profile for profile in profiles.values() if profile is not None)
    session.flush()
    for person, one, work in zip(people, new, works, strict=True):
        _record(session, person, one, work, teams[one.involvement.team], profiles[id(one)], by=by, now=now)
    note_agreements(session, people, by=by, now=now)
    return people


def _record(
    session: Session,
    person: Person,
    new: NewPerson,
    work: Involvement,
    team: Team,
    profile: Profile | None,
    *,
    by: Actor | None,
    now: datetime,
) -> None:
    facts: dict[str, Any] = {"unborn": person.unborn, "named": person.name is not None, "somebody_else": []}
    people, content = [person.reference], in_words(new.details)
    about = person.reference
    record(session, Event.PERSON_ADDED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    record_work(session, Event.INVOLVEMENT_OPENED, person, work, team, by=by, now=now)
    if profile is not None:
        record_profile(session, person, profile, by=by, now=now)


def _profile(person: Person, new: NewPerson, answering: int, now: datetime) -> Profile | None:
    if new.profile is None:
        return None
    platform, handle, address = read_profile(new.profile)
    return Profile(
        person_id=saved_key(person),
        platform=platform.value,
        handle=handle,
        address=address,
        recorded_at=now,
        recorded_by=answering,
    )


def _name(session: Session, people: Sequence[Person], details: Sequence[Details], *, now: datetime) -> None:
    rows = [
        {"person_id": saved_key(person), "name": name, "searchable": searchable_words(name), "recorded_at": now}
        for person, one in zip(people, details, strict=True)
        for name in sorted({name for name in (one.name, one.known_by, *one.other_names) if name})
    ]
    connection = session.connection()
    ids = connection.execute(_ADD_NAMES, rows).scalars() if rows else ()
    named = zip(ids, rows, strict=True)
    keys = [{"sound": sound, "name_id": one} for one, row in named for sound in sorted(keys_of_name(str(row["name"])))]
    if keys:
        connection.execute(_ADD_KEYS, keys)
