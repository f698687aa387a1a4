"""Danger that has been asked about already: the same page posted anew leads to the check that stands, not to a second permit; and
where somebody has looked in danger before, what has newly happened is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.checks.again import is_waiting
from tracker.checks.asking import Asked
from tracker.checks.requests import NewCheck
from tracker.decisions.concerned import Concerned
from tracker.decisions.gather import gather_facts
from tracker.decisions.liveness import liveness_of
from tracker.decisions.models import Check
from tracker.decisions.vocabulary import CheckKind
from tracker.people.groups import PersonGroup, group_of
from tracker.people.models import Person
from tracker.policy.entitlement import Actor
from tracker.policy.footings import immediate_response
from tracker.policy.vocabulary import Account, Aim, Method, Platform, Purpose, Relation, Visibility
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import saved_key


def find_same_danger(
    session: Session, new: NewCheck, asked: Asked, concerned: Concerned, *, by: Actor, now: datetime
) -> Check | None:
    """The check that already answers what is asked in danger, or None.

    By the same member of staff about the same person (or a record linked to theirs), within the hours that a permit in danger
    runs: one whose permit is live and takes in these platforms, where nothing new is said to have happened; or the very same page,
    whose permit is live or which waits for somebody. To be called under the locks.
    """
    if new.kind is not CheckKind.DANGER:
        return None
    for check in _asked_lately(session, concerned.group, by=by, now=now):
        is_live = liveness_of(session, check, now=now).live
        if is_live and not new.new_event and {one.value for one in asked.platforms} <= set(check.platforms):
            return check
        if _is_the_same_page(check, new, asked) and (is_live or is_waiting(session, check)):
            return check
    return None


@dataclass(frozen=True, slots=True)
class EarlierDanger:
    """What the rules say of earlier looks in danger at this person, in a sentence; `running`: the actor's own permit still runs, and
    leads them to its check unless something new has happened."""

    sentence: str
    running: bool


def find_earlier_danger(session: Session, person: Person, *, by: Actor, now: datetime) -> EarlierDanger | None:
    """The earlier looks in danger, anybody's, at this person or a record linked to theirs, that stand in the way of another unless
    something new has happened; None where none does. The rules themselves are asked."""
    group = group_of(session, saved_key(person))
    facts = gather_facts(session, _danger_about(person, by=by, now=now), group, at=now)
    found = immediate_response.judge(facts, limits_in_force(session, at=now).limits)
    if found.gives is not None:
        return None
    lately = _asked_lately(session, group, by=by, now=now)
    return EarlierDanger(found.text, any(liveness_of(session, check, now=now).live for check in lately))


def _danger_about(person: Person, *, by: Actor, now: datetime) -> Check:
    """A danger in which nothing new has happened, asked of the rules and never kept."""
    return Check(
        kind=CheckKind.DANGER.value,
        person_id=saved_key(person),
        requester_id=by.staff_id,
        viewer_id=by.staff_id,
        at=now,
        relation=Relation.REFERRAL_OR_ENQUIRY.value,
        purpose=Purpose.RISK_TO_CHILD_OR_ADULT.value,
        aim=Aim.FIND_THEN_VIEW.value,
        method=Method.VIEW_ONLY.value,
        account=Account.LOGGED_OUT.value,
        visibility=Visibility.UNKNOWN.value,
        platforms=[Platform.OTHER.value],
        code_factors=[],
        immediate_risk=True,
    )


def _asked_lately(session: Session, group: PersonGroup, *, by: Actor, now: datetime) -> Iterator[Check]:
    hours = limits_in_force(session, at=now).limits.danger_permit_hours
    mine = (
        Check.kind == CheckKind.DANGER,
        Check.requester_id == by.staff_id,
        col(Check.person_id).in_(group.members),
        Check.recorded_at >= now - timedelta(hours=hours),
    )
    return iter(session.exec(select(Check).where(*mine).order_by(col(Check.id).desc())).all())


def _is_the_same_page(check: Check, new: NewCheck, asked: Asked) -> bool:
    said = (check.danger, check.newly_happened, check.new_event, check.purpose, check.account, set(check.platforms))
    return said == (
        new.danger,
        new.newly_happened,
        new.new_event,
        new.purpose.value,
        asked.account.value,
        {one.value for one in asked.platforms},
    )
