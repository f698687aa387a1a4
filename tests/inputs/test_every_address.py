"""Every address of the route map with nonsense in it: in its references, its query, its method."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.fixtures.council import ONLY_POSTGRES, Council
from tests.fixtures.rehearsal import AUDIT, NOBODY, Rehearsal
from tests.fixtures.visitor import ClientFor
from tests.inputs.places import first_rows, forms_posted, place_of, who_may
from tracker import blueprints
from workshop.place import ROOT

ABSURD = [
    "%00", "a%00b", "PER-0000-0000%00", "%00%00%00", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%252e%252e", "%ff%fe", "%ED%A0%80",
    "x" * 3000, "PER-" + "9" * 500, "'%20OR%201=1%20--", "%7B%7B7*7%7D%7D", "%3Cscript%3Ealert(1)%3C/script%3E",
    "%E2%80%AE", "%F0%9F%91%A9", "-1", "0", "99999999999999999999", "null", "%0d%0aSet-Cookie:%20a=b", "PER-7K3M%20-9QXT",
]  # fmt: skip
"""In place of a reference, as they stand in an address."""

EVERY = 4
"""An address is asked for with every fourth of these, beginning with the next for the next address."""

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
"""Which no route takes. HEAD is answered as GET is."""

QUERY = ["%ff%fe", "https:%2f%2felsewhere.example", "x" * 3000, "-1"]


@cache
def routes() -> list[str]:
    """Every rule of the route map that has something in it to fill in."""
    app = Flask(__name__, static_folder=None)
    for blueprint in blueprints.ALL:
        app.register_blueprint(blueprint)
    return sorted(rule.rule for rule in app.url_map.iter_rules() if "<" in rule.rule)


def addresses(rule: str, absurd: list[str]) -> Iterator[str]:
    """The address of a rule with each nonsense in each of its places."""
    for nonsense in absurd:
        yield re.sub(r"<[^>]+>", nonsense, rule)


def query_names() -> list[str]:
    """What the code reads from the query of an address."""
    texts = [path.read_text() for path in Path(ROOT / "tracker").rglob("*.py")]
    return sorted({name for text in texts for name in re.findall(r"request\.args\.get\(\"(\w+)\"", text)})


def wrong_with(response: TestResponse) -> str:
    """What must not be in the answer to nonsense; empty where nothing is."""
    if response.status_code not in (303, 308, 400, 403, 404, 405):
        return f"answered {response.status_code}"
    if "alert(1)" in response.text or "Set-Cookie: a=b" in str(response.headers):
        return "repeated as it was sent"
    return ""


@pytest.mark.parametrize("rule", routes())
def test_nonsense_in_place_of_a_reference_is_not_found(rehearsal: Rehearsal, rule: str) -> None:
    rehearsal.restore()
    for address in addresses(rule, ABSURD[routes().index(rule) % EVERY :: EVERY]):
        shown = rehearsal.open("worker", address)
        assert not wrong_with(shown), address
        assert shown.status_code != 303, address
        assert not wrong_with(rehearsal.post("worker", address, {})), address
        assert rehearsal.changed(without=AUDIT) == set()


@ONLY_POSTGRES
def test_what_postgresql_takes_for_no_text_is_not_found_either(council: Council, client_for: ClientFor) -> None:
    worker = client_for(council.worker)
    token = worker.get("/settings").csrf_token
    for rule in routes()[::EVERY]:
        for address in addresses(rule, ABSURD[::6]):
            assert not wrong_with(worker.client.get(address, buffered=True)), address
            assert not wrong_with(worker.client.post(address, data={"csrf_token": token}, buffered=True)), address


def test_the_query_of_an_address_is_read_under_known_names() -> None:
    assert query_names() == ["about", "at", "before", "by", "draft", "next", "page", "show", "v"]


FILTERS_BY_REFERENCE = "/trail"
"""The page that is not found where it is asked for what happened to nobody, by nobody, on no day."""


@pytest.mark.parametrize(("method", "first"), [("GET", "%00"), ("GET", QUERY[0]), ("HEAD", QUERY[1])])
def test_nonsense_in_the_query_is_answered(rehearsal: Rehearsal, method: str, first: str) -> None:
    """To GET and to HEAD, which differ in nothing but that the page is not sent: of the answer only the head is looked at here."""
    names = [*query_names(), "zz"]
    in_turn = [
        QUERY[(QUERY.index(first) + place) % len(QUERY)] if first in QUERY else first for place in range(len(names))
    ]
    query = "&".join(f"{name}={nonsense}&{name}=2" for name, nonsense in zip(names, in_turn, strict=True))
    for row in first_rows(rehearsal, "GET").values():
        who = who_may(row)
        address = row.address_for(who, rehearsal.records)
        rehearsal.restore()
        response = rehearsal.open(who, f"{address}?{query}", method=method)
        answered = (404,) if first == "%00" else (200, 404) if address == FILTERS_BY_REFERENCE else (200, 303)
        assert response.status_code in answered, address
        assert "elsewhere.example" not in response.headers.get("Location", "")
        assert rehearsal.changed(without=AUDIT) == set()
    rehearsal.restore()


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_change_nothing(rehearsal: Rehearsal, method: str) -> None:
    rows = [*first_rows(rehearsal, "GET").values(), *first_rows(rehearsal, "POST").values()]
    for row in rows[METHODS.index(method) :: len(METHODS)]:  # each route meets one of them, the next the next
        who = who_may(row)
        address = row.address_for(who, rehearsal.records)
        rehearsal.restore()
        response = rehearsal.open(who, address, method=method)
        assert response.status_code < 500, address
        assert rehearsal.changed(without=AUDIT) == set()


def test_a_cookie_that_is_nonsense_is_nobodys(rehearsal: Rehearsal) -> None:
    signed = rehearsal.entered["worker"].cookie
    for cookie in ("tracker=", "tracker=zz", "tracker=" + "a" * 6000, signed[:-1], signed + "a", "tracker=%00", "zz"):
        client = rehearsal.app.test_client(use_cookies=False)
        response = client.get("/settings", headers={"Cookie": cookie})
        assert (response.status_code, response.headers["Location"]) == (303, "/sign-in?next=/settings"), cookie


def test_the_pages_of_errors_say_what_to_do_and_nothing_of_what_was_typed(rehearsal: Rehearsal) -> None:
    typed = quote("<script>alert(1)</script>")
    for who, address in (("worker", f"/people/{typed}"), (NOBODY, f"/{typed}"), ("admin", "/people/new")):
        page = rehearsal.get(who, address)
        assert page.status in (403, 404)
        assert "alert" not in page.html.text
        assert page.html.all("a", href="/")
    rehearsal.restore()


def test_every_form_was_found_a_place(rehearsal: Rehearsal) -> None:
    assert [place_of(rehearsal, *one) for one in forms_posted()]
