"""Profiles of a person."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.people.forms import ProfileForm
from tracker.people.groups import group_of
from tracker.people.requests import NewProfile
from tracker.people.routes.blueprint import carried_out, may_change, page_of, pages, person_of_page
from tracker.people.selectors import list_profiles
from tracker.people.services import add_profile
from tracker.policy.vocabulary import Platform
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading
from tracker.web.words import with_capital


@pages.route("/people/<reference>/profiles", methods=["GET", "POST"])
@requires(Permission.OPEN_PERSON, forms=(ProfileForm,))
def profiles(reference: str) -> str | Response:
    """The profiles on record, and one more."""
    person = person_of_page(reference, to_send=Permission.CHANGE_PERSON)
    form = ProfileForm()
    if form.validate_on_submit():

        def _add(session: Session) -> str:
            new = NewProfile(person=person.reference, profile=form.profile())
            return add_profile(session, new, by=actor(), now=now()).reference

        if carried_out(form, "profile", _add):
            flash("The profile was added.", "success")
            return redirect(url_for("people.profiles", reference=person.reference), 303)
    with reading() as session:
        group = group_of(session, saved_key(person))
        return render_template(
            "people/profiles.html",
            form=form,
            person=person,
            back=page_of(person),
            profiles=list_profiles(session, group.members),
            platform=lambda profile: with_capital(Platform(profile.platform).label),
            may_change=may_change(session, person),
        )
