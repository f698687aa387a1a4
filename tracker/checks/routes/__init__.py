"""The pages of a check: asking, danger, the decision, the report, and what was done without asking."""

import tracker.checks.routes.afterwards
import tracker.checks.routes.ask_first
import tracker.checks.routes.asking
import tracker.checks.routes.danger
import tracker.checks.routes.deciding
import tracker.checks.routes.questions
import tracker.checks.routes.reporting
import tracker.checks.routes.same_answers
import tracker.checks.routes.same_for
import tracker.checks.routes.telling  # noqa: F401 - each adds its pages to the blueprint
from tracker.checks.routes.blueprint import pages

__all__ = ["pages"]
