"""The use-cases of a check. Each does all of it: locks, entitlement, facts, decision, rows and audit event, in one transaction.

`by` is the signed-in member of staff, `now` an aware UTC instant. All raise `NotAllowedError` where the actor may not, and the
errors of `errors.py` where what was typed cannot be or the check has moved on; then nothing has changed. Once-only is the
caller's (`drafts.services.once`). Rows given (`Check`, `Look`) are read again after the locks are held.
"""

from datetime import datetime

from sqlmodel import Session

from tracker.checks.models import Check, CheckDecision
from tracker.checks.requests import LateEntry, NewCheck
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Reviewed
from tracker.viewings.models import CaseReport, Look
from tracker.viewings.requests import ReportForCase, ReportOfLook


def submit_check(session: Session, new: NewCheck, *, by: Actor, now: datetime) -> Check:
    """Records what is asked, decides it for everyone concerned, issues the permit or opens the referral.

    A block or a refusal is a result: the check is returned and kept. Raises `WrongViewerError`, `NoSuchRecordError`.
    """
    raise NotImplementedError


def record_late_entry(session: Session, entry: LateEntry, *, by: Actor, now: datetime) -> Check:
    """Records a look that was already made by `by`: decided twice, both kept, and counted whatever comes out.

    What the viewer saw is reported afterwards, with `report_look`. Raises `WrongViewerError`, `SittingError`.
    """
    raise NotImplementedError


def withdraw_check(session: Session, check: Check, *, why: str, by: Actor, now: datetime) -> Check:
    """The requester withdraws a check that waits (for a manager or for Legal). Raises `NotWaitingError`."""
    raise NotImplementedError


def ask_again(session: Session, check: Check, *, by: Actor, now: datetime) -> CheckDecision:
    """The requester has a waiting check decided again on the facts as they now are; a permit is issued where it comes to that.

    Raises `NotWaitingError`.
    """
    raise NotImplementedError


def approve_check(session: Session, check: Check, *, reasons: str, by: Actor, now: datetime) -> CheckDecision:
    """A manager approves one look: decided again under the locks; only what still needs their approval is approved.

    Look at the outcome of the decision returned: where it is not `permitted`, nothing was approved, and it says why.
    Raises `NotWaitingError` where the check does not wait for a manager.
    """
    raise NotImplementedError


def decline_check(session: Session, check: Check, *, reasons: str, by: Actor, now: datetime) -> CheckDecision:
    """A manager declines a look that waits for one. Raises `NotWaitingError`."""
    raise NotImplementedError


def endorse_check(session: Session, check: Check, *, reasons: str, by: Actor, now: datetime) -> Check:
    """A manager sends a blocked check on to Legal, with reasons. Raises `NotWaitingError`."""
    raise NotImplementedError


def start_look(session: Session, check: Check, *, by: Actor, now: datetime) -> Look:
    """The viewer starts looking: notes the time, opens nothing. A second start keeps the first time.

    Raises `NoPermitError` where there is no live permit.
    """
    raise NotImplementedError


def report_look(session: Session, check: Check, report: ReportOfLook, *, by: Actor, now: datetime) -> Look:
    """The viewer reports the sitting of a permit or of a late entry, once.

    For a late entry the times of the entry stand and those of the report are not read. Raises `AlreadyReportedError`,
    `NoPermitError`, `SittingError`, `OutsidePermitError` (then it can only be a late entry), `NoSuchRecordError` for an
    unknown person.
    """
    raise NotImplementedError


def report_for_case(session: Session, check: Check, report: ReportForCase, *, by: Actor, now: datetime) -> CaseReport:
    """The requester reports, once, what the look means for the case. Raises `NotYetReportedError`, `AlreadyReportedError`."""
    raise NotImplementedError


def confirm_result(session: Session, check: Check, *, by: Actor, now: datetime) -> Look:
    """A manager confirms a result that takes a view out of the count and was reported too late to do so by itself:
    not used, nothing found, or somebody else's page. Raises `NothingToConfirmError`."""
    raise NotImplementedError


def review_immediate_response(
    session: Session, check: Check, *, reviewed: Reviewed, why: str, by: Actor, now: datetime
) -> Look:
    """A manager reviews a look made in danger, once: agreed or not agreed. Raises `NothingToConfirmError`."""
    raise NotImplementedError
