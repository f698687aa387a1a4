"""No name, date of birth or case reference leaves the pages: not in an address, a title, a header, the log, the trail or mail.

What each page and form gives away is looked at where the table of permissions asks for it (`tests/permissions/test_routes.py`): by the
first who may, and by the first to whom it answers otherwise. Here is what was there before, and what would be found.
"""

import io
from urllib.parse import quote_plus

import pytest
import structlog
from flask import Flask, Response, session
from sqlmodel import col, select
from werkzeug.test import Client

from tests.fixtures.furnishing import CASE, SURNAME
from tests.fixtures.live import Searched
from tests.fixtures.rehearsal import Rehearsal
from tests.fixtures.unmistakable import tells_of_somebody
from tests.permissions.came import Came
from tests.privacy.giving_away import Secrets, as_read, given_away, told_by_the_log, told_by_the_trail, ways_to_write
from tracker.audit.models import AuditEntry
from tracker.people.models import Person
from tracker.web.logging import configure_logging
from tracker.web.logging import log as log_line


@pytest.fixture(scope="module")
def secrets(rehearsal: Rehearsal) -> Secrets:
    """What must not be in it."""
    return Secrets(rehearsal)


def test_the_pages_hold_what_nothing_else_may(rehearsal: Rehearsal, secrets: Secrets) -> None:
    """Else all that is looked for elsewhere would not be there to be found."""
    person = rehearsal.records["person"]
    under = ("", "/details", "/family", "/involvements")
    pages = [rehearsal.open("worker", f"/people/{person}{page}").text for page in under]
    rehearsal.restore()
    assert all(SURNAME in page for page in pages)
    assert any(CASE in page for page in pages)
    assert secrets.read_in(pages) == sorted(pages)


def test_the_hashed_text_of_the_trail_names_no_person(rehearsal: Rehearsal, secrets: Secrets) -> None:
    """All that the council was furnished with is in it."""
    answer = rehearsal.open("worker", "/settings")
    with rehearsal.database.reading() as reading:
        entries = reading.exec(select(AuditEntry)).all()
    assert sum('"record":"COP-' not in entry.text for entry in entries) > 100
    assert told_by_the_trail(Came("worker", answer, entries=entries), secrets) == []


def test_what_is_searched_for_would_be_found(rehearsal: Rehearsal, secrets: Secrets) -> None:
    """The control: a page's own words, a day, a case, an address; and a reference of ours is none of it."""
    with rehearsal.database.reading() as reading:
        born = reading.exec(select(col(Person.date_of_birth)).where(col(Person.date_of_birth).is_not(None))).first()
    assert born is not None
    for text in (
        "/people?name=Person+Zzfurnished",
        "/people/zora%20zzDANGER",
        f"{CASE.lower()}-north-person",
        *ways_to_write(born),
    ):
        assert secrets.read_in(as_read([text])), text
    assert secrets.read_in(["Location: /checks/CHK-7K3M-9QXT", "Check CHK-ZZ3M-ZZXT"]) == []


def test_a_leak_anywhere_would_be_found(secrets: Secrets) -> None:
    """The control: a page that gives its person's name away in each of the ways there are, each of them by itself."""
    name, log = f"Person {SURNAME}", io.StringIO()
    leaking = Flask("leaking")
    leaking.config.update(SECRET_KEY="x", SESSION_COOKIE_NAME="tracker")  # noqa: S106 - of a test
    client = leaking.test_client()

    @leaking.get("/<way>")
    def _leak(way: str) -> Response:
        log_line("leak", who=name)
        if way == "cookie":
            session["who"] = name
        headers = {"header": {"X-Who": name}, "file": {"Content-Disposition": "attachment; filename=them.pdf"}}
        bodies = {"title": f"<title>{name}</title>", "address": f'<a href="/people?q={quote_plus(name)}">them</a>'}
        return Response(bodies.get(way, ""), headers=headers.get(way), mimetype="text/html")

    configure_logging(log)
    try:
        for way in ("title", "address", "header", "file", "cookie"):
            assert given_away(Came("nobody", client.get(f"/{way}")), secrets), way
            client.delete_cookie("tracker")
        harmless = client.get("/harmless")
    finally:
        structlog.reset_defaults()
    assert given_away(Came("nobody", harmless), secrets) == []
    assert given_away(Came("nobody", harmless, mail=[name]), secrets)
    assert given_away(Came("nobody", harmless, entries=[AuditEntry(seq=1, text=name, hash="")]), secrets)
    assert len(told_by_the_log(log.getvalue().splitlines(), secrets)) == 2 * 6


def test_a_name_of_the_tests_is_known_wherever_it_is_written() -> None:
    """What the browser's tests are held to (`tests/fixtures/live.py`)."""
    assert tells_of_somebody("/people/found?words=Kit+Zzexample3")
    assert tells_of_somebody("/people/kit%20zzexample")
    assert tells_of_somebody("Kit%2DZZEXAMPLE")
    assert not tells_of_somebody("/checks/CHK-ZZAB-ZZAB /checks/drafts/DRF-0ZZZ-ZZAB")


def test_a_server_of_a_journey_notices_what_it_gives_away() -> None:
    """The control of every test with a browser."""
    leaking = Flask("leaking")
    leaking.add_url_rule("/kit-zzexample", view_func=lambda: "<title>Kit Zzexample</title>", endpoint="leak")
    searched = Searched(leaking)
    answer = Client(searched).get("/kit-zzexample")
    assert answer.text == "<title>Kit Zzexample</title>"
    assert searched.given_away == ["http://localhost/kit-zzexample", "<title>Kit Zzexample</title>"]
