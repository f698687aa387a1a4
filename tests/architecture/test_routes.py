"""Every route says who may come in and which forms it reads; what is read is never written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.notebook import Notebook
from tests.fixtures.rehearsal import Rehearsal
from tests.fixtures.visitor import ClientFor, Visitor
from tests.permissions.routes_table import ROUTES
from tests.permissions.table import PEOPLE, Row, endpoint_of, read_table
from tracker.access.decorators import declared_access
from tracker.web.forms import Form, VersionedForm

WITHOUT_A_FORM = {"staff.sign_out_page"}
"""Routes that take a post with nothing in it but the token: one button in every header."""

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
OF_THE_TRAIL = re.compile(r"\s*(INSERT INTO audit_(entry|content|person)|UPDATE audit_head) ?\b", re.IGNORECASE)
OPENINGS = {
    *("people:opened", "people:searched", "check:opened", "referral:read", "authority:opened"),
    *("correction:opened", "trail:opened", "trail:opened_about", "people:records_compared", "people:network_opened"),
    "people:counterparts_opened",
}


def views(app: Flask) -> Iterator[tuple[str, set[str], Any]]:
    """Each endpoint with its methods and what its view declares."""
    for rule in app.url_map.iter_rules():
        yield rule.endpoint, set(rule.methods or ()), declared_access(app.view_functions[rule.endpoint])


def test_every_route_declares_who_may_come_in(rehearsal: Rehearsal) -> None:
    assert [endpoint for endpoint, _, access in views(rehearsal.app) if access is None] == []


def test_every_route_is_for_a_permission_or_says_that_it_is_for_anybody(rehearsal: Rehearsal) -> None:
    for endpoint, _, access in views(rehearsal.app):
        assert (access.permission is None) == access.public, endpoint


def test_every_route_that_takes_a_post_names_its_forms(rehearsal: Rehearsal) -> None:
    posted = {endpoint for endpoint, methods, access in views(rehearsal.app) if "POST" in methods and not access.forms}
    assert posted == WITHOUT_A_FORM


def test_no_route_that_is_only_read_names_a_form(rehearsal: Rehearsal) -> None:
    read = [endpoint for endpoint, methods, access in views(rehearsal.app) if "POST" not in methods and access.forms]
    assert read == []


def test_every_form_of_the_tracker_is_read_by_some_route(rehearsal: Rehearsal) -> None:
    named = {form for _, _, access in views(rehearsal.app) for form in access.forms}
    used = {base for form in named for base in form.__mro__}
    ours = [form for form in subclasses(Form) if form.__module__.startswith("tracker.")]
    assert len(ours) > 30
    assert [form.__name__ for form in ours if form not in used | {VersionedForm}] == []


def subclasses(kind: type[Form]) -> set[type[Form]]:
    """Every class below it."""
    return {below for one in kind.__subclasses__() for below in {one, *subclasses(one)}}


def test_nothing_is_served_that_was_not_declared(rehearsal: Rehearsal) -> None:
    """No folder of files of the framework's own."""
    assert rehearsal.app.static_folder is None
    assert "static" not in rehearsal.app.view_functions


# Reading never writes ------------------------------------------------------------------------------------------------


@contextmanager
def listening(rehearsal: Rehearsal) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile, and COMMIT where one was."""
    heard: list[str] = []

    def _statement(_: Any, __: Any, statement: str, *rest: Any) -> None:
        heard.append(statement)

    def _commit(_: Any) -> None:
        heard.append("COMMIT")

    event.listen(rehearsal.database.engine, "before_cursor_execute", _statement)
    event.listen(rehearsal.database.engine, "commit", _commit)
    try:
        yield heard
    finally:
        event.remove(rehearsal.database.engine, "before_cursor_execute", _statement)
        event.remove(rehearsal.database.engine, "commit", _commit)


def kept(heard: list[str]) -> list[str]:
    """The statements but those that were undone: what a page says an act would change is found by trying it."""
    left: list[str] = []
    for statement in heard:
        if statement.startswith("ROLLBACK TO SAVEPOINT"):
            del left[left.index(statement.removeprefix("ROLLBACK TO ")) :]
        else:
            left.append(statement)
    return left


def gets() -> list[Row]:
    """Every line of the table of permissions that reads, and that somebody may."""
    return [row for row in read_table(ROUTES) if row.method == "GET" and "y" in row.answers.values()]


def wrong_with_reading(rehearsal: Rehearsal, who: str, address: str) -> str:
    """What opening a page wrote but should not have; empty where all is as it must be."""
    rehearsal.restore()
    with listening(rehearsal) as heard:
        rehearsal.open(who, address)
    written = [one for one in kept(heard) if WRITES.match(one) and not OF_THE_TRAIL.match(one)]
    if written:
        return f"{address} by {who} wrote {written}"
    recorded = [entry.event for entry in rehearsal.new_entries()] if rehearsal.wrote() else []
    if not set(recorded) <= OPENINGS or len(recorded) > 1:
        return f"{address} by {who} recorded {recorded}"
    if recorded and heard.count("COMMIT") != 1:
        return f"{address} by {who} recorded an opening in {heard.count('COMMIT')} transactions"
    return ""


@pytest.mark.parametrize("row", gets(), ids=str)
def test_opening_a_page_writes_nothing_but_that_it_was_opened(rehearsal: Rehearsal, row: Row) -> None:
    who = next(PEOPLE[letter] for letter, answer in row.answers.items() if answer == "y")
    assert wrong_with_reading(rehearsal, who, row.address_for(who, rehearsal.records)) == ""


def test_every_route_that_reads_was_opened(rehearsal: Rehearsal) -> None:
    opened = {endpoint_of(rehearsal, row)[0] for row in gets()}
    assert {endpoint for endpoint, methods, _ in views(rehearsal.app) if "GET" in methods} == opened


def test_a_page_that_wrote_would_be_found(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a policy page that throws drafts away."""
    view = rehearsal.app.view_functions["rulebook.policy"]

    def _writing(**given: Any) -> Any:
        with rehearsal.database.transaction() as session:
            session.connection().exec_driver_sql("DELETE FROM draft")
        return view(**given)

    _writing.__access__ = declared_access(view)  # type: ignore[attr-defined]
    monkeypatch.setitem(rehearsal.app.view_functions, "rulebook.policy", _writing)
    assert "DELETE FROM draft" in wrong_with_reading(rehearsal, "worker", "/policy")
    rehearsal.restore()


# Denied unless declared ----------------------------------------------------------------------------------------------


@ONE_DATABASE
def test_a_view_without_a_declaration_is_refused_to_everybody(
    council: Council, client_for: ClientFor, visitor: Visitor, notebook: Notebook
) -> None:
    assert visitor.get("/notebook/undeclared").status == 403
    for name in ("worker", "manager", "legal", "officer", "sro", "auditor", "admin"):
        page = client_for(getattr(council, name)).get("/notebook/undeclared")
        assert (page.status, "for nobody" in page.html.text) == (403, False), name
