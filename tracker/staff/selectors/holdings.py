"""Which roles are in force, whose they are, and who stands in for whom, at one moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.policy.entitlement import CONFIRMED_ROLES, ON_DUTY, Actor, Covered, Holding, Role
from tracker.staff.models import Deputy, RoleGrant, RotaShift, StaffMember
from tracker.staff.selectors.members import get_staff_by_id, is_open, list_staff
from tracker.staff.selectors.teams import merged_teams
from tracker.storage.kept import kept

Holdings = tuple[Holding, ...]


def load_actor(session: Session, *, staff_id: int, now: datetime, covers: bool = True) -> Actor:
    """The member of staff as who acts: every role in force now, their own and those of people they cover.

    A role that needs confirming counts once confirmed; a duty role only on shift, in the team of that shift; a role in a team
    that was merged counts in all that are that team today. Cover is not passed on: a deputy has what the person covered
    holds themself; where somebody else named the deputy, no role that was confirmed for the person covered afterwards, since
    whoever named them could not weigh it. Nobody administers staff and sees cases, by cover either. Closed staff hold nothing.
    `covers`: False where it is known already that they cover nobody now. Raises `NoSuchRecordError`.
    """
    member = get_staff_by_id(session, staff_id)
    cover = _cover(session, [staff_id], now) if covers and is_open(member, now) else []
    held = _held(session, [member], cover, now)[staff_id]
    covered = {one.covers_id: Covered(one.covers_id, whom.reference, whom.name) for one, whom in cover}
    return Actor(staff_id, member.reference, member.name, held, tuple(covered[key] for key in sorted(covered)))


def load_holdings(session: Session, members: Iterable[StaffMember], *, now: datetime) -> dict[int, Holdings]:
    """The holdings of several members of staff, by key, as `load_actor` gives those of one."""
    members = list(members)
    working = [member.id for member in members if member.id is not None and is_open(member, now)]
    return _held(session, members, _cover(session, working, now), now)


def _held(session: Session, members: list[StaffMember], cover: "_Cover", now: datetime) -> dict[int, Holdings]:
    in_force = _InForce.read(session, {*(one.id or 0 for one in members), *(row.covers_id for row, _ in cover)}, now)
    theirs: dict[int, list[Deputy]] = {member.id: [] for member in members if member.id is not None}
    for row, _ in cover:
        theirs[row.deputy_id].append(row)
    gone = {member.id for member in members if not is_open(member, now)}
    return {key: () if key in gone else in_force.held_by(key, rows) for key, rows in theirs.items()}


def grants_in_force(session: Session, *, now: datetime, of: Iterable[int] | None = None) -> list[RoleGrant]:
    """Grants that have begun, not ended, and were confirmed where they must be; duty roles on shift or not."""
    those = None if of is None else frozenset(of)
    return list(kept(session, ("grants_in_force", now, those), lambda: _grants_in_force(session, now, those)))


def _grants_in_force(session: Session, now: datetime, of: frozenset[int] | None) -> tuple[RoleGrant, ...]:
    if of is None:
        return tuple(session.execute(_in_force(), {"now": now}).scalars())
    return tuple(session.execute(_in_force_of_some(), {"now": now, "some": sorted(of)}).scalars())


@cache
def _in_force() -> Select[RoleGrant]:
    """The grants in force at `now`. Built once, as are the next two: every page asks for them."""
    now: BindParameter[datetime] = bindparam("now")
    begun = select_rows(RoleGrant).where(col(RoleGrant.from_at) <= now)
    running = or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now)
    confirmed = or_(col(RoleGrant.role).not_in(CONFIRMED_ROLES), col(RoleGrant.confirmed_at) <= now)
    return begun.where(running, confirmed).order_by(col(RoleGrant.id))


@cache
def _in_force_of_some() -> Select[RoleGrant]:
    some: BindParameter[int] = bindparam("some", expanding=True)
    return _in_force().where(col(RoleGrant.staff_id).in_(some))


def list_managers_of(session: Session, *, team_id: int, now: datetime) -> list[StaffMember]:
    """Open staff who manage that team today, themselves or as a deputy, by name. Not those of the teams above it."""
    return _list_holding(session, lambda held: held.role is Role.TEAM_MANAGER and held.team == team_id, now)


def list_holders(session: Session, *, role: Role, now: datetime) -> list[StaffMember]:
    """Open staff who hold that role now, themselves or as a deputy, by name."""
    return _list_holding(session, lambda held: held.role is role, now)


def list_actors(session: Session, *, role: Role, now: datetime) -> list[Actor]:
    """Open staff who hold that role now, themselves or as a deputy, each as who acts, by name."""
    return [actor for actor in list_working(session, now=now) if role in actor.roles]


def list_working(session: Session, *, now: datetime) -> tuple[Actor, ...]:
    """Open staff, each as who acts, by name."""

    def _read() -> tuple[Actor, ...]:
        return tuple(Actor(one.id or 0, one.reference, one.name, held) for one, held in _working(session, now))

    return kept(session, ("list_working", now), _read)


def _working(session: Session, now: datetime) -> tuple[tuple[StaffMember, Holdings], ...]:
    """Open staff with what each of them holds, by name."""

    def _read() -> tuple[tuple[StaffMember, Holdings], ...]:
        members = list_staff(session, now=now)
        held = load_holdings(session, members, now=now)
        return tuple((one, held[one.id or 0]) for one in members)

    return kept(session, ("_working", now), _read)


def list_colleagues(session: Session, *, by: Actor, now: datetime) -> list[StaffMember]:
    """Other open staff who work in a team that the actor works in, by name."""
    teams = set(by.work_teams)
    members = [member for member in list_staff(session, now=now) if member.id != by.staff_id]
    held = load_holdings(session, members, now=now)
    actors = [(one, Actor(one.id or 0, one.reference, one.name, held[one.id or 0])) for one in members]
    return [member for member, actor in actors if teams.intersection(actor.work_teams)]


@dataclass(frozen=True)
class _InForce:
    """What was read for several people at once: their grants, their shifts, the teams that are one today."""

    grants: Mapping[int, list[RoleGrant]]
    shifts: Mapping[int, set[int]]
    merged: Mapping[int, frozenset[int]]

    @classmethod
    def read(cls, session: Session, staff_ids: set[int], now: datetime) -> "_InForce":
        grants: dict[int, list[RoleGrant]] = defaultdict(list)
        for grant in grants_in_force(session, now=now, of=staff_ids):
            grants[grant.staff_id].append(grant)
        shifts: dict[int, set[int]] = defaultdict(set)
        if any(Role(grant.role) in ON_DUTY for of_one in grants.values() for grant in of_one):
            for shift in session.exec(_on_shift(), params={"now": now}):
                shifts[shift.staff_id].add(shift.team_id)
        return cls(grants, shifts, merged_teams(session))

    def held_by(self, staff_id: int, cover: Iterable[Deputy]) -> Holdings:
        """Their own and those of the people that they cover, in a fixed order, each once."""
        own = {Holding(Role(one.role), team) for one in self.grants.get(staff_id, []) for team in self._teams_of(one)}
        passed_on = {
            Holding(Role(grant.role), team, row.covers_id)
            for row in cover
            for grant in self.grants.get(row.covers_id, [])
            if _is_passed_on(grant, row)
            for team in self._teams_of(grant)
        }
        held = own | _apart_from_administration(own, passed_on)
        return tuple(sorted(held, key=lambda one: (one.covers or 0, one.role.value, one.team or 0)))

    def _teams_of(self, grant: RoleGrant) -> Iterable[int | None]:
        if Role(grant.role) in ON_DUTY:
            return [team for team in self.shifts.get(grant.staff_id, ()) if grant.team_id in (None, team)]
        if grant.team_id is None:
            return [None]
        return self.merged.get(grant.team_id, [grant.team_id])


@cache
def _on_shift() -> SelectOfScalar[RotaShift]:
    return select(RotaShift).where(RotaShift.from_at <= bindparam("now"), RotaShift.until_at > bindparam("now"))


_Cover = Sequence[tuple[Deputy, StaffMember]]
"""Who covers whom now, each with the member of staff who is covered."""


def _cover(session: Session, staff_ids: list[int], now: datetime) -> _Cover:
    """The cover that these give now; the covered are open."""
    found = session.execute(_deputies_and_covered(), {"now": now, "deputies": staff_ids})
    return [(row, covered) for row, covered in found if is_open(covered, now)]


@cache
def _deputies_and_covered() -> Select[Deputy, StaffMember]:
    deputies: BindParameter[int] = bindparam("deputies", expanding=True)
    both = select_rows(Deputy, StaffMember).join(StaffMember, col(StaffMember.id) == col(Deputy.covers_id))
    return both.where(col(Deputy.deputy_id).in_(deputies), cover_in_force())


def cover_in_force() -> ColumnElement[bool]:
    """That a deputy stands in for somebody at the moment that is given as `now`."""
    now: BindParameter[datetime] = bindparam("now")
    return and_(col(Deputy.from_at) <= now, col(Deputy.until_at) > now)


def _is_passed_on(grant: RoleGrant, cover: Deputy) -> bool:
    if Role(grant.role) not in CONFIRMED_ROLES or cover.named_by == cover.covers_id:
        return True
    return grant.confirmed_at is not None and grant.confirmed_at <= cover.recorded_at


def _apart_from_administration(own: set[Holding], passed_on: set[Holding]) -> set[Holding]:
    """What is passed on, without what would have somebody administer staff and see cases. Their own roles come first."""
    if any(one.role is Role.ADMINISTRATOR for one in own):
        return {one for one in passed_on if one.role is Role.ADMINISTRATOR}
    with_cases = {one for one in own | passed_on if one.role is not Role.ADMINISTRATOR}
    return {one for one in passed_on if one.role is not Role.ADMINISTRATOR} if with_cases else passed_on


def _list_holding(session: Session, wanted: Callable[[Holding], bool], now: datetime) -> list[StaffMember]:
    return [member for member, held in _working(session, now) if any(map(wanted, held))]
