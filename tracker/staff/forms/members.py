"""Finding and adding members of staff, and the button that closes, unlocks or signs somebody out."""

from tracker.staff.requests import NewStaffMember
from tracker.web.fields import EmailField, LineField
from tracker.web.forms import Form

LONGEST = 120


class SearchStaffForm(Form):
    """Part of a name or of an e-mail address; nothing shows everybody."""

    words = LineField("Name or e-mail address", hint="Leave it empty to see everybody.", most=LONGEST)


class NewMemberForm(Form):
    """Somebody who is to sign in."""

    name = LineField("Name", hint="As colleagues know them.", required="Enter their name", most=LONGEST)
    job_title = LineField("Job title", required="Enter their job title", most=LONGEST)
    work_email = EmailField("E-mail address", hint="They sign in with it.", required="Enter their e-mail address")

    def request(self) -> NewStaffMember:
        """Who is to be added; after the form was found valid."""
        return NewStaffMember(email=self.work_email.value, name=self.name.value, job_title=self.job_title.value)


class ConfirmForm(Form):
    """A button on a page that says what it will do: nothing to fill in."""
