"""Roles: granted by an administrator, confirmed or declined by somebody who holds them."""

from flask import flash, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.access.decorators import requires
from tracker.access.permissions import Permission, require
from tracker.policy.entitlement import Role
from tracker.staff.entitlement import may_confirm_role
from tracker.staff.forms import ConfirmRoleForm, RoleForm
from tracker.staff.forms.roles import ALL_TEAMS, Verdict
from tracker.staff.models import RoleGrant, StaffMember
from tracker.staff.requests import StaffChangeError
from tracker.staff.routes.blueprint import carried_out, member_of, pages
from tracker.staff.selectors import get_staff_by_id, get_team, list_teams
from tracker.staff.selectors.administering import get_grant, grant_line, list_roles_to_confirm
from tracker.staff.services import confirm_role, decline_role, grant_role, waits_for_confirmation
from tracker.staff.services.authority import require_administrator
from tracker.storage.tables import saved_key
from tracker.web.request import actor, now, reading

_QUESTIONS = {"from_at": "from_on", "until_at": "until_on"}


@pages.route("/staff/<reference>/roles/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF, forms=(RoleForm,))
def new_role(reference: str) -> str | Response:
    """Grant somebody a role."""
    member, form = member_of(reference), RoleForm()
    require_administrator(actor(), of=member)
    with reading() as session:
        teams = [(team.reference, team.name) for team in list_teams(session)]
    form.team.offer([*teams, (ALL_TEAMS, "All teams")])
    if form.validate_on_submit() and _granted(form, member):
        return redirect(url_for("staff.member", reference=reference), 303)
    return render_template("staff/new_role.html", form=form, member=member)


def _granted(form: RoleForm, member: StaffMember) -> bool:
    chosen = form.team.data

    def _grant(session: Session) -> str:
        team_id = saved_key(get_team(session, chosen)) if chosen and chosen != ALL_TEAMS else None
        grant = grant_role(session, form.request(saved_key(member), team_id, now=now()), by=actor(), now=now())
        if waits_for_confirmation(grant):
            flash(
                "The role was granted. It waits until somebody who holds it, or the Senior Responsible Officer, confirms it."
            )
        else:
            flash("The role was granted.", "success")
        return grant.reference

    return carried_out(form, "role", _grant, _QUESTIONS) is not None


@pages.get("/roles-to-confirm")
@requires(Permission.CONFIRM_ROLE)
def roles_to_confirm() -> str:
    """Grants that wait for somebody like whoever is signed in."""
    with reading() as session:
        waiting = list_roles_to_confirm(session, by=actor(), now=now())
    return render_template("staff/roles_to_confirm.html", waiting=waiting)


@pages.route("/roles-to-confirm/<reference>", methods=["GET", "POST"])
@requires(Permission.CONFIRM_ROLE, forms=(ConfirmRoleForm,))
def role_to_confirm(reference: str) -> str | Response:
    """Confirm or decline one role. Nobody confirms one of their own, or one that they granted."""
    with reading() as session:
        grant = get_grant(session, reference)
        member = get_staff_by_id(session, grant.staff_id)
        allowed = may_confirm_role(actor(), Role(grant.role), of=grant.staff_id, granted_by=grant.granted_by)
        require(actor(), Permission.CONFIRM_ROLE, allowed=allowed, about=member.reference)
        line = grant_line(session, grant, now=now())
    form = ConfirmRoleForm()
    if form.validate_on_submit() and carried_out(form, "role_confirmed", lambda session: _settle(session, form, grant)):
        said = "in force" if form.verdict.data is Verdict.CONFIRM else "declined"
        flash(f"The role is {said}.", "success")
        return redirect(url_for("staff.roles_to_confirm"), 303)
    return render_template("staff/role_to_confirm.html", form=form, member=member, line=line)


def _settle(session: Session, form: ConfirmRoleForm, grant: RoleGrant) -> str:
    if form.verdict.value is Verdict.CONFIRM:
        return confirm_role(session, saved_key(grant), by=actor(), now=now()).reference
    if not form.why.data:
        raise StaffChangeError("Enter why the role is declined", "why")
    return decline_role(session, saved_key(grant), why=form.why.value, by=actor(), now=now()).reference
