"""Which roles are in force, whose they are, and who stands in for whom, at one moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from tracker.policy.entitlement import CONFIRMED_ROLES, Actor, Holding, Role
from tracker.staff.models import Deputy, RoleGrant, RotaShift, StaffMember
from tracker.staff.requests import ON_DUTY
from tracker.staff.selectors.members import get_staff_by_id, is_open, list_staff
from tracker.staff.selectors.teams import merged_teams

Holdings = tuple[Holding, ...]


def load_actor(session: Session, *, staff_id: int, now: datetime) -> Actor:
    """The member of staff as who acts: every role in force now, their own and those of people they cover.

    A role that needs confirming counts once confirmed; a duty role only on shift, in the team of that shift; a role in a team
    that was merged counts in all that are that team today. Cover is not passed on: a deputy has what the person covered
    holds themself. Closed staff hold nothing. Raises `NoSuchRecordError`.
    """
    member = get_staff_by_id(session, staff_id)
    return Actor(staff_id, member.reference, member.name, load_holdings(session, [member], now=now)[staff_id])


def load_holdings(session: Session, members: Iterable[StaffMember], *, now: datetime) -> dict[int, Holdings]:
    """The holdings of several members of staff, by key, as `load_actor` gives those of one."""
    found = {member.id: is_open(member, now) for member in members if member.id is not None}
    cover = _cover(session, [staff_id for staff_id, working in found.items() if working], now)
    in_force = _InForce.read(session, {*found, *(covered for _, covered in cover)}, now)
    whose: dict[int, list[int | None]] = {staff_id: [None] if working else [] for staff_id, working in found.items()}
    for deputy, covered in cover:
        whose[deputy].append(covered)
    return {staff_id: in_force.held_by(staff_id, covers) for staff_id, covers in whose.items()}


def grants_in_force(session: Session, *, now: datetime, of: Iterable[int] | None = None) -> list[RoleGrant]:
    """Grants that have begun, not ended, and were confirmed where they must be; duty roles on shift or not."""
    query = select(RoleGrant).where(
        RoleGrant.from_at <= now,
        or_(col(RoleGrant.until_at).is_(None), col(RoleGrant.until_at) > now),
        or_(col(RoleGrant.role).not_in(CONFIRMED_ROLES), col(RoleGrant.confirmed_at) <= now),
    )
    if of is not None:
        query = query.where(col(RoleGrant.staff_id).in_(sorted(of)))
    return list(session.exec(query.order_by(col(RoleGrant.id))))


def list_managers_of(session: Session, *, team_id: int, now: datetime) -> list[StaffMember]:
    """Open staff who manage that team today, themselves or as a deputy, by name. Not those of the teams above it."""
    return _list_holding(session, lambda held: held.role is Role.TEAM_MANAGER and held.team == team_id, now)


def list_holders(session: Session, *, role: Role, now: datetime) -> list[StaffMember]:
    """Open staff who hold that role now, themselves or as a deputy, by name."""
    return _list_holding(session, lambda held: held.role is role, now)


def list_actors(session: Session, *, role: Role, now: datetime) -> list[Actor]:
    """Open staff who hold that role now, themselves or as a deputy, each as who acts, by name."""
    members = list_staff(session, now=now)
    held = load_holdings(session, members, now=now)
    actors = [Actor(one.id or 0, one.reference, one.name, held[one.id or 0]) for one in members]
    return [actor for actor in actors if role in actor.roles]


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
        on_shift = (RotaShift.from_at <= now, RotaShift.until_at > now)
        if any(Role(grant.role) in ON_DUTY for of_one in grants.values() for grant in of_one):
            for shift in session.exec(select(RotaShift).where(*on_shift)):
                shifts[shift.staff_id].add(shift.team_id)
        return cls(grants, shifts, merged_teams(session))

    def held_by(self, staff_id: int, covers: Iterable[int | None]) -> Holdings:
        """Their own (None) and those of the people that they cover, in a fixed order, each once."""
        held = {
            Holding(Role(grant.role), team, covered)
            for covered in covers
            for grant in self.grants.get(covered or staff_id, [])
            for team in self._teams_of(grant)
        }
        return tuple(sorted(held, key=lambda one: (one.covers or 0, one.role.value, one.team or 0)))

    def _teams_of(self, grant: RoleGrant) -> Iterable[int | None]:
        if Role(grant.role) in ON_DUTY:
            return [team for team in self.shifts.get(grant.staff_id, ()) if grant.team_id in (None, team)]
        if grant.team_id is None:
            return [None]
        return self.merged.get(grant.team_id, [grant.team_id])


def _cover(session: Session, staff_ids: list[int], now: datetime) -> list[tuple[int, int]]:
    """Who covers whom now, as (deputy, covered); the covered are open."""
    query = select(Deputy.deputy_id, StaffMember).join(StaffMember, col(StaffMember.id) == col(Deputy.covers_id))
    now_in_force = query.where(col(Deputy.deputy_id).in_(staff_ids), Deputy.from_at <= now, Deputy.until_at > now)
    return [(deputy, one.id) for deputy, one in session.exec(now_in_force) if one.id is not None and is_open(one, now)]


def _list_holding(session: Session, wanted: Callable[[Holding], bool], now: datetime) -> list[StaffMember]:
    members = list_staff(session, now=now)
    held = load_holdings(session, members, now=now)
    return [member for member in members if any(wanted(one) for one in held[member.id or 0])]
