"""Who stands above whom: for whom a task waits where those whom it should wait for cannot, and one level up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from tracker.policy.entitlement import WORKERS, Role
from tracker.staff.models import RoleGrant, StaffMember, Team
from tracker.staff.selectors import grants_in_force, merged_teams, team_levels
from tracker.tasks.entitlement import OF_MANAGERS
from tracker.tasks.requests import SRO, Addressee, managers
from tracker.tasks.vocabulary import WaitsFor


@dataclass(frozen=True)
class Ladder:
    """The council as it is today, by keys: how teams stand above each other, which are open, who works in and manages each."""

    levels: Mapping[int, tuple[frozenset[int], ...]]
    open_teams: frozenset[int]
    workers: Mapping[int, frozenset[int]]
    managers: Mapping[int, frozenset[int]]

    @classmethod
    def read(cls, session: Session, *, now: datetime) -> "Ladder":
        """As of `now`. Duty roles count whether or not their holder is on shift."""
        teams = session.exec(select(Team.id, Team.on_duty, Team.closed_at)).all()
        everywhere = {team for team, on_duty, _ in teams if team is not None and on_duty}
        open_staff = set(session.exec(select(StaffMember.id).where(_still_here(now))))
        merged = merged_teams(session)
        workers: dict[int, set[int]] = {team: set() for team, _, _ in teams if team is not None}
        above: dict[int, set[int]] = {team: set() for team in workers}
        for grant in grants_in_force(session, now=now):
            if grant.staff_id not in open_staff or Role(grant.role) not in WORKERS:
                continue
            held_in = everywhere if grant.team_id is None else merged.get(grant.team_id, {grant.team_id})
            for team in held_in:
                workers[team].add(grant.staff_id)
                if Role(grant.role) in OF_MANAGERS:
                    above[team].add(grant.staff_id)
        return cls(
            levels=team_levels(session),
            open_teams=frozenset(team for team, _, closed in teams if team is not None and closed is None),
            workers={team: frozenset(staff) for team, staff in workers.items()},
            managers={team: frozenset(staff) for team, staff in above.items()},
        )

    def able(self, wanted: Addressee, *, team_id: int | None, apart_from: Collection[int]) -> Addressee:
        """Whom it waits for today: as wanted where that member still works in the team, or the team has a manager apart from
        these; else the nearest managers above who are not `apart_from` (keys of staff); else the Senior Responsible Officer."""
        if wanted.staff_id is not None:
            works = self._works(wanted.staff_id, team_id) and wanted.staff_id not in apart_from
            return wanted if works else self._nearest(team_id, apart_from)
        return self._nearest(wanted.team_id, apart_from) if wanted.team_id is not None else wanted

    def has_left(self, staff_id: int) -> bool:
        """Whether a member of staff works in no team any more."""
        return not self._works(staff_id, None)

    def above(self, waits: Addressee, *, team_id: int | None, apart_from: Collection[int]) -> Addressee:
        """One level up: from a member to the managers of the team, from them to those of the parent team, else to the Senior
        Responsible Officer, as from Legal and the authorising officer."""
        if waits.staff_id is not None:
            return self._nearest(team_id, {waits.staff_id, *apart_from})
        if waits.team_id is not None:
            return self._nearest(waits.team_id, apart_from, past=1)
        return SRO

    def _works(self, staff_id: int, team_id: int | None) -> bool:
        teams = self.workers if team_id is None else (team_id,)
        return any(staff_id in self.workers.get(team, ()) for team in teams)

    def _nearest(self, team_id: int | None, apart_from: Collection[int], *, past: int = 0) -> Addressee:
        for level in self.levels.get(team_id or 0, ())[past:]:
            for team in sorted(level, key=lambda one: (one not in self.open_teams, one)):
                if self.managers[team] - frozenset(apart_from):
                    return managers(team)
        return SRO


def team_of(session: Session, staff_id: int) -> int | None:
    """The team (its key) in which a member of staff worked last, or None: whose managers have what they left."""
    theirs = (RoleGrant.staff_id == staff_id, col(RoleGrant.team_id).is_not(None))
    newest = select(RoleGrant.team_id).where(*theirs).order_by(col(RoleGrant.from_at).desc(), col(RoleGrant.id).desc())
    return session.exec(newest).first()


def waits_for(task_waits_for: str, staff_id: int | None, team_id: int | None) -> Addressee:
    """The addressee that a row of the table names."""
    return Addressee(WaitsFor(task_waits_for), staff_id, team_id)


def _still_here(now: datetime) -> ColumnElement[bool]:
    return or_(col(StaffMember.closed_at).is_(None), col(StaffMember.closed_at) > now)
