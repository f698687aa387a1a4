"""The teams that work with a person, or did."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, require
from tracker.people.forms import CloseInvolvementForm, InvolvementForm
from tracker.people.groups import group_of
from tracker.people.routes.blueprint import (
    carried_out,
    may_change,
    open_teams,
    page_of,
    pages,
    person_of_page,
    team_of,
)
from tracker.people.selectors import get_involvement, get_person, list_involvements, usual_case_system
from tracker.people.services import add_involvement, close_involvement, require_person
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Relation
from tracker.staff.selectors import get_team_by_id
from tracker.storage.tables import StaleVersionError, saved_key
from tracker.web.request import actor, now, reading
from tracker.web.words import with_capital


@pages.route("/people/<reference>/involvements", methods=["GET", "POST"])
@requires(Permission.OPEN_PERSON, forms=(InvolvementForm,))
def involvements(reference: str) -> str | Response:
    """The involvements on record, and one of the actor's own team."""
    person = person_of_page(reference, to_send=Permission.CHANGE_PERSON)
    with reading() as session:
        teams = open_teams(session)
        usual = usual_case_system(session, [team.id for team in teams])
    form = InvolvementForm(data={"opened_on": london_day(now()), "case_system": usual})
    form.team.offer([(team.reference, team.name) for team in teams])
    if form.validate_on_submit() and (team := team_of(form, teams)):

        def _add(session: Session) -> str:
            return add_involvement(session, form.request(person.reference, team), by=actor(), now=now()).reference

        if carried_out(form, "involvement", _add):
            flash("Your team's involvement was added.", "success")
            return redirect(url_for("people.involvements", reference=person.reference), 303)
    with reading() as session:
        return render_template(
            "people/involvements.html",
            form=form,
            person=person,
            back=page_of(person),
            teams=teams,
            involvements=list_involvements(session, group_of(session, saved_key(person)).members),
            relation=lambda one: with_capital(Relation(one.relation).label),
            may_close=lambda one: (
                one.closed_on is None and one.person_id == person.id and actor().works_in(one.team_id)
            ),
            may_change=may_change(session, person),
        )


@pages.route("/people/<reference>/involvements/<involvement>/close", methods=["GET", "POST"])
@requires(Permission.CHANGE_PERSON, forms=(CloseInvolvementForm,))
def close(reference: str, involvement: str) -> str | Response | tuple[str, int]:
    """Close an involvement of the actor's own team."""
    with reading() as session:
        person = get_person(session, reference)
        require_person(session, person, Permission.CHANGE_PERSON, by=actor(), now=now())
        closing = get_involvement(session, person, involvement)
        require(actor(), Permission.CHANGE_PERSON, allowed=actor().works_in(closing.team_id), about=person.reference)
        team = get_team_by_id(session, closing.team_id)
    person = person_of_page(reference)
    back = url_for("people.involvements", reference=person.reference)
    form = CloseInvolvementForm(data={"version": closing.version, "closed_on": london_day(now())})
    status = 200
    if form.validate_on_submit():

        def _close(session: Session) -> str:
            asked = form.request(person.reference, closing.reference)
            return close_involvement(session, asked, by=actor(), now=now()).reference

        try:
            if carried_out(form, "involvement_closed", _close):
                flash("The involvement was closed.", "success")
                return redirect(back, 303)
        except StaleVersionError:
            status = 409
            form.meet(closing.version, {"closed_on": closing.closed_on})
    page = render_template("people/close.html", form=form, person=person, back=back, closing=closing, team=team)
    return page, status
