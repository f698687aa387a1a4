"""From the ledger to what the patterns may see, for some people and some members of staff.

Everything that one of those asked about has a part in is read whole: all their looks, those of every network that they are in,
whoever was looked at under the same address, and all late looks and handed-back permits of whoever looked at them. So what is
found does not hang on who happened to be asked about, nor on the order in which things were recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.decisions.models import Check, CheckSubject
from tracker.detection.circles import Circle, read_circle
from tracker.detection.ledger import (
    Entry,
    Whose,
    last_moment,
    list_checks_sharing,
    list_entries,
    list_named_profiles,
    permits_of,
    views_of,
)
from tracker.detection.standing import what_stood
from tracker.people.models import CountRestart
from tracker.policy.limits import Limits
from tracker.policy.patterns import AlsoSeen as SeenBesides
from tracker.policy.patterns import IssuedPermit, Pattern, PatternFacts
from tracker.staff.models import StaffMember, Team
from tracker.viewings.models import AlsoSeen, Look
from tracker.viewings.selectors import sitting_began_at
from tracker.viewings.vocabulary import FOUND_NOTHING, LookResult

OF_PEOPLE = (
    Pattern.REPEAT_VIEWING,
    Pattern.FAMILY_CLUSTER,
    Pattern.PRESENCE_DRIP,
    Pattern.COLLATERAL,
    Pattern.HANDED_BACK,
    Pattern.AUTHORITY_GAP,
)
"""What is looked for among the looks of people and those around them. Looks that wait for a report or a review are kept by the
clocks of their own rooms."""

HANDED_BACK = frozenset({LookResult.NOT_USED, *FOUND_NOTHING})


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts, and the patterns that are looked for in them: each sees whole what it judges."""

    facts: PatternFacts
    only: tuple[Pattern, ...]


@dataclass(slots=True)
class LedgerFacts:
    """What the patterns may see, and the keys behind the names in it. `staff`: keys of whoever tasks may be about.

    `now`: the moment of all this, not before anything that it was read from.
    """

    circle: Circle
    readings: tuple[Reading, ...]
    looks: dict[str, Look]
    staff: frozenset[int]
    now: datetime


def read_facts(
    session: Session,
    people: Iterable[int],
    limits: Limits,
    *,
    now: datetime,
    staff: Iterable[int] = (),
    over_seals: bool = False,
) -> LedgerFacts:
    """What is recorded by now about these people, and about these members of staff and whoever looked at them (keys).

    The rate of a worker is judged over all time where members of staff are asked about, otherwise over what is recent.
    `over_seals`: with sealed counterparts as one person, for Legal alone.
    """
    staff = frozenset(staff)
    circle, looks = read_circle(session, people, over_seals=over_seals), dict[str, Look]()
    entries = list_entries(session, Whose.AT_PEOPLE, circle.everyone())
    now = last_moment(entries, now)
    asked = circle.keys_of(circle.asked)
    own = [one for one in entries if one.viewing.person_id in asked]
    _meet(session, circle, entries, looks)
    late = {one.look.viewer_id for one in own if one.look.issued_at is None} | set(staff)
    returning = {one.look.viewer_id for one in own if _is_handed_back(one.look)} | set(staff)
    readings = (
        _of_people(session, circle, entries, own, looks, returning, limits, whole_rates=bool(staff), now=now),
        _of_addresses(session, circle, own, looks, now=now),
        _of_staff(session, circle, late, looks, now=now),
    )
    return LedgerFacts(circle, readings, looks, frozenset(late | returning), now)


def _of_people(
    session: Session,
    circle: Circle,
    entries: list[Entry],
    own: list[Entry],
    looks: dict[str, Look],
    returning: set[int],
    limits: Limits,
    *,
    whole_rates: bool,
    now: datetime,
) -> Reading:
    length = timedelta(days=limits.handed_back_rate_days)
    rates_from = None if whole_rates else now - length
    facts = PatternFacts(
        now=now,
        views=views_of(entries, circle, (), now=now),
        networks=dict(circle.networks),
        counted_from=_counted_from(session, circle) if entries else {},
        also_seen=_also_seen(session, circle, looks, now=now),
        permits=permits_of(own, circle, circle.asked),
        team_permits=_team_permits(session, returning, looks, since=rates_from and rates_from - length),
        rates_from=rates_from,
        stood_on=what_stood(session, own, circle, limits, now=now),
    )
    return Reading(facts, OF_PEOPLE)


def _of_addresses(
    session: Session, circle: Circle, own: list[Entry], looks: dict[str, Look], *, now: datetime
) -> Reading:
    """The looks under every address that a check of those asked about named, whoever they were at."""
    named = list_named_profiles(session, own)
    sharing = list_checks_sharing(session, named)
    theirs = list_entries(session, Whose.OF_CHECKS, sharing) if sharing else []
    _meet(session, circle, theirs, looks)
    addresses = {one.address for one in named}
    named += [one for one in list_named_profiles(session, theirs) if one.address in addresses]
    circle.meet(session, {one.person_id for one in named})
    views = views_of(own + theirs, circle, named, now=now)
    return Reading(PatternFacts(now=now, views=views), (Pattern.SHARED_PROFILE,))


