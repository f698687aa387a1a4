"""Granting a role, and confirming or declining one that somebody else granted."""

from datetime import datetime
from enum import StrEnum

from tracker.policy.entitlement import ROLE_WORDS, Role
from tracker.staff.forms.days import begins, ends
from tracker.staff.requests import NewRole
from tracker.web.fields import ChoiceField, DateField, OfferedChoiceField, TextField
from tracker.web.fields.base import OnlyIf
from tracker.web.forms import Form
from tracker.web.words import with_capital

ALL_TEAMS = "all"
REASON = 1_000
ROLE_ANSWERS = {role: with_capital(words) for role, words in ROLE_WORDS.items()}


class RoleForm(Form):
    """A role, where, and from when to when. The route offers the teams."""

    role = ChoiceField("Which role?", Role, ROLE_ANSWERS, required="Select a role")
    team = OfferedChoiceField("In which team?", listed=True, required="Select a team, or all teams")
    from_on = DateField("From which day?", hint="Leave it empty for now, at once.", subject="The day it begins")
    until_on = DateField(
        "Until which day?", hint="That whole day still counts. Leave it empty for no end.", subject="The day it ends"
    )

    def request(self, staff_id: int, team_id: int | None, *, now: datetime) -> NewRole:
        """The role to grant; after the form was found valid. Raises `StaffChangeError` for one that makes no sense."""
        return NewRole(staff_id, self.role.value, team_id, begins(self.from_on.data, now=now), ends(self.until_on.data))


class Verdict(StrEnum):
    """What somebody says of a role that waits."""

    CONFIRM = "confirm"
    DECLINE = "decline"


VERDICTS = {Verdict.CONFIRM: "Confirm it", Verdict.DECLINE: "Decline it"}


class ConfirmRoleForm(Form):
    """Confirmed, or declined with a reason."""

    verdict = ChoiceField(
        "Should they have this role?",
        Verdict,
        VERDICTS,
        hints={Verdict.CONFIRM: "It is in force from then.", Verdict.DECLINE: "It never comes into force."},
        required="Select whether to confirm or decline it",
    )
    why = TextField(
        "Why not?",
        required="Enter why the role is declined",
        subject="The reason",
        hint="The administrator reads this.",
        most=REASON,
        only_if=OnlyIf("verdict", Verdict.DECLINE),
    )
