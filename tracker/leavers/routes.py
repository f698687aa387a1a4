"""Closing a member of staff, ending a role, merging a team, moving a team's work with a person: first what waits and where it goes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, require
from tracker.leavers.forms import MoveWorkForm
from tracker.leavers.selectors import waiting_about, waiting_for, waiting_in
from tracker.leavers.services import alone_with, close_leaver, end_held_role, merge_team, place_team
from tracker.people.routes.blueprint import carried_out as moved
from tracker.people.routes.blueprint import person_of_page
from tracker.people.selectors import get_involvement, get_person
from tracker.people.services import move_involvement, require_person
from tracker.staff.forms import CloseTeamForm, ConfirmForm, MoveTeamForm
from tracker.staff.models import Team
from tracker.staff.routes.blueprint import carried_out
from tracker.staff.selectors import get_staff_by_reference, get_team, get_team_by_id, list_teams
from tracker.staff.selectors.administering import get_grant, grant_line
from tracker.staff.services.authority import require_administrator
from tracker.storage.tables import NoSuchRecordError, StaleVersionError, saved_key
from tracker.web.request import actor, now, reading

pages = Blueprint("leavers", __name__)

NO_TEAM = "none"


@pages.route("/staff/<reference>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(ConfirmForm,))
def close_member(reference: str) -> str | Response:
    """Close somebody who has left: what waits for them, where it goes, and what nobody would have."""
    form = ConfirmForm()
    with reading() as session:
        member = get_staff_by_reference(session, reference)
        require_administrator(actor(), of=member)
    if form.validate_on_submit():

        def _close(session: Session) -> str:
            return close_leaver(session, saved_key(member), by=actor(), now=now()).reference

        if carried_out(form, "staff_member_closed", _close):
            flash("They were closed. They are signed out everywhere and hold no role.", "success")
            return redirect(url_for("staff.member", reference=reference), 303)
    with reading() as session:
        alone = alone_with(session, saved_key(member), now=now())
        left = waiting_for(session, member, now=now())
    return render_template("leavers/close_member.html", form=form, member=member, left=left, alone=alone)


@pages.route("/staff/<reference>/roles/<grant>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(ConfirmForm,))
def end_a_role(reference: str, grant: str) -> str | Response:
    """End a role of somebody who stays, now; not one that nobody else has."""
    form = ConfirmForm()
    with reading() as session:
        member = get_staff_by_reference(session, reference)
        require_administrator(actor(), of=member)
        ending = get_grant(session, grant)
        line = grant_line(session, ending, now=now())
        alone = alone_with(session, saved_key(member), now=now())
    if ending.staff_id != member.id:
        raise NoSuchRecordError
    if form.validate_on_submit():

        def _end(session: Session) -> str:
            return end_held_role(session, saved_key(ending), by=actor(), now=now()).reference

        if carried_out(form, "role_ended", _end):
            flash("The role was ended.", "success")
            return redirect(url_for("staff.member", reference=reference), 303)
    return render_template("leavers/end_role.html", form=form, member=member, line=line, alone=alone)


@pages.route("/teams/<reference>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(CloseTeamForm,))
def close_team(reference: str) -> str | Response:
    """Close a team; another has its work from now."""
    form = CloseTeamForm()
    with reading() as session:
        closing = get_team(session, reference)
        others = [team for team in list_teams(session) if team.id != closing.id and not team.on_duty]
    if closing.on_duty:
        raise NoSuchRecordError
    form.successor.offer([(team.reference, team.name) for team in others])
    if form.validate_on_submit():

        def _close(session: Session) -> str:
            successor_id = saved_key(get_team(session, form.successor.value))
            return merge_team(session, saved_key(closing), successor_id=successor_id, by=actor(), now=now()).reference

        if carried_out(form, "team_closed", _close):
            flash("The team was closed.", "success")
            return redirect(url_for("staff.teams"), 303)
    with reading() as session:
        left = waiting_in(session, closing, now=now())
    return render_template("leavers/close_team.html", form=form, team=closing, left=left, others=others)


@pages.route("/teams/<reference>/parent", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(MoveTeamForm,))
def place_a_team(reference: str) -> str | Response | tuple[str, int]:
    """Put a team under another."""
    moving, others, now_under = _as_it_stands(reference)
    form, status = MoveTeamForm(data={"version": moving.version, "parent": now_under}), 200
    form.parent.offer([*((team.reference, team.name) for team in others), (NO_TEAM, "None: it stands alone")])
    if form.validate_on_submit():

        def _move(session: Session) -> str:
            parent = form.parent.value
            parent_id = saved_key(get_team(session, parent)) if parent != NO_TEAM else None
            seen, at = form.version.value, now()
            return place_team(
                session, saved_key(moving), version=seen, parent_id=parent_id, by=actor(), now=at
            ).reference

        try:
            if carried_out(form, "team_moved", _move):
                flash("The team stands there from now.", "success")
                return redirect(url_for("staff.teams"), 303)
        except StaleVersionError:
            status = 409
            moving, _, now_under = _as_it_stands(reference)
            form.meet(moving.version, {"parent": now_under})
    return render_template("leavers/move_team.html", form=form, team=moving), status


def _as_it_stands(reference: str) -> tuple[Team, list[Team], str]:
    """A team that can be moved, those that it may stand under, and under which of them it stands."""
    with reading() as session:
        moving = get_team(session, reference)
        others = [team for team in list_teams(session) if team.id != moving.id and not team.on_duty]
    if moving.on_duty or moving.closed_at is not None:
        raise NoSuchRecordError
    return moving, others, next((team.reference for team in others if team.id == moving.parent_id), NO_TEAM)


@pages.route("/people/<reference>/involvements/<involvement>/move", methods=["GET", "POST"])
@requires(Permission.CHANGE_PERSON, forms=(MoveWorkForm,))
def move_work(reference: str, involvement: str) -> str | Response | tuple[str, int]:
    """Move a team's work with somebody to another team. Whoever may work on the person reads what is open; only the team whose work
    it is moves it."""
    with reading() as session:
        person = get_person(session, reference)
        require_person(session, person, Permission.CHANGE_PERSON, by=actor(), now=now())
        moving = get_involvement(session, person, involvement)
        team = get_team_by_id(session, moving.team_id)
        others = [one for one in list_teams(session) if one.id != team.id and not one.on_duty]
    theirs, status = actor().works_in(moving.team_id), 200
    form = MoveWorkForm(data={"version": moving.version})
    form.team.offer([(one.reference, one.name) for one in others])
    if form.is_submitted():
        require(actor(), Permission.CHANGE_PERSON, allowed=theirs, about=person.reference)
    person = person_of_page(reference)
    back = url_for("people.involvements", reference=person.reference)
    if form.validate_on_submit():

        def _move(session: Session) -> str:
            return move_involvement(
                session, form.request(person.reference, moving.reference), by=actor(), now=now()
            ).reference

        try:
            if moved(form, "involvement_moved", _move):
                flash(
                    "Their work with this person was moved. What is open stays with the team that asked for it.",
                    "success",
                )
                return redirect(back, 303)
        except StaleVersionError:
            status = 409
            form.meet(moving.version, {})
    with reading() as session:
        left = waiting_about(session, person, team, now=now())
    page = render_template(
        "leavers/move_work.html",
        form=form,
        person=person,
        back=back,
        moving=moving,
        team=team,
        left=left,
        theirs=theirs,
    )
    return page, status
