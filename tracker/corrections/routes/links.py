"""Undoing that two records are one person."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.corrections.errors import CorrectionError
from tracker.corrections.forms import UnlinkForm
from tracker.corrections.models import Correction
from tracker.corrections.routes.blueprint import pages
from tracker.corrections.services import unlink_records
from tracker.detection.routes.links import link_shown
from tracker.drafts.services import once
from tracker.people.requests import UnlinkedRecords
from tracker.people.routes.blueprint import person_of_page
from tracker.people.selectors import get_person, get_same_person_link
from tracker.people.services import require_person
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/links/<link>/undo", methods=["GET", "POST"])
@requires(Permission.UNLINK_RECORDS, forms=(UnlinkForm,))
def undo_link(reference: str, link: str) -> str | Response:
    """Undo a link that was wrong, with a reason. Where something would leave a count, Legal confirms it first."""
    with reading() as session:
        person = get_person(session, reference)
        require_person(session, person, Permission.UNLINK_RECORDS, by=actor(), now=now())
        shown = link_shown(session, get_same_person_link(session, person, link))
    person = person_of_page(reference)
    back = url_for("detection.links", reference=person.reference)
    form = UnlinkForm()
    if form.validate_on_submit():
        try:
            made = _once(form, person.reference, shown.link.reference)
        except CorrectionError as error:
            form.refuse("", str(error))
        else:
            if made == shown.link.reference:
                flash("The link was undone.", "success")
                return redirect(back, 303)
            flash("Looks or refusals count for both records, so Legal confirms it first. Until then the link stands.")
            return redirect(url_for("corrections.show", reference=made), 303)
    return render_template("corrections/undo_link.html", form=form, person=person, back=back, shown=shown)


def _once(form: UnlinkForm, person: str, link: str) -> str:
    with transaction() as session:

        def _undo(session: Session = session) -> str:
            undone = UnlinkedRecords(person=person, link=link, why=form.why.value)
            made = unlink_records(session, undone, by=actor(), now=now())
            return made.reference if isinstance(made, Correction) else link

        return once(session, form.submission.value, form="same_person_unlink", by=actor(), now=now(), do=_undo)
