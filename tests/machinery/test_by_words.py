"""Whoever acts on a page by its words acts only on what somebody could see and reach there."""

import pytest
from playwright.sync_api import Error, Page

from tests.fixtures.by_words import BUTTON, LINK, answer, click_on, words_of

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
    click_on(page, BUTTON, "Record", whole=True)
    click_on(page, LINK, "page", whole=False)
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
        click_on(page, BUTTON, "Record", whole=True)
    assert page.evaluate(VALUES)[1] is False
    assert page.title() == ""
