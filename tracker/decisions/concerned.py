"""Everyone whom a check concerns: their locks, their records that are one person, and what entitlement may see of them."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TypeVar

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from tracker.audit.changes import last_recorded_at
from tracker.authorities.models import LegalAdvice
from tracker.decisions.errors import ClockBehindError
from tracker.decisions.models import Check, CheckSubject
from tracker.decisions.records import verdicts_of
from tracker.decisions.speaking import who_spoke_of
from tracker.people.groups import (
    PersonGroup,
    behind_groups,
    group_of,
    groups_of,
    members_of,
    take_everyones_locks,
    with_doubts,
)
from tracker.people.models import Person
from tracker.people.networks import take_network_locks
from tracker.people.selectors import get_person_by_id, standings_of
from tracker.policy.entitlement import CheckStanding, PersonStanding
from tracker.policy.periods import london_day
from tracker.referrals.selectors import referrals_of
from tracker.staff.selectors import every_team, on_duty_among, parents_among
from tracker.storage.kept import kept_each
from tracker.storage.tables import saved_key

Key = TypeVar("Key", bound=Hashable)

LONGEST_WAIT = timedelta(minutes=5)
"""How far a request's moment may lie behind what was recorded while it waited for the locks; further, and a clock is wrong."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """One person whom a check concerns, with the records that count as theirs."""

    person: Person
    group: PersonGroup

    @property
    def person_id(self) -> int:
        """The person's key."""
        return saved_key(self.person)


def lock_concerned(
    session: Session, people: Iterable[Person], *, also: Iterable[int] = (), with_networks: bool = False
) -> tuple[Concerned, ...]:
    """Takes the locks of all of them (and of the people `also`, by key) in one call, and reads everything again after it.

    `with_networks`: with family and household, which whoever runs detection needs. Each person once, in the order given. To be
    called once a transaction, after the submission's lock.
    """
    rows = list({saved_key(person): person for person in people}.values())
    keys = [*(saved_key(row) for row in rows), *also]
    take_locks = take_network_locks if with_networks else take_everyones_locks
    take_locks(session, keys)
    session.flush()
    session.expire_all()  # what was loaded before the wait may have changed during it
    groups = groups_of(session, keys)
    return tuple(Concerned(row, groups[saved_key(row)]) for row in rows)


def lock_check(
    session: Session, check: Check, *, also: Iterable[int] = (), with_networks: bool = False
) -> tuple[Concerned, ...]:
    """The locks of everyone the check concerns, the person whose page it is first; `check` is read again after them."""
    return lock_concerned(session, list_people_of(session, check), also=also, with_networks=with_networks)


def concerned_by(session: Session, check: Check, *, links_at: datetime | None = None) -> tuple[Concerned, ...]:
    """Everyone the check concerns, by the links that stand now or stood at an instant; takes no locks."""
    return tuple(
        Concerned(person, group_of(session, saved_key(person), at=links_at))
        for person in list_people_of(session, check)
    )


def list_people_of(session: Session, check: Check) -> list[Person]:
    """Everyone the check concerns, the person whose page it is first, then in the order of their keys."""
    return [get_person_by_id(session, one) for one in people_of_checks(session, [check])[saved_key(check)]]


def people_of_checks(session: Session, checks: Iterable[Check]) -> dict[int, tuple[int, ...]]:
    """The keys of those whom each of several checks concerns, in the same order, by the key of the check."""
    rows = {saved_key(check): check for check in checks}

    def _read(wanted: list[int]) -> dict[int, tuple[int, ...]]:
        found = {key: {rows[key].person_id: None} for key in wanted}
        for key, person_id in session.exec(_subjects(), params={"checks": wanted}):
            found[key][person_id] = None
        return {key: tuple(people) for key, people in found.items()}

    return kept_each(session, "people_of_checks", rows, _read)


@cache
def _subjects() -> Select[int, int]:
    """Built once, as are the others here: every request about a check asks for them."""
    theirs = col(CheckSubject.check_id).in_(bindparam("checks", expanding=True))
    return select(CheckSubject.check_id, CheckSubject.person_id).where(theirs).order_by(col(CheckSubject.person_id))


def moment_of(session: Session, concerned: Iterable[Concerned], *, now: datetime) -> datetime:
    """The moment of a decision under the locks: `now`, or the last thing recorded about these people if that is later.

    A request takes its time before it waits for the locks. Whoever held them meanwhile may have taken theirs after it, and what
    is dated after the moment of a decision does not exist for it: a view would slip through. Raises `ClockBehindError` where
    the difference is no wait but a wrong clock.
    """
    records = {saved_key(record): record.reference for one in concerned for record in one.group.records}
    behind = with_doubts(session, behind_groups(session, records))  # what crosses is recorded about the other side
    unread = behind - records.keys()
    references = {*records.values(), *(get_person_by_id(session, one).reference for one in unread)}
    last = last_recorded_at(session, references)
    if last is None or last <= now:
        return now
    if last - now > LONGEST_WAIT:
        raise ClockBehindError("this server's clock is behind what has been recorded; nothing was decided")
    return last


def standing_of_everyone(session: Session, people: Iterable[int], *, now: datetime) -> PersonStanding:
    """The strictest of the standings of these people: restricted if any is, readable by those who may read each of them.

    `teams` are those involved with the first of them, whose page it is.
    """
    return standings_of_each(session, {0: tuple(people)}, now=now)[0]


