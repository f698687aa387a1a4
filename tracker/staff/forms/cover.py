"""Who stands in for somebody who is away, from when to when, and why."""

from datetime import datetime

from tracker.staff.forms.days import begins, ends
from tracker.staff.requests import NewDeputy
from tracker.web.fields import DateField, OfferedChoiceField, TextField
from tracker.web.forms import Form

REASON = 500


class DeputyForm(Form):
    """Who stands in, from when to when, and why. The route offers those who could."""

    member = OfferedChoiceField("Who stands in?", listed=True, required="Select who stands in")
    from_on = DateField("From which day?", hint="Leave it empty for now, at once.", subject="The day it begins")
    until_on = DateField(
        "Until which day?",
        hint="That whole day still counts.",
        subject="The day it ends",
        required="Enter the last day of the cover",
    )
    reason = TextField(
        "Why is cover needed?",
        hint="“Annual leave” is enough. Write nothing about anybody's health.",
        required="Enter why cover is needed",
        subject="The reason",
        most=REASON,
    )

    def request(self, covers_id: int, deputy_id: int, *, now: datetime) -> NewDeputy:
        """The cover to name; after the form was found valid. Raises `StaffChangeError` for what makes no sense."""
        until_at = ends(self.until_on.data) or now
        from_at = begins(self.from_on.data, now=now)
        return NewDeputy(covers_id, deputy_id, from_at, until_at, self.reason.value)
