"""Orders and directions of a court: reported by a worker with the sealed copy to follow, or recorded by Legal."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.authorities.models import CourtOrder, CourtOrderCorrection, CourtOrderPerson
from tracker.authorities.requests import NewCourtOrder
from tracker.authorities.selectors import get_order, list_named
from tracker.authorities.services.granting import lock_authority, lock_named, refuse_across_a_seal, stored
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.selectors import get_person, standing_of
from tracker.people.services import reach_on_duty
from tracker.policy.entitlement import Actor, may_act_for_legal, may_ask_for_check, may_work_on_person
from tracker.policy.periods import london_day
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key


def report_court_order(session: Session, new: NewCourtOrder, *, by: Actor, now: datetime) -> CourtOrder:
    """Records an order as a worker or manager reports it; it holds for `unsealed_order_hours` until Legal has seen it.

    Raises `NotAllowedError` unless the actor may work on everybody named, and their team is involved with one of them;
    `ProblemError` where somebody named is not on record, a sealed record is named with others or the order lies in the future.
    """
    persons, _ = lock_named(session, new.persons)
    require(by, Permission.REPORT_COURT_ORDER, allowed=_may_report(session, persons, by=by, now=now))
    refuse_across_a_seal(session, persons)
    reach_on_duty(session, persons, why=None, by=by, now=now)
    made = _order(new, by=by, now=now)
    made.reported_at = now
    return _add(session, made, persons, Event.COURT_ORDER_REPORTED, by=by, now=now)


def record_court_order(
    session: Session, new: NewCourtOrder, *, apart_from: frozenset[int], by: Actor, now: datetime
) -> CourtOrder:
    """Records an order whose sealed copy Legal has seen.

    `apart_from`: keys of who asked for, would look in or decided on a check about those named; who records it is none of them.
    Raises `NotAllowedError` and `ProblemError`.
    """
    require(by, Permission.RECORD_COURT_ORDER, allowed=may_act_for_legal(by, apart_from))
    persons, _ = lock_named(session, new.persons)
    refuse_across_a_seal(session, persons)
    made = _order(new, by=by, now=now)
    made.seen_at, made.seen_by = now, by.staff_id
    return _add(session, made, persons, Event.COURT_ORDER_RECORDED, by=by, now=now)


def record_order_seen(
    session: Session, reference: str, *, apart_from: frozenset[int], by: Actor, now: datetime
) -> CourtOrder:
    """Legal records that the sealed copy was seen and says what was reported; for one that does not, `correct_court_order`.

    `apart_from` as for `record_court_order`. Raises `NoSuchRecordError`, `NotAllowedError` also for who reported it, or
    `ProblemError` where it was seen already.
    """
    order = get_order(session, reference)
    _require_may_see(order, apart_from, by=by)
    lock_authority(session, order)
    _require_not_yet_seen(order)
    order.seen_at, order.seen_by = now, by.staff_id
    session.add(order)
    session.flush()
    people, about = [person.reference for person in list_named(session, order)], order.reference
    record(session, Event.COURT_ORDER_SEEN, at=now, by=by, people=people, about=about)
    return order


def correct_court_order(
    session: Session, reference: str, new: NewCourtOrder, *, apart_from: frozenset[int], by: Actor, now: datetime
) -> CourtOrder:
    """Legal has seen the sealed copy of a reported order, and it says something else: what it says is an order of its own.

    The reported one is struck through and kept; the two are joined. `apart_from` as for `record_court_order`. Raises
    `NoSuchRecordError`, `NotAllowedError` also for who reported it, or `ProblemError` where it was seen already, somebody named
    is not on record or the order lies in the future.
    """
    reported = get_order(session, reference)
    _require_may_see(reported, apart_from, by=by)
    before = list_named(session, reported)
    lock_named(session, {*new.persons, *(person.reference for person in before)})
    session.refresh(reported)
    _require_not_yet_seen(reported)
    persons = sorted((get_person(session, one) for one in new.persons), key=saved_key)
    refuse_across_a_seal(session, persons)
    made = _order(new, by=by, now=now)
    made.seen_at, made.seen_by = now, by.staff_id
    _add(session, made, persons, Event.COURT_ORDER_RECORDED, by=by, now=now)
    reported.struck_at, reported.struck_by = now, by.staff_id
    reported.struck_why = f"The sealed copy says something else: {made.reference}"
    session.add_all([reported, CourtOrderCorrection(reported_id=saved_key(reported), corrected_id=saved_key(made))])
    session.flush()
    people, about = [person.reference for person in before], reported.reference
    facts = {"corrected": made.reference}
    record(session, Event.COURT_ORDER_CORRECTED, at=now, by=by, people=people, about=about, facts=facts)
    return made


def _require_may_see(order: CourtOrder, apart_from: frozenset[int], *, by: Actor) -> None:
    """Who reported an order does not say that its sealed copy was seen, nor does who stands in for a lawyer who reported it."""
    apart = may_act_for_legal(by, apart_from | who_reported(order))
    require(by, Permission.RECORD_COURT_ORDER, allowed=apart, about=order.reference)


def who_reported(order: CourtOrder) -> frozenset[int]:
    """The key of who reported the order, sealed copy to follow; nobody's where Legal recorded it."""
    return frozenset() if order.reported_at is None else frozenset({order.recorded_by})


def _require_not_yet_seen(order: CourtOrder) -> None:
    if order.seen_at is not None or order.struck_at is not None:
        raise ProblemError("reference", "There is no sealed copy of this order left to see")


def _may_report(session: Session, persons: list[Person], *, by: Actor, now: datetime) -> bool:
    standings = [standing_of(session, saved_key(person), on=london_day(now)) for person in persons]
    involved = any(may_ask_for_check(by, team, standing) for team in by.work_teams for standing in standings)
    return involved and all(may_work_on_person(by, standing) for standing in standings)


def _order(new: NewCourtOrder, *, by: Actor, now: datetime) -> CourtOrder:
    if new.made_on > london_day(now):
        raise ProblemError("made_on", "The day the order was made must not be in the future")
    return CourtOrder(
        reference=new_reference("ORD"),
        court=new.court.strip(),
        case_number=new.case_number.strip(),
        judge=new.judge.strip(),
        made_on=new.made_on,
        from_on=new.from_on,
        until_on=new.until_on,
        terms=new.terms.strip(),
        terms_clear=new.terms_clear,
        allows_contact=new.allows_contact,
        platforms=stored(new.platforms),
        purposes=stored(new.purposes),
        recorded_at=now,
        recorded_by=by.staff_id,
    )


def _add(
    session: Session, made: CourtOrder, persons: list[Person], event: Event, *, by: Actor, now: datetime
) -> CourtOrder:
    session.add(made)
    session.flush()
    session.add_all(CourtOrderPerson(order_id=saved_key(made), person_id=saved_key(person)) for person in persons)
    session.flush()
    facts = {
        "from": made.from_on.isoformat(),
        "until": made.until_on.isoformat() if made.until_on else None,
        "allows_contact": made.allows_contact,
        "terms_clear": made.terms_clear,
        "platforms": made.platforms,
        "purposes": made.purposes,
    }
    content = {"court": made.court, "case_number": made.case_number, "judge": made.judge, "terms": made.terms}
    people, about = [person.reference for person in persons], made.reference
    record(session, event, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return made
