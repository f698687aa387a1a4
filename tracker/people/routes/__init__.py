"""The pages of people: finding and adding them, who they are, and what belongs to them."""

import tracker.people.routes.adding
import tracker.people.routes.details
import tracker.people.routes.duty
import tracker.people.routes.finding
import tracker.people.routes.involvements
import tracker.people.routes.profiles
import tracker.people.routes.restricting  # noqa: F401 - each adds its pages to the blueprint
from tracker.people.routes.blueprint import pages

__all__ = ["pages"]
