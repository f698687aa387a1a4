"""The clocks of outcomes: what was seen and what it means are reported in time, and no permit runs out in silence.

Each waits for whoever has to report, and goes one level up on working days after it was due; council practice, no law gives a
number.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, exists, select

from tracker.checks.telling import last_day_to_tell
from tracker.clockwork.working_days import end_of_day, working_days_past
from tracker.decisions.models import Check, ManagerDecision
from tracker.decisions.records import stands
from tracker.decisions.vocabulary import Verdict
from tracker.policy.limits import Limits
from tracker.policy.patterns import Awaited, Pattern, PatternFacts, find_patterns
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import saved_key
from tracker.tasks.ending import days_left
from tracker.tasks.keeping import clock
from tracker.tasks.requests import Wanted, member
from tracker.tasks.vocabulary import TaskKind
from tracker.viewings.models import WILL_BE_TOLD, CaseReport, Look, Telling
from tracker.viewings.selectors import report_due_at, sitting_began_at
from tracker.viewings.vocabulary import LookResult
from tracker.web.dates import day_in_words, end_in_words

GOES_UP_AFTER = (1, 3, 5, 7)
"""At the end of which working days after an outcome was due it goes one level up."""

REMINDED_BEFORE = 7
"""How many days before the last day on which somebody can be told in time there is a task anew; council practice."""

LOOKED_BACK = timedelta(days=90)
"""How far back looks are searched for outcomes that were never given; a task that there is stays for as long as it is so."""


def unreported(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about looks with no outcome, overdue by the pattern of that name.

    A permit that nobody began is overdue once it has run out; a look that was begun, so many hours later.
    """
    limits = limits_in_force(session, at=now).limits
    rows = {look.reference: (look, check) for look, check in _not_reported(session, records)}
    waited = tuple(one for look, check in rows.values() if (one := _awaited(look, check, limits)) is not None)
    found = find_patterns(PatternFacts(now=now, outcomes=waited), limits, only={Pattern.UNREPORTED})
    due = {one.look: one.due_at for one in waited}
    return [_overdue(*rows[look], due[look]) for finding in found for look in sorted(finding.views)]


