"""The door: what declares nothing is refused to everybody, what is public is open, the rest needs the permission."""

import pytest
from flask import Flask

from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.notebook import Notebook
from tests.fixtures.trail import last_event, trail
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.access.decorators import declared_access
from tracker.staff.sign_in import local_page

pytestmark = ONE_DATABASE


@pytest.mark.parametrize("who", ["worker", "manager", "legal", "sro", "admin"])
def test_a_page_that_declares_nothing_is_refused_to_everybody(
    council: Council, client_for: ClientFor, notebook: Notebook, who: str
) -> None:
    assert client_for(getattr(council, who)).get("/notebook/undeclared").status == 403


def test_a_page_that_declares_nothing_is_refused_to_nobody_in_particular_too(
    council: Council, visitor: Visitor, notebook: Notebook
) -> None:
    page = visitor.get("/notebook/undeclared")
    assert (page.status, page.path) == (403, "/notebook/undeclared")


def test_without_the_guard_that_page_would_open(council: Council, app: Flask, notebook: Notebook) -> None:
    """The control."""
    app.before_request_funcs[None] = [
        one for one in app.before_request_funcs[None] if one.__module__ != "tracker.staff.sign_in"
    ]
    assert app.test_client().get("/notebook/undeclared").text == "for nobody"


def test_every_page_of_the_tracker_declares_who_may_come_in(council: Council, app: Flask) -> None:
    undeclared = [name for name, view in app.view_functions.items() if declared_access(view) is None]
    assert undeclared == []


def test_a_public_page_is_open_to_anybody(council: Council, visitor: Visitor, notebook: Notebook) -> None:
    assert visitor.client.get("/open").text == "for anybody"


def test_a_permission_that_is_missing_is_refused_and_recorded(
    council: Council, client_for: ClientFor, notebook: Notebook
) -> None:
    visitor = client_for(council.worker)
    assert visitor.get("/notebook/legal").status == 403
    entry = last_event(council.database)
    assert (entry.event, entry.actor, entry.facts) == (
        "access:refused",
        council.worker.reference,
        {"permission": "place or release a hold"},
    )
    assert client_for(council.legal).client.get("/notebook/legal").text == "for Legal"


def test_requests_by_nobody_signed_in_are_no_events(council: Council, visitor: Visitor, notebook: Notebook) -> None:
    before = len(trail(council.database))
    for path in ("/notebook", "/notebook/legal", "/notebook/undeclared", "/settings", "/no-such-page"):
        visitor.get(path)
    visitor.post("/notebook", {"heading": "x"})
    assert len(trail(council.database)) == before


def test_a_post_by_nobody_signed_in_is_sent_to_sign_in_and_does_nothing(
    council: Council, visitor: Visitor, notebook: Notebook
) -> None:
    page = visitor.post("/notebook", {"heading": "A", "words": "B"}, follow=False)
    assert (page.status, page.location) == (303, "/sign-in?next=/notebook")
    page = visitor.post("/notebook/press", {}, follow=False)
    assert (page.status, page.location) == (303, "/sign-in")
    assert (notebook.saved, notebook.pressed) == ([], 0)


def test_a_page_that_is_not_there_is_not_found_by_anybody(
    council: Council, visitor: Visitor, client_for: ClientFor
) -> None:
    assert visitor.get("/no-such-page").status == 404
    assert client_for(council.worker).get("/no-such-page").status == 404


def test_a_signed_in_post_without_our_token_does_nothing(
    council: Council, client_for: ClientFor, notebook: Notebook
) -> None:
    visitor = client_for(council.worker)
    assert visitor.post("/notebook/press", {}).status == 400
    assert notebook.pressed == 0


def test_only_a_page_of_ours_that_asks_for_signing_in_is_gone_back_to(app: Flask, notebook: Notebook) -> None:
    asked = ("/settings", "/notebook", "/settings/", "/sign-in", "/open", "//notebook", "/nowhere", "settings", None)
    with app.test_request_context("/"):
        assert {path for path in asked if local_page(path)} == {"/settings", "/notebook"}
