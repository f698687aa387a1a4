"""Flagged cases and holds: opened, sent on, placed and released. Each records its event in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.clockwork.working_days import end_of_working_day
from tracker.people.groups import lock_everyone
from tracker.people.models import Person
from tracker.people.selectors import get_person_by_id
from tracker.policy.entitlement import Actor, CheckStanding, may_act_for_legal, may_decide_on_check
from tracker.policy.patterns import Pattern
from tracker.referrals.errors import NotOpenError
from tracker.referrals.models import Hold, Referral, ReferralPerson
from tracker.referrals.selectors import find_open_error, find_open_referral, list_people_of
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.storage.references import new_reference
from tracker.storage.tables import saved_key

REFERRAL, HOLD = "REF", "HLD"
WORKING_DAYS_TO_ANSWER = 2
"""By the end of which working day an answer is needed where nobody is in danger; council practice, no law gives a number."""


def open_referral(
    session: Session,
    *,
    kind: ReferralKind,
    place: ReferralPlace,
    people: Sequence[Person],
    check_id: int | None,
    about: str | None,
    why: str,
    urgent: bool,
    by: Actor | None,
    now: datetime,
    asked_by: int | None = None,
) -> Referral:
    """Opens a case about these people, or gives the one that is open about the check already, moved to Legal where it must go.
    A possible error joins no case of another kind: only what is open as a possible error is answered with a finding.

    `about` is the check's reference. `urgent`: somebody is in danger, so an answer is needed the same day. Called by
    use-cases that have asked who may; `by` None where detection does. `asked_by`: the key of who asked for a record to be sealed.
    """
    find = find_open_error if kind is ReferralKind.POSSIBLE_ERROR else find_open_referral
    standing = find(session, check_id) if check_id is not None else None
    if standing is not None:
        return _joined(session, standing, place, now=now)
    referral = Referral(
        reference=new_reference(REFERRAL),
        kind=kind.value,
        check_id=check_id,
        place=place.value,
        why=why,
        opened_at=now,
        asked_by=asked_by,
        needed_by=end_of_working_day(now, 0 if urgent else WORKING_DAYS_TO_ANSWER),
        with_legal_at=now if place is ReferralPlace.LEGAL else None,
    )
    session.add(referral)
    session.flush()
    session.add_all(ReferralPerson(referral_id=saved_key(referral), person_id=saved_key(one)) for one in people)
    session.flush()
    record(
        session,
        Event.REFERRAL_OPENED,
        at=now,
        by=by,
        people=[one.reference for one in people],
        about=referral.reference,
        facts={"kind": kind.value, "place": place.value, "check": about, "urgent": urgent},
        content={"why": why},
    )
    return referral


def endorse_referral(
    session: Session, referral: Referral, *, standing: CheckStanding, reasons: str, by: Actor, now: datetime
) -> Referral:
    """A manager sends a blocked check on to Legal. `standing` is the check's. Raises `NotAllowedError`, `NotOpenError`."""
    require(by, Permission.DECIDE_CHECK, allowed=may_decide_on_check(by, standing), about=referral.reference)
    session.refresh(referral)
    if referral.place != ReferralPlace.MANAGER:
        raise NotOpenError("This case no longer waits for a manager.")
    referral.place, referral.with_legal_at, referral.endorsed_at = ReferralPlace.LEGAL.value, now, now
    referral.endorsed_by, referral.endorsement = by.staff_id, reasons
    referral.version += 1
    session.add(referral)
    session.flush()
    record(
        session,
        Event.REFERRAL_ENDORSED,
        at=now,
        by=by,
        people=_references(session, referral),
        about=referral.reference,
        content={"reasons": reasons},
    )
    return referral


def close_waiting_referral(session: Session, check_id: int, *, why: str, by: Actor, now: datetime) -> str | None:
    """Closes the case about a check where it still waits for a manager, and gives its reference. What Legal has stays there.

    Part of a use-case that records what happened to the check.
    """
    referral = find_open_referral(session, check_id)
    if referral is None or referral.place != ReferralPlace.MANAGER:
        return None
    referral.place, referral.closed_at = ReferralPlace.CLOSED.value, now
    referral.closed_by, referral.closed_why = by.staff_id, why
    referral.version += 1
    session.add(referral)
    session.flush()
    return referral.reference


