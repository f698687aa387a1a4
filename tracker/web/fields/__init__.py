"""The fields that our forms are made of. Whatever is posted to them, they answer with a sentence and never raise."""

from tracker.web.fields.base import OnlyIf, OwnField, Refusal
from tracker.web.fields.choices import ChoiceField, ChoicesField, OfferedChoiceField, OfferedChoicesField, YesNoField
from tracker.web.fields.days import DateField, InstantField, TimeField
from tracker.web.fields.hidden import HiddenField, SubmissionField, VersionField
from tracker.web.fields.writing import EmailField, LineField, PasswordField, TextField, WholeNumberField

__all__ = [
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "EmailField",
    "HiddenField",
    "InstantField",
    "LineField",
    "OfferedChoiceField",
    "OfferedChoicesField",
    "OnlyIf",
    "OwnField",
    "PasswordField",
    "Refusal",
    "SubmissionField",
    "TextField",
    "TimeField",
    "VersionField",
    "WholeNumberField",
    "YesNoField",
]
