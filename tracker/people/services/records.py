"""A person's record: added with the team that asks, and changed. An unborn child's record becomes the child's."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.ages import is_under_18
from tracker.people.births import Birth, is_worth_keeping
from tracker.people.earlier import birth_of
from tracker.people.groups import lock_everyone
from tracker.people.models import Person, PersonBirthEarlier, PersonName, PersonNameKey
from tracker.people.naming import searchable_words
from tracker.people.problems import ProblemError
from tracker.people.requests import ChangedPerson, Details, NewPerson
from tracker.people.selectors import PERSON, details_of, get_person, standing_of
from tracker.people.services.agreeing import note_agreements, tell_new_apart
from tracker.people.services.duty import note_opening
from tracker.people.services.involvements import open_involvement
from tracker.people.services.opening import require_person
from tracker.people.services.profiles import put_profile
from tracker.people.sounds import keys_of_name
from tracker.policy.entitlement import Actor, comes_on_duty
from tracker.policy.periods import london_day
from tracker.storage.references import new_reference
from tracker.storage.tables import next_version, saved_key
from tracker.web.text import MIXED_ALPHABETS, mixes_alphabets

OLDEST = 120  # years
MOST_OTHER_NAMES = 10
PUT_ON_RECORD = "They were put on record on duty."


def add_person(session: Session, new: NewPerson, *, by: Actor, now: datetime, why: str = PUT_ON_RECORD) -> Person:
    """Adds a record, with the involvement of the team that asks. `why`: what is kept as the reason of who adds it on duty.

    Raises `NotAllowedError` for a team that the actor does not work in, `ProblemError` for details that cannot be, and where somebody
    else is said to be who agrees with them in what tells people apart, and not how that is known.
    """
    require(by, Permission.ADD_PERSON)
    refuse_impossible(new.details, today=london_day(now))
    person = Person(reference=new_reference(PERSON), recorded_at=now, recorded_by=by.staff_id)
    put_details(person, new.details, today=london_day(now))
    session.add(person)
    session.flush()
    _add_names(session, person, _names_in(new.details), now=now)
    record(
        session,
        Event.PERSON_ADDED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"unborn": person.unborn, "named": person.name is not None, "somebody_else": list(new.somebody_else)},
        content=in_words(new.details),
    )
    open_involvement(session, person, new.involvement, by=by, now=now)
    if new.profile is not None:
        put_profile(session, person, new.profile, by=by, now=now)
    if new.compared:
        tell_new_apart(session, person, new, by=by, now=now)
    note_agreements(session, [person], by=by, now=now)
    if by.duty_teams and comes_on_duty(by, standing_of(session, saved_key(person), on=london_day(now))):
        note_opening(session, person, why, by=by, now=now)
    return person


def change_person(session: Session, changed: ChangedPerson, *, by: Actor, now: datetime) -> Person:
    """Puts new details in place of those that the page showed; by a name or a birth of before the person is still found.

    Raises `NotAllowedError`, `StaleVersionError` where somebody else changed them meanwhile, `ProblemError`, also where
    somebody would not count as a child any more, whose first look a manager approves, and it is not said how that is known.
    """
    person = get_person(session, changed.person)
    require_person(session, person, Permission.CHANGE_PERSON, by=by, now=now)
    lock_everyone(session, [saved_key(person)])
    next_version(session, person, changed.version)
    refuse_impossible(changed.details, today=london_day(now))
    if changed.details.unborn and not person.unborn:
        raise ProblemError("unborn", "A person who has been recorded as born cannot be recorded as not yet born")
    before, after = in_words(details_of(session, person)), in_words(changed.details)
    counted_as_child, born_before = is_under_18(person, at=now) is not False, birth_of(person)
    put_details(person, changed.details, today=london_day(now))
    grown_up = counted_as_child and is_under_18(person, at=now) is False
    how_known = changed.how_age_is_known.strip()
    if grown_up and not how_known:
        raise ProblemError("how_age_is_known", "Enter how it is known that they are 18 or over")
    session.add(person)
    _name(session, person, changed.details, now=now)
    _keep_birth(session, person, born_before, now=now)
    names = sorted(name for name in before if before[name] != after[name])
    record(
        session,
        Event.PERSON_GROWN_UP if grown_up else Event.PERSON_CHANGED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"changed": names, "version": person.version},
        content={
            "before": {name: before[name] for name in names},
            "after": {name: after[name] for name in names},
            "how_age_is_known": how_known,
        },
    )
    note_agreements(session, [person], by=by, now=now)
    return person


def put_details(person: Person, details: Details, *, today: date) -> None:
    """Puts who somebody is on their row, which is to be compared with all others again."""
    if details.approximate_age is None:
        person.approximate_age_on = None
    elif details.approximate_age != person.approximate_age:
        person.approximate_age_on = today
    person.name, person.known_by = details.name, details.known_by
    person.date_of_birth, person.approximate_age = details.date_of_birth, details.approximate_age
    person.unborn, person.expected_on = details.unborn, details.expected_on
    person.compared_at = None


def _name(session: Session, person: Person, details: Details, *, now: datetime) -> None:
    """Marks of the names on record those that are the person's no longer, and adds what is missing; one that is given again is theirs
    again."""
    wanted = _names_in(details)
    rows = session.exec(select(PersonName).where(col(PersonName.person_id) == person.id)).all()
    for row in rows:
        row.until = None if row.name in wanted else row.until or now
    session.add_all(rows)
    _add_names(session, person, wanted - {row.name for row in rows}, now=now)


def _keep_birth(session: Session, person: Person, before: Birth, *, now: datetime) -> None:
    """Keeps what the record said of the person's birth before it was changed; what it says again is no earlier one."""
    after = birth_of(person)
    rows = session.exec(select(PersonBirthEarlier).where(col(PersonBirthEarlier.person_id) == person.id)).all()
    kept = {birth_of(row): row for row in rows}
    if after in kept:
        kept[after].until = None
    if is_worth_keeping(before, after):
        row = kept.get(before) or _earlier(person, before, now=now)
        row.until = now
        kept[before] = row
    session.add_all(kept.values())
    session.flush()


