"""The log: one line a request, and nobody's name in it."""

import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tracker.web.logging import log as write_line
from tracker.web.security import request_id

NAME = "Zebedee Unmistakable"


def lines(log: io.StringIO) -> list[dict[str, object]]:
    """What was logged, line by line."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_request_is_one_line(visitor: FlaskClient, log: io.StringIO) -> None:
    answer = visitor.get("/form")
    (line,) = lines(log)
    assert line["endpoint"] == "gallery.form"
    assert (line["event"], line["method"], line["status"]) == ("request", "GET", 200)
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert isinstance(line["ms"], float)


@pytest.mark.parametrize("path", ["/form?who={}", "/{}", "/form/{}?x={}", "/assets/{}"])
def test_no_address_reaches_the_log(visitor: FlaskClient, log: io.StringIO, path: str) -> None:
    visitor.get(path.format(NAME, NAME), headers={"User-Agent": NAME, "Referer": NAME})
    visitor.post("/note", data={"words": NAME, NAME: NAME})
    assert len(lines(log)) == 2
    assert "Unmistakable" not in log.getvalue()


def test_a_failure_is_logged_by_its_kind_and_never_in_its_words(visitor: FlaskClient, log: io.StringIO) -> None:
    answer = visitor.get("/raises")
    assert answer.status_code == 500
    failure, request = lines(log)
    assert (failure["event"], failure["kind"]) == ("failure", "RuntimeError")
    assert failure["request_id"] == request["request_id"] == answer.headers["X-Request-Id"]
    assert "Unmistakable" not in log.getvalue() + answer.text


def test_a_failure_says_where_in_our_code_it_was(visitor: FlaskClient, log: io.StringIO) -> None:
    visitor.get("/raises-in-ours")
    where = json.dumps(lines(log)[0]["where"])
    assert '"tracker/web/dates.py:' in where
    assert ' in_london"' in where


def test_whatever_is_logged_while_a_request_is_answered_carries_its_id_and_nothing_else_does(
    gallery: Flask, log: io.StringIO
) -> None:
    with gallery.test_request_context("/form"):
        write_line("noise", count=3)
        asked = request_id()
    write_line("noise", count=3)
    within, without = lines(log)
    assert (within.pop("request_id"), within["count"]) == (asked, 3)
    assert within.keys() == without.keys()
