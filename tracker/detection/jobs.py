"""What the scheduler does for detection."""

from tracker.clockwork.jobs import Job
from tracker.detection.suggestions import compare_with_all, list_to_compare
from tracker.detection.sweep import list_everybody, list_touched, mark_swept, sweep

SWEEP = Job(
    "sweep",
    "Look for repeat viewing in what has happened since the last sweep",
    items=list_touched,
    do=sweep,
    after=mark_swept,
)

FULL_SWEEP = Job(
    "full-sweep",
    "Look for repeat viewing in everything that was ever recorded",
    items=list_everybody,
    do=sweep,
    after=mark_swept,
)

SUGGEST_LINKS = Job(
    "suggest-links",
    "Compare each record that changed with all others, to find two of one person",
    items=list_to_compare,
    do=compare_with_all,
)
