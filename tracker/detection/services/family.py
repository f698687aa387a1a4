"""How people belong together: family, household, friends and associates; and what the looks at them make together."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from tracker.access.permissions import Permission
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.services.detecting import detect
from tracker.detection.services.linking import SEALED
from tracker.people.models import FamilyLink, Person
from tracker.people.networks import lock_networks, networks_of
from tracker.people.problems import ProblemError
from tracker.people.requests import EndedFamilyLink, NewFamilyLink
from tracker.people.selectors import get_family_link, get_person, get_person_by_id, is_any_sealed
from tracker.people.services import require_person
from tracker.people.vocabulary import MIRRORED, FamilyLinkKind
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key


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
    """Ends a family or household link; the actor may open both records.

    Raises `NotAllowedError`, `NoSuchRecordError`, or `ProblemError` where it has ended already.
    """
    person = get_person(session, ended.person)
    require_person(session, person, Permission.CHANGE_PERSON, by=by, now=now)
    link = get_family_link(session, person, ended.link)
    both = (get_person_by_id(session, link.person_id), get_person_by_id(session, link.other_id))
    for one in both:
        require_person(session, one, Permission.CHANGE_PERSON, by=by, now=now)
    session.refresh(link, with_for_update=True)
    if link.ended_at is not None:
        raise ProblemError("", "This has been ended already")
    link.ended_at, link.ended_by = now, by.staff_id
    session.add(link)
    session.flush()
    _record(session, Event.FAMILY_LINK_ENDED, link, both, by=by, now=now)
    return link


def _find_standing(session: Session, person_id: int, other_id: int, kind: FamilyLinkKind) -> FamilyLink | None:
    """The link that says the same already, from whichever of the two pages it was made."""
    told = (FamilyLink.person_id == other_id) & (FamilyLink.other_id == person_id) & (FamilyLink.kind == kind.value)
    mirrored = MIRRORED.get(kind, kind).value
    turned = (FamilyLink.person_id == person_id) & (FamilyLink.other_id == other_id) & (FamilyLink.kind == mirrored)
    return session.exec(select(FamilyLink).where(or_(told, turned), col(FamilyLink.ended_at).is_(None))).first()


def _record(
    session: Session, event: Event, link: FamilyLink, both: tuple[Person, Person], *, by: Actor, now: datetime
) -> None:
    facts = {"link": link.reference, "kind": link.kind, "of": [one.reference for one in both]}
    people = [one.reference for one in both]
    record(session, event, at=now, by=by, people=people, about=people[0], facts=facts)
