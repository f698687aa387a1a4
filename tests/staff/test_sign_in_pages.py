"""Signing in through the page: it tells nobody whether an account exists, and sends nobody elsewhere."""

import json
import time
from collections.abc import Iterator
from io import StringIO
from statistics import median

import pytest
import structlog
from flask import Flask
from sqlmodel import func, select

from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.notebook import Notebook
from tests.fixtures.settling import FAST, PASSWORD
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.staff.models import SignInAttempt, StaffMember
from tracker.staff.passwords import Passwords
from tracker.staff.services import close_staff_member, give_one_time_password
from tracker.storage.tables import saved_key
from tracker.web.logging import configure_logging

pytestmark = ONE_DATABASE
WRONG = "the wrong words altogether"


def typing(visitor: Visitor, email: str, password: str, *, path: str = "/sign-in", follow: bool = True) -> Page:
    page = visitor.get(path)
    return visitor.send(page, {"email": email, "password": password}, follow=follow)


def test_somebody_signs_in_and_sees_their_name_and_team(council: Council, client_for: ClientFor) -> None:
    page = client_for(council.worker).get("/settings")
    assert page.status == 200
    assert "Wanda Zzworker, Family Help North" in page.html.one("div", having="app-header__person").text


def test_the_address_is_read_in_any_case_and_with_blanks(council: Council, visitor: Visitor) -> None:
    typing(visitor, "  ZZWORKER@northshire.EXAMPLE ", PASSWORD)
    assert visitor.get("/settings").status == 200
    assert visitor.get("/settings").path == "/settings"


def test_the_page_helps_a_browser_that_keeps_passwords(council: Council, visitor: Visitor) -> None:
    page = visitor.get("/sign-in")
    assert page.title.startswith("Sign in")
    assert page.main.one("input", name="email").get("autocomplete") == "username"
    assert page.main.one("input", name="password").get("autocomplete") == "current-password"


def test_what_is_missing_is_said_and_linked(council: Council, visitor: Visitor) -> None:
    page = typing(visitor, "", "")
    assert page.errors == ["Enter your e-mail address", "Enter your password"]
    assert page.title.startswith("Error: ")
    assert visitor.get("/settings").path == "/sign-in"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(council: Council, app: Flask) -> None:
    known = typing(Visitor(app), council.worker.email, WRONG)
    unknown = typing(Visitor(app), "nobody@northshire.example", WRONG)
    assert known.errors == unknown.errors
    assert len(known.errors) == 1
    assert (known.status, known.title) == (unknown.status, unknown.title)
    assert known.text == unknown.text


def test_a_locked_and_a_closed_account_are_answered_like_a_wrong_password(council: Council, app: Flask) -> None:
    wrong = typing(Visitor(app), council.worker.email, WRONG)
    for _ in range(9):
        typing(Visitor(app), council.worker.email, WRONG)
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.colleague), by=council.actor(council.admin), now=START)
    assert typing(Visitor(app), council.worker.email, PASSWORD).text == wrong.text
    assert typing(Visitor(app), council.colleague.email, PASSWORD).text == wrong.text


def test_the_address_stays_on_the_page_and_the_password_does_not(council: Council, visitor: Visitor) -> None:
    page = typing(visitor, council.worker.email, WRONG)
    assert page.main.one("input", name="email")["value"] == council.worker.email
    assert page.main.one("input", name="password")["value"] == ""


def test_a_sign_in_to_no_account_is_a_line_of_the_log_with_its_request_and_nobodys_name_and_no_entry(
    council: Council, app: Flask, log: StringIO
) -> None:
    before = len(trail(council.database))
    answer = typing(Visitor(app), "zznobody@northshire.example", WRONG).response
    *_, unknown, request = (json.loads(line) for line in log.getvalue().splitlines())
    assert unknown.keys() == {"event", "request_id", "level", "timestamp"}
    assert (unknown["event"], request["event"]) == ("sign_in_to_unknown_account", "request")
    assert unknown["request_id"] == request["request_id"] == answer.headers["X-Request-Id"]
    assert "zznobody" not in log.getvalue().lower()
    assert len(trail(council.database)) == before


