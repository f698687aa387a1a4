"""What every form does: sent once, protected, shown again with all that was typed."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.fixtures.html import Element
from tests.web.gallery import FILLED, GalleryForm, NoteForm, make_gallery
from tests.web.parsed import assert_well_joined, parsed, values
from tracker.web.fields.hidden import NOT_AS_SENT
from tracker.web.forms import Form

Typed = dict[str, Any]
GOOD: Typed = {
    "version": "3",
    "name": "Kit Example",
    "email": "asha@demo.example",
    "why": "Nobody has seen Kit.",
    "secret": "a password",
    "looks": "1",
    "born_on-day": "28",
    "born_on-month": "2",
    "born_on-year": "2010",
    "at_time": "2:15pm",
    "seen_at-day": "3",
    "seen_at-month": "11",
    "seen_at-year": "2026",
    "seen_at-time": "midday",
    "shade": "family",
    "shades": ["family", "court"],
    "open_now": "no",
    "account": "acc-1",
    "profiles": ["p-1", "p-2"],
}
BAD: Typed = {
    "name": "\u202eecilA",
    "email": "nobody",
    "why": "",
    "secret": "",
    "looks": "99",
    "born_on-month": "13",
    "at_time": "2:15",
    "seen_at-time": "",
    "shade": "other",
    "shades": ["family", "other"],
    "open_now": "perhaps",
    "account": "acc-9",
    "profiles": ["p-9"],
    "notes": "x" * 301,
}


def send(visitor: FlaskClient, typed: Typed, path: str = "/form") -> Element:
    """Open the page, type, send, and read what comes back."""
    page = values(parsed(visitor.get(path).text))
    carried: Typed = {name: page[name] for name in ("csrf_token", "submission", "version") if name in page}
    sent: Typed = {**carried, **typed}
    answer = visitor.post(path, data=MultiDict(sent))
    assert answer.status_code == 200
    return parsed(answer.text)


def test_good_answers_are_taken(visitor: FlaskClient) -> None:
    assert send(visitor, GOOD).one("h1").text == "Answers"


@pytest.mark.parametrize("path", ["/form", "/filled", "/note", "/components"])
def test_what_stands_on_a_page_is_joined_to_what_it_names(visitor: FlaskClient, path: str) -> None:
    assert_well_joined(parsed(visitor.get(path).text))


@pytest.mark.parametrize("typed", [{}, BAD, {**GOOD, **BAD}])
def test_a_page_with_errors_says_so_in_its_title_and_lists_each_with_a_link_to_its_input(
    visitor: FlaskClient, typed: Typed
) -> None:
    page = send(visitor, typed)
    assert page.one("title").text.split(" \N{EN DASH} ") == [
        "Error: Every field",
        "Social media checks",
        "Northshire Council",
    ]
    assert_well_joined(page)
    links = page.one(having="govuk-error-summary").all("a")
    beside = [one.text.removeprefix("Error: ") for one in page.all("p", having="govuk-error-message")]
    assert [link.text for link in links] == beside
    for link in links:
        target = page.one(id=link.attributes["href"][1:])
        assert target.tag in {"input", "textarea", "select"}
        assert target.attributes.get("type") != "hidden"


def test_the_first_wrong_part_of_a_date_is_where_the_link_goes(visitor: FlaskClient) -> None:
    page = send(visitor, {**GOOD, "born_on-month": "13", "seen_at-time": ""})
    links = [link.attributes["href"] for link in page.one(having="govuk-error-summary").all("a")]
    assert links == ["#born_on-month", "#seen_at-time"]


@pytest.mark.parametrize("typed", [GOOD | {"why": ""}, GOOD | BAD])
def test_what_was_typed_is_still_there_but_for_the_password(visitor: FlaskClient, typed: Typed) -> None:
    shown = values(send(visitor, typed))
    offered = {"shade", "shades", "open_now", "account", "profiles"}
    for name, value in typed.items():
        if name not in {"secret", "version"} | offered:
            assert shown[name] == [value]
    assert shown["secret"] == [""]
    assert shown["shade"] == [typed["shade"]]


def test_a_text_typed_inside_a_further_question_comes_back_without_added_blanks(visitor: FlaskClient) -> None:
    text = "First line\nSecond line\n  third\n\nlast"
    once = values(send(visitor, {**GOOD, "why": "", "shade": "other", "other": "x", "detail": text}))
    assert once["detail"] == [text]
    twice = values(send(visitor, {name: value for name, value in once.items() if name != "csrf_token"}))
    assert twice["detail"] == [text]


def test_markup_that_was_typed_stays_text(visitor: FlaskClient) -> None:
    typed = "<script>alert(1)</script>'\"><img src=x onerror=alert(1)>{{ 7*7 }}"
    page = send(visitor, {**GOOD, "name": typed, "notes": typed, "email": typed, "born_on-day": typed})
    assert values(page)["name"] == [typed]
    assert page.all("img") == []
    assert [one.text for one in page.all("script") if "alert" in one.text] == []


def test_no_field_that_asks_is_marked_required_for_the_browser(visitor: FlaskClient) -> None:
    page = parsed(visitor.get("/form").text)
    assert all("novalidate" in form.attributes for form in page.all("form"))
    assert not any("required" in element.attributes for element in page.all())


def test_each_empty_form_has_an_id_of_its_own_and_keeps_it_when_it_comes_back(visitor: FlaskClient) -> None:
    first, second = (values(parsed(visitor.get("/note").text))["submission"] for _ in range(2))
    assert first != second
    assert values(send(visitor, {"submission": first[0], "words": ""}, "/note"))["submission"] == first


@pytest.mark.parametrize("wrong", [[], ["x"], ["F" * 32], ["a" * 33], ["a" * 32, "b" * 32], ["a" * 31 + "\n"]])
def test_a_form_without_its_id_must_be_sent_again_and_gets_a_new_one(visitor: FlaskClient, wrong: list[str]) -> None:
    page = send(visitor, {"submission": wrong, "words": "Something"}, "/note")
    assert page.one(having="govuk-error-summary").one("li").text == NOT_AS_SENT
    fresh = values(page)["submission"][0]
    assert len(fresh) == 32
    assert [fresh] != wrong
    assert send(visitor, {"submission": fresh, "words": "Something"}, "/note").all(having="govuk-error-summary") == []


def test_a_form_without_our_token_is_refused_wherever_it_goes(visitor: FlaskClient) -> None:
    for path in ("/form", "/note", "/nowhere"):
        assert visitor.post(path, data={"words": "x"}).status_code in {400, 404}
    visitor.get("/note")
    assert visitor.post("/note", data={"words": "x", "csrf_token": "made up"}).status_code == 400


def test_a_form_checks_its_token_itself_too() -> None:
    app = make_gallery()
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    answer = app.test_client().post("/note", data={"words": "x", "submission": "a" * 32})
    assert parsed(answer.text).one(having="govuk-error-summary").one("li").text == NOT_AS_SENT


def test_an_empty_post_never_falls_back_on_what_is_on_record(posting: Flask) -> None:
    with posting.test_request_context("/note", method="POST", data={}):
        form = NoteForm(data={"words": "on record"})
        assert not form.validate_on_submit()
        assert form.words.data == ""


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_json_and_files_are_not_read(posting: Flask, content_type: str) -> None:
    with posting.test_request_context("/note", method="POST", data=b'["words"]', content_type=content_type):
        assert not NoteForm().validate_on_submit()


def test_a_page_typed_before_the_session_ended_comes_back_filled_in_without_errors(visitor: FlaskClient) -> None:
    page = send(visitor, {"words": "", "_restored": "1"}, "/note")
    assert page.all(having="govuk-error-summary") == []
    filled = send(visitor, {**GOOD, "_restored": "1"})
    assert filled.one("h1").text == "Every field"
    assert values(filled)["why"] == [GOOD["why"]]


def test_a_draft_gives_the_form_back_as_it_was_typed(posting: Flask) -> None:
    typed = {**GOOD, **BAD, "unknown": "ignored"}
    with posting.test_request_context("/form", method="POST", data=typed):
        form = GalleryForm()
        form.offer_all()
        raw = form.raw_values()
    assert raw.keys().isdisjoint({"submission", "version", "csrf_token", "secret", "unknown"})
    with posting.test_request_context("/form"):
        again = GalleryForm.from_raw(raw)
        again.offer_all()
        assert again.raw_values() == raw
        assert again.name.shown() == BAD["name"]
        assert len(again.submission.value) == 32


def test_errors_found_elsewhere_stand_in_their_place(posting: Flask) -> None:
    with posting.test_request_context("/form", method="POST", data={**GOOD, "submission": "a" * 32}):
        form = GalleryForm()
        form.offer_all()
        assert form.validate_on_submit()
        form.refuse("seen_at", "When you looked must be in the past", "year")
        form.refuse("", "Somebody is already looking")
        form.refuse("name", "The name is taken")
        assert form.error_summary == [
            {"text": "Somebody is already looking"},
            {"text": "The name is taken", "href": "#name"},
            {"text": "When you looked must be in the past", "href": "#seen_at-year"},
        ]


def test_a_filled_form_sends_back_what_it_was_filled_with(posting: Flask) -> None:
    page = parsed(posting.test_client().get("/filled").text)
    typed = {**values(page), "secret": "x"}
    with posting.test_request_context("/form", method="POST", data=MultiDict(typed)):
        form = GalleryForm()
        form.offer_all()
        assert form.validate_on_submit(), form.errors
        assert {name: form[name].data for name in FILLED} == FILLED


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([*GOOD, "submission", "_x"]), st.lists(st.text(st.characters(), max_size=30), max_size=2)
    )
)
def test_whatever_is_posted_the_page_is_shown_whole(posting: Flask, typed: dict[str, list[str]]) -> None:
    sent = {name: [one.encode("utf-8", "surrogatepass") for one in many] for name, many in typed.items()}
    answer = posting.test_client().post("/form", data=MultiDict(sent))
    assert answer.status_code == 200
    assert_well_joined(parsed(answer.text))


def test_a_stale_form_shows_what_changed_beside_what_was_typed_and_stands_on_the_new_version(
    visitor: FlaskClient,
) -> None:
    typed = values(parsed(visitor.get("/stale").text)) | {"name": ["Sam Specimen"]}
    answer = visitor.post("/stale", data=MultiDict(typed))
    page = parsed(answer.text)
    assert answer.status_code == 409
    assert "Somebody changed this while you had it open" in page.one(having="govuk-error-summary").text
    rows = [[cell.text for cell in row.all("th") + row.all("td")] for row in page.one("tbody").all("tr")]
    assert rows == [
        ["Name", "Kit O'Example-Ñandú", "Sam Specimen"],
        ["Why is it needed now, about this person?", "Kit was seen. On Tuesday.", FILLED["why"].replace("\n", " ")],
        ["Date of birth", "1 March 2010", "28 February 2010"],
        ["Is the profile open?", "No", "Yes"],
    ]
    assert typed["version"] == ["3"]
    assert values(page)["version"] == ["4"]
    assert values(page)["name"] == ["Sam Specimen"]


def test_two_forms_on_one_page_keep_apart(posting: Flask) -> None:
    class Words(Form):
        """A form with no question."""

    with posting.test_request_context("/"):
        names = [field.name for prefix in ("one", "two") for field in Words(prefix=prefix)]
    assert len(names) == len(set(names))
