"""Every field and component in a real browser: empty, filled, with errors, small, printed, without JavaScript."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.fixtures.browser import NewPage
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll

PAGES = ["/form", "/filled", "/components", "/note", "/help", "/accessibility", "/privacy", "/cookies"]
REFUSALS = [400, 403, 404, 405, 409, 413, 429]
FETCHED = "() => performance.getEntriesByType('resource').filter(one => one.transferSize > 0).map(one => one.name)"
FOCUSED = "() => document.activeElement.id || document.activeElement.className"


def with_errors(page: Page, url: str) -> None:
    """The form, sent empty."""
    page.goto(f"{url}/form")
    page.get_by_role("button", name="Ask for a decision").click()
    page.get_by_role("heading", name="There is a problem").wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_a_small_phone(page: Page, gallery_url: str, path: str) -> None:
    page.goto(gallery_url + path)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_an_error_page_is_accessible_and_fits_a_small_phone(page: Page, gallery_url: str) -> None:
    for code in REFUSALS:
        page.goto(f"{gallery_url}/fails/{code}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_a_form_with_errors_is_accessible_and_fits_a_small_phone(page: Page, gallery_url: str) -> None:
    with_errors(page, gallery_url)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_a_stale_form_is_accessible_and_fits_a_small_phone(page: Page, gallery_url: str) -> None:
    page.goto(f"{gallery_url}/stale")
    page.get_by_role("button", name="Ask for a decision").click()
    page.get_by_role("table", name="What is different").wait_for()
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_a_page_on_a_small_phone_is_accessible_too(new_page: NewPage, gallery_url: str) -> None:
    page = new_page(width=320)
    page.goto(f"{gallery_url}/components")
    assert_accessible(page)
    with_errors(page, gallery_url)
    assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_focus_goes_to_the_errors_and_from_each_to_its_input(
    new_page: NewPage, gallery_url: str, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    with_errors(page, gallery_url)
    assert "govuk-error-summary" in page.evaluate(FOCUSED)
    links = page.locator(".govuk-error-summary a")
    for place in range(links.count()):
        target = (links.nth(place).get_attribute("href") or "")[1:]
        links.nth(place).click()
        assert page.evaluate(FOCUSED) == target


def test_a_further_question_opens_with_its_answer(page: Page, gallery_url: str) -> None:
    page.goto(f"{gallery_url}/form")
    question = page.get_by_label("What else is it for?")
    assert not question.is_visible()
    page.get_by_label("Something else").first.check()
    assert question.is_visible()
    assert_accessible(page)


def test_without_javascript_every_question_is_there(page_without_javascript: Page, gallery_url: str) -> None:
    page_without_javascript.goto(f"{gallery_url}/form")
    assert page_without_javascript.get_by_label("What else is it for?").is_visible()


def test_a_form_can_be_filled_and_sent_by_keyboard_alone(page: Page, gallery_url: str) -> None:
    page.goto(f"{gallery_url}/note")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == "words":
            break
    page.keyboard.type("Kit was not there")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.get_by_label("What did you find?").input_value() == "Kit was not there"


def test_on_paper_stands_what_is_recorded_and_nothing_to_press(page: Page, gallery_url: str) -> None:
    page.goto(f"{gallery_url}/components")
    page.emulate_media(media="print")
    assert page.get_by_text("Home Office Code, paragraph 3.15").is_visible()
    for pressed in ("Sign out", "Record a check", "Change whose page"):
        assert not page.get_by_text(pressed, exact=True).first.is_visible()


def test_a_row_of_a_table_is_still_a_row_on_a_small_phone(new_page: NewPage, gallery_url: str) -> None:
    page = new_page(width=320)
    page.goto(f"{gallery_url}/components")
    table = page.get_by_role("table", name="Your checks")
    assert table.get_by_role("row").count() == 5
    assert table.get_by_role("rowheader").count() == 4
    assert table.get_by_role("columnheader").count() == 4


def test_what_one_page_loaded_the_next_does_not_ask_for_again(page: Page, gallery_url: str) -> None:
    page.goto(f"{gallery_url}/help")
    files = {urlsplit(one).path for one in page.evaluate(FETCHED)}
    assert files == {f"/assets/{name}" for name in ("application.css", "application.js", "govuk-frontend.min.js")}
    page.goto(f"{gallery_url}/cookies")
    assert page.evaluate(FETCHED) == []
