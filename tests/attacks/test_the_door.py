"""Addresses and forms that nobody would type: answered plainly, and no secret is kept or told by them."""

from urllib.parse import quote

import pytest
from flask import Flask
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, Clock, Council
from tests.fixtures.settling import PASSWORD
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.drafts.models import Draft
from tracker.staff.forms import FirstPasswordForm, PasswordForm, SignInForm

NEW = "zzseven quiet harbours"


@ONE_DATABASE
def test_a_new_password_that_was_sent_too_late_is_kept_nowhere(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    page = visitor.get("/settings/password")
    clock.advance(minutes=31)
    visitor.send(page, {"current": PASSWORD, "new": NEW, "again": NEW})
    with council.database.reading() as session:
        assert session.exec(select(Draft)).all() == []
    assert NEW not in visitor.sign_in(council.worker).response.text
    assert NEW not in visitor.get("/unsaved").response.text


def test_every_field_for_a_password_is_known_as_a_secret_whatever_it_is_called() -> None:
    assert FirstPasswordForm.secret_names() == {"new", "again"}
    assert PasswordForm.secret_names() == {"current", "new", "again"}
    assert SignInForm.secret_names() == {"password"}


@ONE_DATABASE
def test_the_page_for_a_new_password_does_not_tell_what_the_password_is(
    council: Council, client_for: ClientFor
) -> None:
    visitor = client_for(council.worker)
    answers = []
    for guess in (PASSWORD, NEW, "short"):
        page = visitor.get("/settings/password")
        answers.append(visitor.send(page, {"current": "a wrong one", "new": guess, "again": guess}).errors)
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0].startswith("The current password is wrong")


def test_an_address_with_a_control_character_is_of_no_page(
    council: Council, casework: Casework, client_for: ClientFor, app: Flask
) -> None:
    app.testing = False  # an error is answered, as it would be to a visitor
    person = f"/people/{casework.person().reference}"
    addresses = [
        *("/people/%00", "/people/found/%00", "/checks/%00", "/checks/drafts/%00/why", "/consents/%00", "/notices/%00"),
        *("/notices/%00/objection", "/orders/%00", "/authorisations/ripa/%00", "/authorisations/non-ripa/%00"),
        *(f"{person}/links/%00/undo", f"{person}/involvements/%00/close", f"{person}/family/add/%00"),
        *(f"{person}/links/add/%00", f"{person}/family/%00/end", f"{person}/consents/new?draft=%00", "/checks?%00=1"),
    ]
    for member in (council.worker, council.manager):
        visitor = client_for(member)
        found = {address: visitor.get(address).status for address in addresses}
        assert found == dict.fromkeys(addresses, 404)
        assert visitor.get(person).status == 200
    app.extensions["database"].close()


@ONE_DATABASE
@pytest.mark.parametrize(
    "onward", ["/people/a\r\nSet-Cookie: a=b", "//zz.example", "/\\zz.example", "https://zz.example"]
)
def test_signing_in_leads_to_no_other_place_and_writes_no_header(council: Council, app: Flask, onward: str) -> None:
    app.testing = False
    visitor = Visitor(app)
    page = visitor.get("/sign-in")
    values = {**page.form().values, "email": [council.worker.email], "password": [PASSWORD]}
    answer = visitor.post(f"/sign-in?next={quote(onward, safe='')}", values, follow=False)
    assert answer.status in (303, 404)
    assert answer.location in ("", "/")


def test_no_search_takes_long_to_read() -> None:
    """Counted in characters that are looked at, not in seconds: a long host is never taken for an international name."""
    from tracker.people.profiles import _ascii

    long = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 300
    assert _ascii(long) == long
    assert _ascii("bücher.example") == "xn--bcher-kva.example"
    assert _ascii("ü" * 63 + ".example") == "ü" * 63 + ".example"
    assert _ascii("a" * 64 + ".example") == "a" * 64 + ".example"


@ONE_DATABASE
def test_a_page_that_is_shown_again_begins_no_check(
    council: Council, casework: Casework, client_for: ClientFor
) -> None:
    address = f"/people/{casework.person().reference}/checks/new"
    visitor = client_for(council.worker)
    values = {**visitor.get(address).form().values, "_restored": ["1"]}
    assert visitor.post(address, values, follow=False).status == 200
    with council.database.reading() as session:
        assert session.exec(select(Draft)).all() == []
