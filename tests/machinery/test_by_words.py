"""Whoever acts on a page by its words acts only on what somebody could see and reach there."""

from typing import Any

import pytest
from playwright.sync_api import Error, Page

from tests.fixtures.browser import NewPage
from tests.fixtures.by_words import BUTTON, LINK, answer, press_on, words_of

FORM = """<main><style>.over {{ position: fixed; inset: 0; background: white }}</style>
  <fieldset><legend>Was it open?</legend><label><input type="radio" name="open"> Yes</label>
    <label><input type="radio" name="open"> No</label></fieldset>
  <fieldset><legend>When was it?</legend><label>Day <input name="day"></label></fieldset>
  <label>What did you see? <textarea name="seen">Words before</textarea></label>
  <label>Where? <select name="where"><option>Facebook</option><option>TikTok</option></select></label>
  <button onclick="document.title = 'pressed'">Record</button> <a href="#next" aria-label="Page 2">2</a>{more}</main>"""

VALUES = "[...document.querySelectorAll('input, textarea, select')].map(e => e.type === 'radio' ? e.checked : e.value)"


def test_questions_are_answered_and_buttons_and_links_found_by_their_words(page: Page) -> None:
    page.set_content(FORM.format(more=""))
    asked = [("", "was it open", ["No"]), ("When", "Day", ["21"]), ("", "What did you", ["A picture"])]
    answer(page, [*asked, ("", "Where?", ["TikTok"])])
    assert page.evaluate(VALUES) == [False, True, "21", "A picture", "TikTok"]
    answer(page, [("", "What did you", [""])])
    assert page.evaluate(VALUES)[3] == ""
    press_on(page, BUTTON, "Record", whole=True)
    press_on(page, LINK, "page", whole=False)
    assert (page.title(), page.evaluate("location.hash")) == ("pressed", "#next")
    assert "Was it open? Yes No When was it?" in words_of(page)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ('<p class="over">In front of it</p>', "lies under"),
        ("<style>fieldset, button { display: none }</style>", "nothing asks|0 of"),
        ("<fieldset><legend>Was it open?</legend><label><input type='radio'> No</label></fieldset>"
         "<button>Record</button>", "2 of"),
    ],
)  # fmt: skip
def test_what_is_covered_hidden_or_there_twice_is_not_acted_on(page: Page, more: str, fault: str) -> None:
    page.set_content(FORM.format(more=more))
    with pytest.raises(Error, match=fault):
        answer(page, [("", "Was it open?", ["No"])])
    with pytest.raises(Error, match=fault):
        press_on(page, BUTTON, "Record", whole=True)
    assert page.evaluate(VALUES)[1] is False
    assert page.title() == ""


def test_where_no_scripts_run_it_does_not_matter_that_the_browser_scrolls_back(
    new_page: NewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = new_page(javascript=False)
    page.set_content(f"<div style='height: 3000px'>Far up</div>{FORM.format(more='')}")
    evaluate = page.evaluate

    def evaluated_and_scrolled_back(script: str, given: Any = None) -> Any:
        found = evaluate(script, given)
        evaluate("scrollTo(0, 0)")
        return found

    monkeypatch.setattr(page, "evaluate", evaluated_and_scrolled_back)
    press_on(page, LINK, "page", whole=False)
    assert evaluate("location.hash") == "#next"
