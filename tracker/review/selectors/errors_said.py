"""Records that somebody says are in error, where it falls to this manager to say whether they are."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from tracker.corrections.models import Correction
from tracker.corrections.records import find_record
from tracker.corrections.selectors import list_corrections_waiting
from tracker.corrections.vocabulary import KIND_WORDS, CorrectionKind, CorrectionPlace
from tracker.people.selectors import get_person_by_id, standing_of
from tracker.policy.entitlement import Actor, may_answer_correction, may_open_person
from tracker.policy.periods import london_day
from tracker.review.selectors.falling import Managers
from tracker.staff.selectors import get_staff_by_id
from tracker.staff.standing_in import names_of

RESTRICTED = "A restricted record"


@dataclass(frozen=True, slots=True)
class SaidInError:
    """One record said to be in error: which, by whom and since when, and whose it is unless the record is restricted.

    `for_whom`: in whose place the manager has it, where not by a role of their own.
    """

    reference: str
    what: str
    asked_by: str
    person: str
    since: datetime
    for_whom: str = ""


def list_said_in_error(session: Session, managers: Managers, *, to: Actor, now: datetime) -> list[SaidInError]:
    """The corrections that wait for a manager and fall to `to`, the oldest first."""
    waiting = list_corrections_waiting(session, place=CorrectionPlace.MANAGER, by=to, now=now)
    found = (_falling_to(session, one, managers, to, now) for one in waiting)
    return [one for one in found if one is not None]


def _falling_to(
    session: Session, correction: Correction, managers: Managers, to: Actor, now: datetime
) -> SaidInError | None:
    standing = find_record(session, CorrectionKind(correction.kind), correction.record, now=now).standing

    def _may(one: Actor) -> bool:
        return may_answer_correction(one, standing, correction.asked_by, for_legal=False)

    if not managers.falls_to(to, standing, _may):
        return None
    place_of = managers.for_whom(to, standing, _may)
    return replace(_shown(session, correction, to, now), for_whom=names_of(to, place_of))


def _shown(session: Session, correction: Correction, to: Actor, now: datetime) -> SaidInError:
    may_open = may_open_person(to, standing_of(session, correction.person_id, on=london_day(now)))
    person = get_person_by_id(session, correction.person_id)
    return SaidInError(
        reference=correction.reference,
        what=KIND_WORDS[CorrectionKind(correction.kind)],
        asked_by=get_staff_by_id(session, correction.asked_by).name,
        person=(person.name or person.known_by or "") if may_open else RESTRICTED,
        since=correction.asked_at,
    )
