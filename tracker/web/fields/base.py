"""What all our fields share: one way to read what was posted, to say what is wrong, and to give back what was typed."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from wtforms import Field  # type: ignore[import-untyped]
from wtforms.utils import unset_value  # type: ignore[import-untyped]
from wtforms.validators import StopValidation  # type: ignore[import-untyped]

Value = TypeVar("Value")
NUL_SHOWN = str.maketrans({"\0": "\N{REPLACEMENT CHARACTER}"})


class Posted(Protocol):
    """What a browser sent: each name with all its values (werkzeug's `MultiDict`)."""

    def getlist(self, key: str, /) -> list[str]: ...


class Refusal(ValueError):  # noqa: N818 - an answer to the person who typed, not a failure
    """What was typed cannot be taken. Its text is the sentence shown; `part` is the input that the link goes to."""

    def __init__(self, sentence: str, part: str = "") -> None:
        super().__init__(sentence)
        self.part = part


class OnlyIf:
    """The field is read only if the field named `field` was given one of `answers`; otherwise it counts as empty."""

    def __init__(self, field: str, *answers: object) -> None:
        self.field = field
        self.answers = answers


class OwnField(Field, Generic[Value]):  # type: ignore[misc]  # WTForms has no types
    """One question.

    Args:
        label: the question as it stands on the page.
        required: the sentence shown when there is no answer ("Enter the name"); empty: the answer is optional.
        hint: grey text under the label.
        subject: how an error sentence starts ("Date of birth must …"); the label when not given.
        only_if: the question belongs to one answer of another question.
        default: the answer already there on an empty form.
        says_optional: whether an optional question says so; not where it and another must be answered one or the other.

    `data` is the answer or the field's own nothing; `value` is the answer, for use after the form was found valid.
    """

    kind: str
    parts: ClassVar[tuple[str, ...]] = ("",)
    keeps_typed: ClassVar[bool] = True
    visible: ClassVar[bool] = True

    data: Value | None
    errors: list[str]
    process_errors: list[str]
    typed: dict[str, list[str]]
    was_posted: bool = False

    def __init__(
        self,
        label: str = "",
        *,
        required: str = "",
        hint: str = "",
        subject: str = "",
        only_if: OnlyIf | None = None,
        default: Any = None,
        says_optional: bool = True,
        **bound: Any,
    ) -> None:
        super().__init__(label, description=hint, default=default, **bound)
        self.required = required
        self.says_optional = says_optional
        self.subject = subject or label
        self.only_if = only_if
        self.error_part = ""
        self.typed = {}

    # What a kind of field says of itself

    def read(self) -> Value | None:
        """The answer in what was posted, or `empty()`. Raises `Refusal` and nothing else."""
        raise NotImplementedError

    def write(self, data: Value | None) -> dict[str, list[str]]:
        """What would have been typed to give `data`, by part."""
        return {"": []} if data is None else {"": [str(data)]}

    def empty(self) -> Value | None:
        """The answer when nothing was answered."""
        return None

    def words(self, data: Value | None) -> str:
        """An answer as a person reads it; "" for none."""
        return "" if data is None else str(data)

    def answers(self) -> Iterable[object]:
        """The answers that an `OnlyIf` compares with."""
        return (self.data,)

    # What every field does

    @property
    def value(self) -> Value:
        """The answer of a required field, after the form was found valid."""
        if self.data is None:
            raise AssertionError(
                f"{self.name} has no answer: read `value` only after validating, and `data` if optional"
            )
        return self.data

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return self.data is None or self.data == self.empty()

    @property
    def is_shown(self) -> bool:
        """Whether the question has an input at all, to which a link can lead."""
        return True

    @property
    def focus_id(self) -> str:
        """The id of the input that a link to this field moves the focus to: the first wrong part."""
        return self.part_id(self.error_part or self.parts[0])

    def part_name(self, part: str) -> str:
        """The name in the HTML of one of the field's inputs."""
        return f"{self.name}-{part}" if part else str(self.name)

    def part_id(self, part: str) -> str:
        """The id in the HTML of one of the field's inputs."""
        return f"{self.id}-{part}" if part else str(self.id)

    def shown(self, part: str = "") -> str:
        """What stands in an input: what was typed. A NUL, which HTML cannot carry, is shown as "�"."""
        return (self.typed.get(part) or [""])[0].translate(NUL_SHOWN)

    def raw(self) -> dict[str, list[str]]:
        """What was typed, by input name, as a draft keeps it. Nothing of a field that never shows what was typed."""
        if not self.keeps_typed:
            return {}
        return {self.part_name(part): list(values) for part, values in self.typed.items() if values}

    def one(self, part: str = "") -> str:
        """The one value posted for an input, "" if none. Raises `Refusal` if there are several."""
        values = self.typed.get(part) or [""]
        if len(values) > 1:
            raise Refusal(f"{self.subject}: give one answer only", part)
        return values[0]

    def refuse(self, sentence: str, part: str = "") -> None:
        """Add an error found outside the field: by a rule over several fields, or by a service."""
        self.errors = [*self.errors, sentence]
        self.error_part = part

    def applies(self, form: Mapping[str, Any]) -> bool:
        """Whether the question was asked at all, given the other answers."""
        if self.only_if is None:
            return True
        other: OwnField[Any] = form[self.only_if.field]
        return other.applies(form) and any(answer in self.only_if.answers for answer in other.answers())

    def process(self, formdata: Posted | None, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take what was posted; on a form that was not posted, `data` or the default. Called by the form."""
        self.was_posted = formdata is not None
        if formdata is not None:
            self.typed = {part: formdata.getlist(self.part_name(part)) for part in self.parts}
            self.take_typed()
            return
        self.process_errors = []
        given = data
        if data is unset_value:
            given = self.default() if callable(self.default) else self.default
        self.data = self.empty() if given is None else given
        self.typed = self.write(self.data)

    def take_typed(self) -> None:
        """Read what was typed, keeping the sentence if it is refused."""
        self.process_errors, self.error_part = [], ""
        try:
            self.data = self.read()
        except Refusal as refusal:
            self.data = self.empty()
            self.process_errors, self.error_part = [str(refusal)], refusal.part

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether the answer can be taken; `errors` says why not. A question that was not asked is empty and valid."""
        if not self.applies(form):
            self.data, self.errors = self.empty(), []
            return True
        return bool(super().validate(form, extra_validators))

    def pre_validate(self, form: Any) -> None:
        """Stop at the first thing that is wrong: one field shows one error."""
        if self.errors:
            raise StopValidation()
        if self.required and self.is_empty:
            self.error_part = self.parts[0]
            raise StopValidation(self.required)

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """The parameters of the GOV.UK component, but for what is particular to its kind.

        A key is left out, never empty: an empty hint would be a description without words.
        """
        given: dict[str, Any] = {"id": self.id, "name": self.name, **self.label_params(size, heading)}
        if self.description:
            given["hint"] = {"text": self.description}
        if self.errors:
            given["errorMessage"] = {"text": self.errors[0]}
        return given

    def label_params(self, size: str, heading: bool) -> dict[str, Any]:
        """The label as the component wants it; an optional question says so."""
        text = f"{self.label.text} (optional)" if self.says_optional and not self.required else self.label.text
        classes = f"govuk-label--{size}" if size else ""
        return {"label": {"text": text, "classes": classes, "isPageHeading": heading}}


class GroupField(OwnField[Value]):
    """A question with several inputs: a fieldset whose legend is the question."""

    def label_params(self, size: str, heading: bool) -> dict[str, Any]:
        """The legend as the component wants it."""
        label = super().label_params(size, heading)["label"]
        classes = f"govuk-fieldset__legend--{size}" if size else ""
        return {"fieldset": {"legend": {**label, "classes": classes}}}
