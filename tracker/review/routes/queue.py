"""A manager's queue."""

from flask import render_template, request

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.detection.routes.same_person import suggested_to_manager
from tracker.policy.entitlement import Role
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.queue import queue_of
from tracker.staff.standing_in import only_for
from tracker.web.paging import paging
from tracker.web.request import actor, now, reading

ON_A_PAGE = 20
PAIRS = 5


@pages.get("/review")
@requires(Permission.DECIDE_CHECK)
def queue() -> str:
    """Everything that waits for this manager, the oldest first."""
    with reading() as session:
        waiting = queue_of(session, actor(), now=now())
        pairs = suggested_to_manager(session, most=PAIRS + 1)
    shown = paging(len(waiting.items), request.args.get("page"), ON_A_PAGE)
    items = waiting.items[shown.offset : shown.offset + shown.size]
    return render_template(
        "review/queue.html",
        queue=waiting,
        items=items,
        shown=shown,
        pairs=pairs,
        most_pairs=PAIRS,
        now=now(),
        in_place_of=only_for(actor(), Role.TEAM_MANAGER),
    )
