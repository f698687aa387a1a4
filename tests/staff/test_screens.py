"""Signing in, and coming back to what was typed, in a real browser; `tests/crawl` looks at these pages and at one's own settings."""

from playwright.sync_api import Page

from tests.fixtures.council import ONE_DATABASE, Clock, Council
from tests.fixtures.notebook import Notebook
from tests.fixtures.screen import assert_accessible, assert_no_sideways_scroll
from tests.fixtures.settling import PASSWORD
from tracker.staff.models import StaffMember

pytestmark = ONE_DATABASE


def sign_in(page: Page, address: str, member: StaffMember, password: str = PASSWORD) -> None:
    page.goto(f"{address}/sign-in?next=/settings")
    page.get_by_label("E-mail address").fill(member.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_refused_signing_in_is_accessible_and_an_error_leads_to_its_field(
    council: Council, address: str, page: Page
) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Enter your e-mail address").click()
    assert page.evaluate("document.activeElement.id") == "email"
    sign_in(page, address, council.worker, "the wrong words altogether")
    page.get_by_text("The e-mail address or the password is wrong").wait_for()
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_signing_in_works_without_javascript(council: Council, address: str, page_without_javascript: Page) -> None:
    sign_in(page_without_javascript, address, council.worker, "the wrong words altogether")
    page_without_javascript.get_by_text("The e-mail address or the password is wrong").wait_for()
    sign_in(page_without_javascript, address, council.worker)
    page_without_javascript.get_by_role("heading", name="Your settings").wait_for()


def test_what_was_typed_comes_back_by_one_button(
    council: Council, address: str, page: Page, clock: Clock, notebook: Notebook
) -> None:
    sign_in(page, address, council.worker)
    page.get_by_role("heading", name="Your settings").wait_for()
    page.goto(f"{address}/notebook")
    page.get_by_label("Heading").fill("A heading")
    page.get_by_label("Words").fill("Two\nlines")
    clock.advance(minutes=31)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("You were signed out before this was saved").wait_for()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("E-mail address").fill(council.worker.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="You were signed out before this was saved").wait_for()
    page.get_by_role("button", name="Show what I typed").click()
    page.get_by_role("heading", name="Notebook").wait_for()
    assert page.get_by_label("Heading").input_value() == "A heading"
    assert page.get_by_label("Words").input_value() == "Two\nlines"
    assert notebook.saved == []
