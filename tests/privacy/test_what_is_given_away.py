"""No name, date of birth or case reference leaves the pages: not in an address, a title, a header, the log, the trail or mail."""

import base64
import io
import json
import zlib
from typing import Any
from urllib.parse import quote_plus, unquote, unquote_plus

import pytest
import structlog
from flask import Flask, Response
from sqlmodel import col, select
from werkzeug.test import Client

from tests.fixtures.furnishing import CASE, SURNAME
from tests.fixtures.live import Searched
from tests.fixtures.rehearsal import Rehearsal
from tests.fixtures.unmistakable import tells_of_somebody
from tests.privacy.walk import Given, names_of_staff, read_in, steps, ways_to_write, what_nobody_may_read
from tracker.imports.vocabulary import Kind
from tracker.people.models import Person
from tracker.staff.routes.members import SEARCHED_FOR as ABOUT_STAFF
from tracker.web.logging import configure_logging
from tracker.web.logging import log as log_line


@pytest.fixture(scope="module")
def secrets(walked_through: Rehearsal) -> set[str]:
    """What must not be in it, but for the names of staff, whom the trail names as they were."""
    return what_nobody_may_read(walked_through)


@pytest.fixture(scope="module")
def secrets_of_people(walked_through: Rehearsal, secrets: set[str]) -> set[str]:
    """The same without the names of staff."""
    return secrets - names_of_staff(walked_through)


def test_the_walk_went_everywhere_and_the_pages_hold_what_nothing_else_may(
    given: Given, walked_through: Rehearsal
) -> None:
    """Else all that follows would hold of nothing."""
    asked = {(one.method, one.path) for one in given.responses}
    rows = {(row.method, row.address_for(who, walked_through.records)) for row, who in steps()}
    assert {(method, address.partition("?")[0]) for method, address in rows} == asked
    assert sum(SURNAME in body for body in given.bodies) > 50
    assert any(CASE in body for body in given.bodies)
    assert len(given.log.splitlines()) >= len(given.responses)
    assert len(given.trail) > 100


def test_no_address_redirect_or_title_tells_who_somebody_is(given: Given, secrets: set[str]) -> None:
    assert read_in(as_read(given.addresses), secrets) == []
    assert read_in(given.titles, secrets) == []


def test_no_header_and_no_name_of_a_file_tells_it(given: Given, secrets: set[str]) -> None:
    assert read_in(given.headers, secrets) == []
    files = {one for one in given.headers if one.startswith("Content-Disposition: attachment")}
    assert files <= {f"Content-Disposition: attachment; filename={kind.value}.csv" for kind in Kind}  # to be filled in


def test_no_line_of_the_log_tells_it(given: Given, secrets: set[str]) -> None:
    lines = given.log.splitlines()
    assert read_in(lines, secrets) == []
    assert {key for line in lines for key in json.loads(line)} <= {
        "event", "method", "endpoint", "status", "ms", "request_id", "level", "timestamp",
    }  # fmt: skip


def test_the_hashed_text_of_the_trail_names_no_person(given: Given, secrets_of_people: set[str]) -> None:
    of_people = [
        one for one in given.trail if '"record":"COP-' not in one
    ]  # a profile of the council's own is nobody's name
    assert len(of_people) > 100
    assert read_in(of_people, secrets_of_people) == []


def test_mail_names_no_person(given: Given, secrets: set[str]) -> None:
    assert read_in(given.mail, secrets) == []


def test_the_cookie_tells_of_no_person(given: Given, secrets: set[str]) -> None:
    cookies = {value for one in given.responses for value in one.headers.getlist("Set-Cookie")}
    assert cookies
    read = [contents_of(cookie.split(";")[0].removeprefix("tracker=")) for cookie in cookies]
    kept = [{key: value for key, value in one.items() if key != ABOUT_STAFF} for one in read]
    assert read_in([json.dumps(one) for one in kept], secrets) == []


def contents_of(cookie: str) -> dict[str, Any]:
    """What stands in a signed cookie, which whoever has it can read."""
    packed = cookie.startswith(".")
    payload = cookie.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    found: dict[str, Any] = json.loads(zlib.decompress(raw) if packed else raw)
    return found


def as_read(addresses: list[str]) -> list[str]:
    """Addresses as whoever sees them reads them."""
    return [*map(unquote, addresses), *map(unquote_plus, addresses)]


def test_what_is_searched_for_would_be_found(walked_through: Rehearsal, secrets: set[str]) -> None:
    """The control: a page's own words, a day, a case, an address; and a reference of ours is none of it."""
    page = walked_through.open("worker", f"/people/{walked_through.records['person']}")
    with walked_through.database.reading() as session:
        born = session.exec(select(col(Person.date_of_birth)).where(col(Person.date_of_birth).is_not(None))).first()
    assert born is not None
    assert read_in([page.text], secrets)
    for text in (
        "/people?name=Person+Zzfurnished",
        "/people/zora%20zzDANGER",
        f"{CASE.lower()}-north-person",
        *ways_to_write(born),
    ):
        assert read_in(as_read([text]), secrets), text
    assert read_in(["Location: /checks/CHK-7K3M-9QXT", "Check CHK-ZZ3M-ZZXT"], secrets) == []


def test_a_leak_anywhere_would_be_found(walked_through: Rehearsal, secrets: set[str]) -> None:
    """The control of the walk: a page that gives its person's name away in each of the ways there are."""
    name, given, log = f"Person {SURNAME}", Given(), io.StringIO()
    leaking = Flask("leaking")

    @leaking.get("/leak")
    def _leak() -> Response:
        log_line("leak", who=name)
        body = f'<title>{name}</title><a href="/people?q={quote_plus(name)}">them</a>'
        return Response(body, headers={"Content-Disposition": f"inline; filename={name}.pdf"}, mimetype="text/html")

    configure_logging(log)
    try:
        given.keep("/leak", leaking.test_client().get("/leak"))
    finally:
        structlog.reset_defaults()
    for texts in (as_read(given.addresses), given.titles, given.headers, log.getvalue().splitlines()):
        assert read_in(texts, secrets)


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
