"""Everyone within one step of a person, and the looks at each."""

from flask import render_template

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.detection.routes.blueprint import pages
from tracker.detection.services import open_network
from tracker.people.routes.blueprint import page_of
from tracker.web.request import actor, now, transaction


@pages.get("/people/<reference>/network")
@requires(Permission.OPEN_PERSON)
def network(reference: str) -> str:
    """The person's network as a table. Opening it is recorded for everybody whom it shows."""
    with transaction() as session:
        shown = open_network(session, reference, by=actor(), now=now())
    return render_template("detection/network.html", person=shown.person, network=shown, back=page_of(shown.person))
