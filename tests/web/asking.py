"""Puts one question to a field, as a form would, without an application."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form  # type: ignore[import-untyped]

from tracker.web.fields import OwnField

Typed = Mapping[str, str | Sequence[str]]


def form_of(fields: Mapping[str, Any], typed: Typed | None = None, **data: object) -> Any:
    """A form with these fields: posted with `typed`, or not posted (None) and made from `data`."""
    made = type("Asked", (Form,), dict(fields))
    return made(None if typed is None else MultiDict(typed), data=data)


def answer(field: Any, typed: Typed) -> OwnField[Any]:
    """The field named `it`, after `typed` was posted and the form validated."""
    form = form_of({"it": field}, typed)
    form.validate()
    asked: OwnField[Any] = form.it
    return asked


def error(field: Any, typed: Typed) -> str:
    """The one sentence that the field answers with; "" when it is content."""
    errors = answer(field, typed).errors
    assert len(errors) <= 1, errors
    return errors[0] if errors else ""
