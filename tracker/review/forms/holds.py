"""The shape of a hold placed by hand, of its release, and of a count that begins anew."""

from tracker.people.requests import RestartedCount
from tracker.review.requests import NewHold
from tracker.web.fields import DateField, HiddenField, OfferedChoicesField, TextField
from tracker.web.forms import Form

WORDS = 2000  # characters


class HoldForm(Form):
    """A hold on one person or several. The route offers them."""

    people = OfferedChoicesField("Whom is the hold on?", required="Select at least one person")
    why = TextField(
        "Why is the hold placed?",
        hint="For example, looks spread over relatives or over workers. Workers see that there is a hold, not why.",
        required="Enter why the hold is placed",
        most=WORDS,
    )

    def request(self) -> NewHold:
        """The hold; after the form was found valid."""
        return NewHold(tuple(self.people.data or ()), self.why.value)


class ReleaseForm(Form):
    """The release of a hold."""

    why = TextField("Why is the hold released?", required="Enter why the hold is released", most=WORDS)
    seen = HiddenField(most=40, required="")


class CountForm(Form):
    """From when views of a person count: the day on which a new episode began."""

    from_on = DateField(
        "From which day do views count?",
        hint="The day on which the present episode began, after 12 months or more in which no team worked with the person.",
        required="Enter from which day views count",
        subject="The day from which views count",
    )
    why = TextField("Why?", required="Enter why", most=WORDS)

    def request(self, person: str) -> RestartedCount:
        """The count that begins anew; after the form was found valid."""
        return RestartedCount(person=person, from_on=self.from_on.value, why=self.why.value)
