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
from tracker.people.forms import NewPersonForm
from tracker.people.models import Person
from tracker.people.routes.blueprint import carried_out, open_teams, page_of, pages, team_of
from tracker.people.selectors import usual_case_system
from tracker.people.services import add_person, search_duplicates
from tracker.people.services.agreeing import WHY_SOMEBODY_ELSE
from tracker.policy.periods import london_day
from tracker.staff.models import Team
from tracker.web.request import actor, now, reading, transaction

Then = Callable[[Session, Person], None]


class NotToldApartError(Exception):
    """Records look alike, and nobody has said that this is somebody else, or how that is known; nothing was added."""


@pages.route("/people/new", methods=["GET", "POST"])
@requires(Permission.ADD_PERSON, forms=(NewPersonForm,))
def new_person() -> str | Response:
    """Put somebody on record."""
    teams, filled_in = prepared()
    form = NewPersonForm(data=filled_in)
    alike, made = added(form, teams, then=lambda session, new: None)
    if made:
        flash("The record was added.", "success")
        return redirect(url_for("overview.show_person", reference=made), 303)
    return page_of_adding(form, teams, alike, family_of=None, back=url_for("people.find"))


def prepared() -> tuple[tuple[Team, ...], dict[str, object]]:
    with reading() as session:
        teams = open_teams(session)
        usual = usual_case_system(session, [team.id for team in teams])
    return teams, {"opened_on": london_day(now()), "case_system": usual}


def added(form: NewPersonForm, teams: tuple[Team, ...], *, then: Then) -> tuple[Resemblances, str | None]:
    """Who looks alike and is still to be told apart, and the reference of the new record once there is one."""
    form.team.offer([(team.reference, team.name) for team in teams])
    form.somebody_else.offer([(mark, mark) for mark in set(request.form.getlist("somebody_else"))])
    if not form.validate_on_submit() or not (team := team_of(form, teams)):
        return Resemblances(), None

    def _add(session: Session) -> str:
        alike = find_duplicates(session, form.request(team), by=actor(), on=london_day(now()))
        if alike.marks and _mark(alike) not in form.somebody_else.data:
            raise NotToldApartError
        if alike.leaves_doubt and not form.why_somebody_else.data:
            raise NotToldApartError
        marks = tuple(one.found.person.reference for one in alike.people)
        new = add_person(session, form.request(team, marks), by=actor(), now=now())
        then(session, new)
        return new.reference

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
    said = _mark(alike) in form.somebody_else.data
    form.somebody_else.offer([(_mark(alike), "No: this is somebody else")])
    if said:
        form.refuse("why_somebody_else", WHY_SOMEBODY_ELSE)
        return
    form.somebody_else.typed = {}
    words = "Look at the records that may be the same person, and say whether this is somebody else"
    form.somebody_else.required = words
    form.refuse("somebody_else", words)


def page_of_adding(
    form: NewPersonForm, teams: tuple[Team, ...], alike: Resemblances, *, family_of: Person | None, back: str
) -> str:
    return render_template(
        "people/new.html",
        form=form,
        teams=teams,
        alike=alike,
        age=lambda person: age_in_words(person, at=now()),
        family_of=family_of,
        back=back,
        page_of=page_of,
    )
