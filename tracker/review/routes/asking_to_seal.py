"""A manager asks Legal to seal a record, and reads what came of it."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.people.models import Person
from tracker.people.routes.blueprint import carried_out, page_of
from tracker.people.services import open_in_passing
from tracker.review.forms.sealing import AskToSealForm
from tracker.review.routes.blueprint import pages
from tracker.review.selectors.asked_to_seal import asked_of_legal
from tracker.review.services import ask_to_seal
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/ask-to-seal", methods=["GET", "POST"])
@requires(Permission.ASK_TO_SEAL, forms=(AskToSealForm,))
def ask_for_seal(reference: str) -> str | Response:
    """Say why; or, where Legal was asked already, read how that stands."""
    with transaction() as session:
        person = open_in_passing(session, reference, Permission.ASK_TO_SEAL, by=actor(), now=now())
    form = AskToSealForm()
    if form.validate_on_submit():

        def _ask(session: Session) -> str:
            return ask_to_seal(session, form.request(person.reference), by=actor(), now=now()).reference

        if carried_out(form, "ask_to_seal", _ask):
            flash("Legal has been asked. Your home page says when they have answered.", "success")
            return redirect(url_for("review.ask_for_seal", reference=person.reference), 303)
    return _page(person, form)


def _page(person: Person, form: AskToSealForm) -> str:
    with reading() as session:
        asked = asked_of_legal(session, person, to=actor())
        return render_template(
            "review/ask_to_seal.html", form=form, person=person, asked=asked, now=now(), back=page_of(person)
        )
