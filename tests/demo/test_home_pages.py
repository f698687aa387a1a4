"""What a newcomer sees first: everybody's home page has something on it, and every page says that it is a demonstration."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr

from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.demonstration import DEMO_PASSWORD
from tests.fixtures.settling import FAST
from tests.fixtures.visitor import Page, Visitor
from tracker.app import create_app
from tracker.config import Settings
from tracker.demo.people import SIGN_INS

pytestmark = ONE_DATABASE

WAITING_FOR_A_WORKER = (
    ("Finish recording a check", "Alex Example"),
    ("Look", "Max Specimen"),
    ("Look for Tom Ferris", "Wren Specimen"),
    ("Report what you saw", "Sid Sample"),
    ("Report what you saw", "Val Demo"),
    ("Say what it means for the case", "Uma Specimen"),
    ("Waiting for a manager since", "Noor Sample"),
    ("With Legal since", "Lee Demo"),
    ("for a manager to send it to Legal", "Rae Sample"),
    ("No longer live since", "Ivy Demo"),
)


@pytest.fixture(scope="module")
def pages(demonstration_at: Callable[[datetime], Path], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on a demonstration, at the moment as which it was made; no setting says that it is one.

    One for all of these tests: they sign in, and read.
    """
    copy = tmp_path_factory.mktemp("pages") / "tracker.sqlite3"
    shutil.copyfile(demonstration_at(START), copy)
    settings = Settings(
        database_url=f"sqlite:///{copy}",
        secret_key=SecretStr("a key that only the tests know, and long enough"),
        insecure_cookies=True,
    )
    app = create_app(settings, clock=lambda: START, passwords=FAST)
    app.testing = True
    return app


def test_everybody_signs_in_and_every_page_says_what_it_is(pages: Flask) -> None:
    first = Visitor(pages).get("/")
    assert "Demonstration data" in first.html.text
    for email, who in SIGN_INS:
        home = _home(pages, email.split("@")[0])
        assert (home.status, home.path) == (200, "/"), email
        assert "Demonstration data" in home.html.text
        assert who.split(",")[0] in home.html.text


def test_a_database_of_a_councils_own_carries_no_banner(app: Flask) -> None:
    assert "Demonstration data" not in Visitor(app).get("/").html.text


def test_a_worker_finds_something_of_every_kind(pages: Flask) -> None:
    rows = [row.text for row in _home(pages, "worker").main.all("li") + _home(pages, "worker").main.all("tr")]
    for words, name in WAITING_FOR_A_WORKER:
        assert [row for row in rows if words in row and name in row], f"{words}: {name}, in {rows}"


@pytest.mark.parametrize(
    ("sign_in", "names"),
    [
        ("worker2", ["Nico Placeholder", "Bo Fictional"]),
        ("manager", ["Hana Moss stands in for you", "Noor Sample", "Rae Sample", "Ola Placeholder"]),
        ("manager2", ["Bo Fictional"]),
        ("duty", ["Lou Specimen"]),
        ("senior", ["Noor Sample", "You stand in for Ben Okoro (team manager)", "For Ben Okoro"]),
        ("legal", ["Lee Demo", "Toni Placeholder", "Nico Placeholder", "Sol Specimen", "Gil Fictional"]),
        ("officer", ["Fay Placeholder", "Dale Placeholder"]),
    ],
)
def test_others_find_what_waits_for_them(pages: Flask, sign_in: str, names: list[str]) -> None:
    """A manager's home shows the five that have waited longest: which they are depends on the hour, so it says where the rest is."""
    visitor, home = _signed_in(pages, sign_in)
    shown = home.text
    if "the 5 that have waited longest are shown here" in shown:
        shown += visitor.get("/review").text
    assert [name for name in names if name not in shown] == []


def test_nothing_of_the_other_team_is_on_a_home_page(pages: Flask) -> None:
    assert "Jude Demo" not in _home(pages, "manager").text
    assert "Rae Sample" not in _home(pages, "manager2").text


def _home(pages: Flask, sign_in: str) -> Page:
    return _signed_in(pages, sign_in)[1]


def _signed_in(pages: Flask, sign_in: str) -> tuple[Visitor, Page]:
    visitor = Visitor(pages)
    typed = {"email": f"{sign_in}@demo.example", "password": DEMO_PASSWORD}
    return visitor, visitor.send(visitor.get("/sign-in"), typed)
