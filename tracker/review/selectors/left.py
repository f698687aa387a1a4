"""Checks that somebody had begun to record and left behind when they left the council. What was typed stays theirs: nobody reads it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.checks.same_for import FORM as SAME_FOR
from tracker.decisions.models import Check
from tracker.decisions.selectors import get_check
from tracker.drafts.models import Draft
from tracker.people.selectors import get_person, get_person_by_id, standing_of
from tracker.policy.entitlement import Actor, may_open_person
from tracker.policy.periods import london_day
from tracker.review.selectors.errors_said import RESTRICTED
from tracker.review.selectors.falling import Managers
from tracker.staff.models import StaffMember
from tracker.staff.selectors import every_team
from tracker.storage.tables import saved_key

OF_CHECKS = ("check", SAME_FOR)
"""The forms of the drafts of checks: of one, and of the same for others of a household."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A draft of somebody who has left: whose, about whom (only that the record is restricted, where it is), and until when.

    `reference`: the person's, empty where their record may not be opened. `others`: of the same for others of their household, how
    many; 0 where it is a check of the person themself.
    """

    by: str
    person: str
    reference: str
    saved_at: datetime
    ends_at: datetime
    others: int = 0


def list_left_behind(session: Session, managers: Managers, *, to: Actor, now: datetime) -> list[LeftBehind]:
    """The drafts of checks of those who have left, in teams that `to` manages or that fall to them, the oldest first."""
    query = (
        select(Draft, StaffMember)
        .join(StaffMember, col(StaffMember.id) == col(Draft.staff_id))
        .where(col(Draft.form).in_(OF_CHECKS), col(Draft.ends_at) > now, col(StaffMember.closed_at) <= now)
        .order_by(col(Draft.saved_at), col(Draft.id))
    )
    teams = {team.reference: key for key, team in every_team(session).items()}
    found = []
    for draft, by in session.exec(query).all():
        check = get_check(session, draft.about or "") if draft.form == SAME_FOR else None
        team = teams.get(str(draft.content.get("team")), 0) if check is None else check.team_id
        if managers.manages(to, team):
            found.append(_shown(session, draft, by, check, to, now))
    return found


def _shown(
    session: Session, draft: Draft, by: StaffMember, check: Check | None, to: Actor, now: datetime
) -> LeftBehind:
    person = get_person(session, draft.about or "") if check is None else get_person_by_id(session, check.person_id)
    may_open = may_open_person(to, standing_of(session, saved_key(person), on=london_day(now)))
    return LeftBehind(
        by=by.name,
        person=(person.name or person.known_by or "") if may_open else RESTRICTED,
        reference=person.reference if may_open else "",
        saved_at=draft.saved_at,
        ends_at=draft.ends_at,
        others=0 if check is None else len(draft.content["people"]),
    )
