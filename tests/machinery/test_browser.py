"""The tests' browser is a real one, and what it is meant to catch is caught."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.fixtures.browser import KeptPages, Watch, new_context
from tests.fixtures.screen import accessibility_violations, assert_accessible, assert_no_sideways_scroll
from tests.fixtures.server import LiveServer, serving


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("pages")
    with serving("tests.machinery.pages:create_pages()", {}, folder, workers=1, ready="/sound") as server:
        yield server


def faults_of(browser: Browser, url: str) -> list[str]:
    """What the watch sees when a visitor opens `url`."""
    context = new_context(browser)
    watch = Watch(context)
    page = context.new_page()
    page.goto(url)
    page.evaluate("new Promise(done => setTimeout(done, 50))")
    context.close()
    return watch.faults()


def test_a_sound_page_is_shown_and_is_accessible(page: Page, pages: LiveServer) -> None:
    page.goto(f"{pages.url}/sound")
    assert page.get_by_role("heading").inner_text() == "A sound page"
    assert_accessible(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(("name", "rule"), [("unlabelled", "label"), ("crowded", "target-size"), ("faint", "contrast")])
def test_a_barrier_is_found(page: Page, pages: LiveServer, name: str, rule: str) -> None:
    page.goto(f"{pages.url}/{name}")
    assert [line for line in accessibility_violations(page) if rule in line.split(":")[0]]
    with pytest.raises(AssertionError, match="is not accessible"):
        assert_accessible(page)


def test_a_page_wider_than_a_phone_is_found_and_what_sticks_out_is_named(page: Page, pages: LiveServer) -> None:
    page.goto(f"{pages.url}/wide")
    with pytest.raises(AssertionError, match=r"p\.wide"):
        assert_no_sideways_scroll(page)
    assert page.viewport_size == {"width": 1280, "height": 900}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("throws", "broken script"),
        ("complains", "something is wrong"),
        ("calls-out", "example.invalid"),
        ("calls-a-number", "192.0.2.1"),
        ("sends-word", "example.invalid"),
        ("frames-another", "could not be reached"),
        ("misses-a-part", "no-such-script.js"),
        ("fails", "a status of 500"),
    ],
)
def test_a_fault_of_a_page_is_seen(browser: Browser, pages: LiveServer, name: str, fault: str) -> None:
    assert any(fault in seen for seen in faults_of(browser, f"{pages.url}/{name}"))


@pytest.mark.parametrize("name", ["sound", "refused", "no-such-page"])
def test_a_sound_page_and_a_refused_page_are_no_faults(browser: Browser, pages: LiveServer, name: str) -> None:
    assert faults_of(browser, f"{pages.url}/{name}") == []


def test_a_page_that_is_kept_has_nothing_of_the_test_before(browser: Browser, pages: LiveServer) -> None:
    kept = KeptPages(browser)
    page = kept.take()
    before = Watch(page.context)
    page.goto(f"{pages.url}/complains")
    page.context.add_cookies([{"name": "tracker", "value": "somebody", "url": pages.url}])
    kept.give_back(page)
    before.end()
    assert kept.take() is page
    now = Watch(page.context)
    page.goto(f"{pages.url}/throws")
    assert page.context.cookies() == []
    assert [["broken script" in fault for fault in watch.faults()] for watch in (before, now)] == [[False], [True]]
    page.context.close()


def test_pages_are_kept_for_their_kind_and_only_as_they_were(browser: Browser) -> None:
    kept = KeptPages(browser)
    page, small = kept.take(), kept.take(width=320)
    kept.give_back(page)
    kept.give_back(small, width=320)
    assert [kept.take(width=320), kept.take()] == [small, page]
    page.set_viewport_size({"width": 500, "height": 500})
    kept.give_back(page)
    small.context.new_page()
    kept.give_back(small, width=320)
    others = [kept.take(), kept.take(width=320)]
    assert page not in others
    assert small not in others
    for one in others:
        one.context.close()


def test_scripts_run_only_where_they_are_wanted(page: Page, page_without_javascript: Page, pages: LiveServer) -> None:
    for visitor, said in ((page, "A script ran"), (page_without_javascript, "No script ran")):
        visitor.goto(f"{pages.url}/scripted")
        assert visitor.locator("#said").inner_text() == said


def test_a_page_without_javascript_is_measured_but_not_scanned(
    page_without_javascript: Page, pages: LiveServer
) -> None:
    page_without_javascript.goto(f"{pages.url}/sound")
    assert_no_sideways_scroll(page_without_javascript)
    with pytest.raises(AssertionError, match="axe needs a page with JavaScript"):
        assert_accessible(page_without_javascript)


def test_letters_are_drawn(page: Page, pages: LiveServer) -> None:
    page.goto(f"{pages.url}/sound")
    wide = page.evaluate("() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h1'));"
                         " return r.getBoundingClientRect().width }")  # fmt: skip
    assert wide > 100
