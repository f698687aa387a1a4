"""Forms of corrections: that something is in error, what is answered, and why two records are not one person."""

from tracker.corrections.requests import NewAnswer, NewCorrection
from tracker.corrections.vocabulary import Answered, CorrectionKind
from tracker.web.fields import ChoiceField, LineField, TextField
from tracker.web.forms import Form, VersionedForm

WORDS = 2000
ANSWER_WORDS: dict[Answered, str] = {
    Answered.CONFIRMED: "Yes, strike it through",
    Answered.DECLINED: "No, it stands as it was recorded",
}


class InErrorForm(Form):
    """What is wrong with a record, and how that is known."""

    why = TextField(
        "What is wrong with it, and how do you know?",
        hint="It stays on the record, struck through, with these words beside it.",
        required="Enter what is wrong, and how that is known",
        most=WORDS,
    )

    def request(self, kind: CorrectionKind, record: str) -> NewCorrection:
        """What is asked."""
        return NewCorrection(kind=kind, record=record, why=self.why.value)


class LookInErrorForm(InErrorForm):
    """A check on the wrong record: whose page was it?"""

    really_about = LineField(
        "Whose page was it really?",
        hint="The reference of their record, if somebody looked and they have one. The look then counts for them.",
        most=20,
    )

    def request(self, kind: CorrectionKind, record: str) -> NewCorrection:
        """What is asked, with whose page it was."""
        really = self.really_about.data or None
        return NewCorrection(kind=kind, record=record, why=self.why.value, really_about=really)


class AnswerForm(VersionedForm):
    """What somebody else says to it."""

    answer = ChoiceField(
        "Was it recorded in error?", Answered, ANSWER_WORDS, required="Select whether it was recorded in error"
    )
    words = TextField(
        "What did you compare, and what did you find?",
        required="Enter what you compared, and what you found",
        most=WORDS,
    )

    def request(self, correction: str) -> NewAnswer:
        """What is answered, to the correction with this reference."""
        return NewAnswer(correction=correction, version=self.version.value, words=self.words.value)


class UnlinkForm(Form):
    """Why a link between two records was wrong."""

    why = TextField(
        "Why are they not one person?",
        required="Enter why they are not one person",
        subject="The reason",
        most=WORDS,
    )