def _of_staff(session: Session, circle: Circle, workers: set[int], looks: dict[str, Look], *, now: datetime) -> Reading:
    entries = list_entries(session, Whose.LATE_BY_WORKERS, workers) if workers else []
    _meet(session, circle, entries, looks)
    return Reading(PatternFacts(now=now, views=views_of(entries, circle, (), now=now)), (Pattern.LATE_LOGGING,))


def _meet(session: Session, circle: Circle, entries: list[Entry], looks: dict[str, Look]) -> None:
    looks.update((one.look.reference, one.look) for one in entries)
    circle.meet(session, {key for one in entries for key in (one.page, one.viewing.person_id)})


def _counted_from(session: Session, circle: Circle) -> dict[str, datetime]:
    """From when Legal lets looks at a person count: as `people.selectors.counted_from`, for all of them at once."""
    latest: dict[int, datetime] = {}
    for row in session.exec(_restarts(), params={"people": list(circle.everyone())}):
        latest[row.person_id] = row.counted_from
    restarted = {circle.name_of(key) for key in latest}
    whole = (name for name in restarted if set(circle.members[name]) <= latest.keys())
    return {name: min(latest[key] for key in circle.members[name]) for name in whole}


@cache
def _restarts() -> SelectOfScalar[CountRestart]:
    """Built once: as soon as somebody was looked at, every use-case that looks for patterns asks."""
    theirs = col(CountRestart.person_id).in_(bindparam("people", expanding=True))
    return select(CountRestart).where(theirs).order_by(col(CountRestart.recorded_at), col(CountRestart.id))


def _also_seen(session: Session, circle: Circle, looks: dict[str, Look], *, now: datetime) -> tuple[SeenBesides, ...]:
    """Where those asked about were reported as also seen, in whose looks."""
    rows = session.execute(_seen_in_looks(), {"keys": sorted(circle.keys_of(circle.asked))}).all()
    about = _subjects(session, {look.check_id for _, look, _ in rows})
    circle.meet(session, {person for people in about.values() for person in people})
    looks.update((look.reference, look) for _, look, _ in rows)
    return tuple(
        SeenBesides(
            person=circle.name_of(person or 0),
            look=look.reference,
            check=check,
            at=sitting_began_at(look, by=now),
            about=circle.names_of(about[look.check_id]),
        )
        for person, look, check in rows
    )


@cache
def _seen_in_looks() -> Select[int | None, Look, str]:
    """Who of `keys` was reported as also seen, in which look of which check. Built once: every use-case that looks for patterns asks."""
    keys: BindParameter[int] = bindparam("keys", expanding=True)
    return (
        select_rows(col(AlsoSeen.person_id), Look, col(Check.reference))
        .join(Look, col(Look.id) == col(AlsoSeen.look_id))
        .join(Check, col(Check.id) == col(Look.check_id))
        .where(col(AlsoSeen.person_id).in_(keys), col(Look.struck_at).is_(None))
        .order_by(col(AlsoSeen.id))
    )


def _subjects(session: Session, checks: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {check: set() for check in checks}
    if checks:
        for row in session.exec(select(CheckSubject).where(col(CheckSubject.check_id).in_(checks))):
            found[row.check_id].add(row.person_id)
    return found


def _team_permits(
    session: Session, workers: set[int], looks: dict[str, Look], *, since: datetime | None
) -> tuple[IssuedPermit, ...]:
    """Every permit of the teams for which these members of staff looked, since an instant or ever."""
    if not workers:
        return ()
    issued = col(Look.issued_at).is_not(None) if since is None else col(Look.issued_at) >= since
    lately = (issued, col(Look.struck_at).is_(None))
    teams = select(Look.team_id).where(col(Look.viewer_id).in_(workers), *lately)
    query = (
        select(Look, StaffMember.reference, Team.reference)
        .join(StaffMember, col(StaffMember.id) == col(Look.viewer_id))
        .join(Team, col(Team.id) == col(Look.team_id))
        .where(col(Look.team_id).in_(teams), *lately)
        .order_by(col(Look.id))
    )
    rows = session.exec(query).all()
    looks.update((look.reference, look) for look, _, _ in rows)
    return tuple(
        IssuedPermit(look.reference, frozenset(), worker, team, look.issued_at, look.result, look.reported_at)
        for look, worker, team in rows
        if look.issued_at is not None
    )


def _is_handed_back(look: Look) -> bool:
    return look.issued_at is not None and look.result in HANDED_BACK