def standings_of_each(
    session: Session,
    people: Mapping[Key, Sequence[int]],
    *,
    now: datetime,
    members: Mapping[int, tuple[int, ...]] | None = None,
) -> dict[Key, PersonStanding]:
    """The same of several such lists of people at once, each under the key that it comes with; `members` as in `standings_of`."""
    everyone = (one for keys in people.values() for one in keys)
    found = standings_of(session, everyone, on=london_day(now), members=members)
    return {key: _strictest([found[one] for one in keys]) for key, keys in people.items()}


def _strictest(standings: Sequence[PersonStanding]) -> PersonStanding:
    closed = [standing.readers for standing in standings if standing.restricted]
    readers = frozenset.intersection(*closed) if closed else frozenset()
    return PersonStanding(teams=standings[0].teams, restricted=bool(closed), readers=readers)


def standing_of_check(session: Session, check: Check, *, now: datetime) -> CheckStanding:
    """What entitlement may see of a check: its team, who has had what to do with it, and the strictest of the records it concerns."""
    return standings_of_checks(session, [check], now=now)[saved_key(check)]


def standings_of_checks(session: Session, checks: Iterable[Check], *, now: datetime) -> dict[int, CheckStanding]:
    """The same of several checks at once, by their keys."""
    rows = {saved_key(check): check for check in checks}

    def _read(wanted: list[tuple[int, datetime]]) -> dict[tuple[int, datetime], CheckStanding]:
        found = _standings_of(session, [rows[key] for key, _ in wanted], now)
        return {(key, now): found[key] for key, _ in wanted}

    found = kept_each(session, "standings_of_checks", [(key, now) for key in rows], _read)
    return {key: standing for (key, _), standing in found.items()}


def _standings_of(session: Session, checks: list[Check], now: datetime) -> dict[int, CheckStanding]:
    people = people_of_checks(session, checks)
    members = members_of(session, frozenset(one for keys in people.values() for one in keys))
    parts = _Parts.read(session, people, members)
    standings = standings_of_each(session, people, now=now, members=members)
    teams = every_team(session)  # once: for what stands above each, and for who is on duty
    above, on_duty = partial(parents_among, teams), on_duty_among(teams)
    return {
        key: CheckStanding(
            team=check.team_id,
            requester=check.requester_id,
            viewer=check.viewer_id,
            person=standings[key],
            with_legal=key in parts.with_legal,
            parent_teams=teams_above(check.team_id, standings[key], above=above, on_duty=on_duty),
            deciders=frozenset(parts.deciders[key]),
            advisers=frozenset(parts.advisers[key]),
            spoke=frozenset(parts.spoke[key]),
        )
        for key, check in ((saved_key(check), check) for check in checks)
    }


def teams_above(
    team_id: int, person: PersonStanding, *, above: Callable[[int], frozenset[int]], on_duty: frozenset[int]
) -> frozenset[int]:
    """Keys of the other teams whose managers may decide: those above; of a duty team's check those too that work with the person, and
    those above them, since what it asked for must not wait until it is on the rota again (ADR 0150).

    By how the teams stand: what is `above` each of them, and which of them are on duty by rota.
    """
    if team_id not in on_duty:
        return above(team_id)
    home = person.teams - on_duty
    return above(team_id).union(home, *map(above, home))


@dataclass(frozen=True, slots=True)
class _Parts:
    """Who had what part in several checks, by the check's key."""

    deciders: Mapping[int, Iterable[int]]
    advisers: Mapping[int, Iterable[int]]
    spoke: Mapping[int, Iterable[int]]
    with_legal: set[int]

    @classmethod
    def read(
        cls, session: Session, people: Mapping[int, tuple[int, ...]], members: Mapping[int, tuple[int, ...]]
    ) -> "_Parts":
        """Of these checks with those whom each concerns, and the keys of the groups of these.

        Advisers are those who recorded advice about anybody whom the check concerns, or about a record linked to theirs, and those
        who took or answered its case.
        """
        deciders = {key: [one.decided_by for one in rows] for key, rows in verdicts_of(session, people).items()}
        advisers, with_legal = {key: set[int]() for key in people}, set[int]()
        for key, case in ((key, case) for key, cases in referrals_of(session, people).items() for case in cases):
            with_legal.update([key] if case.with_legal_at is not None else [])
            had = (case.taken_by, case.closed_by) if case.taken_by is not None else ()
            advisers[key].update(who for who in had if who is not None)
        advised = _advised(session, members)
        for key, concerned in people.items():
            advisers[key].update(who for one in concerned for who in advised[one])
        return cls(deciders, advisers, who_spoke_of(session, people), with_legal)


def _advised(session: Session, groups: Mapping[int, tuple[int, ...]]) -> dict[int, set[int]]:
    """Who recorded advice about each of these people, or about a record linked to theirs; with each the keys of their group."""
    members = {member for group in groups.values() for member in group}
    by: dict[int, set[int]] = {member: set() for member in members}
    for person_id, who in session.exec(_advice_about(), params={"members": list(members)}):
        by[person_id].add(who)
    return {one: {who for member in group for who in by[member]} for one, group in groups.items()}


@cache
def _advice_about() -> Select[int, int]:
    theirs = col(LegalAdvice.person_id).in_(bindparam("members", expanding=True))
    return select(LegalAdvice.person_id, LegalAdvice.recorded_by).where(theirs)
