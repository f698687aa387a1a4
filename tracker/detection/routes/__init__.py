"""The pages of how records and people belong together."""

import tracker.detection.routes.family
import tracker.detection.routes.links
import tracker.detection.routes.network
import tracker.detection.routes.relatives
import tracker.detection.routes.same_person  # noqa: F401 - each adds its pages to the blueprint
from tracker.detection.routes.blueprint import pages

__all__ = ["pages"]
