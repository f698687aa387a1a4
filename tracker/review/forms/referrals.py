"""The shape of what Legal types about a case: taking it, giving it back, answering it."""

from tracker.referrals.vocabulary import FINDING_WORDS, Finding
from tracker.review.requests import NewResolution
from tracker.web.fields import ChoiceField, HiddenField, TextField
from tracker.web.forms import VersionedForm

WORDS = 2000  # characters


class TakeForm(VersionedForm):
    """Take a case: one button."""


class GiveBackForm(VersionedForm):
    """Give a case back: one button."""


FOR_WHO_ASKED = "For Legal's file, and for the manager who asked: say what would change your answer."
"""What is said of the answer where the record is not sealed as asked."""


class ResolveForm(VersionedForm):
    """The answer to a case. The route offers the findings of its kind, and none where it has none."""

    finding = ChoiceField("What did you find?", Finding, FINDING_WORDS, subject="What you found")
    answer = TextField(
        "What is the answer, and why?",
        hint="For Legal's file. Workers never see these words: they see the answer to the check, and what is left to do.",
        required="Enter the answer, and why",
        most=WORDS,
    )
    seen = HiddenField(most=40, required="")

    def request(self) -> NewResolution:
        """The answer; after the form was found valid. Raises `ProblemError` naming a field."""
        return NewResolution(
            answer=self.answer.value,
            version=self.version.value,
            seen=self.seen.data or None,
            finding=self.finding.data,
        )
