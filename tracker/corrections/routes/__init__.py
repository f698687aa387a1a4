"""The pages of corrections: saying that a record is in error, answering it, and undoing a link."""

import tracker.corrections.routes.answering
import tracker.corrections.routes.asking
import tracker.corrections.routes.links
import tracker.corrections.routes.offering  # noqa: F401 - each adds its pages to the blueprint
from tracker.corrections.routes.blueprint import pages

__all__ = ["pages"]
