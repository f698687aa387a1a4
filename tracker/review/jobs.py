"""The clocks of managers and Legal: looks in danger are reviewed by the next working day, and no case grows old unseen."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, exists, or_, select

from tracker.clockwork.working_days import end_of_working_day, working_days_past
from tracker.decisions.models import Check
from tracker.decisions.records import stands
from tracker.policy.patterns import Awaited, Pattern, PatternFacts, find_patterns
from tracker.policy.vocabulary import ViewFooting
from tracker.referrals.models import Referral
from tracker.referrals.vocabulary import ReferralPlace
from tracker.review.duty_lists import duty_openings
from tracker.review.selectors.telephone import SaidByTelephone, list_unconfirmed
from tracker.rulebook.selectors import limits_in_force
from tracker.tasks.keeping import cause_of, clock
from tracker.tasks.models import Task
from tracker.tasks.requests import LEGAL, SRO, Wanted, managers, member
from tracker.tasks.vocabulary import TaskKind
from tracker.viewings.models import Look, Viewing
from tracker.viewings.selectors import sitting_began_at
from tracker.viewings.vocabulary import LookResult
from tracker.web.dates import end_in_words, in_words

WORKING_DAYS_TO_REVIEW = 1
"""By the end of which working day after the look a response to danger is to be reviewed. Source: domain.md, section 8."""

WORKING_DAYS_OF_A_MANAGER, WORKING_DAYS_OF_LEGAL = 2, 5
"""How long a case may wait for a manager; and for Legal, where the day by which it was needed had passed before it came there."""

LOOKED_BACK = timedelta(days=90)
"""How far back looks in danger are searched that were never reviewed; a task that there is stays for as long as it is so."""

MOST_LEVELS = 5
"""How often something is taken up at most: no council has more levels than this between a worker and the responsible officer."""


def unreviewed(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about looks in danger that nobody has reviewed, overdue by the pattern of that name."""
    limits = limits_in_force(session, at=now).limits
    rows = {look.reference: (look, check) for look, check in _in_danger(session, records, now)}
    waited = tuple(_awaited(look, check) for look, check in rows.values())
    found = find_patterns(PatternFacts(now=now, responses=waited), limits, only={Pattern.UNREVIEWED})
    due = {one.look: one.due_at for one in waited}
    return [_to_review(*rows[look], due[look]) for finding in found for look in sorted(finding.views)]


