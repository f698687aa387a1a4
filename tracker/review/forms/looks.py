"""What a manager says of one check. Each carries the mark of the page that was read, and when it was opened."""

from datetime import UTC, datetime

from tracker.policy.vocabulary import Reviewed
from tracker.web.fields import ChoiceField, TextField
from tracker.web.fields.hidden import HiddenField
from tracker.web.forms import Form

WORDS = 2000  # characters
REVIEWED_WORDS: dict[Reviewed, str] = {
    Reviewed.AGREED: "Agreed",
    Reviewed.NOT_AGREED: "Not agreed",
}


class ReadForm(Form):
    """A form under a page that was read: `seen` is the page's mark, and after it the moment at which it was shown."""

    seen = HiddenField()

    def show(self, mark: str, now: datetime) -> None:
        """Has the form carry the page as it is shown now."""
        self.seen.data = f"{mark}@{now.astimezone(UTC).isoformat()}"
        self.seen.typed = {"": [self.seen.data]}

    @property
    def mark(self) -> str:
        """The mark of the page that was read."""
        return str(self.seen.value).partition("@")[0]

    def opened_at(self, now: datetime) -> datetime | None:
        """When the page that was read had been opened, never after `now`; None where that cannot be told."""
        try:
            at = datetime.fromisoformat(str(self.seen.data).partition("@")[2])
        except ValueError:
            return None
        return min(at, now) if at.tzinfo is not None else None


class OpeningsReadForm(Form):
    """One button: the manager has read what was opened on duty."""


class ApproveForm(ReadForm):
    """Approve this one look."""

    reasons = TextField("Why may this one look be made?", required="Enter why this one look may be made", most=WORDS)


class DeclineForm(ReadForm):
    """Decline it."""

    why_declined = TextField("Why is it declined?", required="Enter why it is declined", most=WORDS)


class EndorseForm(ReadForm):
    """Send a blocked check on to Legal."""

    why_legal = TextField(
        "What should Legal know?",
        hint="Why the look is needed, and what else was tried.",
        required="Enter what Legal should know",
        most=WORDS,
    )


class CloseForm(ReadForm):
    """Close a blocked check as it was asked."""

    why_closed = TextField("Why is it closed?", required="Enter why it is closed", most=WORDS)


class ReviewForm(ReadForm):
    """Review a look made in danger."""

    reviewed = ChoiceField(
        "Do you agree that the look had to be made at once?",
        Reviewed,
        REVIEWED_WORDS,
        required="Select whether you agree",
    )
    why_reviewed = TextField("Why?", required="Enter why you agree or do not agree", most=WORDS)


class ConfirmForm(ReadForm):
    """Confirm what came of a look."""


class NobodyLeftForm(ReadForm):
    """Have seen that whoever alone could report has left."""

    what_is_known = TextField(
        "What is known about the look?",
        hint="Whether anybody can say if it was made, and whom you asked. If nobody knows, say so.",
        required="Enter what is known about the look",
        most=WORDS,
    )


class SeeForm(ReadForm):
    """Have seen a late entry."""

    words = TextField(
        "What do you say to it?",
        hint="Who was spoken to, and what will be done otherwise next time.",
        required="Enter what you say to it",
        most=WORDS,
    )
