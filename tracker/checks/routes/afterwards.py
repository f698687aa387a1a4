"""I have already looked; something was brought to me; I came across it."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.checks.errors import CheckError
from tracker.checks.forms.afterwards import LateEntryForm, SightingForm
from tracker.checks.forms.questions import ALWAYS_TRUE
from tracker.checks.routes.blueprint import made_once, pages
from tracker.checks.routes.offers import choose_the_only, offer_about, offer_look, offer_teams
from tracker.checks.services import record_late_entry
from tracker.people.models import Person
from tracker.people.problems import ProblemError
from tracker.people.services import open_in_passing
from tracker.policy.vocabulary import Platform
from tracker.viewings.services import record_sighting
from tracker.web.request import actor, now, reading, transaction


@pages.route("/people/<reference>/late-entry", methods=["GET", "POST"])
@requires(Permission.ASK_FOR_CHECK, forms=(LateEntryForm,))
def late_entry(reference: str) -> str | Response:
    """A look that was already made: counted, and decided on what was recorded before it."""
    form = LateEntryForm()
    person = _person(reference, Permission.ASK_FOR_CHECK)
    with reading() as session:
        offer_teams(session, form.team, by=actor(), involved=True, person=person)
        offer_about(session, form, person, by=actor(), now=now())
        platforms_of = offer_look(session, form, person, by=actor(), now=now())
    form.viewer.offer([(actor().reference, f"{actor().name} (you)")])
    if not form.is_submitted():
        choose_the_only(form.team)
        choose_the_only(form.viewer)
    sent = form.validate_on_submit()
    platforms = form.check_platforms(platforms_of) if _was_sent() else ()
    if sent and platforms:
        made = _recorded(form, person, platforms)
        if made:
            flash("Your look was recorded. Now report what you saw.", "success")
            return redirect(url_for("checks.show", reference=made), 303)
    always = [one.label for one in ALWAYS_TRUE]
    return render_template("checks/late_entry.html", form=form, person=person, always=always)


@pages.route("/people/<reference>/sightings/new", methods=["GET", "POST"])
@requires(Permission.RECORD_SIGHTING, forms=(SightingForm,))
def sighting(reference: str) -> str | Response:
    """Something seen without a search: kept, shown, not counted."""
    form = SightingForm()
    person = _person(reference, Permission.RECORD_SIGHTING)
    with reading() as session:
        offer_teams(session, form.team, by=actor(), involved=True, person=person)
    if not form.is_submitted():
        choose_the_only(form.team)
    if form.validate_on_submit():
        new = form.sighting(person=person.reference)
        try:
            made_once(form, "sighting", lambda session: record_sighting(session, new, by=actor(), now=now()).reference)
        except (CheckError, ProblemError, ValueError) as error:
            field = getattr(error, "field", None) or "at"
            form.refuse(field if field in form else "", getattr(error, "message", str(error)))
        else:
            flash("It was recorded. It is not counted as a look.", "success")
            return redirect(url_for("overview.show_person", reference=person.reference), 303)
    return render_template("checks/sighting.html", form=form, person=person)


def _recorded(form: LateEntryForm, person: Person, platforms: tuple[Platform, ...]) -> str | None:
    entry = form.late_entry(person=person.reference, viewer=actor().reference, platforms=platforms)
    try:
        return made_once(
            form, "late_entry", lambda session: record_late_entry(session, entry, by=actor(), now=now()).reference
        )
    except CheckError as error:
        form.refuse(error.field if error.field and error.field in form else "", str(error))
        return None


def _person(reference: str, permission: Permission) -> Person:
    with transaction() as session:
        return open_in_passing(session, reference, permission, by=actor(), now=now())


def _was_sent() -> bool:
    return request.method == "POST" and "_restored" not in request.form
