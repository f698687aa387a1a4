"""Teams: listed, added under another, and closed into a successor."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.staff.forms import MoveTeamForm, TeamForm
from tracker.staff.routes.blueprint import carried_out, pages
from tracker.staff.selectors import get_team, list_teams
from tracker.staff.selectors.teams import list_team_lines
from tracker.staff.services import add_team, move_team
from tracker.storage.tables import NoSuchRecordError, saved_key
from tracker.web.request import actor, now, reading

NO_TEAM = "none"


@pages.get("/teams")
@requires(Permission.MANAGE_STAFF)
def teams() -> str:
    """Every team: what stands above it, and who took over from those that are closed."""
    with reading() as session:
        lines = list_team_lines(session, now=now())
    return render_template("staff/teams.html", lines=lines)


@pages.route("/teams/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(TeamForm,))
def new_team() -> str | Response:
    """Add a team."""
    form = TeamForm()
    with reading() as session:
        above = [(team.reference, team.name) for team in list_teams(session) if not team.on_duty]
    form.parent.offer([*above, (NO_TEAM, "None: it stands alone")])
    if form.validate_on_submit():

        def _add(session: Session) -> str:
            parent = form.parent.value
            parent_id = saved_key(get_team(session, parent)) if parent != NO_TEAM else None
            return add_team(session, form.request(parent_id), by=actor(), now=now()).reference

        if carried_out(form, "team", _add):
            flash("The team was added.", "success")
            return redirect(url_for("staff.teams"), 303)
    return render_template("staff/new_team.html", form=form)


@pages.route("/teams/<reference>/parent", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(MoveTeamForm,))
def move_a_team(reference: str) -> str | Response:
    """Put a team under another."""
    with reading() as session:
        moving = get_team(session, reference)
        others = [team for team in list_teams(session) if team.id != moving.id and not team.on_duty]
        now_under = next((team.reference for team in others if team.id == moving.parent_id), NO_TEAM)
    if moving.on_duty or moving.closed_at is not None:
        raise NoSuchRecordError
    form = MoveTeamForm(data={"parent": now_under})
    form.parent.offer([*((team.reference, team.name) for team in others), (NO_TEAM, "None: it stands alone")])
    if form.validate_on_submit():

        def _move(session: Session) -> str:
            parent = form.parent.value
            parent_id = saved_key(get_team(session, parent)) if parent != NO_TEAM else None
            return move_team(session, saved_key(moving), parent_id=parent_id, by=actor(), now=now()).reference

        if carried_out(form, "team_moved", _move):
            flash("The team stands there from now.", "success")
            return redirect(url_for("staff.teams"), 303)
    return render_template("staff/move_team.html", form=form, team=moving)