def outcomes_due(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about outcomes that will be due: from half the time, and of what a look means for the case
    also once it is overdue."""
    limits = limits_in_force(session, at=now).limits
    half = timedelta(hours=limits.outcome_due_hours) / 2
    seen = [(look, check, report_due_at(look, limits)) for look, check in _not_reported(session, records)]
    tasks = [
        _to_report(look, check, due)
        for look, check, due in seen
        if due is not None and (look.opened_at or look.started_at) is not None and due - half <= now < due
    ]
    for look, check in _without_meaning(session, records, now):
        due = max((look.opened_at or now) + 2 * half, look.reported_at or now)
        if due - half <= now:
            tasks.append(_to_say_what_it_means(look, check, due))
    return tasks


def tellings_due(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about people who will be told of a look: from when that is reported, and another from
    `REMINDED_BEFORE` days before the month is over, which then goes one level up."""
    return [_to_tell(look, check, now) for look, check in _to_be_told(session, records, now)]


UNREPORTED = clock("unreported", "Say which looks have no outcome", TaskKind.UNREPORTED, unreported)
OUTCOMES_DUE = clock("outcomes-due", "Say which outcomes are due", TaskKind.OUTCOME_DUE, outcomes_due)
TELLINGS_DUE = clock("tellings-due", "Say who is to be told of a look", TaskKind.TELLING_DUE, tellings_due)


def _not_reported(session: Session, records: Collection[str] | None) -> Iterable[tuple[Look, Check]]:
    return _looks(session, records, col(Look.reported_at).is_(None))


def _without_meaning(session: Session, records: Collection[str] | None, now: datetime) -> Iterable[tuple[Look, Check]]:
    meant = exists().where(col(CaseReport.check_id) == col(Look.check_id))
    window = col(Look.reported_at).is_not(None) if records is not None else col(Look.reported_at) >= now - LOOKED_BACK
    seen = (window, Look.result != LookResult.NOT_USED.value, col(Look.opened_at).is_not(None))
    return _looks(session, records, *seen, ~meant)


def _to_be_told(session: Session, records: Collection[str] | None, now: datetime) -> Iterable[tuple[Look, Check]]:
    told = exists().where(col(Telling.check_id) == col(Look.check_id))
    query = (
        select(Look, Check)
        .join(Check, col(Check.id) == col(Look.check_id))
        .join(CaseReport, col(CaseReport.check_id) == col(Look.check_id))
        .where(WILL_BE_TOLD, ~told, *stands())
    )
    if records is None:
        query = query.where(col(CaseReport.recorded_at) >= now - LOOKED_BACK)
    else:
        query = query.where(col(Check.reference).in_(list(records)))
    return sorted(session.exec(query).all(), key=lambda row: saved_key(row[0]))


def _looks(session: Session, records: Collection[str] | None, *which: Any) -> Iterable[tuple[Look, Check]]:
    seen = col(ManagerDecision.verdict) == Verdict.NOBODY_LEFT.value
    query = (
        select(Look, Check)
        .join(Check, col(Check.id) == col(Look.check_id))
        .where(
            *which,
            *stands(),
            ~exists().where(col(ManagerDecision.check_id) == col(Look.check_id), seen),
        )
    )
    if records is not None:
        query = query.where(col(Check.reference).in_(list(records)))
    return sorted(
        session.exec(query).all(), key=lambda row: saved_key(row[0])
    )  # by the database, it would read them all


def _awaited(look: Look, check: Check, limits: Limits) -> Awaited | None:
    due = report_due_at(look, limits)
    if due is None:
        return None
    began = sitting_began_at(look, by=look.recorded_at)
    return Awaited(look.reference, frozenset({check.reference}), str(look.viewer_id), str(look.team_id), began, due)


def _overdue(look: Look, check: Check, due: datetime) -> Wanted:
    return Wanted(
        key=f"{TaskKind.UNREPORTED.value}:{check.reference}",
        record=check.reference,
        what=f"No outcome of {check.reference} was reported by {end_in_words(due)}.",
        first=member(look.viewer_id),
        due_at=due,
        team_id=look.team_id,
        person_id=check.person_id,
        goes_up_at=_goes_up_at(max(due, look.recorded_at)),
    )


def _to_report(look: Look, check: Check, due: datetime) -> Wanted:
    return Wanted(
        key=f"{TaskKind.OUTCOME_DUE.value}:{check.reference}:seen",
        record=check.reference,
        what=f"What was seen in {check.reference} is to be reported by {end_in_words(due)}.",
        first=member(look.viewer_id),
        due_at=due,
        team_id=look.team_id,
        person_id=check.person_id,
    )


def _to_say_what_it_means(look: Look, check: Check, due: datetime) -> Wanted:
    return Wanted(
        key=f"{TaskKind.OUTCOME_DUE.value}:{check.reference}:meaning",
        record=check.reference,
        what=f"What {check.reference} means for the case is to be said by {end_in_words(due)}.",
        first=member(check.requester_id),
        due_at=due,
        team_id=check.team_id,
        person_id=check.person_id,
        goes_up_at=_goes_up_at(due),
    )


def _to_tell(look: Look, check: Check, now: datetime) -> Wanted:
    last_day = last_day_to_tell(look)
    stage = "soon" if days_left(last_day, now=now) <= REMINDED_BEFORE else "said"
    return Wanted(
        key=f"{TaskKind.TELLING_DUE.value}:{check.reference}:{stage}",
        record=check.reference,
        what=f"The person is to be told of the look of {check.reference} by the end of {day_in_words(last_day)}, "
        "or it is to be said which exemption applies.",
        first=member(check.requester_id),
        due_at=end_of_day(last_day),
        team_id=check.team_id,
        person_id=check.person_id,
        goes_up_at=(end_of_day(last_day),),
    )


def _goes_up_at(due: datetime) -> tuple[datetime, ...]:
    return tuple(working_days_past(due, days) for days in GOES_UP_AFTER)
