"""The one sitting of a permit: started, and reported by whoever was named to look."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.checks.errors import AlreadyReportedError, NoPermitError, OutsidePermitError, SealedError, SittingError
from tracker.checks.late import require_sitting
from tracker.decisions.concerned import Concerned, lock_check, moment_of, standing_of_check
from tracker.decisions.liveness import RAN_OUT, decided_at, liveness_of, reasons_of, stood_on
from tracker.decisions.models import Check
from tracker.detection.services import detect
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.people.selectors import get_person, is_any_sealed
from tracker.policy.entitlement import Actor, may_open_person, may_report_the_look
from tracker.policy.vocabulary import Outcome
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import saved_key
from tracker.viewings.ledger import enter_report, enter_wrong_person
from tracker.viewings.models import Look
from tracker.viewings.requests import ReportOfLook
from tracker.viewings.selectors import find_look_of
from tracker.viewings.vocabulary import FOUND_NOTHING, LookResult

SEALED_UNNAMED = "Say how whoever else was seen belongs to the person, without naming their record."
BEFORE_ISSUE = "The permit had not been issued yet."
MINUTE = timedelta(minutes=1)


def start_look(session: Session, check: Check, *, by: Actor, now: datetime) -> Look:
    """The viewer starts looking: notes the time, opens nothing. A second start keeps the first time.

    Raises `NotAllowedError`, also for who may not open a record that was restricted since (docs/decisions/0052), and
    `NoPermitError` where there is no live permit.
    """
    concerned = lock_check(session, check)
    now = moment_of(session, concerned, now=now)
    _require_viewer(session, check, by=by, now=now)
    allowed = may_open_person(by, standing_of_check(session, check, now=now).person)
    require(by, Permission.REPORT_LOOK, allowed=allowed, about=check.reference)
    live = liveness_of(session, check, now=now)
    look = find_look_of(session, saved_key(check))
    if look is None or not live.live:
        raise NoPermitError(" ".join(live.why))
    if look.started_at is not None:
        return look
    look.started_at = now
    look.version += 1
    session.add(look)
    session.flush()
    people = [one.person.reference for one in concerned]
    record(session, Event.LOOK_STARTED, at=now, by=by, people=people, about=check.reference, facts=_of(look))
    return look


def report_look(session: Session, check: Check, report: ReportOfLook, *, by: Actor, now: datetime) -> Look:
    """The viewer reports the sitting of a permit or of a late entry, once.

    For a late entry the times of the entry stand and those of the report are not read. Raises `NotAllowedError`,
    `AlreadyReportedError`, `NoPermitError`, `SittingError`, `OutsidePermitError` (then it can only be a late entry), and
    `NoSuchRecordError` for an unknown person. Source: policy.md, "Reading them", `find_then_view` and `views`.
    """
    wrong, seen = _people_named(session, report)
    also = [person for _, person in seen if person is not None]
    others = [*([saved_key(wrong)] if wrong else []), *also]
    concerned = lock_check(session, check, also=others, with_networks=True)
    if also and is_any_sealed(session, [*also, *(one.person_id for one in concerned)]):
        raise SealedError(SEALED_UNNAMED)
    looked_at = [Concerned(wrong, group_of(session, saved_key(wrong)))] if wrong else []
    now = moment_of(session, [*concerned, *looked_at], now=now)
    _require_viewer(session, check, by=by, now=now)
    look = _look_to_report(session, check)
    report = _with_times(session, check, look, report, now=now)
    look.opened_at, look.closed_at = report.opened_at, report.closed_at
    counts_from = now if _settles_itself(session, look, report.result, now=now) else None
    enter_report(session, look, report, also_seen=seen, counts_from=counts_from, by=by.staff_id, now=now)
    if wrong is not None and report.result is LookResult.WRONG_PERSON:
        enter_wrong_person(session, look, saved_key(wrong), now=now)
    _record_report(session, check, look, concerned, wrong, report, by=by, now=now)
    detect(session, [*(one.person_id for one in concerned), *others], now=now)
    return look


def _record_report(
    session: Session,
    check: Check,
    look: Look,
    concerned: tuple[Concerned, ...],
    wrong: Person | None,
    report: ReportOfLook,
    *,
    by: Actor,
    now: datetime,
) -> None:
    not_used = report.result is LookResult.NOT_USED
    record(
        session,
        Event.LOOK_NOT_USED if not_used else Event.LOOK_REPORTED,
        at=now,
        by=by,
        people=[one.person.reference for one in concerned] + ([wrong.reference] if wrong else []),
        about=check.reference,
        facts={
            **_of(look),
            "opened_at": look.opened_at and look.opened_at.isoformat(),
            "closed_at": look.closed_at and look.closed_at.isoformat(),
            "waits_for_manager": look.result_counts_from is None and takes_out_of_count(look),
            "wrong_person": wrong and wrong.reference,
            "found": report.found,
            "visibility_found": report.visibility_found and report.visibility_found.value,
            "also_seen": len(report.also_seen),
        },
        content={"looked_for": report.looked_for, "evidence_place": report.evidence_place},
    )


def takes_out_of_count(look: Look) -> bool:
    """Whether the result of a look, once it counts, takes a view out of the count (of somebody)."""
    if look.result in FOUND_NOTHING:
        return look.searched_first
    return look.result in (LookResult.NOT_USED, LookResult.WRONG_PERSON)


def gives_back_at_once(look: Look, *, now: datetime) -> bool:
    """Whether "I did not look", said now, takes the look out of the count without a manager: while the permit runs, before a start."""
    return look.ends_at is not None and now < look.ends_at and look.started_at is None


def _settles_itself(session: Session, look: Look, result: LookResult, *, now: datetime) -> bool:
    """Whether the result counts at once: said while the permit ran and, of a search, within the sitting.

    "I did not look" does not once the start of the look was noted: then one of the two is not so. Somebody else's page never
    does: the view stays with the person who was meant until a manager confirms. See ADR 0030.
    """
    if look.ends_at is None or now >= look.ends_at:
        return False
    if result is LookResult.NOT_USED:
        return gives_back_at_once(look, now=now)
    if result not in FOUND_NOTHING or not look.searched_first or look.opened_at is None:
        return False
    began = min(look.opened_at, look.started_at or look.opened_at)
    return now - began <= timedelta(minutes=limits_in_force(session, at=now).limits.sitting_minutes)


def _with_times(session: Session, check: Check, look: Look, report: ReportOfLook, *, now: datetime) -> ReportOfLook:
    """The report with the times that hold: none where nobody looked, the entry's for a late one, else within the permit."""
    if look.issued_at is None:
        if report.result is LookResult.NOT_USED:
            raise SittingError("This look was recorded as made.", "result")
        return replace(report, opened_at=look.opened_at, closed_at=look.closed_at)
    if report.result is LookResult.NOT_USED:
        return replace(report, opened_at=None, closed_at=None)
    require_sitting(report.opened_at, report.closed_at, now=now)
    opened, closed = report.opened_at, report.closed_at
    assert opened is not None and closed is not None  # noqa: S101, PT018 - require_sitting holds it
    if look.issued_at - MINUTE < opened < look.issued_at and opened == opened.replace(second=0, microsecond=0):
        opened = look.issued_at  # typed to the minute in which the permit was issued
    _require_live_at(session, check, look, opened, now=now)
    return replace(report, opened_at=opened, closed_at=max(opened, closed))


