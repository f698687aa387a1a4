"""Holds placed and released by hand, and the moment from which views count: Legal's, with reasons, never on their own check."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.detection.services import keep_what_was_reviewed
from tracker.people.groups import lock_everyone
from tracker.people.models import CountRestart, Person
from tracker.people.problems import ProblemError
from tracker.people.requests import RestartedCount
from tracker.people.selectors import get_person
from tracker.people.services import restart_count
from tracker.policy.entitlement import Actor, may_act_for_legal
from tracker.referrals.models import Hold
from tracker.referrals.selectors import get_hold
from tracker.referrals.services import place_hold, release_hold
from tracker.review.requests import NewHold, ReleasedHolds
from tracker.review.selectors.found import mark_of_reviewed, reviewed_with
from tracker.review.selectors.parties import parties_about
from tracker.storage.tables import saved_key

BY_HAND = "placed_by_hand"
"""The pattern of a hold that a person placed, not a detected one."""


def hold_people(
    session: Session, new: NewHold, *, by: Actor, now: datetime, referral_id: int | None = None
) -> list[Hold]:
    """Legal places a hold on these people, one each. `referral_id`: the case that it was placed from.

    Raises `NotAllowedError` where the actor asked for, would look in or decided on a check about any of them, and
    `NoSuchRecordError`. Source: policy.md, "A hold".
    """
    people: Sequence[Person] = [get_person(session, one) for one in dict.fromkeys(new.people)]
    parties = parties_about(session, [saved_key(one) for one in people])
    require(by, Permission.PLACE_HOLD, allowed=may_act_for_legal(by, parties))
    return place_hold(
        session, people, pattern=BY_HAND, why=new.why, apart_from=parties, by=by, now=now, referral_id=referral_id
    )


def release_held(session: Session, released: ReleasedHolds, *, by: Actor, now: datetime) -> list[Hold]:
    """Legal releases holds, with one reason for all. What they reviewed, the looks of what was found about these people, never
    makes a hold again by itself. Raises `NotAllowedError`, `NotOpenError`, `NoSuchRecordError`, and `ProblemError` where the page
    named other looks than there are now.
    """
    holds = [get_hold(session, one) for one in released.holds]
    people = [hold.person_id for hold in holds]
    groups = lock_everyone(session, people)
    session.flush()
    session.expire_all()
    parties = parties_about(session, people)
    require(
        by, Permission.PLACE_HOLD, allowed=may_act_for_legal(by, parties), about=holds[0].reference if holds else None
    )
    looks = {look for hold in holds for look in reviewed_with(session, hold, groups[hold.person_id].members)}
    if released.seen is not None and released.seen != mark_of_reviewed(looks):
        raise ProblemError(
            "", "Something more was found since you opened this page. Read it again, then release the hold"
        )
    return [release_reviewed(session, hold, why=released.why, apart_from=parties, by=by, now=now) for hold in holds]


def release_reviewed(
    session: Session, hold: Hold, *, why: str, apart_from: frozenset[int], by: Actor, now: datetime
) -> Hold:
    """Releases one hold and keeps which looks were reviewed with it. Part of a use-case that holds the locks of the person."""
    require(by, Permission.PLACE_HOLD, allowed=may_act_for_legal(by, apart_from), about=hold.reference)
    reviewed = keep_what_was_reviewed(session, hold)
    return release_hold(session, hold, why=why, apart_from=apart_from, reviewed=reviewed, by=by, now=now)


def restart_count_of(session: Session, restarted: RestartedCount, *, by: Actor, now: datetime) -> list[CountRestart]:
    """Legal has views of a person count from a later day: a new episode. Raises `NotAllowedError`, `ProblemError`."""
    parties = parties_about(session, [saved_key(get_person(session, restarted.person))])
    return restart_count(session, restarted, apart_from=parties, by=by, now=now)
