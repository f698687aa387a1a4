"""Queries about staff, in a fixed order each."""

from tracker.staff.selectors.holdings import (
    grants_in_force,
    list_actors,
    list_colleagues,
    list_holders,
    list_managers_of,
    list_working,
    load_actor,
    load_holdings,
)
from tracker.staff.selectors.members import (
    find_staff_by_email,
    get_staff_by_id,
    get_staff_by_reference,
    is_open,
    list_grants,
    list_staff,
    load_staff,
)
from tracker.staff.selectors.settings import OwnSettings, own_settings
from tracker.staff.selectors.teams import (
    duty_teams,
    every_team,
    find_team,
    get_team,
    get_team_by_id,
    list_teams,
    merged_teams,
    parent_teams,
    team_levels,
)

__all__ = [
    "OwnSettings",
    "duty_teams",
    "every_team",
    "find_staff_by_email",
    "find_team",
    "get_staff_by_id",
    "get_staff_by_reference",
    "get_team",
    "get_team_by_id",
    "grants_in_force",
    "is_open",
    "list_actors",
    "list_colleagues",
    "list_grants",
    "list_holders",
    "list_managers_of",
    "list_staff",
    "list_teams",
    "list_working",
    "load_actor",
    "load_holdings",
    "load_staff",
    "merged_teams",
    "own_settings",
    "parent_teams",
    "team_levels",
]
