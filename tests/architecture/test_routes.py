"""Every route says who may come in and which forms it reads; what is read is never written."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.architecture.reading import wrong_with_reading
from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.notebook import Notebook
from tests.fixtures.rehearsal import Rehearsal
from tests.fixtures.visitor import ClientFor, Visitor
from tests.permissions.came import Came
from tests.permissions.routes_table import ROUTES
from tests.permissions.table import Row, endpoint_of, read_table
from tracker.access.decorators import declared_access
from tracker.web.fields.days import DayParts
from tracker.web.forms import Form, VersionedForm

WITHOUT_A_FORM = {"staff.sign_out_page"}
"""Routes that take a post with nothing in it but the token: one button in every header."""


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


def test_an_error_about_a_day_begins_with_what_it_is_the_day_of_and_not_with_the_question(rehearsal: Rehearsal) -> None:
    asked = {
        (form.__name__, name): question
        for form in subclasses(Form)
        if form.__module__.startswith("tracker.")
        for name, question in vars(form).items()
        if issubclass(getattr(question, "field_class", object), DayParts)
    }
    assert len(asked) > 30
    assert [
        where
        for where, question in asked.items()
        if not question.kwargs.get("subject") and question.args[0].endswith("?")
    ] == []


def subclasses(kind: type[Form]) -> set[type[Form]]:
    """Every class below it."""
    return {below for one in kind.__subclasses__() for below in {one, *subclasses(one)}}


def test_nothing_is_served_that_was_not_declared(rehearsal: Rehearsal) -> None:
    """No folder of files of the framework's own."""
    assert rehearsal.app.static_folder is None
    assert "static" not in rehearsal.app.view_functions


# Reading never writes: each page that is opened for the table of permissions is looked at there -----------------------


def gets() -> list[Row]:
    """Every line of the table of permissions that reads, and that somebody may."""
    return [row for row in read_table(ROUTES) if row.method == "GET" and "y" in row.answers.values()]


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
    rehearsal.restore()
    came = Came.of(rehearsal, "worker", rehearsal.open("worker", "/policy"))
    rehearsal.restore()
    assert list(wrong_with_reading(came)) == ["GET /policy by worker wrote ['DELETE FROM draft']"]


# Denied unless declared ----------------------------------------------------------------------------------------------


@ONE_DATABASE
def test_a_view_without_a_declaration_is_refused_to_everybody(
    council: Council, client_for: ClientFor, visitor: Visitor, notebook: Notebook
) -> None:
    assert visitor.get("/notebook/undeclared").status == 403
    for name in ("worker", "manager", "legal", "officer", "sro", "auditor", "admin"):
        page = client_for(getattr(council, name)).get("/notebook/undeclared")
        assert (page.status, "for nobody" in page.html.text) == (403, False), name
