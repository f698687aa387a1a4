"""Putting somebody on record as family or household of somebody who is there."""

from flask import flash, redirect, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.detection.forms import NewRelativeForm
from tracker.detection.routes.blueprint import pages
from tracker.detection.services import add_family_link
from tracker.people.models import Person
from tracker.people.requests import NewFamilyLink
from tracker.people.routes.adding import added, page_of_adding, prepared
from tracker.people.routes.blueprint import person_of_page
from tracker.web.request import actor, now


@pages.route("/people/<reference>/family/new", methods=["GET", "POST"])
@requires(Permission.ADD_PERSON, forms=(NewRelativeForm,))
def new_relative(reference: str) -> str | Response:
    """Put somebody on record as family or household of somebody who is there."""
    person = person_of_page(reference)
    teams, filled_in = prepared()
    form = NewRelativeForm(data=filled_in)

    def _joined(session: Session, new: Person) -> None:
        link = NewFamilyLink(person=person.reference, other=new.reference, kind=form.kind.value)
        add_family_link(session, link, by=actor(), now=now())

    alike, made = added(form, teams, then=_joined)
    back = url_for("detection.family", reference=person.reference)
    if made:
        flash("The record was added, with how they belong together.", "success")
        return redirect(back, 303)
    return page_of_adding(form, teams, alike, family_of=person, back=back)
