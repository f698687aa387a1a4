"""Every page of the application, as each role finds it from home over links and forms: with records, with errors, without.

First they walk: see `walker.py`. Then of the pages that they met, each distinct one (a route in one state) is looked at once in a
real browser: see `book.py`; for what, see `soundness.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.crawl.book import Book, Shape
from tests.crawl.place import Place, Screen
from tests.crawl.states import STATES
from tests.crawl.walker import Walker
from tests.fixtures.council import ONE_DATABASE
from tests.fixtures.visitor import Visitor
from tracker.access.decorators import Access, declared_access
from tracker.access.permissions import has_permission
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Outcome

pytestmark = ONE_DATABASE

HALVES = {
    "who work in teams": ("worker", "colleague", "worker2", "manager", "duty"),
    "who work for all": ("legal", "officer", "sro", "auditor", "admin"),
}
"""Everybody, in this order, so that what an administrator closes was used before."""

NOT_WALKED_TO = {
    "site.asset": "a file: style, script or picture",
    "imports.template": "a file: a spreadsheet to fill in, see tests/imports",
    "health.health": "for whoever watches over the machine: JSON, see tests/health",
    "staff.sign_in_page": "for who is not signed in: see test_scenes.py",
    "drafts.unsaved_page": "for what was sent after the session had ended: see test_scenes.py",
}

NOT_FOR_THE_FIRST = ("staff.role_to_confirm", "staff.roles_to_confirm")
"""Managers may open these, but are shown the way there only where a role waits that is theirs to confirm; the SRO always is."""

FIRST_FORMS = ("people.find", "people.new_person", "checks.begin", "checks.why", "checks.look")
"""What a worker sends in a council without records, to see the pages of somebody about whom nothing is known."""


@pytest.mark.parametrize("half", HALVES)
def test_every_page_of_a_council_at_work_is_shown_and_sound(
    at_work: Place, undrawn: Browser, half: str, looked_at: Path
) -> None:
    book = walked(at_work, Book(looked_at), HALVES[half])
    wrong = seen_wrong(book, at_work.screen(undrawn))
    faults = [*book.never_shown(pages_of(at_work, half)), *book.faults, *wrong, *at_work.faults()]
    assert not faults, book.report(faults)
    if half == "who work in teams":
        assert {outcome.label for outcome in Outcome} <= book.headings("checks.show")


def test_every_page_of_a_council_without_records_is_sound(
    newly_opened: Place, undrawn: Browser, tmp_path: Path
) -> None:
    everybody = (role for roles in HALVES.values() for role in roles)
    book = walked(newly_opened, Book(tmp_path, only_empty=True), everybody, only=FIRST_FORMS)
    faults = [*book.faults, *seen_wrong(book, newly_opened.screen(undrawn)), *newly_opened.faults()]
    assert not faults, book.report(faults)
    assert {"overview.show_person", "checks.agreement", "detection.family"} <= {shape.endpoint for shape in book.seen}


def test_a_page_that_nobody_links_to_and_one_that_is_never_filled_would_be_found(
    newly_opened: Place, tmp_path: Path
) -> None:
    """The control: one role in a council without records comes to few pages, and its list of them is empty."""
    book = walked(newly_opened, Book(tmp_path), ["auditor"])
    missing = book.never_shown(pages_of(newly_opened, "who work in teams"))
    assert any("consent.show_consent" in one for one in missing)
    assert not any("site.help" in one for one in missing)
    assert "corporate_accounts.register" in {shape.endpoint for shape in book.seen}
    assert any("corporate_accounts.register" in one for one in book.never_shown(["corporate_accounts.register"]))


def test_of_two_walks_one_looks_at_a_page_and_both_at_a_part_that_is_new(tmp_path: Path) -> None:
    one, other = Book(tmp_path), Book(tmp_path)
    page = shape("govuk-table")
    assert [book.claims(page) for book in (one, other)] == [True, False]
    more = shape("govuk-table", "govuk-tag")
    assert [book.claims(more) for book in (other, one)] == [True, False]
    assert one.claims(replace(page, errors=True))


def test_of_the_pages_of_one_kind_the_fullest_are_looked_at_and_an_empty_one_besides(
    newly_opened: Place, tmp_path: Path
) -> None:
    book, page = Book(tmp_path), Visitor(newly_opened.app).get("/help")
    some, full = shape("govuk-table"), shape("govuk-table", "govuk-tag", "app-empty")
    other, empty = shape("govuk-table", "govuk-details"), shape("app-empty")
    for one in (some, empty, other, full):
        book.note(one, page, "worker")
    assert [one for one, _ in book.to_look_at()] == [full, other, empty]
    assert list(book.to_look_at()) == []


def shape(*parts: str) -> Shape:
    """A page of one route that is built of these parts."""
    return Shape("people.find", errors=False, state="", parts=frozenset(parts))


def walked(place: Place, book: Book, roles: Iterable[str], *, only: tuple[str, ...] = ()) -> Book:
    """What everybody met, one role after another."""
    first = {who: [place.records[name] for name in names if name in place.records] for who, names in STATES.items()}
    for role in roles:
        visitor = place.enter(getattr(place.council, role))
        Walker(visitor, place.app, book, role=role, first=first.get(role, ()), only=only).walk()
    return book


def seen_wrong(book: Book, screen: Screen) -> list[str]:
    """What is wrong with the pages that were met, looked at in a browser."""
    return [
        f"{sight.role}: {fault}"
        for shape, sight in book.to_look_at()
        for fault in screen.faults_of(sight.page, shape.endpoint)
    ]


def pages_of(place: Place, half: str) -> set[str]:
    """Every route of the application that answers to GET, is walked to, and is for this half: the first that may use it."""
    staff = {
        one: [place.council.actor(getattr(place.council, name)) for name in names] for one, names in HALVES.items()
    }
    return {
        rule.endpoint
        for rule in place.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint not in NOT_WALKED_TO
        and half == half_for(rule.endpoint, declared_access(place.app.view_functions[rule.endpoint]), staff)
    }


def half_for(endpoint: str, access: Access | None, staff: Mapping[str, Sequence[Actor]]) -> str:
    """The first half of the staff in which somebody holds the route's permission."""
    for half, actors in list(staff.items())[endpoint in NOT_FOR_THE_FIRST :]:
        if access is None or access.permission is None or any(has_permission(one, access.permission) for one in actors):
            return half
    return ""
