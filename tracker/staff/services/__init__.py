"""What can be done about staff: each use-case changes rows and records its event in the same transaction."""

from tracker.staff.services.accounts import change_password, end_lock, give_one_time_password
from tracker.staff.services.cover import add_rota_shift, end_cover, end_rota_shift, name_deputy
from tracker.staff.services.members import AddedStaffMember, add_staff_member, close_staff_member, enrol_staff_member
from tracker.staff.services.roles import confirm_role, decline_role, end_role, grant_role, waits_for_confirmation
from tracker.staff.services.sessions import end_sessions, sign_out, start_session
from tracker.staff.services.signing_in import Answer, Attempt, Refusal, prove_password, sign_in
from tracker.staff.services.teams import add_team, close_team, move_team

__all__ = [
    "AddedStaffMember",
    "Answer",
    "Attempt",
    "Refusal",
    "add_rota_shift",
    "add_staff_member",
    "add_team",
    "change_password",
    "close_staff_member",
    "close_team",
    "confirm_role",
    "decline_role",
    "end_cover",
    "end_lock",
    "end_role",
    "end_rota_shift",
    "end_sessions",
    "enrol_staff_member",
    "give_one_time_password",
    "grant_role",
    "move_team",
    "name_deputy",
    "prove_password",
    "sign_in",
    "sign_out",
    "start_session",
    "waits_for_confirmation",
]
