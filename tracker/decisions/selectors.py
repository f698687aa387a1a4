"""Queries about checks, and whether a permit is live. Rows in a fixed order; nothing here decides who may see them."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.decisions.concerned import list_people_of as list_concerned
from tracker.decisions.concerned import standing_of_check, standings_of_checks
from tracker.decisions.gather import gather_facts, manager_approval
from tracker.decisions.liveness import Liveness, liveness_of
from tracker.decisions.models import Check
from tracker.decisions.parties import staff_concerned_with
from tracker.decisions.records import (
    find_closing,
    find_said_afterwards,
    get_check,
    latest_decision,
    list_cases,
    list_checks_about,
    list_checks_of,
    list_checks_to_report,
    list_conditions,
    list_decisions,
    list_looks_to_make,
    list_person_decisions,
)
from tracker.policy.entitlement import Actor
from tracker.storage.tables import saved_key
from tracker.viewings.models import CaseReport, Look, LookReport
from tracker.viewings.selectors import find_case_report_of, find_look_of
from tracker.viewings.selectors import find_report_of as _find_report_of
from tracker.viewings.vocabulary import LookResult

__all__ = [
    "Liveness",
    "PartsToShow",
    "find_case_report",
    "find_closing",
    "find_look",
    "find_look_report",
    "find_said_afterwards",
    "gather_facts",
    "get_check",
    "latest_decision",
    "list_cases",
    "list_checks_about",
    "list_checks_of",
    "list_checks_to_report",
    "list_concerned",
    "list_conditions",
    "list_decisions",
    "list_looks_to_make",
    "list_person_decisions",
    "liveness_of",
    "manager_approval",
    "parts_to_show",
    "staff_concerned_with",
    "standing_of_check",
    "standings_of_checks",
]


@dataclass(frozen=True, slots=True)
class PartsToShow:
    """Which of the two reports somebody may see: each sees only their own part until both are done."""

    look: bool
    case: bool


def find_look(session: Session, check: Check) -> Look | None:
    """The permit, or the late look, of a check."""
    return find_look_of(session, saved_key(check))


def find_look_report(session: Session, look: Look) -> LookReport | None:
    """What the viewer reported."""
    return _find_report_of(session, saved_key(look))


def find_case_report(session: Session, check: Check) -> CaseReport | None:
    """What the requester reported."""
    return find_case_report_of(session, saved_key(check))


def parts_to_show(session: Session, check: Check, *, to: Actor) -> PartsToShow:
    """Which reports `to`, who may open the check, may see of it. That nobody looked is not kept from anybody."""
    look, case = find_look(session, check), find_case_report(session, check)
    reported = look is not None and look.reported_at is not None
    both = reported and case is not None
    parties = {check.requester_id, check.viewer_id}
    if to.staff_id not in parties or len(parties) == 1 or (look is not None and look.result == LookResult.NOT_USED):
        return PartsToShow(look=reported, case=case is not None)
    is_viewer = to.staff_id == check.viewer_id
    return PartsToShow(look=reported and (is_viewer or both), case=case is not None and (not is_viewer or both))
