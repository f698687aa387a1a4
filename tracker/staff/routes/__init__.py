"""Signing in and one's own settings; and for the administrator staff, roles, teams and the rota."""

from tracker.staff.routes import access, members, own, roles, rota, teams
from tracker.staff.routes.blueprint import pages

__all__ = ["access", "members", "own", "pages", "roles", "rota", "teams"]
