"""What is typed about an approval by telephone: by who asked, and by the manager whom they name."""

from enum import StrEnum

from tracker.review.requests import TelephoneCall
from tracker.web.fields import ChoiceField, InstantField, OfferedChoiceField, OnlyIf, TextField
from tracker.web.forms import Form

WORDS = 2000  # characters


class Said(StrEnum):
    """What the manager says of it."""

    CONFIRMED = "confirmed"
    DENIED = "denied"


SAID_WORDS: dict[Said, str] = {
    Said.CONFIRMED: "Yes, I approved this one look",
    Said.DENIED: "No, I did not approve it",
}


class TelephoneForm(Form):
    """Whom one called, when, and what they said. The route offers `manager`."""

    manager = OfferedChoiceField(
        "Which duty manager approved it?",
        hint="Those who are on the rota now and can decide on this check. Choose whoever answered your call.",
        required="Select the duty manager who approved it",
    )
    called_at = InstantField(
        "When did you speak to them?",
        hint="For example, 20 11 2026 and 11:40pm",
        required="Enter when you spoke to them",
        subject="When you spoke to them",
    )
    said = TextField(
        "What did they say?",
        hint="Why this one look may be made, in their words. They read this when they next sign in.",
        required="Enter what they said",
        most=WORDS,
    )

    def request(self) -> TelephoneCall:
        """The call; after the form was found valid."""
        return TelephoneCall(manager=self.manager.value, called_at=self.called_at.value, said=self.said.value)


class AnswerTelephoneForm(Form):
    """Whether the manager approved it."""

    did = ChoiceField(
        "Did you approve this look by telephone?",
        Said,
        SAID_WORDS,
        hints={Said.DENIED: "The permit ends at once, and Legal is told."},
        required="Select whether you approved this look",
    )
    words = TextField(
        "What do you know about it?",
        hint="Whether there was a call, and what was said in it.",
        only_if=OnlyIf("did", Said.DENIED),
        required="Enter what you know about it",
        most=WORDS,
    )
