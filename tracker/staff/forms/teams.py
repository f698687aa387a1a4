"""Teams added and closed, and shifts on the rota of a duty team."""

from tracker.staff.requests import NewShift, NewTeam
from tracker.web.fields import InstantField, LineField, OfferedChoiceField, YesNoField
from tracker.web.forms import Form, VersionedForm


class TeamForm(Form):
    """A team to add. The route offers the teams that it may stand under."""

    name = LineField("Name of the team", required="Enter the name of the team", most=80)
    parent = OfferedChoiceField(
        "Which team stands above it?",
        listed=True,
        hint="The managers of that team may decide where this team has no other manager.",
        required="Select the team above it, or none",
    )
    on_duty = YesNoField(
        "Does it work by rota, for everybody?",
        yes="An out-of-hours team or a referral hub. Its roles are in force during a shift.",
        no="A team with people of its own.",
        required="Select whether it works by rota",
    )

    def request(self, parent_id: int | None) -> NewTeam:
        """The team to add; after the form was found valid."""
        return NewTeam(name=self.name.value, parent_id=parent_id, on_duty=self.on_duty.value)


class MoveTeamForm(VersionedForm):
    """Under which team a team stands from now. The route offers the others."""

    parent = OfferedChoiceField(
        "Which team stands above it?", listed=True, required="Select the team above it, or none"
    )


class CloseTeamForm(Form):
    """Who takes over from a team that is closed. The route offers the open teams."""

    successor = OfferedChoiceField("Which team takes over?", listed=True, required="Select the team that takes over")


class ShiftForm(Form):
    """A shift. The route offers those who hold a duty role, and the duty teams."""

    member = OfferedChoiceField("Who is on duty?", listed=True, required="Select who is on duty")
    team = OfferedChoiceField("In which duty team?", required="Select the duty team")
    begins = InstantField("When does the shift begin?", subject="The beginning", required="Enter when the shift begins")
    ends = InstantField("When does it end?", subject="The end", required="Enter when the shift ends")

    def request(self, staff_id: int, team_id: int) -> NewShift:
        """The shift to add; after the form was found valid. Raises `StaffChangeError` where it ends before it begins."""
        return NewShift(staff_id, team_id, from_at=self.begins.value, until_at=self.ends.value)
