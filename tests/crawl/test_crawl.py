"""Every page of the application, as each role finds it from home over links and forms: with records, with errors, without.

Each distinct page (a route in one state) is looked at once in a real browser: see `walker.py`; for what, see `soundness.py`.
"""

from collections.abc import Iterable

import pytest

from tests.crawl.book import Book
from tests.crawl.place import Place
from tests.crawl.states import STATES
from tests.crawl.walker import Walker
from tests.fixtures.council import ONE_DATABASE
from tracker.access.decorators import declared_access
from tracker.access.permissions import has_permission
from tracker.policy.vocabulary import Outcome

pytestmark = ONE_DATABASE

HALVES = {
    "who work in teams": ("worker", "colleague", "worker2", "manager", "duty"),
    "who work for all": ("legal", "officer", "sro", "auditor", "admin"),
}
"""Everybody, in this order, so that what an administrator closes was used before."""

NOT_WALKED_TO = {
    "site.asset": "a file: style, script or picture",
    "staff.sign_in_page": "for who is not signed in: see test_scenes.py",
    "drafts.unsaved_page": "for what was sent after the session had ended: see test_scenes.py",
}
ON_THE_WAY = (
    *("authorities.not_met", "authorities.orders", "corrections.undo_link", "review.question"),
    *("staff.closed_members", "staff.role_to_confirm", "staff.roles_to_confirm"),
)
"""Pages to which no link or no record leads yet. Each that is taken from here is held to be shown."""

FIRST_FORMS = ("people.find", "people.new_person", "checks.begin", "checks.why", "checks.look")
"""What a worker sends in a council without records, to see the pages of somebody about whom nothing is known."""


@pytest.mark.parametrize("half", HALVES)
def test_every_page_of_a_council_at_work_is_shown_and_sound(at_work: Place, half: str) -> None:
    book = walked(at_work, HALVES[half])
    faults = [*book.never_shown(pages_of(at_work, half)), *book.faults, *at_work.faults()]
    assert not faults, book.report(faults)
    if half == "who work in teams":
        assert {outcome.label for outcome in Outcome} <= book.headings("checks.show")


def test_every_page_of_a_council_without_records_is_sound(newly_opened: Place) -> None:
    book = walked(newly_opened, (role for roles in HALVES.values() for role in roles), only=FIRST_FORMS)
    faults = [*book.faults, *newly_opened.faults()]
    assert not faults, book.report(faults)
    assert {"overview.show_person", "checks.agreement", "people.family"} <= {shape.endpoint for shape in book.seen}


def test_a_page_that_nobody_links_to_and_one_that_is_never_filled_would_be_found(newly_opened: Place) -> None:
    """The control: one role in a council without records comes to few pages, and its list of them is empty."""
    book = Book()
    Walker(
        newly_opened.enter(newly_opened.council.auditor), newly_opened.screen(), newly_opened.app, book, role="auditor"
    ).walk()
    missing = book.never_shown(pages_of(newly_opened, "who work in teams"))
    assert any("consent.show_consent" in one for one in missing)
    assert not any("site.help" in one for one in missing)
    assert "corporate_accounts.register" in {shape.endpoint for shape in book.seen}
    assert any("corporate_accounts.register" in one for one in book.never_shown(["corporate_accounts.register"]))


def walked(place: Place, roles: Iterable[str], *, only: tuple[str, ...] = ()) -> Book:
    """What everybody saw, one role after another."""
    book, screen = Book(only_empty=bool(only)), place.screen()
    first = {who: [place.records[name] for name in names if name in place.records] for who, names in STATES.items()}
    for role in roles:
        visitor = place.enter(getattr(place.council, role))
        Walker(visitor, screen, place.app, book, role=role, first=first.get(role, ()), only=only).walk()
    return book


def pages_of(place: Place, half: str) -> set[str]:
    """Every route of the application that answers to GET, is walked to, and is for this half: the first that may use it."""
    return {
        rule.endpoint
        for rule in place.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint not in NOT_WALKED_TO
        and rule.endpoint not in ON_THE_WAY
        and half_for(place, rule.endpoint) == half
    }


def half_for(place: Place, endpoint: str) -> str:
    """The first half of the staff in which somebody holds the route's permission."""
    access = declared_access(place.app.view_functions[endpoint])
    for half, names in HALVES.items():
        staff = [place.council.actor(getattr(place.council, name)) for name in names]
        if access is None or access.permission is None or any(has_permission(one, access.permission) for one in staff):
            return half
    return ""