def _require_live_at(session: Session, check: Check, look: Look, opened: datetime, *, now: datetime) -> None:
    """Raises `OutsidePermitError` where the sitting began before the issue or after the death of the permit."""
    if look.issued_at is None or opened < look.issued_at:
        raise OutsidePermitError(since=None, why=(BEFORE_ISSUE,))
    if look.ends_at is None or opened >= look.ends_at:
        raise OutsidePermitError(since=look.ends_at, why=(RAN_OUT,))
    if look.struck_at is not None:
        raise NoPermitError("The permit was recorded in error.")
    answer = decided_at(session, check, look, at=opened)
    if answer.outcome is not Outcome.PERMITTED:
        raise OutsidePermitError(
            since=liveness_of(session, check, now=now).since, why=reasons_of(answer, stood_on(session, check))
        )


def _people_named(session: Session, report: ReportOfLook) -> tuple[Person | None, list[tuple[str, int | None]]]:
    wrong = get_person(session, report.wrong_person) if report.wrong_person else None
    seen = [
        (relation, saved_key(get_person(session, person)) if person else None) for relation, person in report.also_seen
    ]
    return wrong, seen


def _look_to_report(session: Session, check: Check) -> Look:
    look = find_look_of(session, saved_key(check))
    if look is None:
        raise NoPermitError("There is no look to report.")
    if look.reported_at is not None:
        raise AlreadyReportedError("This look has been reported already.")
    return look


def _require_viewer(session: Session, check: Check, *, by: Actor, now: datetime) -> None:
    allowed = may_report_the_look(by, standing_of_check(session, check, now=now))
    require(by, Permission.REPORT_LOOK, allowed=allowed, about=check.reference)


def _of(look: Look) -> dict[str, str | None]:
    return {"look": look.reference, "result": look.result}
