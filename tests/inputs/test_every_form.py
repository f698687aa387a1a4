"""Every form as a whole: with more than was asked, without its token, sent twice, stale, too large, or as something else."""

import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest

from tests.fixtures.filling import questions
from tests.fixtures.rehearsal import AUDIT, FORM, NOBODY, Rehearsal
from tests.fixtures.visitor import Page
from tests.inputs.answering import MAY_CHANGE, Answer
from tests.inputs.places import Place, forms_posted, place_of
from tracker.app import LARGEST_POST
from tracker.web.forms import RESTORED, VersionedForm

FORMS = forms_posted()
EVERY_FORM = pytest.mark.parametrize(("endpoint", "form"), FORMS)
UNKNOWN = {"zz": ["1"], "id": ["1"], "person_id": ["2"], "__class__": ["x"], "csrf": ["0"], "a" * 3000: ["b"]}
"""What no form asks."""

NO_TOKENS = [[""], ["zz"], ["a" * 10_000], ["a", "b"]]

Of = TypeVar("Of")


def in_turn(these: Sequence[Of], endpoint: str, form: str) -> Of:
    """One of these, the next for the next form: what is turned away before any form is read need not meet each of them."""
    return these[FORMS.index((endpoint, form)) % len(these)]


def posted_with(rehearsal: Rehearsal, place: Place, **headers: Any) -> Page:
    """A post made as `headers` say, beside the cookie of whoever sends the form."""
    client = rehearsal.app.test_client(use_cookies=False)
    cookie = {"Cookie": rehearsal.entered[place.who].cookie}
    return Page(client.post(place.address, headers=cookie, buffered=True, **headers))


@pytest.mark.parametrize(("endpoint", "form"), FORMS[::20])
def test_nor_thousands_of_answers_that_are_not_asked(rehearsal: Rehearsal, endpoint: str, form: str) -> None:
    place = place_of(rehearsal, endpoint, form)
    many = {f"zz{number}": ["1"] for number in range(5000)}
    answer = Answer(rehearsal, place, {**place.whole(rehearsal), **many})
    assert answer.taken, (answer.wrong, answer.page and answer.page.errors)


@EVERY_FORM
def test_whole_it_is_taken_and_what_is_not_asked_is_not_read_and_sent_twice_it_is_carried_out_once(
    rehearsal: Rehearsal, endpoint: str, form: str
) -> None:
    """First with a file beside the answers, which is never read, and then as our pages send it."""
    place = place_of(rehearsal, endpoint, form)
    sent = {**place.whole(rehearsal), **UNKNOWN}
    with_file = {**sent, "csrf_token": [rehearsal.entered[place.who].token], "evidence": (BytesIO(b"GIF89a"), "zz.gif")}
    rehearsal.restore()
    first = posted_with(rehearsal, place, data=with_file, content_type="multipart/form-data")
    rows = rehearsal.count_rows(without=MAY_CHANGE | {"sign_in_session"})
    second = rehearsal.send(place.who, place.address, sent)
    assert first.status == 303, first.errors
    assert second.status < 500
    assert second.status != 404, "its own page may be gone, but whoever clicks twice is told what came of it"
    assert rehearsal.count_rows(without=MAY_CHANGE | {"sign_in_session"}) == rows
    assert second.location in ("", first.location) or second.location.startswith("/sign-in")
    rehearsal.restore()


@EVERY_FORM
def test_a_page_that_comes_back_after_signing_in_again_is_shown_and_not_carried_out(
    rehearsal: Rehearsal, endpoint: str, form: str
) -> None:
    place = place_of(rehearsal, endpoint, form)
    if place.who == NOBODY:
        return
    rehearsal.restore()
    page = rehearsal.send(place.who, place.address, {**place.whole(rehearsal), RESTORED: ["yes"]})
    assert page.status in (200, 303)
    assert page.errors == []
    assert rehearsal.changed(without=AUDIT) == set()
    rehearsal.restore()


@pytest.mark.parametrize(("endpoint", "form"), forms_posted(VersionedForm))
def test_made_from_a_record_that_has_changed_it_is_shown_again_and_saves_nothing(
    rehearsal: Rehearsal, endpoint: str, form: str
) -> None:
    place = place_of(rehearsal, endpoint, form)
    for version in ("0", "999"):
        answer = Answer(rehearsal, place, {**place.whole(rehearsal), "version": [version]})
        assert not answer.wrong
        assert answer.response.status_code == 409


@EVERY_FORM
def test_without_its_token_too_large_or_in_another_shape_it_is_answered_and_not_read(
    rehearsal: Rehearsal, endpoint: str, form: str
) -> None:
    place = place_of(rehearsal, endpoint, form)
    whole, token = place.whole(rehearsal), rehearsal.entered[place.who].token
    somebody_elses = rehearsal.entered["worker" if place.who == "sro" else "sro"].token
    tokens: list[list[str]] = [[], [somebody_elses], in_turn(NO_TOKENS, endpoint, form)]
    untrusted = [{"data": urlencode({**whole, "csrf_token": one}, doseq=True), "content_type": FORM} for one in tokens]
    huge: dict[str, Any] = {
        "data": b"csrf_token=" + token.encode() + b"&zz=" + b"a" * LARGEST_POST,
        "content_type": FORM,
    }
    text = json.dumps({**whole, "csrf_token": [token]})
    others: list[dict[str, Any]] = [
        {"data": text, "content_type": "application/json"},
        {"data": text, "content_type": "application/json", "query_string": {"csrf_token": token}},
        {"data": "<a>", "content_type": "text/xml"},
        {"data": b"\0\xff", "content_type": f"{FORM}; charset=utf-16"},
        {"data": "--x\r\nzz", "content_type": "multipart/form-data; boundary=x"},
        {"data": b"", "content_type": ""},
    ]
    shapes = (in_turn(others[:3], endpoint, form), in_turn(others[3:], endpoint, form))
    rehearsal.restore()
    for post in (*untrusted, huge, *shapes):
        page = posted_with(rehearsal, place, **post)
        assert page.status == (413 if post is huge else 400), post
        assert "Traceback" not in page.response.text
        assert rehearsal.changed(without=AUDIT) == set(), post
    rehearsal.restore()


def test_a_form_that_stands_on_its_page_for_each_of_several_people_is_tried_about_the_first(
    rehearsal: Rehearsal,
) -> None:
    place = place_of(rehearsal, "checks.same_answers", "SameForPersonForm")
    names = {name for field in place.fields(rehearsal) for name in map(field.part_name, field.parts)}
    assert f"{rehearsal.records['same_person']}-why_now" in names
    assert names - questions(place.shown(rehearsal)).keys() == {f"{rehearsal.records['same_person']}-profiles"}
