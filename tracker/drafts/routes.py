"""The page that gives back what was typed before the session ended."""

from flask import Blueprint, render_template, request

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.drafts.selectors import list_interrupted
from tracker.staff.sign_in import local_page
from tracker.web.forms import RESTORED
from tracker.web.request import actor, now, reading

pages = Blueprint("drafts", __name__)


@pages.get("/unsaved")
@requires(Permission.OWN_SETTINGS)
def unsaved_page() -> str:
    """What the actor had sent when their session had ended, each with a button that shows it filled in again."""
    with reading() as session:
        kept = list_interrupted(session, by=actor(), now=now())
    onward = local_page(request.args.get("next")) or "/"
    return render_template("drafts/unsaved.html", kept=kept, onward=onward, restored=RESTORED, now=now())
