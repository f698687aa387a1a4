"""The shape of finishing a task: what came of it."""

from tracker.web.fields import TextField
from tracker.web.forms import Form

WORDS = 2000  # characters


class FinishForm(Form):
    """What was done, or why nothing has to be."""

    why = TextField(
        "What came of it?",
        hint="What you found out and did, or why nothing has to be done. No copies from anybody's page.",
        required="Enter what came of it",
        most=WORDS,
    )
