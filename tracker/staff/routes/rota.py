"""The rota of the duty teams: shifts that run and are to come, one more, one fewer."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission
from tracker.staff.forms import ConfirmForm, ShiftForm
from tracker.staff.routes.blueprint import carried_out, pages
from tracker.staff.selectors import get_staff_by_id, get_staff_by_reference, get_team, get_team_by_id, list_teams
from tracker.staff.selectors.administering import get_shift, list_shifts, list_who_can_be_on_duty
from tracker.staff.services import add_rota_shift, end_rota_shift
from tracker.staff.services.authority import require_administrator
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading

_QUESTIONS = {"from_at": "begins", "until_at": "ends"}


@pages.get("/rota")
@requires(Permission.MANAGE_STAFF)
def rota() -> str:
    """Shifts that run or are to come."""
    with reading() as session:
        shifts = list_shifts(session, now=now())
    return render_template("staff/rota.html", shifts=shifts, own=actor().staff_id, now=now())


@pages.route("/rota/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(ShiftForm,))
def new_shift() -> str | Response:
    """Put somebody with a duty role on the rota."""
    form = ShiftForm()
    with reading() as session:
        people = [one for one in list_who_can_be_on_duty(session, now=now()) if one.id != actor().staff_id]
        duty_teams = [team for team in list_teams(session) if team.on_duty]
    form.member.offer([(one.reference, f"{one.name}, {one.job_title}") for one in people])
    form.team.offer([(team.reference, team.name) for team in duty_teams])
    if form.validate_on_submit():

        def _add(session: Session) -> str:
            who, team = get_staff_by_reference(session, form.member.value), get_team(session, form.team.value)
            shift = form.request(saved_key(who), saved_key(team))
            return add_rota_shift(session, shift, by=actor(), now=now()).reference

        if carried_out(form, "rota_shift", _add, _QUESTIONS):
            flash("The shift was added.", "success")
            return redirect(url_for("staff.rota"), 303)
    return render_template("staff/new_shift.html", form=form, people=people, teams=duty_teams)


@pages.route("/rota/<reference>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(ConfirmForm,))
def end_shift(reference: str) -> str | Response:
    """End a shift now, or take one off the rota that has not begun."""
    form = ConfirmForm()
    with reading() as session:
        shift = get_shift(session, reference)
        member, team = get_staff_by_id(session, shift.staff_id), get_team_by_id(session, shift.team_id)
    require_administrator(actor(), of=member)
    if form.validate_on_submit():

        def _end(session: Session) -> str:
            return end_rota_shift(session, saved_key(shift), by=actor(), now=now()).reference

        if carried_out(form, "rota_shift_ended", _end):
            flash("The shift was ended.", "success")
            return redirect(url_for("staff.rota"), 303)
    return render_template("staff/end_shift.html", form=form, shift=shift, member=member, team=team, now=now())
