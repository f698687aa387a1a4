"""What only one member of staff has: a role that the council cannot be without, and teams that nobody else manages."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.policy.entitlement import ROLE_WORDS, Role
from tracker.staff.models import Team
from tracker.staff.selectors.holdings import grants_in_force
from tracker.staff.selectors.members import list_staff
from tracker.staff.selectors.teams import every_team, merged_teams, team_levels
from tracker.storage.tables import saved_key

NEVER_WITHOUT = (
    Role.SENIOR_RESPONSIBLE_OFFICER,
    Role.LEGAL_REVIEWER,
    Role.AUTHORISING_OFFICER,
    Role.ADMINISTRATOR,
)
"""Roles for which something always may wait, and which nobody above them has instead."""


def list_left_to_nobody(session: Session, staff_id: int, *, now: datetime) -> list[str]:
    """What nobody would have if this member of staff held nothing, a sentence each; empty where somebody else has everything.

    Cover counts for nobody: it ends with whoever is covered.
    """
    roles = held_roles(session, now=now) - held_roles(session, without=staff_id, now=now)
    teams = managed_teams(session, now=now) - managed_teams(session, without=staff_id, now=now)
    return lost_in_words(session, roles, teams)


def lost_in_words(session: Session, roles: Collection[Role], teams: Collection[int]) -> list[str]:
    """That nobody else has these roles or manages these teams (keys), a sentence each."""
    named = session.exec(select(Team).where(col(Team.id).in_(teams)).order_by(Team.name)) if teams else ()
    return [f"Nobody else is {_a(role)}." for role in NEVER_WITHOUT if role in roles] + [
        f"Nobody else manages {team.name}, or a team above it." for team in named
    ]


def held_roles(session: Session, *, without: int | None = None, now: datetime) -> frozenset[Role]:
    """Those of the roles the council is never without that somebody holds who works here. `without`: the key of a member of staff who
    does not count."""
    here = _still_here(session, now) - {without}
    held = {grant.role for grant in grants_in_force(session, now=now) if grant.staff_id in here}
    return frozenset(role for role in NEVER_WITHOUT if role.value in held)


def managed_teams(session: Session, *, without: int | None = None, now: datetime) -> frozenset[int]:
    """Keys of the open teams with people of their own that have a manager, or stand under a team that has one. `without`: the key
    of a member of staff who does not count."""
    merged, levels, here = merged_teams(session), team_levels(session), _still_here(session, now)
    managing = {
        team
        for grant in grants_in_force(session, now=now)
        if grant.role == Role.TEAM_MANAGER.value and grant.staff_id in here - {without} and grant.team_id is not None
        for team in merged.get(grant.team_id, {grant.team_id})
    }
    teams = (key for key, team in every_team(session).items() if team.closed_at is None and not team.on_duty)
    return frozenset(team for team in teams if any(level & managing for level in levels[team]))


def _still_here(session: Session, now: datetime) -> set[int]:
    return {saved_key(member) for member in list_staff(session, now=now)}


def _a(role: Role) -> str:
    words = ROLE_WORDS[role]
    article = "the" if role is Role.SENIOR_RESPONSIBLE_OFFICER else "an" if words[0] in "aeiou" else "a"
    return f"{article} {words}"
