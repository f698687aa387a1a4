"""What else there was about the people whom a check concerns: looks, declines and blocks. That and when, not why or what."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.decisions.concerned import concerned_by
from tracker.decisions.models import Check
from tracker.decisions.selectors import find_closing, find_look, latest_decision, list_checks_about
from tracker.decisions.vocabulary import CheckKind, Occasion
from tracker.policy.vocabulary import Outcome, Platform
from tracker.review.selectors.facts_in_words import ANOTHER_TEAM
from tracker.staff.selectors import get_team_by_id
from tracker.viewings.models import Look
from tracker.viewings.selectors import sitting_began_at
from tracker.viewings.vocabulary import FOUND_NOTHING, LookResult
from tracker.web.words import listed


@dataclass(frozen=True, slots=True)
class Earlier:
    """One look, decline or block: what, when, and in which team."""

    what: str
    at: datetime
    team: str


def list_before(
    session: Session, check: Check, *, now: datetime, hidden: frozenset[str] = frozenset()
) -> list[Earlier]:
    """The looks, declines and blocks about everyone whom the check concerns, under every linked record; the newest first. Of the teams
    `hidden` (references) it is not said which."""
    members = tuple(sorted({one for person in concerned_by(session, check) for one in person.group.members}))
    others = [one for one in list_checks_about(session, members) if one.id != check.id]
    found = [_earlier(session, one, now, hidden) for one in others]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _earlier(session: Session, check: Check, now: datetime, hidden: frozenset[str]) -> Earlier:
    what, at = _what(session, check, now)
    team = get_team_by_id(session, check.team_id)
    return Earlier(what, at, ANOTHER_TEAM if team.reference in hidden else team.name)


def _what(session: Session, check: Check, now: datetime) -> tuple[str, datetime]:
    look, decision = find_look(session, check), latest_decision(session, check)
    if check.struck_at is not None:
        return "Recorded in error", check.struck_at
    if check.withdrawn_at is not None:
        return "Withdrawn", check.withdrawn_at
    if look is not None:
        return _look(check, look), sitting_began_at(look, by=now)
    closing = find_closing(session, check)
    if closing is not None:
        return "Blocked, and closed by a manager", closing.at
    if decision.occasion == Occasion.DECLINED:
        return "Declined by a manager", decision.at
    return Outcome(decision.outcome).label, decision.at


def _look(check: Check, look: Look) -> str:
    where = listed(Platform(one).label for one in look.platforms)
    if look.result == LookResult.NOT_USED:
        return "Reported as not used" if look.result_counts_from else "Said to be not used, not yet confirmed"
    if look.result in FOUND_NOTHING and look.searched_first:
        return f"Search, {where}"
    if check.kind == CheckKind.LATE_ENTRY:
        return f"Look recorded afterwards, {where}"
    return f"Look, {where}" if look.reported_at else f"Look allowed, not yet reported, {where}"
