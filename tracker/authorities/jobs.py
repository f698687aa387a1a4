"""The clocks of authorities: advice, orders and authorisations that end, reviews that are due, sealed copies that never came.

Not reviewing and not cancelling are what the inspectors of these powers find most often.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from tracker.authorities.models import CourtOrder, LegalAdvice, NonRipaAuthorisation, RipaAuthorisation
from tracker.authorities.selectors import next_review_on
from tracker.authorities.selectors.as_facts import last_day_of
from tracker.authorities.selectors.waiting import list_not_cancelled, list_not_ended, list_orders_not_seen, usable_until
from tracker.clockwork.working_days import end_of_day, working_day_after, working_days_past
from tracker.policy.periods import london_day
from tracker.rulebook.selectors import limits_in_force
from tracker.tasks.ending import ALERT_DAYS, SAID_AFTERWARDS_FOR, covers, ending, is_asked
from tracker.tasks.keeping import clock
from tracker.tasks.requests import LEGAL, OFFICER, Wanted
from tracker.tasks.vocabulary import TaskKind
from tracker.web.dates import day_in_words, end_in_words

Authorisation = RipaAuthorisation | NonRipaAuthorisation

REVIEW_SAID_BEFORE = 7
"""How many days before it is due a review is a task."""

WORKING_DAYS_TO_CANCEL = 5
"""After how many working days an authorisation that ran out and was not cancelled goes one level up; council practice."""


def advice_ending(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about favourable advice that ends, and that no later advice has overtaken."""
    query = select(LegalAdvice).where(
        col(LegalAdvice.until_on).between(*_days_around(now)), col(LegalAdvice.struck_at).is_(None)
    )
    found = [one for one in session.exec(query.order_by(col(LegalAdvice.id))) if is_asked(one.reference, records)]
    of_them = select(LegalAdvice).where(
        col(LegalAdvice.person_id).in_({one.person_id for one in found}), col(LegalAdvice.struck_at).is_(None)
    )
    all_advice = session.exec(of_them).all() if found else []
    standing = [one for one in found if not any(_overtakes(other, one) for other in all_advice)]
    tasks = (
        ending(
            TaskKind.ADVICE_ENDING,
            one.reference,
            "Legal advice",
            one.until_on,
            LEGAL,
            now=now,
            person_id=one.person_id,
        )
        for one in standing
        if one.until_on is not None
    )
    return [task for task in tasks if task is not None]


