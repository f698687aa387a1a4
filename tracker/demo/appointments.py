"""The demonstration's staff: teams, roles granted and confirmed, the rota, the council's own profiles."""

from datetime import timedelta

from tracker.corporate_accounts.requests import NewCorporateProfile, NewProfileUser
from tracker.corporate_accounts.services import allow_user, register_profile
from tracker.demo.people import STAFF, TEAMS, Colleague
from tracker.demo.stage import Stage
from tracker.policy.entitlement import CONFIRMED_ROLES, Actor, Role
from tracker.policy.vocabulary import Platform
from tracker.staff.passwords import ChosenPassword, Passwords
from tracker.staff.requests import NewRole, NewShift, NewStaffMember, NewTeam
from tracker.staff.selectors import get_team, load_actor
from tracker.staff.services import (
    add_rota_shift,
    add_staff_member,
    add_team,
    change_password,
    confirm_role,
    grant_role,
)
from tracker.storage.tables import saved_key

THE_FIRST = ("admin", "sro")
"""Whom the operator adds; the administrator adds and grants the rest, and the Senior Responsible Officer confirms."""

SHIFT = timedelta(weeks=4)
SHIFTS = 15
"""So many on the rota of the duty team: more than a year, so that its sign-in stays of use."""

PROFILES: dict[Platform, tuple[str, tuple[str, ...]]] = {
    Platform.FACEBOOK: ("northshire.family.help", ("worker", "worker2", "duty")),
    Platform.INSTAGRAM: ("northshire.family.help", ("worker2", "manager2")),
}
"""The council's own profiles, and who may use them."""


def appoint_everybody(stage: Stage, password: str, passwords: Passwords) -> None:
    """Adds the teams and all staff at the stage's moment. Each of them chooses `password`, hashed once for all.

    It is taken however weak: whoever starts a demonstration says what opens it, and it guards nobody's data.
    """
    chosen = ChosenPassword(passwords.hash(password))
    members = {one.sign_in: one for one in STAFF}
    for sign_in in THE_FIRST:
        _add(stage, members[sign_in], chosen, passwords, by=None)
    _add_teams(stage)
    for one in STAFF:
        if one.sign_in not in THE_FIRST:
            _add(stage, one, chosen, passwords, by=stage.staff("admin"))
    _fill_the_rota(stage)
    _register_profiles(stage)


def _add(stage: Stage, one: Colleague, chosen: ChosenPassword, passwords: Passwords, *, by: Actor | None) -> None:
    new = NewStaffMember(one.email, one.name, one.job_title)
    added = add_staff_member(stage.session, new, by=by, now=stage.now, passwords=passwords)
    staff_id = saved_key(added.member)
    themself = load_actor(stage.session, staff_id=staff_id, now=stage.now)
    change_password(stage.session, chosen, by=themself, now=stage.now)
    for role in one.roles:
        _grant(stage, staff_id, role, one.team, by=by)


def _grant(stage: Stage, staff_id: int, role: Role, team: str | None, *, by: Actor | None) -> None:
    new = NewRole(staff_id, role, _team_id(stage, team) if team else None)
    grant = grant_role(stage.session, new, by=by, now=stage.now)
    if role in CONFIRMED_ROLES and grant.confirmed_at is None:
        confirm_role(stage.session, saved_key(grant), by=stage.staff("sro"), now=stage.now)


def _add_teams(stage: Stage) -> None:
    administrator = stage.staff("admin")
    department = add_team(stage.session, NewTeam(TEAMS["department"]), by=administrator, now=stage.now)
    for name in ("north", "south", "night"):
        new = NewTeam(TEAMS[name], saved_key(department), on_duty=name == "night")
        add_team(stage.session, new, by=administrator, now=stage.now)


def _fill_the_rota(stage: Stage) -> None:
    duty, night = stage.staff("duty").staff_id, _team_id(stage, "night")
    for place in range(SHIFTS):
        begins = stage.now + place * SHIFT
        shift = NewShift(duty, night, begins, begins + SHIFT)
        add_rota_shift(stage.session, shift, by=stage.staff("admin"), now=stage.now)


def _register_profiles(stage: Stage) -> None:
    administrator = stage.staff("admin")
    for platform, (handle, users) in PROFILES.items():
        new = NewCorporateProfile(platform, handle, stage.now)
        profile = register_profile(stage.session, new, by=administrator, now=stage.now)
        for user in users:
            allowed = NewProfileUser(profile.reference, stage.staff(user).staff_id, stage.now)
            allow_user(stage.session, allowed, by=administrator, now=stage.now)


def _team_id(stage: Stage, name: str) -> int:
    return saved_key(get_team(stage.session, stage.team(name)))
