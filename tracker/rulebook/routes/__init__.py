"""The policy for everybody to read."""

from tracker.rulebook.routes.policy import pages

__all__ = ["pages"]
