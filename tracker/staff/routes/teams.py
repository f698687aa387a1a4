"""Teams: listed, added under another, and closed into a successor."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.staff.forms import TeamForm
from tracker.staff.routes.blueprint import carried_out, pages
from tracker.staff.selectors import get_team, list_teams
from tracker.staff.selectors.teams import list_team_lines
from tracker.staff.services import add_team
from tracker.storage.tables import saved_key
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
