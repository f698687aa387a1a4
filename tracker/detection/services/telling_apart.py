"""Records that are not one person, as somebody who compared them says: remembered, so that it is not asked again and again."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.services.linking import SEALED
from tracker.people.doubts import is_in_doubt
from tracker.people.groups import lock_everyone
from tracker.people.likeness import compare
from tracker.people.models import NotSamePerson, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import RecordsToldApart
from tracker.people.resembling import known_of
from tracker.people.selectors import get_person, is_any_sealed
from tracker.people.services import require_person
from tracker.policy.entitlement import Actor, PersonStanding, Role
from tracker.staff.selectors import parent_teams
from tracker.storage.tables import saved_key

WHY_NOT = "Enter how you know that they are not the same person: they agree in what tells people apart"


def tell_apart(session: Session, told: RecordsToldApart, *, by: Actor, now: datetime) -> NotSamePerson:
    """Keeps that two records are not the same person, for whoever may open and work on both.

    Where they agree in what tells people apart that is not enough: it stays in doubt until a manager of a team that works with either,
    who neither said it nor put one of them on record, says so too. It stops nobody from linking them later, with a reason.
    Raises `NotAllowedError`, also for whoever says again what waits for somebody else's word, `PeopleBusyError`, or `ProblemError`
    where they count as one, one is sealed, this is on record, or it is not said how it is known. ADR 0177.
    """
    require(by, Permission.LINK_RECORDS, about=told.person)
    both = person, other = get_person(session, told.person), get_person(session, told.other)
    groups = lock_everyone(session, [saved_key(person), saved_key(other)])
    standings = [require_person(session, one, Permission.LINK_RECORDS, by=by, now=now) for one in both]
    if is_any_sealed(session, [saved_key(person), saved_key(other)]):
        raise ProblemError("", SEALED)
    if groups[saved_key(person)].members == groups[saved_key(other)].members:
        raise ProblemError("", "These records count as one person: undo the link instead")
    apart = _find(session, person, other)
    if apart is None:
        apart = _first_word(session, told, both, by=by, now=now)
        agrees = _may_agree(session, standings, by, apart_from={one.recorded_by for one in both})
    elif is_in_doubt(session, apart):
        agrees = _may_agree(session, standings, by, apart_from={apart.recorded_by})
        require(by, Permission.LINK_RECORDS, allowed=agrees, about=person.reference)
    else:
        raise ProblemError("", "It is on record already that they are not the same person")
    if apart.in_doubt and agrees:
        apart.agreed_at, apart.agreed_by = now, by.staff_id
    session.add(apart)
    session.flush()
    record(
        session,
        Event.RECORDS_TOLD_APART,
        at=now,
        by=by,
        people=[person.reference, other.reference],
        about=person.reference,
        facts={"of": sorted((person.reference, other.reference)), "in_doubt": apart.in_doubt and not agrees},
        content={"why": told.why},
    )
    return apart


def _find(session: Session, person: Person, other: Person) -> NotSamePerson | None:
    low, high = sorted((saved_key(person), saved_key(other)))
    same = select(NotSamePerson).where(NotSamePerson.person_id == low, NotSamePerson.other_id == high)
    return session.exec(same).first()


def _first_word(
    session: Session, told: RecordsToldApart, both: tuple[Person, Person], *, by: Actor, now: datetime
) -> NotSamePerson:
    low, high = sorted(map(saved_key, both))
    known = known_of(session, (low, high))
    in_doubt = compare(known[low], known[high]).leaves_doubt
    if in_doubt and not told.why:
        raise ProblemError("why_not", WHY_NOT)
    return NotSamePerson(
        person_id=low, other_id=high, why=told.why, in_doubt=in_doubt, recorded_at=now, recorded_by=by.staff_id
    )


def _may_agree(
    session: Session, standings: Collection[PersonStanding], by: Actor, *, apart_from: Collection[int]
) -> bool:
    """Whether somebody manages a team that works with either, or one above it, and is none of these members of staff (keys), nor stands
    in for one of them."""
    teams = {team for standing in standings for team in standing.teams}
    teams |= {above for team in teams for above in parent_teams(session, team)}
    return by.staff_id not in apart_from and any(
        one.role is Role.TEAM_MANAGER and one.team in teams and one.covers not in apart_from for one in by.holdings
    )