def place_hold(
    session: Session,
    people: Sequence[Person],
    *,
    pattern: str,
    why: str,
    apart_from: frozenset[int],
    by: Actor,
    now: datetime,
    referral_id: int | None = None,
) -> list[Hold]:
    """Legal places a hold on everyone in a pattern, one row each. Raises `NotAllowedError`.

    `apart_from`: keys of who asked for, would look in or decided on a check about them; who places it is none of them.
    Source: policy.md, "A hold"; Code paras 3.15 and 3.16, systematic collection.
    """
    require(by, Permission.PLACE_HOLD, allowed=may_act_for_legal(by, apart_from))
    lock_everyone(session, [saved_key(one) for one in people])
    holds = [
        Hold(
            reference=new_reference(HOLD),
            person_id=saved_key(one),
            pattern=pattern,
            at=now,
            why=why,
            referral_id=referral_id,
            placed_by=by.staff_id,
            recorded_at=now,
        )
        for one in people
    ]
    session.add_all(holds)
    session.flush()
    references = [one.reference for one in people]
    facts = {"pattern": pattern, "holds": sorted(hold.reference for hold in holds)}
    record(session, Event.HOLD_PLACED, at=now, by=by, people=references, facts=facts, content={"why": why})
    return holds


def place_detected_hold(
    session: Session, person: Person, *, pattern: Pattern, why: str, referral: Referral, now: datetime
) -> Hold:
    """Detection places a hold on one person whom a finding is about. `why`: in words that name references only.

    Called by detection, which holds the locks. Source: policy.md, "A hold"; Code paras 3.15 and 3.16, systematic collection.
    """
    hold = Hold(
        reference=new_reference(HOLD),
        person_id=saved_key(person),
        pattern=pattern.value,
        at=now,
        why=why,
        referral_id=saved_key(referral),
        placed_by=None,
        recorded_at=now,
    )
    session.add(hold)  # written with all others of the finding, when something is next asked for
    facts = {"pattern": pattern.value, "holds": [hold.reference], "referral": referral.reference}
    record(session, Event.HOLD_PLACED, at=now, by=None, people=[person.reference], facts=facts, content={"why": why})
    return hold


def join_referral(session: Session, referral: Referral, people: Sequence[Person], *, now: datetime) -> list[Person]:
    """More was found of what an open case is about: it is about these people too, from now on; gives those who are new in it.

    Whoever has the page of the case before them reads it again: its version moves. Called by detection, which holds the locks.
    """
    known = set(list_people_of(session, saved_key(referral)))
    joined = [one for one in people if saved_key(one) not in known]
    referral.version += 1
    session.add(referral)
    session.add_all(ReferralPerson(referral_id=saved_key(referral), person_id=saved_key(one)) for one in joined)
    session.flush()
    if joined:
        references = [one.reference for one in joined]
        record(session, Event.REFERRAL_JOINED, at=now, by=None, people=references, about=referral.reference)
    return joined


def release_hold(
    session: Session,
    hold: Hold,
    *,
    why: str,
    apart_from: frozenset[int],
    reviewed: Sequence[str] = (),
    by: Actor,
    now: datetime,
) -> Hold:
    """Legal releases a hold, with a reason. `apart_from` as for `place_hold`. `reviewed`: the looks (references) of what was found
    that Legal had before them. Raises `NotAllowedError`, `NotOpenError` where it is released already."""
    require(by, Permission.PLACE_HOLD, allowed=may_act_for_legal(by, apart_from), about=hold.reference)
    lock_everyone(session, [hold.person_id])
    session.refresh(hold)
    if hold.released_at is not None:
        raise NotOpenError("This hold has been released already.")
    hold.released_at, hold.released_by, hold.released_why = now, by.staff_id, why
    session.add(hold)
    session.flush()
    person = get_person_by_id(session, hold.person_id)
    about, facts = hold.reference, {"pattern": hold.pattern, "looks": sorted(reviewed)}
    people, content = [person.reference], {"why": why}
    record(session, Event.HOLD_RELEASED, at=now, by=by, people=people, about=about, facts=facts, content=content)
    return hold


def _joined(session: Session, referral: Referral, place: ReferralPlace, *, now: datetime) -> Referral:
    """A case that must go to Legal does not wait for a manager first; one that Legal has is not taken back."""
    if place is ReferralPlace.LEGAL and referral.place == ReferralPlace.MANAGER:
        referral.place, referral.with_legal_at = place.value, now
        referral.version += 1
        session.add(referral)
        session.flush()
    return referral


def _references(session: Session, referral: Referral) -> list[str]:
    return [get_person_by_id(session, one).reference for one in list_people_of(session, saved_key(referral))]
