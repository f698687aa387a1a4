"""A manager asks Legal to seal a record: a case of Legal's, which sealing the record answers, or Legal's words why not.

Source: issue 5, "Sealed records"; ADR 0152.
"""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.people.groups import lock_everyone
from tracker.people.problems import ProblemError
from tracker.people.requests import AskedToSeal
from tracker.people.selectors import get_person
from tracker.people.services import require_person
from tracker.people.vocabulary import SEAL_KIND_WORDS
from tracker.policy.entitlement import Actor
from tracker.referrals.models import Referral
from tracker.referrals.selectors import find_seal_asked
from tracker.referrals.services import open_referral
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.review.requests import needed
from tracker.storage.tables import saved_key

SEALED_ALREADY = "This record is sealed already"
ASKED_ALREADY = "Legal has been asked to seal this record already"


def ask_to_seal(session: Session, asked: AskedToSeal, *, by: Actor, now: datetime) -> Referral:
    """Opens a case in Legal's queue: a record has one such case open at a time, whoever asked.

    Raises `NotAllowedError`, `NoSuchRecordError`, `PeopleBusyError`, or `ProblemError` where the record is sealed or that was asked.
    """
    person = get_person(session, asked.person)
    require_person(session, person, Permission.ASK_TO_SEAL, by=by, now=now)
    lock_everyone(session, [saved_key(person)])
    session.refresh(person)
    require_person(session, person, Permission.ASK_TO_SEAL, by=by, now=now)
    needed("why", asked.why, "Enter why the record should be sealed")
    if person.sealed:
        raise ProblemError("", SEALED_ALREADY)
    before = find_seal_asked(session, saved_key(person))
    if before is not None and before.place != ReferralPlace.CLOSED:
        raise ProblemError("", ASKED_ALREADY)
    case = open_referral(
        session,
        kind=ReferralKind.SEAL_ASKED,
        place=ReferralPlace.LEGAL,
        people=[person],
        check_id=None,
        about=None,
        why=f"{SEAL_KIND_WORDS[asked.kind]}. {asked.why.strip()}",
        urgent=False,
        by=by,
        now=now,
        asked_by=by.staff_id,
    )
    record(
        session,
        Event.SEAL_ASKED,
        at=now,
        by=by,
        people=[person.reference],
        about=person.reference,
        facts={"referral": case.reference},
        content={"kind": asked.kind.value, "why": asked.why},
    )
    return case
