"""Putting somebody on record, after a look at who may be there already."""

from collections.abc import Callable
from hashlib import sha256

from flask import flash, redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.people.ages import age_in_words
from tracker.people.duplicates import Resemblances, find_duplicates
from tracker.people.forms import NewPersonForm, NewRelativeForm
from tracker.people.models import Person
from tracker.people.requests import NewFamilyLink
from tracker.people.routes.blueprint import carried_out, open_teams, page_of, pages, person_of_page, team_of
from tracker.people.selectors import usual_case_system
from tracker.people.services import add_family_link, add_person, search_duplicates
from tracker.policy.periods import london_day
from tracker.staff.models import Team
from tracker.web.request import actor, now, reading, transaction

Then = Callable[[Session, Person], None]


class NotToldApartError(Exception):
    """Records look alike, and nobody has said that this is somebody else; nothing was added."""


@pages.route("/people/new", methods=["GET", "POST"])
@requires(Permission.ADD_PERSON, forms=(NewPersonForm,))
def new_person() -> str | Response:
    """Put somebody on record."""
    teams, filled_in = _prepared()
    form = NewPersonForm(data=filled_in)
    alike, made = _added(form, teams, then=lambda session, added: None)
    if made:
        flash("The record was added.", "success")
        return redirect(url_for("overview.show_person", reference=made), 303)
    return _page(form, teams, alike, family_of=None)


@pages.route("/people/<reference>/family/new", methods=["GET", "POST"])
@requires(Permission.ADD_PERSON, forms=(NewRelativeForm,))
def new_relative(reference: str) -> str | Response:
    """Put somebody on record as family or household of somebody who is there."""
    person = person_of_page(reference)
    teams, filled_in = _prepared()
    form = NewRelativeForm(data=filled_in)

    def _joined(session: Session, added: Person) -> None:
        link = NewFamilyLink(person=person.reference, other=added.reference, kind=form.kind.value)
        add_family_link(session, link, by=actor(), now=now())

    alike, made = _added(form, teams, then=_joined)
    if made:
        flash("The record was added, with how they belong together.", "success")
        return redirect(url_for("people.family", reference=person.reference), 303)
    return _page(form, teams, alike, family_of=person)


def _prepared() -> tuple[tuple[Team, ...], dict[str, object]]:
    with reading() as session:
        teams = open_teams(session)
        usual = usual_case_system(session, [team.id for team in teams])
    return teams, {"opened_on": london_day(now()), "case_system": usual}


def _added(form: NewPersonForm, teams: tuple[Team, ...], *, then: Then) -> tuple[Resemblances, str | None]:
    """Who looks alike and is still to be told apart, and the reference of the new record once there is one."""
    form.team.offer([(team.reference, team.name) for team in teams])
    form.somebody_else.offer([(mark, mark) for mark in set(request.form.getlist("somebody_else"))])
    if not form.validate_on_submit() or not (team := team_of(form, teams)):
        return Resemblances(), None

    def _add(session: Session) -> str:
        alike = find_duplicates(session, form.request(team), by=actor(), on=london_day(now()))
        if alike.marks and _mark(alike) not in form.somebody_else.data:
            raise NotToldApartError
        marks = tuple(one.found.person.reference for one in alike.people)
        added = add_person(session, form.request(team, marks), by=actor(), now=now())
        then(session, added)
        return added.reference

    try:
        return Resemblances(), carried_out(form, "person", _add)
    except NotToldApartError:
        with transaction() as session:
            alike = search_duplicates(session, form.request(team), by=actor(), now=now())
        _ask(form, alike)
        return alike, None


def _mark(alike: Resemblances) -> str:
    """What the answer "this is somebody else" is posted as: it holds for exactly these records and for no others."""
    return sha256("\n".join(alike.marks).encode()).hexdigest()[:16]


def _ask(form: NewPersonForm, alike: Resemblances) -> None:
    form.somebody_else.typed = {}
    form.somebody_else.offer([(_mark(alike), "No: this is somebody else")])
    words = "Look at the records that may be the same person, and say whether this is somebody else"
    form.somebody_else.required = words
    form.refuse("somebody_else", words)


def _page(form: NewPersonForm, teams: tuple[Team, ...], alike: Resemblances, *, family_of: Person | None) -> str:
    return render_template(
        "people/new.html",
        form=form,
        teams=teams,
        alike=alike,
        age=lambda person: age_in_words(person, at=now()),
        family_of=family_of,
        back=url_for("people.family", reference=family_of.reference) if family_of else url_for("people.find"),
        page_of=page_of,
    )
