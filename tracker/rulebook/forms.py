"""Signing proposed limits."""

from tracker.rulebook.vocabulary import CAPACITY_WORDS, Capacity
from tracker.web.fields import ChoiceField, PasswordField
from tracker.web.forms import Form
from tracker.web.words import with_capital

CAPACITY_ANSWERS = {capacity: with_capital(words) for capacity, words in CAPACITY_WORDS.items()}


class SignLimitsForm(Form):
    """In which capacity, and one's own password: a browser left open signs nothing. The route offers what may be signed."""

    capacity = ChoiceField("As what do you sign?", Capacity, CAPACITY_ANSWERS, required="Select as what you sign")
    password = PasswordField(
        "Your password", hint="The one that you sign in with.", required="Enter your password", subject="Your password"
    )
