"""Legal records what a justice of the peace decided: a step of its own, never part of the grant."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.authorities.forms import HearingForm
from tracker.authorities.opening import open_authority
from tracker.authorities.routes.blueprint import carried_out, pages
from tracker.authorities.selectors import get_ripa
from tracker.authorities.services import record_jp_hearing
from tracker.authorities.showing import rows_of_ripa, status_of_ripa
from tracker.web.request import actor, now, reading, transaction


@pages.route("/authorisations/ripa/<reference>/hearing", methods=["GET", "POST"])
@requires(Permission.RECORD_JP_APPROVAL, forms=(HearingForm,))
def hearing(reference: str) -> str | Response:
    """Record what a justice of the peace decided on an authorisation."""
    with transaction() as session:
        opened = open_authority(session, get_ripa(session, reference), by=actor(), now=now())
    form = HearingForm()
    if form.validate_on_submit():

        def _record(session: Session) -> str:
            record_jp_hearing(session, form.request(reference), by=actor(), now=now())
            return reference

        if carried_out(form, "hearing", _record):
            flash("The justice's decision is recorded.", "success")
            return redirect(url_for("authorities.show_ripa", reference=reference), 303)
    with reading() as session:
        authorisation = get_ripa(session, reference)
        status = status_of_ripa(session, authorisation, now=now())
        rows = rows_of_ripa(session, authorisation, opened)
    return render_template("authorities/hearing.html", form=form, opened=opened, status=status, rows=rows)
