"""Records that are one person: linked with a reason. While a link stands the records count as one; undoing it is for `corrections`.

What the looks at both make together is looked for in the same transaction.
"""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.models import PatternFinding
from tracker.detection.selectors import across_a_seal
from tracker.detection.services.detecting import detect
from tracker.people.groups import PersonGroup
from tracker.people.models import SamePersonLink
from tracker.people.networks import lock_networks, networks_of
from tracker.people.problems import ProblemError
from tracker.people.requests import LinkedRecords
from tracker.people.selectors import get_person
from tracker.people.services import require_person
from tracker.policy.entitlement import Actor
from tracker.policy.patterns import Effect
from tracker.storage.session import undone
from tracker.storage.tables import saved_key

SEALED = "Ask Legal before you link these records"
"""Said of a sealed record, and nothing more: whoever may open it may not learn from it what it is the same as."""


def link_records(session: Session, linked: LinkedRecords, *, by: Actor, now: datetime) -> SamePersonLink:
    """Makes two records, and all that are linked to either, count as one person from now on. Nothing that was decided is decided
    again; what the looks at both make together is looked for at once, and a hold may follow.

    Takes the locks of everyone in both networks. Raises `NotAllowedError`, `PeopleBusyError`, or `ProblemError` where they
    count as one already or one is sealed. Source: issue 4, section 1; policy.md, "Linked records are one person".
    """
    require(by, Permission.LINK_RECORDS, about=linked.person)
    person, other = get_person(session, linked.person), get_person(session, linked.other)
    groups = lock_networks(session, [saved_key(person), saved_key(other)])
    for one in (person, other):
        require_person(session, one, Permission.LINK_RECORDS, by=by, now=now)
    mine, theirs = groups[saved_key(person)], groups[saved_key(other)]
    if mine.members == theirs.members:
        raise ProblemError("other", "These records count as one person already")
    if any(one.sealed for one in (*mine.records, *theirs.records)):
        raise ProblemError("other", SEALED)
    low, high = sorted((saved_key(person), saved_key(other)))
    link = SamePersonLink(person_id=low, other_id=high, why=linked.why, recorded_at=now, made_by=by.staff_id)
    session.add(link)
    session.flush()
    record(
        session,
        Event.RECORDS_LINKED,
        at=now,
        by=by,
        people=_references(mine, theirs),
        about=person.reference,
        facts={"link": link.reference, "of": sorted((person.reference, other.reference))},
        content={"why": linked.why},
    )
    detect(session, networks_of(session, [saved_key(person)]).everyone(), now=now)
    return link


def foresee_link(session: Session, linked: LinkedRecords, *, by: Actor, now: datetime) -> frozenset[Effect]:
    """What would follow from linking the records: it is done and undone (ADR 0070), so it needs a session that may write.

    Raises as `link_records` does.
    """
    before = _last_finding(session)
    with undone(session):
        link_records(session, linked, by=by, now=now)
        new = select(PatternFinding.effect).where(col(PatternFinding.id) > before, ~across_a_seal())
        found = session.exec(new).all()
    return frozenset(Effect(one) for one in found)


def _last_finding(session: Session) -> int:
    return session.exec(select(func.max(PatternFinding.id))).one() or 0


def _references(*groups: PersonGroup) -> set[str]:
    return {one.reference for group in groups for one in group.records}
