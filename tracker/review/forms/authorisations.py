"""The shape of what the authorising officer answers."""

from tracker.authorities.requests import NewCancellation, NewReview
from tracker.review.services.authorisations import Grant, Refusal
from tracker.web.fields import DateField, InstantField, LineField, TextField, YesNoField
from tracker.web.forms import Form

GRADE = "What is your grade?"
GRADE_HINT = "Director, Head of Service, Service Manager or equivalent"


class GrantForm(Form):
    """A grant: when, at which grade, in the officer's own words."""

    own_words = TextField(
        "Why do you grant it?",
        hint="In your own words: why it is necessary, why it is proportionate, and what about other people",
        required="Enter why you grant it, in your own words",
    )
    grade = LineField(GRADE, hint=GRADE_HINT, most=80, required="Enter your grade", subject="Your grade")
    granted_at = InstantField(
        "When did you grant it?", hint="The day and the time", required="Enter when you granted it", subject="The grant"
    )
    next_review_on = DateField(
        "When is it to be reviewed?", hint="Leave it empty for the council's default.", subject="The review"
    )

    def request(self) -> Grant:
        """The grant; after the form was found valid."""
        return Grant(self.granted_at.value, self.grade.value, self.own_words.value, self.next_review_on.data)


class RefuseForm(Form):
    """A refusal, with reasons. It is kept."""

    why = TextField(
        "Why do you refuse it?",
        hint="The application and your reasons stay on record.",
        required="Enter why you refuse it",
    )
    grade = LineField(GRADE, hint=GRADE_HINT, most=80, required="Enter your grade", subject="Your grade")

    def request(self) -> Refusal:
        """The refusal; after the form was found valid."""
        return Refusal(self.grade.value, self.why.value)


class CancelForm(Form):
    """A cancellation, under RIPA s.45 or outside RIPA."""

    at = InstantField(
        "From when is it cancelled?",
        hint="When those who look were told to stop",
        required="Enter from when it is cancelled",
        subject="The cancellation",
    )
    why = TextField("Why is it cancelled?", required="Enter why it is cancelled")
    obtained = TextField(
        "What was obtained?",
        hint="What the looks brought, in a sentence. No copies and no names of other people.",
        required="Enter what was obtained, or that nothing was",
    )
    material = TextField(
        "What happens to it?",
        hint="Where it is kept, until when, and what is destroyed",
        required="Enter what happens to what was obtained",
    )

    def request(self, authorisation: str) -> NewCancellation:
        """The cancellation of the authorisation with that reference; after the form was found valid."""
        return NewCancellation(authorisation, self.at.value, self.why.value, self.obtained.value, self.material.value)


class ReviewForm(Form):
    """A review of an authorisation that is still needed; one that is not is cancelled."""

    at = InstantField(
        "When did you review it?",
        required="Enter when you reviewed it",
        subject="The review",
        hint="The day and the time",
    )
    value_so_far = TextField("What has it brought so far?", required="Enter what it has brought so far")
    still_necessary = YesNoField(
        "Is it still necessary and proportionate?",
        no="Then it must be cancelled. Nothing is recorded here.",
        yes="It runs on until its last day.",
        required="Select whether it is still necessary and proportionate",
    )
    result = TextField(
        "Why?",
        hint="Why it is still necessary and proportionate, and what about other people",
        required="Enter why",
    )
    next_review_on = DateField(
        "When is the next review?", hint="Leave it empty for the council's default.", subject="The next review"
    )

    def request(self, authorisation: str) -> NewReview:
        """The review of the authorisation with that reference; after the form was found valid."""
        return NewReview(
            authorisation=authorisation,
            at=self.at.value,
            result=self.result.value,
            next_review_on=self.next_review_on.data,
            value_so_far=self.value_so_far.value,
        )
