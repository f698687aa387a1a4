"""Profiles of a person, in the one form by which two spellings are one. Nothing is fetched."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.access.permissions import Permission
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.groups import lock_everyone
from tracker.people.models import Person, Profile
from tracker.people.problems import ProblemError
from tracker.people.profiles import read_profile
from tracker.people.requests import NewProfile, TypedProfile
from tracker.people.selectors import get_person
from tracker.people.services.agreeing import note_agreements
from tracker.people.services.opening import require_person
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key


def add_profile(session: Session, new: NewProfile, *, by: Actor, now: datetime) -> Profile:
    """Puts a profile on a person's record; it counts in every check from then.

    Raises `NotAllowedError`, or `ProblemError` where the address cannot be read or is on this record already.
    """
    person = get_person(session, new.person)
    require_person(session, person, Permission.CHANGE_PERSON, by=by, now=now)
    lock_everyone(session, [saved_key(person)])
    profile = put_profile(session, person, new.profile, by=by, now=now)
    note_agreements(session, [person], by=by, now=now)
    return profile


def put_profile(session: Session, person: Person, typed: TypedProfile, *, by: Actor, now: datetime) -> Profile:
    """The part of a use-case that puts a profile on record; the caller has asked whether the actor may. Raises `ProblemError`."""
    platform, handle, address = read_profile(typed)
    same = select(Profile.id).where(
        Profile.person_id == saved_key(person),
        Profile.platform == platform.value,
        Profile.handle == handle,
        col(Profile.struck_at).is_(None),
    )
    if session.exec(same).first() is not None:
        raise ProblemError("address", "This profile is on the record already")
    profile = Profile(
        person_id=saved_key(person),
        platform=platform.value,
        handle=handle,
        address=address,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    person.compared_at = None
    session.add_all([profile, person])
    session.flush()
    record_profile(session, person, profile, by=by, now=now)
    return profile


def record_profile(session: Session, person: Person, profile: Profile, *, by: Actor | None, now: datetime) -> None:
    """Records that a profile was put on record."""
    record(
        session,
        Event.PROFILE_ADDED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"profile": profile.reference, "platform": profile.platform},
        content={"handle": profile.handle, "address": profile.address},
    )
