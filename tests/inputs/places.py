"""Every form of every route, from the route map: where it stands, who may send it, and what it is when it is whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.fixtures.filling import Values, filled, form_at, questions
from tests.fixtures.html import HtmlForm
from tests.fixtures.rehearsal import NEWCOMER, NOBODY, Rehearsal
from tests.permissions.routes_table import ROUTES
from tests.permissions.table import PEOPLE, Row, endpoint_of, read_table
from tracker.access.decorators import declared_access
from tracker.blueprints import ALL
from tracker.web.fields import OwnField
from tracker.web.fields.choices import OneOf, SomeOf
from tracker.web.forms import Form

WHO: dict[str, str] = {"SignInForm": NOBODY, "FirstPasswordForm": NEWCOMER}
"""Who sends a form that is not for whoever the table of permissions says may first."""


@dataclass(frozen=True)
class Place:
    """A form of a route: its address for the records of the rehearsal, and who sends it."""

    endpoint: str
    form: type[Form]
    address: str
    who: str

    def shown(self, rehearsal: Rehearsal) -> HtmlForm:
        """The form as it stands on its page among the records as they were: else it would be looked for there each time anew."""
        rehearsal.restore()
        form = form_at(rehearsal, self.who, self.address)
        assert form is not None, f"{self.who} sees no form for {self.address}"
        return form

    def whole(self, rehearsal: Rehearsal) -> Values:
        """What it sends once every question is answered."""
        return filled(self.shown(rehearsal), {"other": [rehearsal.records["other"]]})

    def fields(self, rehearsal: Rehearsal) -> list[OwnField[Any]]:
        """Its fields, those that are carried hidden among them; of a form that stands on its page once for each of several people,
        those about the first."""
        names = questions(self.shown(rehearsal))
        with rehearsal.app.test_request_context():
            plain = self.form(formdata=None, meta={"csrf": False})
            form = self.form(formdata=None, prefix=prefix_among(names, plain), meta={"csrf": False})
            return [*form.questions(), *form.carried()]


def prefix_among(names: Iterable[str], form: Form) -> str:
    """What stands before the names of the form's questions on its page; empty where they stand there by themselves."""
    own = [part for field in form.questions() for part in map(field.part_name, field.parts)]
    if not own or set(own) & set(names):
        return ""
    return next((name.removesuffix(own[0]) for name in names if name.endswith(f"-{own[0]}")), "")


def forms_posted(kind: type[Form] = Form) -> list[tuple[str, str]]:
    """Each route that takes a form, with the name of each form of this kind that it declares."""
    found = []
    for blueprint in ALL:
        for endpoint, access in _declared(blueprint).items():
            found += [(endpoint, form.__name__) for form in access.forms if issubclass(form, kind)]
    return sorted(found)


def _declared(blueprint: Any) -> dict[str, Any]:
    """What each view of a blueprint declares, by endpoint."""
    from flask import Flask

    app = Flask(__name__)
    app.register_blueprint(blueprint)
    declared = {endpoint: declared_access(view) for endpoint, view in app.view_functions.items()}
    return {endpoint: access for endpoint, access in declared.items() if access is not None}


@cache
def first_rows(rehearsal: Rehearsal, method: str) -> Mapping[str, Row]:
    """The first row of the table of permissions that somebody may, for each route that takes this method."""
    rows: dict[str, Row] = {}
    for row in read_table(ROUTES):
        if row.method == method and "y" in row.answers.values():
            rows.setdefault(endpoint_of(rehearsal, row)[0], row)
    return rows


def who_may(row: Row) -> str:
    """The first who may."""
    return next(PEOPLE[letter] for letter, answer in row.answers.items() if answer == "y")


def place_of(rehearsal: Rehearsal, endpoint: str, name: str) -> Place:
    """Where a form of a route stands: at the first address of the table of permissions that somebody may post to."""
    access = declared_access(rehearsal.app.view_functions[endpoint])
    assert access is not None
    form = next(one for one in access.forms if one.__name__ == name)
    row = first_rows(rehearsal, "POST").get(endpoint)
    assert row is not None, f"nobody in the table of permissions posts to {endpoint}"
    who = WHO.get(name, who_may(row))
    return Place(endpoint, form, row.address_for(who, rehearsal.records), who)


def answer_that_asks(field: OwnField[Any], fields: list[OwnField[Any]]) -> tuple[str, str] | None:
    """The question, and the answer to it, by which a further question is asked at all; None for one that always is."""
    if field.only_if is None:
        return None
    other = next(one for one in fields if one.short_name == field.only_if.field)
    assert isinstance(other, OneOf | SomeOf)
    return other.name, other.options.posted(field.only_if.answers[0])
