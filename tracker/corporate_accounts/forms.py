"""What is typed to keep the register of the council's own profiles."""

from datetime import datetime

from tracker.corporate_accounts.requests import LONGEST_HANDLE, NewCorporateProfile, NewProfileUser
from tracker.policy.vocabulary import Platform
from tracker.staff.forms.days import begins, ends
from tracker.web.fields import ChoiceField, DateField, LineField, OfferedChoiceField
from tracker.web.forms import Form
from tracker.web.words import answers_of


class CorporateProfileForm(Form):
    """A profile that the council opened in its own name."""

    on_platform = ChoiceField(
        "On which platform is it?", Platform, answers_of(Platform), listed=True, required="Select the platform"
    )
    handle = LineField(
        "Name of the profile",
        hint="As it stands on the platform, for example northshire.social.care.",
        required="Enter the name of the profile",
        most=LONGEST_HANDLE,
    )
    registered_on = DateField(
        "When was it registered with the council?",
        hint="For example, 3 11 2026.",
        subject="The day it was registered",
        required="Enter the day it was registered",
    )

    def request(self, *, now: datetime) -> NewCorporateProfile:
        """What is to be registered; after the form was found valid. Raises `RegisterError`."""
        at = begins(self.registered_on.value, now=now)
        return NewCorporateProfile(platform=self.on_platform.value, handle=self.handle.value, registered_at=at)


class ProfileUserForm(Form):
    """Who may use a profile, from and to. The route offers the staff."""

    member = OfferedChoiceField("Who may use it?", listed=True, required="Select a member of staff")
    from_on = DateField("From which day?", hint="Leave it empty for now, at once.", subject="The day it begins")
    until_on = DateField(
        "Until which day?", hint="That whole day still counts. Leave it empty for no end.", subject="The day it ends"
    )

    def request(self, profile: str, staff_id: int, *, now: datetime) -> NewProfileUser:
        """What is to be allowed; after the form was found valid. Raises `RegisterError`."""
        from_at = begins(self.from_on.data, now=now)
        return NewProfileUser(profile, staff_id, from_at, ends(self.until_on.data))
