"""Every answer carries the headers that keep it where it is: each error here, each page and form where the table of permissions asks."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response
from werkzeug.test import TestResponse

from tests.fixtures.filling import filled, form_at
from tests.fixtures.rehearsal import NOBODY, Rehearsal
from tests.privacy.headers import FORBIDDEN, nonce_of, wrong_with_headers


def errors(rehearsal: Rehearsal) -> Iterator[TestResponse]:
    """An answer of each kind that is none."""
    yield rehearsal.open("worker", "/nowhere")
    yield rehearsal.open("admin", "/people/new")
    yield rehearsal.open("worker", "/policy", method="DELETE")
    yield rehearsal.open("worker", "/danger", method="POST", values={})
    yield rehearsal.open("worker", "/danger", method="POST", values={"zz": "a" * 300_000})
    yield rehearsal.open(NOBODY, "/checks")
    yield rehearsal.open("worker", "/assets/none.css")
    yield rehearsal.open("worker", "/people/", method="GET")


@pytest.fixture(scope="module")
def answers(rehearsal: Rehearsal) -> list[TestResponse]:
    """Every error, a page, and the cookie of somebody who signs in."""
    found = [*errors(rehearsal), rehearsal.open("worker", "/"), signing_in(rehearsal)]
    rehearsal.restore()
    return found


def signing_in(rehearsal: Rehearsal) -> TestResponse:
    form = form_at(rehearsal, NOBODY, "/sign-in")
    assert form is not None
    return rehearsal.post(NOBODY, "/sign-in", filled(form))


def test_every_kind_of_answer_is_among_them(answers: list[TestResponse]) -> None:
    assert {200, 303, 400, 403, 404, 405, 413} <= {answer.status_code for answer in answers}
    assert any("Set-Cookie" in answer.headers for answer in answers)


def test_no_answer_is_kept_or_framed_or_told_to_others_and_nothing_runs_in_it(answers: list[TestResponse]) -> None:
    for answer in answers:
        assert wrong_with_headers(answer) == [], answer.request.path


def test_the_nonce_is_of_that_page_alone(answers: list[TestResponse]) -> None:
    assert len({nonce_of(answer) for answer in answers}) == len(answers)


def test_what_is_forbidden_in_a_page_would_be_found() -> None:
    """The control."""
    for one in ("<style>", '<p style="a">', "<b onclick='x'>", '<a href="javascript:x">', '<img src="https://x">'):
        assert FORBIDDEN.search(one), one
    assert not FORBIDDEN.search(
        '<a href="https://www.gov.uk/" class="on">only one = "x"</a><script nonce="a" src="/assets/x">'
    )


def test_an_answer_without_them_would_be_found() -> None:
    """The control: a page of somebody else's making, which says of nothing that it may not be."""
    careless = Flask("careless")

    @careless.get("/")
    def _page() -> Response:
        answer = Response("<script>x()</script><p style='y'>", mimetype="text/html")
        answer.headers["Content-Security-Policy"] = "script-src 'nonce-abc' 'unsafe-inline'"
        answer.set_cookie("tracker", "x", domain="elsewhere.example")
        return answer

    wrong = wrong_with_headers(careless.test_client().get("/", base_url="http://elsewhere.example"))
    assert wrong == [
        *("Referrer-Policy is not no-referrer", "X-Content-Type-Options is not nosniff", "X-Frame-Options is not DENY"),
        *("may be kept", "has no id", "allows what is unsafe", "runs <script>", "<p style="),
        "the cookie tracker is not for the browser alone",
    ]
