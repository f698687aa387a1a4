"""The headers of every answer."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.parsed import parsed

PAGES = ["/form", "/components", "/fails/403", "/fails/500", "/nowhere", "/assets/none.css", "/raises"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_kept_by_the_browser_or_shown_in_a_frame(visitor: FlaskClient, path: str) -> None:
    headers = visitor.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_that_is_not_ours(visitor: FlaskClient, path: str) -> None:
    policy = dict(part.split(" ", 1) for part in visitor.get(path).headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert policy["script-src"].startswith("'self' 'nonce-")
    assert "unsafe" not in str(policy)


def test_the_inline_scripts_have_the_nonce_of_their_own_answer(visitor: FlaskClient) -> None:
    seen = set()
    for _ in range(2):
        answer = visitor.get("/form")
        inline = [one for one in parsed(answer.text).all("script") if "src" not in one.attributes]
        assert len(inline) == 2
        (nonce,) = {one.attributes["nonce"] for one in inline}
        assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
        seen.add(nonce)
    assert len(seen) == 2


def test_no_page_has_an_inline_style_or_handler(visitor: FlaskClient) -> None:
    for path in ("/form", "/filled", "/components", "/help"):
        for element in parsed(visitor.get(path).text).all():
            assert element.tag != "style"
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")]


def test_each_answer_has_an_id_that_we_made(visitor: FlaskClient) -> None:
    ids = [visitor.get("/form", headers={"X-Request-Id": "chosen"}).headers["X-Request-Id"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert "chosen" not in ids


@pytest.mark.parametrize("path", ["/fails/400", "/fails/404", "/fails/500", "/fails/503", "/raises"])
def test_an_error_page_shows_the_id_of_its_answer(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert parsed(answer.text).one("main").one(having="app-reference").text == answer.headers["X-Request-Id"]


def test_https_is_asked_for_ever_after_but_not_of_this_machine(gallery: Flask) -> None:
    def strict(url: str) -> str | None:
        return gallery.test_client().get("/note", base_url=url).headers.get("Strict-Transport-Security")

    assert strict("https://checks.northshire.example") == "max-age=31536000; includeSubDomains"
    assert strict("http://checks.northshire.example") is None
    assert strict("https://localhost:5000") is None
    assert strict("https://[::1]:5000") is None
