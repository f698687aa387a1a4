"""What is found, and what can make something be found: links between records. In what is found nobody acts: `by` is the system
itself. Source: ADR 0101."""

from tracker.detection.services.comparison import open_comparison
from tracker.detection.services.detecting import act_on, detect
from tracker.detection.services.family import add_family_link, end_family_link
from tracker.detection.services.linking import foresee_link, link_records
from tracker.detection.services.network import open_network
from tracker.detection.services.releasing import keep_what_was_reviewed
from tracker.detection.services.telling_apart import tell_apart

__all__ = [
    "act_on",
    "add_family_link",
    "detect",
    "end_family_link",
    "foresee_link",
    "keep_what_was_reviewed",
    "link_records",
    "open_comparison",
    "open_network",
    "tell_apart",
]
