"""Why somebody on duty comes to a person's record: asked before it is opened."""

from flask import redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.people.duty import find_duty_opening, shift_of
from tracker.people.forms import DutyForm
from tracker.people.routes.blueprint import carried_out, page_of, pages
from tracker.people.selectors import get_person
from tracker.people.services import open_on_duty
from tracker.people.services.opening import require_standing
from tracker.policy.entitlement import comes_on_duty
from tracker.staff.sign_in import local_page
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading


@pages.route("/people/<reference>/duty", methods=["GET", "POST"])
@requires(Permission.OPEN_ON_DUTY, forms=(DutyForm,))
def duty(reference: str) -> str | Response:
    """Say why, and go on to the page that was asked for. Of the record nothing is shown here but its reference."""
    with reading() as session:
        person = get_person(session, reference)
        standing = require_standing(session, person, Permission.OPEN_ON_DUTY, by=actor(), now=now())
        said = find_duty_opening(session, saved_key(person), by=actor(), now=now())
        shift = shift_of(session, actor(), now=now())
    if actor().duty_teams and not comes_on_duty(actor(), standing):
        return redirect(page_of(person), 303)  # the page would say what is not so
    form = DutyForm()
    if form.validate_on_submit():

        def _say(session: Session) -> str:
            return open_on_duty(session, person.reference, reason=form.reason.value, by=actor(), now=now()).reference

        if carried_out(form, "duty", _say):
            return redirect(local_page(request.args.get("next")) or page_of(person), 303)
    back = url_for("overview.home")
    return render_template("people/duty.html", form=form, person=person, said=said, shift=shift, back=back, now=now())
