"""Every route that takes the reference of a sealed record answers who may not read it in one way, whatever else is in the address.

The answer is that of ADR 0152, which a search for the same reference gives too: ask Legal before you look. Never is it that there is
no such record, and never does it tell one sealed record from another.
"""

import pytest
from werkzeug.test import TestResponse

from tests.fixtures.filling import filled, form_at
from tests.fixtures.html import Element
from tests.fixtures.rehearsal import Rehearsal
from tests.fixtures.visitor import Page
from tracker.access.decorators import declared_access
from tracker.access.permissions import has_permission

NOT_READERS = ("colleague", "worker2", "manager2", "head", "duty")
NOWHERE = "0000-0000"
ASK_LEGAL = "ask Legal before you look"
REASON = "/duty"
FOLLOWS = {"involvement": "INV-", "link": "LNK-", "draft": "DRF-"}


def routes(rehearsal: Rehearsal, method: str) -> list[str]:
    """The addresses that take a person's reference first, with `{person}` for it, and a record that is not there for all that follows."""
    rules = [one for one in rehearsal.app.url_map.iter_rules() if one.rule.startswith("/people/<reference>")]
    found = set()
    for rule in (one for one in rules if method in (one.methods or set())):
        address = rule.rule.replace("<reference>", "{person}").replace("<other>", rehearsal.records["person"])
        address = address.replace("<search>", "{search}")
        for name, prefix in FOLLOWS.items():
            address = address.replace(f"<{name}>", f"{prefix}{NOWHERE}")
        assert "<" not in address
        found.add(address)
    return sorted(found)


def asked(rehearsal: Rehearsal, who: str, method: str, address: str, person: str) -> TestResponse:
    path = address.format(person=person, search=rehearsal.records[f"search:{who}"])
    answer = rehearsal.open(who, path) if method == "GET" else rehearsal.post(who, path, {})
    rehearsal.restore()
    return answer


def may_use(rehearsal: Rehearsal, who: str, method: str, address: str) -> bool:
    """Whether their role has the permission of the route at all."""
    path = address.format(person="PER-0000-0000", search="DRF-0000-0000")
    endpoint, _ = rehearsal.app.url_map.bind("localhost").match(path, method=method)
    access = declared_access(rehearsal.app.view_functions[endpoint])
    assert access is not None
    return access.permission is None or has_permission(rehearsal.actor(who), access.permission)


def words(answer: TestResponse) -> str:
    """What the page says."""
    main: Element = Page(answer).main
    return main.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", NOT_READERS)
def test_every_route_gives_the_one_answer(rehearsal: Rehearsal, who: str, method: str) -> None:
    sealed, told = rehearsal.records["sealed"], set()
    wrong: list[tuple[str, int, bool]] = []
    addresses = routes(rehearsal, method)
    assert len(addresses) > 20
    for address in addresses:
        answer = asked(rehearsal, who, method, address, sealed)
        reached = may_use(rehearsal, who, method, address)
        if answer.status_code != 403 or (ASK_LEGAL in words(answer)) != reached:
            wrong.append((address, answer.status_code, reached))
        elif reached:
            told.add(words(answer))
        if reached and asked(rehearsal, who, method, address, "PER-0000-0000").status_code != 404:
            wrong.append((address, 404, reached))
    assert wrong == []
    assert len(told) == 1
    assert not any(sealed in one or "Sealed" in one for one in told)


@pytest.mark.parametrize("who", NOT_READERS)
def test_the_search_for_the_reference_says_the_same(rehearsal: Rehearsal, who: str) -> None:
    """So the one answer tells nothing that a search does not."""
    form = form_at(rehearsal, who, "/people")
    assert form is not None
    made = rehearsal.post(who, "/people", filled(form, {"words": [rehearsal.records["sealed"]]}))
    page = rehearsal.get(who, made.headers["Location"])
    rehearsal.restore()
    assert f"A restricted record matches: {ASK_LEGAL}." in page.text


def test_a_check_about_it_is_closed_to_who_may_not_read_it_in_one_way(rehearsal: Rehearsal) -> None:
    check = rehearsal.records["sealed_check"]
    answers = {
        (who, path): rehearsal.open(who, f"/checks/{check}{path}").status_code
        for who in ("colleague", "worker2", "manager2")
        for path in ("", "/report", "/outcome", "/withdraw", "/same-for")
    }
    rehearsal.restore()
    assert set(answers.values()) == {403}, answers
