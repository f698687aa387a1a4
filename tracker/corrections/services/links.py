"""Undoing that two records are one person: by a manager where nothing leaves a count, otherwise only once Legal confirms."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.selectors import advice_as_facts, ripa_as_facts
from tracker.consent.selectors import consents_as_facts, notices_as_facts
from tracker.corrections.models import Correction
from tracker.corrections.records import find_record
from tracker.corrections.services.asking import enter_correction, refuse_what_is_struck
from tracker.corrections.striking import makes_something_laxer, strike
from tracker.corrections.vocabulary import CorrectionKind
from tracker.people.groups import PersonGroup, lock_everyone
from tracker.people.models import SamePersonLink
from tracker.people.requests import UnlinkedRecords
from tracker.people.selectors import get_person, get_person_by_id, get_same_person_link
from tracker.people.services import require_person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Conclusion, ConsentStatus
from tracker.referrals.selectors import holds_as_facts
from tracker.viewings.selectors import views_as_facts


def unlink_records(
    session: Session, unlinked: UnlinkedRecords, *, by: Actor, now: datetime
) -> SamePersonLink | Correction:
    """A manager undoes a link. Where a view, a refusal, an objection, a hold or an adverse word of Legal's would then no longer
    count for both, or a check that waits would come out less strict, it waits for Legal instead, and the correction is given.

    Raises `NotAllowedError`, `NoSuchRecordError`, `PeopleBusyError`, `AlreadyStruckError`. Source: policy.md, "Recorded in error";
    docs/decisions/0040.
    """
    require(by, Permission.UNLINK_RECORDS, about=unlinked.person)
    link = get_same_person_link(session, get_person(session, unlinked.person), unlinked.link)
    groups = lock_everyone(session, [link.person_id, link.other_id])
    for one in (link.person_id, link.other_id):
        require_person(session, get_person_by_id(session, one), Permission.UNLINK_RECORDS, by=by, now=now)
    session.refresh(link)
    found = find_record(session, CorrectionKind.SAME_PERSON_LINK, link.reference, now=now)
    refuse_what_is_struck(session, found)
    holds_something = any(_holds_something(session, group, now=now) for group in groups.values())
    if holds_something or makes_something_laxer(session, found, really_about=None, by=by, now=now):
        return enter_correction(session, found, why=unlinked.why.strip(), really_about=None, by=by, now=now)
    strike(session, found, why=unlinked.why.strip(), really_about=None, by=by, now=now)
    record(
        session,
        Event.RECORDS_UNLINKED,
        at=now,
        by=by,
        people={one.reference for group in groups.values() for one in group.records},
        about=get_person_by_id(session, link.person_id).reference,
        facts={"link": link.reference, "of": sorted(one.reference for one in found.people)},
        content={"why": unlinked.why},
    )
    return link


def _holds_something(session: Session, group: PersonGroup, *, now: datetime) -> bool:
    """Whether anything on these records makes a decision stricter, so that undoing a link could make one laxer."""
    members = group.members
    refused = (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)
    return bool(
        views_as_facts(session, members, recorded_by=now)
        or any(one.status in refused for one in consents_as_facts(session, members, recorded_by=now))
        or any(one.objected for one in notices_as_facts(session, members, recorded_by=now))
        or any(
            one.conclusion is not Conclusion.NOT_DIRECTED_SURVEILLANCE
            for one in advice_as_facts(session, members, recorded_by=now)
        )
        or ripa_as_facts(session, members, recorded_by=now, key_of=str)
        or any(one.released_at is None for one in holds_as_facts(session, members, recorded_by=now))
    )
