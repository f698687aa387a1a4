"""The policy for everybody to read, and limits for those who sign them."""

from tracker.rulebook.routes import limits
from tracker.rulebook.routes.policy import pages

__all__ = ["limits", "pages"]