def orders_ending(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about a court's orders that end."""
    query = select(CourtOrder).where(
        col(CourtOrder.until_on).between(*_days_around(now)), col(CourtOrder.struck_at).is_(None)
    )
    tasks = (
        ending(TaskKind.ORDER_ENDING, one.reference, "The court's order", one.until_on, LEGAL, now=now)
        for one in session.exec(query.order_by(col(CourtOrder.id)))
        if one.until_on is not None and is_asked(one.reference, records)
    )
    return [task for task in tasks if task is not None]


def authorisations_ending(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about authorisations that end and were not renewed."""
    renewed = _renewed(session)
    tasks = (
        ending(TaskKind.AUTHORISATION_ENDING, one.reference, "The authorisation", last_day, OFFICER, now=now)
        for one, last_day in list_not_ended(session, now=now)
        if is_asked(one.reference, records) and one.reference not in renewed
    )
    return [task for task in tasks if task is not None]


def authorisations_ended(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about authorisations that ran out and that nobody cancelled or renewed."""
    renewed, today = _renewed(session), london_day(now)
    return [
        Wanted(
            key=f"{TaskKind.AUTHORISATION_ENDED.value}:{one.reference}",
            record=one.reference,
            what=f"The authorisation {one.reference} ran out on {day_in_words(last_day)} and was not cancelled.",
            first=OFFICER,
            due_at=end_of_day(working_day_after(last_day, WORKING_DAYS_TO_CANCEL)),
            goes_up_at=(end_of_day(working_day_after(last_day, WORKING_DAYS_TO_CANCEL)),),
        )
        for one, last_day in list_not_cancelled(session)
        if last_day < today and is_asked(one.reference, records) and one.reference not in renewed
    ]


def reviews_due(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about reviews of authorisations in force: seven days before, and one level up once the
    day has passed, since an authorisation whose review is overdue carries no look."""
    tasks = []
    for one, _ in list_not_ended(session, now=now):
        due = next_review_on(session, one)
        if is_asked(one.reference, records) and due <= london_day(now) + timedelta(days=REVIEW_SAID_BEFORE):
            tasks.append(_review(one, due))
    return tasks


def orders_unseen(session: Session, now: datetime, records: Collection[str] | None) -> list[Wanted]:
    """The tasks that there should be now about orders that were reported and whose sealed copy was not seen in time."""
    hours = limits_in_force(session, at=now).limits.unsealed_order_hours
    tasks = []
    for order in list_orders_not_seen(session):
        until = usable_until(order, hours=hours)
        if until is not None and until <= now and is_asked(order.reference, records):
            tasks.append(
                Wanted(
                    key=f"{TaskKind.ORDER_UNSEEN.value}:{order.reference}",
                    record=order.reference,
                    what=f"The sealed copy of {order.reference} was not seen by {end_in_words(until)}.",
                    first=LEGAL,
                    due_at=until,
                    goes_up_at=(working_days_past(until, 1),),
                )
            )
    return tasks


ADVICE_ENDING = clock("advice-ending", "Say which advice ends or has ended", TaskKind.ADVICE_ENDING, advice_ending)
ORDERS_ENDING = clock(
    "orders-ending", "Say which court's orders end or have ended", TaskKind.ORDER_ENDING, orders_ending
)
AUTHORISATIONS_ENDING = clock(
    "authorisations-ending", "Say which authorisations end", TaskKind.AUTHORISATION_ENDING, authorisations_ending
)
AUTHORISATIONS_ENDED = clock(
    "authorisations-ended",
    "Have authorisations that ran out cancelled",
    TaskKind.AUTHORISATION_ENDED,
    authorisations_ended,
)
REVIEWS_DUE = clock("reviews-due", "Have authorisations reviewed in time", TaskKind.REVIEW_DUE, reviews_due)
ORDERS_UNSEEN = clock(
    "orders-unseen", "Say which reported orders nobody has seen", TaskKind.ORDER_UNSEEN, orders_unseen
)


def _days_around(now: datetime) -> tuple[date, date]:
    today = london_day(now)
    return today - timedelta(days=SAID_AFTERWARDS_FOR), today + timedelta(days=max(ALERT_DAYS))


def _overtakes(later: LegalAdvice, earlier: LegalAdvice) -> bool:
    return (
        later.person_id == earlier.person_id
        and later.at > earlier.at
        and covers(later.platforms, earlier.platforms)
        and covers(later.purposes, earlier.purposes)
    )


def _review(one: Authorisation, due: date) -> Wanted:
    return Wanted(
        key=f"{TaskKind.REVIEW_DUE.value}:{one.reference}:{due.isoformat()}",
        record=one.reference,
        what=f"The authorisation {one.reference} is to be reviewed by {day_in_words(due)}.",
        first=OFFICER,
        due_at=end_of_day(due),
        goes_up_at=(end_of_day(due),),
    )


def _renewed(session: Session) -> frozenset[str]:
    """The references of the authorisations that were renewed, the renewal approved by a justice."""
    renewals = select(RipaAuthorisation).where(
        col(RipaAuthorisation.renewal_of_id).is_not(None), col(RipaAuthorisation.struck_at).is_(None)
    )
    approved = [one.renewal_of_id for one in session.exec(renewals).all() if last_day_of(session, one) is not None]
    references = select(RipaAuthorisation.reference).where(col(RipaAuthorisation.id).in_(approved))
    return frozenset(session.exec(references)) if approved else frozenset()
