"""What waits and has nobody who may decide on it: asked before somebody is closed or a team is moved, so that it is never so."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.authorities.selectors.waiting import list_applications_waiting
from tracker.corrections.models import Correction
from tracker.corrections.records import find_record
from tracker.corrections.vocabulary import CorrectionKind, CorrectionPlace
from tracker.decisions.selectors import standings_of_checks
from tracker.policy.entitlement import (
    Actor,
    CheckStanding,
    Role,
    may_act_for_legal,
    may_answer_correction,
    may_decide_on_check,
)
from tracker.referrals.models import Referral
from tracker.referrals.vocabulary import ReferralPlace
from tracker.review.selectors.authorisations import may_answer
from tracker.review.selectors.falling import Managers
from tracker.review.selectors.parties import parties_of_referral
from tracker.review.selectors.queue import list_waiting
from tracker.staff.selectors import list_actors
from tracker.storage.tables import saved_key


def waits_for_nobody(session: Session, *, without: int | None = None, now: datetime) -> frozenset[str]:
    """References of the checks, corrections, cases and applications that wait, and that nobody who works here may decide on; not
    counting `without` (the key of a member of staff), nor whoever is on duty, since they go off duty."""
    managers = Managers.read(session, now=now).without(without)
    lawyers = [one for one in list_actors(session, role=Role.LEGAL_REVIEWER, now=now) if one.staff_id != without]
    officers = [one for one in list_actors(session, role=Role.AUTHORISING_OFFICER, now=now) if one.staff_id != without]
    found = {*_checks(session, managers, now), *_corrections(session, managers, lawyers, now)}
    cases = session.exec(select(Referral).where(Referral.place == ReferralPlace.LEGAL.value)).all()
    found |= {case.reference for case in cases if not _answered_by(session, case, lawyers)}
    applications = list_applications_waiting(session)
    return frozenset(found) | {
        one.reference for one in applications if not any(may_answer(session, one, by=officer) for officer in officers)
    }


def _checks(session: Session, managers: Managers, now: datetime) -> set[str]:
    checks = list_waiting(session, None, now=now)
    standings = standings_of_checks(session, checks, now=now)
    return {check.reference for check in checks if not _decided_by(managers, standings[saved_key(check)])}


def _decided_by(managers: Managers, standing: CheckStanding) -> bool:
    return managers.somebody_has(standing, lambda one: may_decide_on_check(one, standing))


def _corrections(session: Session, managers: Managers, lawyers: list[Actor], now: datetime) -> set[str]:
    waiting = session.exec(select(Correction).where(col(Correction.answered_at).is_(None))).all()
    return {one.reference for one in waiting if not _answerable(session, one, managers, lawyers, now)}


def _answerable(
    session: Session, correction: Correction, managers: Managers, lawyers: list[Actor], now: datetime
) -> bool:
    standing = find_record(session, CorrectionKind(correction.kind), correction.record, now=now).standing
    for_legal = correction.place == CorrectionPlace.LEGAL.value

    def _may(one: Actor) -> bool:
        return may_answer_correction(one, standing, correction.asked_by, for_legal=for_legal)

    return any(map(_may, lawyers)) if for_legal else managers.somebody_has(standing, _may)


def _answered_by(session: Session, case: Referral, lawyers: list[Actor]) -> bool:
    parties = parties_of_referral(session, case)
    return any(may_act_for_legal(one, parties) for one in lawyers)
