"""What was opened on duty, as the home teams are told of it: those who worked with the person that day, on their next working morning.

Where no team but a duty team worked with somebody, it is told to that duty team itself (ADR 0150).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from tracker.clockwork.working_days import last_working_morning, working_morning_after
from tracker.decisions.models import Check, CheckSubject
from tracker.decisions.records import latest_decision
from tracker.people.groups import group_of
from tracker.people.models import DutyOpening, Involvement
from tracker.people.selectors import get_person_by_id, standing_of
from tracker.policy.entitlement import Actor, may_open_person
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Outcome, Platform, Purpose
from tracker.review.selectors.errors_said import RESTRICTED
from tracker.staff.models import RotaShift, Team
from tracker.staff.selectors import get_staff_by_id, get_team_by_id
from tracker.storage.tables import saved_key
from tracker.web.words import with_capital

SHOWN_FOR = timedelta(days=28)
"""For how long the page goes on showing what was opened."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A check that was asked for on that shift: its reference, what for and where, and how it came out."""

    reference: str
    what: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening: by whom of which duty team, when, of whose record (only that it is restricted, where it is), why, what was asked.

    `reference`: the person's, empty where their record may not be opened; then `reason` and `asked` are empty too.
    """

    by: str
    duty_team: str
    at: datetime
    listed_at: datetime
    person: str
    reference: str
    reason: str
    asked: tuple[Asked, ...]


def list_openings_for(
    session: Session,
    teams: Collection[int],
    *,
    to: Actor,
    since: datetime,
    now: datetime,
    until: datetime | None = None,
) -> list[Opened]:
    """What teams (keys) are told of by `now`, the newest first: of openings from `since`, and before `until` where it is given."""
    wanted = set(teams)
    rows = [
        one
        for one in _openings(session, since, until)
        if working_morning_after(one.at) <= now and wanted & told_to(session, one)
    ]
    return [_shown(session, one, to=to, now=now) for one in reversed(rows)]


def list_openings_of_today(session: Session, *, to: Actor, now: datetime) -> list[Opened]:
    """What the actor's teams were told of on the last working morning."""
    morning = last_working_morning(now)
    before = last_working_morning(morning - timedelta.resolution)
    return list_openings_for(session, to.work_teams, to=to, since=before, until=morning, now=now)


def openings_by_team_and_morning(
    session: Session, *, since: datetime, now: datetime
) -> dict[tuple[int, datetime], list[DutyOpening]]:
    """Openings from `since` of which teams (keys) have been told by `now`, by the team and the morning on which it was."""
    found: dict[tuple[int, datetime], list[DutyOpening]] = defaultdict(list)
    for one in _openings(session, since):
        morning = working_morning_after(one.at)
        if morning <= now:
            for team in sorted(told_to(session, one)):
                found[team, morning].append(one)
    return found


def told_to(session: Session, opening: DutyOpening) -> frozenset[int]:
    """The teams that are told: those that worked with the person, or a record linked to theirs, on that day; else the duty team."""
    day, members = london_day(opening.at), group_of(session, opening.person_id).members
    then = (
        Involvement.opened_on <= day,
        or_(col(Involvement.closed_on).is_(None), col(Involvement.closed_on) >= day),
        col(Team.on_duty).is_(False),
    )
    query = select(Involvement.team_id).join(Team, col(Team.id) == col(Involvement.team_id))
    home = session.exec(query.where(col(Involvement.person_id).in_(members), *then)).all()
    return frozenset(home) or frozenset({opening.team_id})


def _openings(session: Session, since: datetime, until: datetime | None = None) -> Iterable[DutyOpening]:
    query = select(DutyOpening).where(DutyOpening.at >= since).order_by(col(DutyOpening.at), col(DutyOpening.id))
    return session.exec(query if until is None else query.where(DutyOpening.at < until)).all()


def _shown(session: Session, opening: DutyOpening, *, to: Actor, now: datetime) -> Opened:
    person = get_person_by_id(session, opening.person_id)
    may_open = may_open_person(to, standing_of(session, saved_key(person), on=london_day(now)))
    return Opened(
        by=get_staff_by_id(session, opening.staff_id).name,
        duty_team=get_team_by_id(session, opening.team_id).name,
        at=opening.at,
        listed_at=working_morning_after(opening.at),
        person=(person.name or person.known_by or "") if may_open else RESTRICTED,
        reference=person.reference if may_open else "",
        reason=opening.reason if may_open else "",
        asked=_asked(session, opening) if may_open else (),
    )


def _asked(session: Session, opening: DutyOpening) -> tuple[Asked, ...]:
    """What they asked for about this person in that team, from the opening until their shift was over."""
    members = group_of(session, opening.person_id).members
    concerned = select(CheckSubject.check_id).where(col(CheckSubject.person_id).in_(members))
    shift = session.get_one(RotaShift, opening.shift_id)
    query = select(Check).where(
        Check.requester_id == opening.staff_id,
        Check.team_id == opening.team_id,
        col(Check.id).in_(concerned),
        Check.recorded_at >= opening.at,
        Check.recorded_at <= shift.until_at,
    )
    return tuple(_as_asked(session, check) for check in session.exec(query.order_by(col(Check.id))))


def _as_asked(session: Session, check: Check) -> Asked:
    where = ", ".join(Platform(one).label for one in check.platforms)
    outcome = Outcome(latest_decision(session, check).outcome)
    what = f"{with_capital(Purpose(check.purpose).label)}: {where}"
    return Asked(check.reference, what, "It could go ahead" if outcome is Outcome.PERMITTED else outcome.label)
