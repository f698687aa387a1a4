"""Somebody who follows every link and sends every form, from their home page, and notes each page once in every state.

A page is the same again when it answers to the same route and is built of the same parts: then it is not noted twice.
Walking needs no browser; what was noted is looked at in one afterwards.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.crawl.book import Book, FormOn, shape_of
from tests.crawl.states import ANSWERS
from tests.fixtures.filling import filled, questions
from tests.fixtures.html import HtmlForm
from tests.fixtures.visitor import Page, Typed, Visitor

MOST: dict[str, int] = {"checks.show": 4, "overview.show_person": 3}
MOST_OF_ONE_ROUTE = 2
"""How many pages of one route somebody opens, besides those of the records that they open `first`."""

FILES = ("imports.template",)
"""Routes that answer with a file and no page: nobody walks on from there."""

TRIES = 3
"""On how many pages a form is tried that nobody got through."""

Send = Callable[[FormOn], None]


class Walker:
    """One member of staff, signed in.

    `first`: references of which every page is opened, before others. `only`: the routes whose forms are sent; all, where none
    is named.
    """

    def __init__(
        self,
        visitor: Visitor,
        app: Flask,
        book: Book,
        *,
        role: str,
        first: Iterable[str] = (),
        only: Iterable[str] = (),
    ) -> None:
        self.visitor = visitor
        self.book = book
        self.role = role
        self._first = tuple(first)
        self._only = frozenset(only)
        self._routes = app.url_map.bind("")
        self._queue: deque[tuple[str, str]] = deque()
        self._met: set[str] = set()
        self._count: Counter[str] = Counter()
        self._forms: dict[FormOn, list[str]] = {}
        self._lately: dict[str, Page] = {}
        self._ending: set[FormOn] = set()

    def walk(self) -> None:
        """From home: every link, then every form empty and filled in, and so on from wherever that leads."""
        self._go("/")
        self._follow_links()
        tried: Counter[tuple[Send, FormOn]] = Counter()
        while (found := self._next(tried)) is not None:
            send, form = found
            tried[found] += 1
            send(form)
            self._follow_links()

    def _next(self, tried: Counter[tuple[Send, FormOn]]) -> tuple[Send, FormOn] | None:
        """Empty before filled in, newest first, and last what ends a record; again where the form was met elsewhere since."""
        newest = [*reversed(self._forms)]
        newest.sort(key=lambda form: form in self._ending)
        for send, done in ((self._send_empty, self.book.sent_empty), (self._send_filled, self.book.sent)):
            for form in newest:
                if form not in done and tried[send, form] < min(len(self._forms[form]), TRIES):
                    return send, form
        return None

    # Links -------------------------------------------------------------------------------------------------------

    def _follow_links(self) -> None:
        while self._queue:
            self._go(*self._queue.popleft())

    def _go(self, path: str, found_on: str = "") -> None:
        page = self.visitor.get(path)
        if self._came_to(page, f"a link to {path} on {found_on or 'no page'}"):
            self._arrive(page)

    def _came_to(self, page: Page, by: str) -> bool:
        """Whether a page was shown; it is a fault if somebody is shown the way to one that is not."""
        self.book.fetched += 1
        if page.status != 200:
            self.book.faults.append(f"{self.role}: {by} leads to {page.path}, which answers {page.status}")
        return page.status == 200

    def _arrive(self, page: Page) -> None:
        endpoint = self.endpoint_of(page.path) or self.endpoint_of(page.path, "POST")
        self.book.note(shape_of(endpoint, page, self.role), page, self.role)
        self._note_links(page)
        self._note_forms(endpoint, page)

    def _note_forms(self, endpoint: str, page: Page) -> None:
        if not self.endpoint_of(page.path):  # the answer to a form that stands on another page
            return
        self._lately[page.address] = page
        for form in page.forms:
            if self._only and endpoint not in self._only:
                continue
            found = FormOn(endpoint, _button(form))
            if page.address not in (paths := self._forms.pop(found, [])):
                paths.append(page.address)
            self._forms[found] = paths
            if form.element.all("button", having="govuk-button--warning"):
                self._ending.add(found)

    def _note_links(self, page: Page) -> None:
        paths = {_local(one["href"]) for one in page.html.all("a") if one.get("href").startswith("/")} - self._met
        self._met |= paths
        for path in sorted(paths, key=lambda path: (not self._is_first(path), path)):
            endpoint = self.endpoint_of(path)
            if endpoint in FILES:
                continue
            enough = self._count[endpoint] >= MOST.get(endpoint, MOST_OF_ONE_ROUTE)
            if endpoint and (self._is_first(path) or not enough):
                self._count[endpoint] += 1
                self._queue.append((path, page.path))

    def _is_first(self, path: str) -> bool:
        return any(one in path for one in self._first)

    # Forms -------------------------------------------------------------------------------------------------------

    def _send_empty(self, form: FormOn) -> None:
        """Sends the form without an answer: the page with its errors is a page too."""
        found = self._open(form)
        if found is None:
            return
        self.book.sent_empty.add(form)
        if questions(found[1]):
            self._send(form, found[0], _cleared(found[1]))

    def _send_filled(self, form: FormOn) -> None:
        """Sends the form with an answer to every question."""
        found = self._open(form)
        if found is not None:
            self._send(form, found[0], filled(found[1], ANSWERS.get(form.endpoint)))

    def _open(self, form: FormOn) -> tuple[Page, HtmlForm] | None:
        """The newest page that still has the form, and the form: fetched again if a record may have gone on since."""
        for path in reversed(self._forms[form][-TRIES:]):
            page = self._lately.get(path) or self.visitor.get(path)
            found = (
                next((one for one in page.forms if _button(one) == form.button), None) if page.status == 200 else None
            )
            if found is not None:
                return page, found
        return None

    def _send(self, form: FormOn, page: Page, values: Typed) -> None:
        answer = self.visitor.send(page, values, button=form.button)
        if self._came_to(answer, f"{form.button!r} on {form.endpoint}"):
            if not answer.errors:
                self.book.sent.add(form)
                self._lately.clear()
            self._arrive(answer)

    def endpoint_of(self, path: str, method: str = "GET") -> str:
        """The route that answers at this path, "" where none does."""
        try:
            return str(self._routes.match(urlsplit(path).path, method=method)[0])
        except HTTPException:
            return ""


def _button(form: HtmlForm) -> str:
    """The words on the button that sends it, which is the last."""
    return form.buttons[-1] if form.buttons else ""


def _cleared(form: HtmlForm) -> Typed:
    """What the form sends when every answer on it was taken back."""
    values: dict[str, list[str]] = {}
    for name, controls in questions(form).items():
        first = controls[0]
        options = [option.get("value") for option in first.all("option")] if first.tag == "select" else [""]
        values[name] = [] if first.get("type") in ("radio", "checkbox") else options[:1]
    return values


def _local(href: str) -> str:
    return href.partition("#")[0]
