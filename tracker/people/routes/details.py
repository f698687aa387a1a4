"""Who somebody is, changed."""

from flask import flash, redirect, render_template
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.people.forms import DetailsForm
from tracker.people.routes.blueprint import carried_out, page_of, pages, person_of_page
from tracker.people.selectors import details_of, get_person
from tracker.people.services import change_person, require_person
from tracker.storage.tables import StaleVersionError
from tracker.web.request import actor, now, reading


@pages.route("/people/<reference>/details", methods=["GET", "POST"])
@requires(Permission.CHANGE_PERSON, forms=(DetailsForm,))
def details(reference: str) -> str | Response | tuple[str, int]:
    """Change who somebody is. A stale form shows what was changed meanwhile beside what was typed."""
    person = person_of_page(reference)
    with reading() as session:
        require_person(session, person, Permission.CHANGE_PERSON, by=actor(), now=now())
        on_record = DetailsForm.filled_with(details_of(session, person))
    form = DetailsForm(data={"version": person.version, **on_record})
    status = 200
    if form.validate_on_submit():

        def _change(session: Session) -> str:
            return change_person(session, form.request(person.reference), by=actor(), now=now()).reference

        try:
            if carried_out(form, "details", _change):
                flash("The details were changed.", "success")
                return redirect(page_of(person), 303)
        except StaleVersionError:
            status = 409
            with reading() as session:
                latest = get_person(session, reference)
                form.meet(latest.version, DetailsForm.filled_with(details_of(session, latest)))
    return render_template("people/details.html", form=form, person=person, back=page_of(person)), status
