"""Every form of every route, whole, while a statement fails: nothing is half saved, and what was typed comes back.

That a use-case leaves nothing wherever it fails is held for every statement by `tests/faults`. Here the rest of the request is
added: who is signed in, the page, the answer. So a few forms fail at every statement, and every form in the middle, at the
commit, and with no database at all.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from tests.fixtures.faults import StatementFailedError, failing_at
from tests.fixtures.html import forms_of
from tests.fixtures.rehearsal import AUDIT, NOBODY, Rehearsal
from tests.fixtures.visitor import Page
from tests.inputs.answering import lost_in
from tests.inputs.places import Place, forms_posted, place_of
from tracker.audit.chain import verify
from tracker.people.services import records
from tracker.web.forms import RESTORED

FORMS = forms_posted()
AT_EVERY_STATEMENT = [
    ("checks.answers", "AnswersForm"),
    ("people.details", "DetailsForm"),
    ("staff.password_page", "PasswordForm"),
    ("staff.sign_in_page", "SignInForm"),
]
"""A check, a record that others may change too, and the two that begin a session: what comes after the commit must not fail."""

EVENTS_OF_THEIR_OWN = (":opened", ":counterparts_opened", ":read", ":searched")
"""How events end that are in the trail although the form was not carried out: a page was opened, or people looked for, before."""

COUNTED = AUDIT | {"sign_in_attempt"}
"""Each try of a password is counted before anything else is done, so that nobody can try for nothing."""

NOT_TYPED = {"csrf_token", "submission"}
SAID = ("What you were saving was not saved", "Request number")


@contextmanager
def nothing_works(rehearsal: Rehearsal) -> Iterator[None]:
    """A database that answers nothing at all."""

    def _fail(*_: Any) -> None:
        raise StatementFailedError("the database is gone")

    event.listen(rehearsal.database.engine, "before_cursor_execute", _fail)
    try:
        yield
    finally:
        event.remove(rehearsal.database.engine, "before_cursor_execute", _fail)


def wrong_with(rehearsal: Rehearsal, place: Place, whole: Mapping[str, list[str]], page: Page) -> str:
    """What is not as it must be after a failure; empty where nothing is."""
    if page.status not in (500, 503):
        return f"answered {page.status}"
    words = page.html.text
    if not all(said in words for said in SAID) or "StatementFailed" in str(page.response.data):
        return f"said {words:.200}"
    left = {entry.event for entry in rehearsal.new_entries()} if rehearsal.wrote() else set()
    changed = rehearsal.changed(without=COUNTED)
    if changed or not all(one.endswith(EVENTS_OF_THEIR_OWN) for one in left):
        return f"and {changed} changed, {left} recorded"
    return wrong_with_what_was_typed(rehearsal, place, whole, page)


def kept_by(rehearsal: Rehearsal, place: Place, whole: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What of the whole form must come back: all that was typed, but no password and no token."""
    with rehearsal.app.test_request_context():
        secret = place.form.secret_names()
    return {name: values for name, values in whole.items() if name not in NOT_TYPED | secret and any(values)}


def wrong_with_what_was_typed(rehearsal: Rehearsal, place: Place, whole: Mapping[str, list[str]], page: Page) -> str:
    """What of it is not in the answered page."""
    typed = kept_by(rehearsal, place, whole)
    forms = [form for form in forms_of(page.html) if RESTORED in form.values and form.action == place.address]
    if not typed:
        return ""
    if len(forms) != 1:
        return "the page has no way back to what was typed"
    lost = {name: values for name, values in typed.items() if forms[0].values.get(name) != values}
    return f"lost {lost}" if lost else ""


def wrong_when_shown_again(rehearsal: Rehearsal, place: Place, whole: Mapping[str, list[str]], failed: Page) -> str:
    """What of it is not in the form any more, once the page of the failure was asked to show it."""
    ways = [form for form in forms_of(failed.html) if RESTORED in form.values]
    if not ways:
        return ""  # nothing was typed, or that is what was wrong
    rehearsal.restore()
    page = Page(rehearsal.open(place.who, place.address, method="POST", values=ways[0].values))
    if page.status == 303:
        return "" if not rehearsal.changed(without=AUDIT) else f"showing it again changed {rehearsal.changed()}"
    forms = [form for form in page.forms if (form.action or page.path) == place.address]
    if page.status != 200 or page.errors or len(forms) != 1:
        return f"shown again with {page.status} {page.errors} {len(forms)}"
    with rehearsal.app.test_request_context():
        return lost_in(
            forms[0], {name: values for name, values in whole.items() if name not in place.form.secret_names()}
        )


