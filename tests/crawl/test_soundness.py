"""The crawl would notice: each fault, put into a page, is found, and a page without any has none."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.crawl.soundness import faults_of
from tests.fixtures.browser import new_context
from tests.fixtures.council import ONE_DATABASE

pytestmark = ONE_DATABASE

SUMMARY = '<div class="govuk-error-summary"><ul class="govuk-error-summary__list"><li>{}</li></ul></div>'
FAULTS = {
    "main headings": "<h1>Another</h1>",
    "skip a level": "<h4>Deep</h4>",
    "links to nowhere": '<a href="#">Somewhere</a>',
    "links without words": '<a href="/people"></a>',
    "parts without words": "<ul><li></li></ul>",
    "ids given twice": '<p id="main">A</p>',
    "left over: ": "<p>Born None</p>",
    "a word twice": "<p>who who</p>",
    "says 'warrant'": "<p>The warrant</p>",
    "where the focus does not go": SUMMARY.format('<a href="#gone">Enter the name</a>'),
    "axe: label": '<input type="text">',
    "sticking out": '<div style="width: 400px">wide</div>',
}


@pytest.fixture
def page(undrawn: Browser) -> Iterator[Page]:
    """A page of the browser that the crawl looks with."""
    with new_context(undrawn) as context:
        yield context.new_page()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(page: Page, fault: str) -> None:
    found = faults_of(_shown(page, FAULTS[fault]), "people.find")
    assert any(fault in one for one in found), found


def test_a_page_without_a_way_back_is_noticed(page: Page) -> None:
    page.set_content("<html lang='en'><title>Find</title><main><h1>Find</h1></main></html>")
    found = faults_of(page, "people.find")
    assert any("no way back" in one for one in found)
    assert any("its title is" in one for one in found)


def test_a_page_without_a_fault_has_none(page: Page) -> None:
    summary = SUMMARY.format('<a href="#name">Enter the name</a>')
    assert not faults_of(_shown(page, f'{summary}<label for="name">Name</label><input id="name">'), "people.find")


def _shown(page: Page, body: str) -> Page:
    title = "Find a person – Social media checks – Northshire Council"  # noqa: RUF001 - the dash of titles
    page.set_content(
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>"
        f"<main id='main'><p><a href='/'>Home</a></p><h1>Find</h1>{body}</main></body></html>"
    )
    return page
