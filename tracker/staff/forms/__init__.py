"""What is typed about staff: one's own password, and what an administrator changes."""

from tracker.staff.forms.cover import DeputyForm
from tracker.staff.forms.members import ConfirmForm, NewMemberForm, SearchStaffForm
from tracker.staff.forms.own import FirstPasswordForm, PasswordForm, SignInForm
from tracker.staff.forms.roles import ConfirmRoleForm, RoleForm
from tracker.staff.forms.teams import CloseTeamForm, MoveTeamForm, ShiftForm, TeamForm

__all__ = [
    "CloseTeamForm",
    "ConfirmForm",
    "ConfirmRoleForm",
    "DeputyForm",
    "FirstPasswordForm",
    "MoveTeamForm",
    "NewMemberForm",
    "PasswordForm",
    "RoleForm",
    "SearchStaffForm",
    "ShiftForm",
    "SignInForm",
    "TeamForm",
]
