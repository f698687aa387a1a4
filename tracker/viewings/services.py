"""The use-case of this room alone: something seen without a search. Looks are started and reported in the room of checks,
which can say whether the permit is still live."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.selectors import get_person, standing_of
from tracker.people.services import require_reason
from tracker.policy.entitlement import Actor, may_work_on_person
from tracker.policy.periods import london_day
from tracker.staff.selectors import get_team
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key
from tracker.viewings.errors import SightingTimeError
from tracker.viewings.models import Sighting
from tracker.viewings.requests import NewSighting

SIGHTING = "SIG"


def record_sighting(session: Session, new: NewSighting, *, by: Actor, now: datetime) -> Sighting:
    """Records something that was brought, or come across without a search: kept and shown, not counted.

    Raises `NotAllowedError`, `NoSuchRecordError` for an unknown person or team, `SightingTimeError`.
    Source: policy.md, "An unplanned sighting".
    """
    person, team = get_person(session, new.person), get_team(session, new.team)
    standing = standing_of(session, saved_key(person), on=london_day(now))
    allowed = by.works_in(saved_key(team)) and may_work_on_person(by, standing)
    require(by, Permission.RECORD_SIGHTING, allowed=allowed, about=person.reference)
    require_reason(session, person, Permission.RECORD_SIGHTING, standing, by=by, now=now)
    if new.at > now:
        raise SightingTimeError("The time must be in the past.")
    sighting = Sighting(
        reference=new_reference(SIGHTING),
        person_id=saved_key(person),
        team_id=saved_key(team),
        kind=new.kind.value,
        platform=new.platform.value,
        at=new.at,
        brought_by=new.brought_by,
        what_for=new.what_for,
        evidence_place=new.evidence_place,
        recorded_at=now,
        recorded_by=by.staff_id,
    )
    session.add(sighting)
    session.flush()
    record(
        session,
        Event.SIGHTING_RECORDED,
        at=now,
        by=by,
        people=[person.reference],
        about=sighting.reference,
        facts={"kind": sighting.kind, "platform": sighting.platform, "team": team.reference},
        content={"brought_by": new.brought_by, "what_for": new.what_for, "evidence_place": new.evidence_place},
    )
    return sighting
