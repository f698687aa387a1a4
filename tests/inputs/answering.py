"""What must be true of the answer to a form, whatever was typed into it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tests.fixtures.filling import questions
from tests.fixtures.html import Element, HtmlForm
from tests.fixtures.rehearsal import AUDIT, Rehearsal
from tests.fixtures.visitor import Page
from tests.inputs.places import Place
from tracker.web.fields import OwnField
from tracker.web.fields.hidden import NOT_AS_SENT

MAY_CHANGE = AUDIT | {"draft", "sign_in_attempt"}
"""What a form that is not taken may leave behind: who tried, and what they had typed."""

SCRIPT = ("alert(", "onerror")
"""What the markup among the bad values is made of."""

SHOWN_AGAIN = {200, 409}
TAKEN = 303


class Answer:
    """One post and what came of it. `wrong` is empty, or says what is not as it must be."""

    def __init__(self, rehearsal: Rehearsal, place: Place, posted: Mapping[str, Any]) -> None:
        self.rehearsal, self.place, self.posted = rehearsal, place, posted
        rehearsal.restore()
        self.response = rehearsal.post(place.who, place.address, posted)
        self.taken = self.response.status_code == TAKEN
        self.page = Page(self.response) if self.response.status_code in SHOWN_AGAIN else None
        self.refused = self._links() if self.page else []
        self.wrong = self._wrong()
        if self.taken and not self.wrong:
            self.wrong = self._wrong_where_it_leads()
        rehearsal.restore()

    def refuses(self, field: OwnField[Any]) -> bool:
        """Whether an error links to an input of this field."""
        ids = {field.part_id(part) for part in field.parts} | {field.id}
        return any(link in ids for link in self.refused)

    def took(self, fields: list[OwnField[Any]]) -> list[OwnField[Any]]:
        """Those of the fields that nothing is said to be wrong with. Of what is carried hidden a page cannot say which was not received
        as it was sent: where it says so, the first of them is not among these."""
        took = [field for field in fields if not self.refuses(field)]
        hidden = [field for field in took if not field.visible]
        if hidden and self.page is not None and NOT_AS_SENT in self.page.errors:
            took.remove(hidden[0])
        return took

    def _wrong(self) -> str:
        status = self.response.status_code
        if self.taken:
            return ""
        if self.page is None:
            return f"answered {status}"
        if changed := self.rehearsal.changed(without=MAY_CHANGE):
            return f"not taken, and {changed} changed"
        return self._wrong_with_the_page(self.page)

    def _wrong_with_the_page(self, page: Page) -> str:
        if not page.title.startswith("Error: ") or not page.errors:
            return f"shown again without an error: {page.title!r} {page.errors}"
        lost = [link for link in self.refused if len(page.html.all(id=link)) != 1]
        if lost:
            return f"errors link to {lost}, which is not on the page"
        standing = [page.response.text.index(f'id="{link}"') for link in self.refused]
        if standing != sorted(standing):
            return f"errors are not in the order of the questions: {self.refused}"
        if has_foreign_script(page):
            return "what was typed runs as a script"
        forms = [form for form in page.forms if (form.action or page.path) == self.place.address]
        if len(forms) != 1:
            return f"{len(forms)} forms on the page that is shown again"
        return lost_in(forms[0], self.posted)

    def _links(self) -> list[str]:
        assert self.page is not None
        summaries = self.page.html.all("div", having="govuk-error-summary")
        return [link["href"].removeprefix("#") for summary in summaries for link in summary.all("a")]

    def _wrong_where_it_leads(self) -> str:
        to = self.response.headers["Location"]
        if self.place.who not in self.rehearsal.entered or not to.startswith("/"):
            return f"sent to {to}"
        page = self.rehearsal.get(self.place.who, to)
        if page.status >= 500 or has_foreign_script(page):
            return f"{to} answers {page.status}"
        return ""


def has_foreign_script(page: Page) -> bool:
    """Whether what was typed became an element of the page; one on which none of it stands need not be parsed for that."""
    if not any(part in page.response.text for part in SCRIPT):
        return False
    scripts = [one for one in page.html.all("script") if "alert" in one.raw_text]
    return bool(scripts) or any(one.has("onerror") for one in page.html.all())


def lost_in(form: HtmlForm, posted: Mapping[str, Any]) -> str:
    """The questions whose answer is not on the page as it was typed."""
    lost = []
    for name, controls in questions(form).items():
        typed = [_as_shown(value) for value in posted.get(name, [])]
        again = [value for value in form.values.get(name, []) if value]
        if not set(again) <= set(typed) or not _is_kept(controls, typed, again):
            lost.append(f"{name}: {typed!r:.80} is shown as {again!r:.80}")
    return "; ".join(lost)


def _is_kept(controls: list[Element], typed: list[str], again: list[str]) -> bool:
    first = controls[0]
    if first.get("type") in ("password", "file") or not typed:  # what is in a file is never shown again
        return not again
    if first.tag == "select":
        offered = {option.get("value") for option in first.all("option")}
        return again == ([typed[0]] if typed[0] in offered - {""} else [])
    if first.get("type") in ("radio", "checkbox"):
        offered = {control.get("value") for control in controls}
        return {value for value in typed if value in offered and value} == set(again)
    return again == ([typed[0]] if typed[0] else [])


def _as_shown(value: str | bytes) -> str:
    """A value as a page can carry it: NUL as a replacement character, and bytes that are no text as they were sent."""
    text = quote(value, safe=" ") if isinstance(value, bytes) else value
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
