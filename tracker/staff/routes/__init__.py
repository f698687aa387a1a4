"""Signing in and one's own settings; and for the administrator staff, roles, teams, cover and the rota."""

from tracker.staff.routes import access, cover, members, own, roles, rota, teams
from tracker.staff.routes.blueprint import pages

__all__ = ["access", "cover", "members", "own", "pages", "roles", "rota", "teams"]
