"""Everyone whom a check concerns: their locks, their records that are one person, and what entitlement may see of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.audit.changes import last_recorded_at
from tracker.authorities.models import LegalAdvice
from tracker.decisions.errors import ClockBehindError
from tracker.decisions.models import Check, CheckSubject, ManagerDecision
from tracker.decisions.speaking import who_spoke
from tracker.people.groups import PersonGroup, behind_groups, group_of, lock_everyone, members_of
from tracker.people.models import Person
from tracker.people.networks import lock_networks
from tracker.people.selectors import get_person_by_id, standing_of
from tracker.policy.entitlement import CheckStanding, PersonStanding
from tracker.policy.periods import london_day
from tracker.referrals.models import Referral
from tracker.referrals.selectors import has_been_with_legal
from tracker.staff.selectors import parent_teams
from tracker.storage.kept import kept
from tracker.storage.tables import saved_key

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
    lock = lock_networks if with_networks else lock_everyone
    groups = lock(session, [*(saved_key(row) for row in rows), *also])
    session.flush()
    session.expire_all()  # what was loaded before the wait may have changed during it
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
    mine = CheckSubject.check_id == saved_key(check)
    query = select(CheckSubject.person_id).where(mine).order_by(col(CheckSubject.person_id))
    others = kept(session, ("list_people_of", check.id), lambda: tuple(session.exec(query)))
    keys = [check.person_id, *(one for one in others if one != check.person_id)]
    return [get_person_by_id(session, one) for one in keys]


def moment_of(session: Session, concerned: Iterable[Concerned], *, now: datetime) -> datetime:
    """The moment of a decision under the locks: `now`, or the last thing recorded about these people if that is later.

    A request takes its time before it waits for the locks. Whoever held them meanwhile may have taken theirs after it, and what
    is dated after the moment of a decision does not exist for it: a view would slip through. Raises `ClockBehindError` where
    the difference is no wait but a wrong clock.
    """
    records = {saved_key(record): record.reference for one in concerned for record in one.group.records}
    behind = behind_groups(session, records)  # what crosses a sealed record is recorded about the other side
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
    standings = [standing_of(session, one, on=london_day(now)) for one in people]
    closed = [standing.readers for standing in standings if standing.restricted]
    readers = frozenset.intersection(*closed) if closed else frozenset()
    return PersonStanding(teams=standings[0].teams, restricted=bool(closed), readers=readers)


def standing_of_check(session: Session, check: Check, *, now: datetime) -> CheckStanding:
    """What entitlement may see of a check: its team, who has had what to do with it, and the strictest of the records it concerns."""
    return kept(session, ("standing_of_check", check.id, now), lambda: _standing_of_check(session, check, now))


def _standing_of_check(session: Session, check: Check, now: datetime) -> CheckStanding:
    people = [saved_key(one) for one in list_people_of(session, check)]
    mine = ManagerDecision.check_id == saved_key(check)
    return CheckStanding(
        team=check.team_id,
        requester=check.requester_id,
        viewer=check.viewer_id,
        person=standing_of_everyone(session, people, now=now),
        with_legal=has_been_with_legal(session, saved_key(check)),
        parent_teams=parent_teams(session, check.team_id),
        deciders=frozenset(session.exec(select(ManagerDecision.decided_by).where(mine))),
        advisers=_advisers(session, check, people),
        spoke=who_spoke(session, [saved_key(check)]),
    )


def _advisers(session: Session, check: Check, people: Iterable[int]) -> frozenset[int]:
    """Who recorded advice about anybody the check concerns, or about a record linked to theirs, or took or answered its case."""
    groups = members_of(session, frozenset(people))
    members = {member for group in groups.values() for member in group}
    advised = select(LegalAdvice.recorded_by).where(col(LegalAdvice.person_id).in_(members))
    had = (Referral.check_id == saved_key(check), col(Referral.taken_by).is_not(None))
    took = session.exec(select(Referral.taken_by, Referral.closed_by).where(*had))
    return frozenset(session.exec(advised)) | {key for pair in took for key in pair if key is not None}
