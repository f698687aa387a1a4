"""Where nobody has asked the person yet: what to do first, with nothing of the draft lost."""

from flask import render_template

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.routes.blueprint import pages
from tracker.checks.routes.draft_pages import draft_of, open_draft
from tracker.web.request import actor, now, reading, transaction


@pages.get("/checks/drafts/<reference>/ask-first")
@requires(Permission.ASK_FOR_CHECK)
def ask_first(reference: str) -> str:
    """Agreement comes first: how to ask, a link to record the answer, and the way on where asking must wait."""
    with transaction() as session:
        open_draft(session, reference, by=actor(), now=now())
    with reading() as session:
        draft, person = draft_of(session, reference, by=actor(), now=now())
        following = "checks.answers" if "look" in draft.content else "checks.look"
    return render_template("checks/ask_first.html", person=person, draft=reference, following=following)
