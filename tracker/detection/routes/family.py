"""How people belong together: found first, then chosen, so that nobody types a reference by heart."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, require
from tracker.detection.forms import EndFamilyLinkForm, RelativeForm
from tracker.detection.routes.blueprint import pages
from tracker.detection.services import add_family_link, end_family_link
from tracker.detection.services.family import may_end_family_link
from tracker.people.forms import SearchForm
from tracker.people.groups import group_of
from tracker.people.models import FamilyLink
from tracker.people.requests import EndedFamilyLink
from tracker.people.routes.blueprint import carried_out, may_change, page_of, person_of_page
from tracker.people.routes.choosing import offered
from tracker.people.routes.finding import search_for, search_shown
from tracker.people.selectors import get_family_link, get_person, get_person_by_id, list_family
from tracker.people.services import require_person
from tracker.people.vocabulary import FAMILY_LINK_WORDS, FamilyLinkKind
from tracker.policy.periods import london_day
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading


@pages.route("/people/<reference>/family", methods=["GET", "POST"])
@requires(Permission.OPEN_PERSON, forms=(SearchForm,))
def family(reference: str) -> str | Response:
    """Family and household, and finding somebody more."""
    person = person_of_page(reference)
    form = SearchForm()
    if form.validate_on_submit():
        made = search_for(form)
        if made:
            return redirect(url_for("detection.add_relative", reference=person.reference, search=made), 303)
    with reading() as session:
        members = group_of(session, saved_key(person)).members

        def may_end(link: FamilyLink) -> bool:
            return may_end_family_link(session, link, by=actor(), now=now())

        return render_template(
            "detection/family.html",
            form=form,
            person=person,
            back=page_of(person),
            family=list_family(session, members, by=actor(), on=london_day(now())),
            words=FAMILY_LINK_WORDS,
            may_change=may_change(session, person),
            may_end=may_end,
        )


@pages.route("/people/<reference>/family/add/<search>", methods=["GET", "POST"])
@requires(Permission.CHANGE_PERSON, forms=(RelativeForm,))
def add_relative(reference: str, search: str) -> str | Response:
    """Choose one of the people who were found, and say what they are to the person."""
    with reading() as session:
        person = get_person(session, reference)
        require_person(session, person, Permission.CHANGE_PERSON, by=actor(), now=now())
        shown = search_shown(session, search, asked=None)
        choices = offered(shown.found, without={person.reference})
    person = person_of_page(reference)
    form = RelativeForm()
    form.other.offer(choices)
    if form.validate_on_submit():

        def _add(session: Session) -> str:
            return add_family_link(session, form.request(person.reference), by=actor(), now=now()).reference

        if carried_out(form, "family_link", _add):
            flash("How they belong together was recorded.", "success")
            return redirect(url_for("detection.family", reference=person.reference), 303)
    back = url_for("detection.family", reference=person.reference)
    return render_template(
        "detection/add_relative.html", form=form, person=person, back=back, search=shown, choices=choices
    )


@pages.route("/people/<reference>/family/<link>/end", methods=["GET", "POST"])
@requires(Permission.CHANGE_PERSON, forms=(EndFamilyLinkForm,))
def end_relative(reference: str, link: str) -> str | Response:
    """Say that people no longer belong together in this way."""
    with reading() as session:
        person = get_person(session, reference)
        require_person(session, person, Permission.CHANGE_PERSON, by=actor(), now=now())
        ending = get_family_link(session, person, link)
        first, second = get_person_by_id(session, ending.person_id), get_person_by_id(session, ending.other_id)
        for one in (first, second):
            require_person(session, one, Permission.CHANGE_PERSON, by=actor(), now=now())
        allowed = may_end_family_link(session, ending, by=actor(), now=now())
        require(actor(), Permission.CHANGE_PERSON, allowed=allowed, about=person.reference)
    person = person_of_page(reference)
    back = url_for("detection.family", reference=person.reference)
    form = EndFamilyLinkForm()
    if form.validate_on_submit():

        def _end(session: Session) -> str:
            ended = EndedFamilyLink(person=person.reference, link=ending.reference, why=form.why.value)
            return end_family_link(session, ended, by=actor(), now=now()).reference

        if carried_out(form, "family_link_ended", _end):
            flash("It was ended. Managers of the teams that work with them are told.", "success")
            return redirect(back, 303)
    kind = FAMILY_LINK_WORDS[FamilyLinkKind(ending.kind)]
    return render_template("detection/end_relative.html", form=form, back=back, first=first, second=second, kind=kind)
