"""A question about a check, and its answer."""

from tracker.web.fields import TextField
from tracker.web.forms import Form

WORDS = 2000  # characters


class QuestionForm(Form):
    """A manager or Legal asks who asked for the check."""

    question = TextField(
        "Your question",
        hint="It goes to who asked for the check. Question and answer stay beneath it, for everyone who may open it.",
        required="Enter your question",
        most=WORDS,
    )


class AnswerForm(Form):
    """Who asked for the check answers."""

    answer = TextField("Your answer", required="Enter your answer", most=WORDS)
