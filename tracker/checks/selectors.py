"""Queries about checks, and whether a permit is live. Rows in a fixed order; nothing here decides who may see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.checks.models import Check, CheckDecision, PersonDecision
from tracker.people.models import Person
from tracker.policy.entitlement import Actor, CheckStanding
from tracker.viewings.models import CaseReport, Look, LookReport


@dataclass(frozen=True, slots=True)
class Liveness:
    """Whether a permit may be used now. Where not: since when, and why, in sentences. `ends_at`: when it ends at the latest."""

    live: bool
    since: datetime | None
    why: tuple[str, ...]
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class PartsToShow:
    """Which of the two reports somebody may see: each sees only their own part until both are done."""

    look: bool
    case: bool


def get_check(session: Session, reference: str) -> Check:
    """The check with that reference. Raises `NoSuchRecordError`."""
    raise NotImplementedError


def standing_of_check(session: Session, check: Check, *, now: datetime) -> CheckStanding:
    """What entitlement may see of a check: the strictest of the records of everyone it concerns."""
    raise NotImplementedError


def liveness_of(session: Session, check: Check, *, now: datetime) -> Liveness:
    """Whether the check's permit is live at `now`: derived, never stored. Not live where there is no permit."""
    raise NotImplementedError


def list_concerned(session: Session, check: Check) -> list[Person]:
    """Everyone the check concerns, the person whose page it is first."""
    raise NotImplementedError


def list_decisions(session: Session, check: Check) -> list[CheckDecision]:
    """Every decision on the check, the first first."""
    raise NotImplementedError


def latest_decision(session: Session, check: Check) -> CheckDecision:
    """The decision that governs: the latest, and for a late entry the one on what was recorded before the look."""
    raise NotImplementedError


def list_person_decisions(session: Session, decision: CheckDecision) -> list[PersonDecision]:
    """The decision for each person concerned (`answer` is the whole answer as JSON), the person whose page it is first."""
    raise NotImplementedError


def find_look(session: Session, check: Check) -> Look | None:
    """The permit, or the late look, of a check."""
    raise NotImplementedError


def find_look_report(session: Session, look: Look) -> LookReport | None:
    """What the viewer reported."""
    raise NotImplementedError


def find_case_report(session: Session, check: Check) -> CaseReport | None:
    """What the requester reported."""
    raise NotImplementedError


def parts_to_show(session: Session, check: Check, *, to: Actor) -> PartsToShow:
    """Which reports `to`, who may open the check, may see of it."""
    raise NotImplementedError


def list_checks_of(session: Session, *, staff_id: int) -> list[Check]:
    """The checks that somebody asked for, newest first."""
    raise NotImplementedError


def list_looks_to_make(session: Session, *, staff_id: int) -> list[Check]:
    """The checks with a permit or a late look that somebody is named to look for and has not reported, oldest permit first."""
    raise NotImplementedError


def list_checks_to_report(session: Session, *, staff_id: int) -> list[Check]:
    """The checks that somebody asked for whose look was made and whose meaning for the case is not reported, oldest first."""
    raise NotImplementedError


def list_checks_about(session: Session, members: tuple[int, ...]) -> list[Check]:
    """The checks that concern any of these records (keys of a group), newest first."""
    raise NotImplementedError
