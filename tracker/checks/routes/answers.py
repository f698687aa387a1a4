"""The answers to check, as rows with their Change links."""

from flask import url_for

from tracker.checks.forms.questions import ASKED_FACTORS
from tracker.checks.routes.draft_pages import Pages
from tracker.web.blocks import SummaryRow
from tracker.web.fields import OwnField
from tracker.web.fields.choices import OneOf, SomeOf


def rows_of(draft: Pages, reference: str) -> list[SummaryRow]:
    """One row a question, in the order of the pages; the five factors are one row."""
    why, look = url_for("checks.why", reference=reference), url_for("checks.look", reference=reference)
    rows = [_row(field, why) for field in draft.why.questions() if _is_shown(field)]
    for field in draft.look.questions():
        if field.short_name not in ASKED_FACTORS and _is_shown(field):
            rows.append(_row(field, look))
    said = [draft.look[name].label.text for name in ASKED_FACTORS if draft.look[name].data]
    rows.append(SummaryRow("Answered yes", "\n".join(said) or "To none of the five", look, "the answers to the five"))
    return rows


def in_words(field: OwnField[object]) -> str:
    """What was answered, in the words that stood beside it."""
    if isinstance(field, OneOf):
        return _words(field, field.data)
    if isinstance(field, SomeOf):
        return "\n".join(_words(field, one) for one in field.data or ())
    return str(field.data or "")


def _words(field: OneOf[object] | SomeOf[object], answer: object) -> str:
    posted = field.options.posted(answer)
    return next((choice.label for choice in field.options.choices if choice.value == posted), "")


def _is_shown(field: OwnField[object]) -> bool:
    return field.short_name != "as_last_time" and (
        not field.is_empty or (bool(field.required) and field.only_if is None)
    )


def _row(field: OwnField[object], href: str) -> SummaryRow:
    return SummaryRow(field.label.text, in_words(field), f"{href}#{field.focus_id}", "")