@cache
def whole_of(rehearsal: Rehearsal, place: Place) -> Mapping[str, list[str]]:
    """The form as it is sent when it is whole."""
    rehearsal.restore()
    return place.whole(rehearsal)


def without_a_database(rehearsal: Rehearsal, place: Place) -> str:
    """What is wrong with the answer to the form when the database is gone altogether."""
    whole = whole_of(rehearsal, place)
    rehearsal.restore()
    with nothing_works(rehearsal):
        page = rehearsal.send(place.who, place.address, whole)
    return wrong_with(rehearsal, place, whole, page)


def tried(rehearsal: Rehearsal, place: Place, *, everywhere: bool = False) -> list[str]:
    """The form sent with a statement failing, and then whole: what was wrong after each."""
    whole = whole_of(rehearsal, place)
    rehearsal.restore()
    with failing_at(rehearsal.database, 0) as counting:
        done = rehearsal.send(place.who, place.address, whole)
    assert done.status == 303, done.errors
    last = counting.reached
    found = []
    for number in range(1, last + 1) if everywhere else sorted({(last + 1) // 2, last}):
        rehearsal.restore()
        with failing_at(rehearsal.database, number) as failing:
            page = rehearsal.send(place.who, place.address, whole)
        assert failing.reached >= number
        wrong = wrong_with(rehearsal, place, whole, page)
        if wrong:
            found.append(f"statement {number} of {last} failed: {wrong}")
    found += [wrong for wrong in [wrong_when_shown_again(rehearsal, place, whole, page)] if wrong]
    rehearsal.restore()
    return found


@pytest.mark.parametrize(("endpoint", "form"), FORMS)
def test_whatever_fails_nothing_is_saved_and_what_was_typed_comes_back(
    rehearsal: Rehearsal, endpoint: str, form: str
) -> None:
    place = place_of(rehearsal, endpoint, form)
    assert without_a_database(rehearsal, place) == ""
    assert tried(rehearsal, place, everywhere=(endpoint, form) in AT_EVERY_STATEMENT) == []


def test_the_forms_that_fail_at_every_statement_are_there() -> None:
    assert set(AT_EVERY_STATEMENT) <= set(FORMS)


@pytest.mark.parametrize(
    ("who", "address"), [("worker", "/"), ("worker", "/nowhere"), ("worker", "/danger/x"), (NOBODY, "/")]
)
def test_without_a_database_every_answer_is_a_page(rehearsal: Rehearsal, who: str, address: str) -> None:
    with nothing_works(rehearsal):
        page = rehearsal.get(who, address)
    assert (page.status, page.heading) in ((500, "Something went wrong here"), (303, "Redirecting..."))


def test_a_use_case_that_saves_too_early_is_found(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a commit in the middle of changing somebody's details."""

    def _commit(session: Session, *_: Any, **__: Any) -> None:
        session.commit()

    monkeypatch.setattr(records, "record", _commit)
    found = tried(rehearsal, place_of(rehearsal, "people.details", "DetailsForm"))
    assert any("'person'" in wrong for wrong in found)
    rehearsal.restore()


def test_an_answer_that_needs_the_database_after_the_commit_is_found(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: somebody is in, and is told that nothing was saved."""

    def _look_something_up(_: object) -> None:
        with rehearsal.database.reading() as session:
            verify(session)

    monkeypatch.setattr("tracker.staff.current.login_user", _look_something_up)
    found = tried(rehearsal, place_of(rehearsal, "staff.sign_in_page", "SignInForm"))
    assert any("'staff:signed_in'} recorded" in wrong for wrong in found)
    rehearsal.restore()


def test_a_page_that_forgets_what_was_typed_is_found(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr("tracker.errors.typed_now", lambda: None)
    found = tried(rehearsal, place_of(rehearsal, "people.details", "DetailsForm"))
    assert any("no way back" in wrong for wrong in found)


def test_a_post_that_did_not_come_from_a_page_of_ours_is_not_shown_again(rehearsal: Rehearsal) -> None:
    """Else another site could have us show words of its own."""
    place = place_of(rehearsal, "people.details", "DetailsForm")
    values = {**place.whole(rehearsal), "csrf_token": ["zz"]}
    with nothing_works(rehearsal):
        page = Page(rehearsal.open(place.who, place.address, method="POST", values=values))
    assert page.status == 500
    assert forms_of(page.html) == []
