"""Records that somebody says are in error, where it falls to this manager to say whether they are."""

from dataclasses import dataclass
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

RESTRICTED = "A restricted record"


@dataclass(frozen=True, slots=True)
class SaidInError:
    """One record said to be in error: which, by whom and since when, and whose it is unless the record is restricted."""

    reference: str
    what: str
    asked_by: str
    person: str
    since: datetime


def list_said_in_error(session: Session, managers: Managers, *, to: Actor, now: datetime) -> list[SaidInError]:
    """The corrections that wait for a manager and fall to `to`, the oldest first."""
    waiting = list_corrections_waiting(session, place=CorrectionPlace.MANAGER, by=to, now=now)
    return [_shown(session, one, to, now) for one in waiting if _falls_to(session, one, managers, to, now)]


def _falls_to(session: Session, correction: Correction, managers: Managers, to: Actor, now: datetime) -> bool:
    standing = find_record(session, CorrectionKind(correction.kind), correction.record, now=now).standing
    return managers.falls_to(
        to, standing, lambda one: may_answer_correction(one, standing, correction.asked_by, for_legal=False)
    )


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
