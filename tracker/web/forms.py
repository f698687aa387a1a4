"""What every form of ours is: protected, sent once, read as typed, and shown again with all that was typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from flask import request
from flask_wtf import FlaskForm  # type: ignore[import-untyped]
from flask_wtf.form import _Auto  # type: ignore[import-untyped]
from werkzeug.datastructures import MultiDict

from tracker.web.fields import OwnField, SubmissionField, VersionField
from tracker.web.fields.hidden import NOT_AS_SENT

RESTORED = "_restored"
CHANGED_MEANWHILE = (
    "Somebody changed this while you had it open. Compare the two, then send it again if yours should stand"
)


@dataclass(frozen=True)
class Difference:
    """Where a record that was changed meanwhile and what was typed are not the same, in words."""

    question: str
    on_record: str
    typed: str


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form posted to us. Fields that it does not know are ignored; files and JSON are never read.

    On a page that was not posted give the answers as they stand: `CheckForm(data={"purpose": Purpose.WELFARE})`.
    A page with several forms gives each a `prefix`.
    """

    form_errors: list[str]
    differences: Sequence[Difference] = ()
    submission = SubmissionField()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """What the form reads."""

        def wrap_formdata(self, form: "Form", formdata: Any) -> Any:
            """A posted form is what was posted even when nothing was: it never falls back on the record's answers."""
            if formdata is _Auto:
                return request.form if form.is_submitted() else None
            return formdata

    @classmethod
    def from_raw(cls, values: Mapping[str, Iterable[str]], **given: Any) -> Self:
        """The form as a draft kept it (see `raw_values`), to be shown, or read after `validate()`."""
        form: Self = cls(formdata=MultiDict((name, one) for name, many in values.items() for one in many), **given)
        return form

    @classmethod
    def secret_names(cls) -> set[str]:
        """The names of the fields whose answers are never kept: passwords."""
        fields = {
            name: getattr(getattr(cls, name), "field_class", None) for name in dir(cls) if not name.startswith("_")
        }
        return {name for name, kind in fields.items() if kind is not None and not kind.keeps_typed}

    def raw_values(self) -> dict[str, list[str]]:
        """What was typed, by input name, without what is hidden and without passwords: what a draft keeps."""
        return {name: values for field in self.questions() for name, values in field.raw().items()}

    def questions(self) -> list[OwnField[Any]]:
        """The fields that a person sees, in their order."""
        return [field for field in self if isinstance(field, OwnField) and field.visible]

    def carried(self) -> list[OwnField[Any]]:
        """The hidden fields, but for the token against forgery."""
        return [field for field in self if isinstance(field, OwnField) and not field.visible]

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent and can be taken.

        A page that was typed before the session ended comes back by a post marked `_restored`: that is shown again,
        filled in and without errors, and never acted on.
        """
        if not self.is_submitted() or RESTORED in request.form:
            return False
        return bool(self.validate(extra_validators))

    def refuse(self, name: str, sentence: str, part: str = "") -> None:
        """Add an error that a service or a rule over several answers found; `name` "" for one of the whole form."""
        if name:
            self[name].refuse(sentence, part)
        else:
            self.form_errors = [*self.form_errors, sentence]

    @property
    def error_summary(self) -> list[dict[str, str]]:
        """The errors, each with the link that moves the focus to its input.

        What nobody can mend in an input (the token, a hidden field, a question to which nothing is offered) has no link.
        """
        unlinked = [{"text": str(sentence)} for sentence in self.form_errors]
        unlinked += [{"text": field.errors[0]} for field in self.questions() if field.errors and not field.is_shown]
        if any(field.errors for field in self if not (isinstance(field, OwnField) and field.visible)):
            unlinked.append({"text": NOT_AS_SENT})
        shown = [field for field in self.questions() if field.errors and field.is_shown]
        return unlinked + [{"text": field.errors[0], "href": f"#{field.focus_id}"} for field in shown]


def as_asked(errors: Iterable[Mapping[str, str]], page: str) -> list[Mapping[str, str]]:
    """The errors of a page's forms in the order in which `page`, its own part, asks the questions; those without a link come first."""
    return sorted(errors, key=lambda error: page.find(f'id="{error["href"][1:]}"') if "href" in error else -1)


class VersionedForm(Form):
    """A form that changes a record that others may change too: it carries the version it was made from."""

    version = VersionField()

    def meet(self, version: int, record: Mapping[str, object]) -> None:
        """After the service found the form stale: show what the record says now beside what was typed.

        Nothing was saved. Sent again, the form stands on `version`, the record's version now; `record` is what the form
        would be filled with today. Show the page with status 409.
        """
        self.version.data, self.version.typed = version, {"": [str(version)]}
        self.refuse("", CHANGED_MEANWHILE)
        pairs = [(field, record.get(field.short_name)) for field in self.questions()]
        self.differences = [
            Difference(field.label.text, field.words(now), field.words(field.data))
            for field, now in pairs
            if field.short_name in record and field.words(now) != field.words(field.data)
        ]