def _earlier(person: Person, birth: Birth, *, now: datetime) -> PersonBirthEarlier:
    return PersonBirthEarlier(
        person_id=saved_key(person),
        date_of_birth=birth.day,
        approximate_age=birth.age,
        approximate_age_on=birth.age_on,
        unborn=birth.unborn,
        expected_on=birth.expected_on,
        recorded_at=now,
    )


def _names_in(details: Details) -> set[str]:
    return {name for name in (details.name, details.known_by, *details.other_names) if name}


def _add_names(session: Session, person: Person, names: Iterable[str], *, now: datetime) -> None:
    rows = [
        PersonName(person_id=saved_key(person), name=name, searchable=searchable_words(name), recorded_at=now)
        for name in sorted(names)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        PersonNameKey(sound=sound, name_id=saved_key(row)) for row in rows for sound in keys_of_name(row.name)
    )
    session.flush()


def refuse_impossible(details: Details, *, today: date) -> None:
    """Raises `ProblemError` for details that cannot be."""
    born, age = details.date_of_birth, details.approximate_age
    if not (details.name or details.known_by):
        raise ProblemError("name", "Enter a name, or the handle that the person is known by")
    for field, subject, names in (
        ("name", "Name", [details.name]),
        ("known_by", "The handle", [details.known_by]),
        ("other_names", "Other names", details.other_names),
    ):
        if any(name and mixes_alphabets(name) for name in names):
            raise ProblemError(field, f"{subject} {MIXED_ALPHABETS}")
    if len(details.other_names) > MOST_OTHER_NAMES:
        raise ProblemError("other_names", f"Other names must be {MOST_OTHER_NAMES} or fewer")
    if born is not None and born > today:
        raise ProblemError("date_of_birth", "Date of birth must be today or in the past")
    if born is not None and born.year < today.year - OLDEST:
        raise ProblemError("date_of_birth", f"Date of birth must be in the last {OLDEST} years")
    if age is not None and not 0 <= age <= OLDEST:
        raise ProblemError("approximate_age", f"Approximate age must be between 0 and {OLDEST}")
    if age is not None and (born is not None or details.unborn):
        raise ProblemError("approximate_age", "Enter an approximate age only where the date of birth is not known")
    if details.unborn and born is not None:
        raise ProblemError("date_of_birth", "A child who is not born yet has no date of birth")
    if details.expected_on is not None and not details.unborn:
        raise ProblemError("expected_on", "Enter when the birth is expected only for a child who is not born yet")


def in_words(details: Details) -> dict[str, Any]:
    """The details as the trail keeps them, beside the entry: they are what may have to be erased."""
    values = {one.name: getattr(details, one.name) for one in fields(details)}
    return {name: _as_json(value) for name, value in values.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, tuple) else value