def test_a_failed_sign_in_to_an_account_is_an_entry_and_no_such_line(
    council: Council, app: Flask, log: StringIO
) -> None:
    """The control."""
    typing(Visitor(app), council.worker.email, WRONG)
    assert "sign_in_to_unknown_account" not in log.getvalue()
    assert len(trail(council.database, "staff:sign_in_failed")) == 1


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is logged meanwhile."""
    lines = StringIO()
    configure_logging(lines)
    yield lines
    structlog.reset_defaults()


def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(
    council: Council, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str | None] = []
    matches = FAST.matches

    def counted(kept: str | None, password: str) -> bool:
        hashed.append(kept)
        return matches(kept, password)

    monkeypatch.setattr(FAST, "matches", counted)
    typing(Visitor(app), council.worker.email, WRONG)
    typing(Visitor(app), "nobody@northshire.example", WRONG)
    assert len(hashed) == 2
    assert hashed[1] is None


def test_a_refusal_takes_the_same_time_whether_or_not_the_account_exists(council: Council, app: Flask) -> None:
    app.extensions["passwords"] = Passwords(time_cost=1, memory_kib=8, refusal_takes=0.3)
    emails = (council.worker.email, "nobody@northshire.example")
    known, unknown = (median(_seconds(app, email) for _ in range(3)) for email in emails)
    assert known >= 0.3
    assert unknown >= 0.3
    assert abs(known - unknown) < 0.1


def test_only_attempts_on_accounts_that_exist_are_events(council: Council, app: Flask) -> None:
    typing(Visitor(app), "nobody@northshire.example", WRONG)
    assert trail(council.database, "staff:sign_in_failed") == []
    typing(Visitor(app), council.worker.email, WRONG)
    assert [one.record for one in trail(council.database, "staff:sign_in_failed")] == [council.worker.reference]


def test_neither_address_nor_network_is_kept_in_the_clear(council: Council, app: Flask) -> None:
    typing(Visitor(app), council.worker.email, WRONG)
    with council.database.reading() as session:
        kept = session.exec(select(SignInAttempt)).one()
    assert len(kept.account_digest) == len(kept.address_digest) == 64
    assert kept.account_digest != kept.address_digest


def test_from_the_fiftieth_failure_an_address_is_told_to_wait_and_is_never_locked_out(
    council: Council, app: Flask, clock: Clock
) -> None:
    for number in range(50):
        typing(Visitor(app), f"nobody{number}@northshire.example", WRONG)
    told = typing(Visitor(app), council.worker.email, PASSWORD)
    assert (told.status, told.response.headers["Retry-After"]) == (429, "1")
    assert told.errors == ["Too many wrong tries came from your network. Try again in 1 seconds"]
    assert _attempts(council) == 50
    clock.advance(seconds=1)
    assert typing(Visitor(app), council.worker.email, PASSWORD).path != "/sign-in"


def test_a_page_that_needs_signing_in_is_reached_afterwards(
    council: Council, visitor: Visitor, notebook: Notebook
) -> None:
    asked = visitor.get("/notebook?words=typed", follow=False)
    assert (asked.status, asked.location) == (303, "/sign-in?next=/notebook")
    page = typing(visitor, council.worker.email, PASSWORD, path=asked.location)
    assert (page.path, page.heading) == ("/notebook", "Notebook")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/notebook",
        "/\\evil.example",
        "\\/evil.example",
        "/notebook@evil.example",
        "javascript:alert(1)",
        "notebook",
        "/no-such-page",
        "/notebook/press",
        "/open",
        "/sign-out",
        "/sign-in",
        "/notebook?words=Zzname",
        "/notebook#Zzname",
        "",
    ],
)
def test_signing_in_leads_to_no_address_but_a_page_of_ours(
    council: Council, visitor: Visitor, notebook: Notebook, elsewhere: str
) -> None:
    page = visitor.client.get("/sign-in", query_string={"next": elsewhere})
    form = Page(page).form()
    answer = visitor.client.post(
        "/sign-in",
        query_string={"next": elsewhere},
        data={**form.values, "email": council.worker.email, "password": PASSWORD},
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_a_sign_in_without_our_token_is_refused(council: Council, visitor: Visitor) -> None:
    visitor.get("/sign-in")
    page = visitor.post("/sign-in", {"email": council.worker.email, "password": PASSWORD})
    assert page.status == 400
    assert _attempts(council) == 0


def test_somebody_who_is_signed_in_is_not_asked_again(council: Council, client_for: ClientFor) -> None:
    assert client_for(council.worker).get("/sign-in", follow=False).location == "/"


def test_a_one_time_password_must_be_changed_before_anything_else(
    council: Council, visitor: Visitor, notebook: Notebook
) -> None:
    given = one_time_password(council, council.worker)
    page = typing(visitor, council.worker.email, given, path="/sign-in?next=/notebook")
    assert (page.path, page.heading) == ("/settings/password", "Choose a password")
    for path in ("/notebook", "/settings", "/notebook/legal", "/unsaved"):
        assert visitor.get(path).path == "/settings/password"
    assert visitor.get("/open").path == "/open"
    page = visitor.send(page, {"new": "seven paper umbrellas", "again": "seven paper umbrellas"})
    assert page.path == "/settings"
    assert visitor.get("/notebook").path == "/notebook"


def test_somebody_whose_role_still_waits_can_sign_in_and_choose_a_password(council: Council, visitor: Visitor) -> None:
    with council.database.transaction() as session:
        from tracker.staff.requests import NewStaffMember
        from tracker.staff.services import add_staff_member

        new = NewStaffMember("nia@northshire.example", "Nia Zznew", "Clerk")
        added = add_staff_member(session, new, by=council.actor(council.admin), now=START, passwords=FAST)
    page = typing(visitor, "nia@northshire.example", added.one_time_password)
    page = visitor.send(page, {"new": "seven paper umbrellas", "again": "seven paper umbrellas"})
    assert page.path == "/settings"
    assert "You have no role yet" in page.text


def test_a_one_time_password_that_has_ended_is_told_to_its_owner(
    council: Council, visitor: Visitor, clock: Clock
) -> None:
    given = one_time_password(council, council.worker)
    clock.advance(hours=24)
    assert typing(visitor, council.worker.email, given).errors == [
        "Your one-time password has ended. Ask an administrator for a new one"
    ]


def one_time_password(council: Council, member: StaffMember) -> str:
    with council.database.transaction() as session:
        by = council.actor(council.admin)
        return give_one_time_password(session, saved_key(member), by=by, now=START, passwords=FAST)


def _attempts(council: Council) -> int:
    with council.database.reading() as session:
        return session.exec(select(func.count()).select_from(SignInAttempt)).one()


def _seconds(app: Flask, email: str) -> float:
    visitor = Visitor(app)
    page = visitor.get("/sign-in")
    started = time.perf_counter()
    visitor.send(page, {"email": email, "password": WRONG})
    return time.perf_counter() - started
