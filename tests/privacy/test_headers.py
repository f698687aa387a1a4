"""Every answer carries the headers that keep it where it is: each page and form, each error, by who may and who may not."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from werkzeug.test import TestResponse

from tests.fixtures.rehearsal import NOBODY, Rehearsal
from tests.privacy.walk import Answered, Given

NOT_KEPT = "no-store"
FORBIDDEN = re.compile(
    r"""<style\b|<[^>]*\s(?:style|on[a-z]+)\s*=|<[^>]*\ssrc\s*=\s*["']?(?:http|//)|<[^>]*\shref\s*=\s*["']?javascript:""",
    re.IGNORECASE,
)
"""An inline style or script, or something of another site that is loaded."""


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
def answers(given: Given, walked_through: Rehearsal) -> list[Answered]:
    """Everything, and every error."""
    found = [*given.responses, *map(Answered.of, errors(walked_through))]
    walked_through.restore()
    return found


def test_every_kind_of_answer_is_among_them(answers: list[Answered]) -> None:
    assert {200, 303, 400, 403, 404, 405, 413} <= {answer.status for answer in answers}


def test_no_answer_is_kept_or_framed_or_told_to_others(answers: list[Answered]) -> None:
    for answer in answers:
        headers, asset = answer.headers, answer.path.startswith("/assets/")
        assert headers["Cache-Control"] == NOT_KEPT or (asset and answer.status == 200), answer.path
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert len(headers["X-Request-Id"]) == 16


def test_nothing_runs_in_a_page_but_with_the_nonce_of_that_page(answers: list[Answered]) -> None:
    nonces = set()
    for answer in answers:
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert "unsafe" not in str(policy)
        nonce = policy["script-src"].split("'nonce-")[1].rstrip("'")
        nonces.add(nonce)
        if answer.mimetype == "text/html":
            _nothing_inline(answer, nonce)
    assert len(nonces) == len(answers)


def _nothing_inline(answer: Answered, nonce: str) -> None:
    """Read from the page as it was sent: what is written in it has its angle brackets and quotes escaped."""
    scripts = re.findall(r"<script\b[^>]*>", answer.text)
    inline = [one for one in scripts if " src=" not in one and f' nonce="{nonce}"' not in one]
    assert not inline, (answer.path, inline)
    assert not FORBIDDEN.findall(answer.text), (answer.path, FORBIDDEN.findall(answer.text))


def test_what_is_forbidden_in_a_page_would_be_found() -> None:
    """The control."""
    for one in ("<style>", '<p style="a">', "<b onclick='x'>", '<a href="javascript:x">', '<img src="https://x">'):
        assert FORBIDDEN.search(one), one
    assert not FORBIDDEN.search(
        '<a href="https://www.gov.uk/" class="on">only one = "x"</a><script nonce="a" src="/assets/x">'
    )


def test_the_cookie_is_for_the_browser_alone(answers: list[Answered]) -> None:
    cookies = [SimpleCookie(value) for answer in answers for value in answer.headers.getlist("Set-Cookie")]
    assert cookies
    for jar in cookies:
        for cookie in jar.values():
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"
            assert not cookie["domain"]