def telephone_unconfirmed(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about approvals by telephone that the manager named has not answered: for that manager from
    the start; after 24 hours, by the pattern of looks that nobody reviewed, for who recorded it and the Senior Responsible Officer too."""
    limits = limits_in_force(session, at=now).limits
    said = [one for one in list_unconfirmed(session) if records is None or one.check.reference in records]
    waited = tuple(_awaited_by_telephone(one) for one in said)
    found = find_patterns(PatternFacts(now=now, responses=waited), limits, only={Pattern.UNREVIEWED})
    overdue = {check for finding in found for check in finding.views}
    return [task for one in said for task in _to_confirm(one, overdue=one.check.reference in overdue)]


def review_due_at(look: Look) -> datetime:
    """By when a look in danger is to be reviewed: the end of the working day after it was allowed, or recorded where it was late."""
    return end_of_working_day(look.issued_at or look.recorded_at, WORKING_DAYS_TO_REVIEW)


def cases_growing_old(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about cases: from half the time that a manager or Legal has, one level up at its end, and again
    after each further half."""
    query = (
        select(Referral, Check)
        .join(Check, col(Check.id) == col(Referral.check_id), isouter=True)
        .where(col(Referral.place).in_([ReferralPlace.MANAGER.value, ReferralPlace.LEGAL.value]))
    )
    if records is not None:
        query = query.where(col(Referral.reference).in_(list(records)))
    rows = session.exec(query.order_by(col(Referral.id))).all()
    return [task for case, check in rows if (task := _old(case, check, now)) is not None]


UNREVIEWED = clock("unreviewed", "Say which looks in danger nobody has reviewed", TaskKind.UNREVIEWED, unreviewed)
TELEPHONE_UNCONFIRMED = clock(
    "telephone-unconfirmed",
    "Say which approvals by telephone nobody has confirmed",
    TaskKind.TELEPHONE_APPROVAL_UNCONFIRMED,
    telephone_unconfirmed,
)
OPENED_ON_DUTY = clock(
    "opened-on-duty",
    "Tell teams what was opened on duty since their last working day",
    TaskKind.DUTY_OPENINGS,
    duty_openings,
)
CASES_GROWING_OLD = clock(
    "cases-growing-old",
    "Say which cases wait too long for a manager or Legal",
    TaskKind.REFERRAL_OLD,
    cases_growing_old,
)


def _in_danger(session: Session, records: Collection[str] | None, now: datetime) -> Iterable[tuple[Look, Check]]:
    danger = ViewFooting.IMMEDIATE_RESPONSE.value
    asked = col(Check.recorded_at) >= now - LOOKED_BACK if records is None else col(Check.reference).in_(list(records))
    query = (
        select(Look, Check)
        .join(Check, col(Check.id) == col(Look.check_id))
        .where(
            asked,
            col(Check.immediate_risk),
            exists().where(col(Viewing.look_id) == col(Look.id), col(Viewing.footing) == danger),
            col(Look.reviewed).is_(None),
            or_(col(Look.result).is_(None), Look.result != LookResult.NOT_USED.value),
            *stands(),
        )
        .order_by(col(Look.id))
    )
    return session.exec(query).all()


def _awaited(look: Look, check: Check) -> Awaited:
    began = sitting_began_at(look, by=look.recorded_at)
    due, people = review_due_at(look), frozenset({check.reference})
    return Awaited(look.reference, people, str(look.viewer_id), str(look.team_id), began, due)


def _awaited_by_telephone(one: SaidByTelephone) -> Awaited:
    check, people = one.check, frozenset({one.check.reference})
    return Awaited(
        check.reference, people, str(check.requester_id), str(check.team_id), one.approval.called_at, one.due_at
    )


def _to_confirm(one: SaidByTelephone, *, overdue: bool) -> list[Wanted]:
    called, check = in_words(one.approval.called_at), one.check
    waits = f"{check.reference} was approved by telephone on {called}, and the manager named has not confirmed it"
    for_whom = {
        "manager": (
            f"Confirm whether you approved the look of {check.reference} by telephone on {called}.",
            member(one.approval.manager_id),
        )
    }
    if overdue:
        for_whom["worker"] = (f"{waits} within 24 hours.", member(one.approval.recorded_by))
        for_whom["sro"] = (f"{waits} within 24 hours.", SRO)
    return [
        Wanted(
            key=f"{TaskKind.TELEPHONE_APPROVAL_UNCONFIRMED.value}:{check.reference}:{who}",
            record=check.reference,
            what=what,
            first=first,
            due_at=one.due_at,
            team_id=check.team_id if who == "worker" else None,
            person_id=check.person_id,
        )
        for who, (what, first) in for_whom.items()
    ]


def is_to_confirm(task: Task) -> bool:
    """Whether a task is that of the manager whom an approval by telephone names."""
    return cause_of(task).endswith(f":{task.record}:manager")


def _to_review(look: Look, check: Check, due: datetime) -> Wanted:
    return Wanted(
        key=f"{TaskKind.UNREVIEWED.value}:{check.reference}",
        record=check.reference,
        what=f"The look in danger of {check.reference} was not reviewed by {end_in_words(due)}.",
        first=managers(check.team_id),
        due_at=due,
        team_id=check.team_id,
        person_id=check.person_id,
        about_id=look.viewer_id,
        goes_up_at=tuple(working_days_past(due, days + 1) for days in range(MOST_LEVELS)),
    )


def _old(case: Referral, check: Check | None, now: datetime) -> Wanted | None:
    if case.place == ReferralPlace.MANAGER and check is not None:
        since, due = case.opened_at, end_of_working_day(case.opened_at, WORKING_DAYS_OF_A_MANAGER)
        due = min(due, max(case.needed_by, since))
        first, whom = managers(check.team_id), "a manager"
    else:
        since = case.with_legal_at or case.opened_at
        in_time = case.needed_by > since
        due = case.needed_by if in_time else end_of_working_day(since, WORKING_DAYS_OF_LEGAL)
        first, whom = LEGAL, "Legal"
    half = (due - since) / 2
    if now < since + half:
        return None
    return Wanted(
        key=f"{TaskKind.REFERRAL_OLD.value}:{case.reference}:{case.place}",
        record=case.reference,
        what=f"{case.reference} waits for {whom}: an answer is needed by {end_in_words(due)}.",
        first=first,
        due_at=due,
        team_id=check.team_id if check is not None else None,
        person_id=check.person_id if check is not None else None,
        about_id=check.requester_id if check is not None else None,
        goes_up_at=_goes_up_at(due, half),
    )


def _goes_up_at(due: datetime, half: timedelta) -> tuple[datetime, ...]:
    return tuple(due + times * half for times in range(MOST_LEVELS))
