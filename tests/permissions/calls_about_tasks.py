"""How a task is finished: whole, so that only who acts can be in the way."""

from collections.abc import Callable

from tests.fixtures.rehearsal import NOW
from tests.permissions.stage import Stage
from tracker.tasks import services as tasks
from tracker.tasks.selectors import get_task


def _finish(at: Stage) -> object:
    return tasks.finish_task(at.session, get_task(at.session, at.reference()), "Spoke about it.", by=at.by, now=NOW)


CALLS: dict[str, Callable[[Stage], object]] = {"finish_task": _finish}
"""Each use-case by its name, as a call with what the line of the table names."""
