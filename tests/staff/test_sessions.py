"""A session in the browser: how it begins, how long it lasts, what ends it, and what its cookie is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask
from sqlalchemy import event
from sqlmodel import select

from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.notebook import Notebook
from tests.fixtures.settling import FAST, PASSWORD
from tests.fixtures.trail import last_event
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.app import create_app
from tracker.config import Settings
from tracker.staff.models import SignInSession
from tracker.staff.services import close_staff_member, end_sessions, give_one_time_password
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE
COOKIE = "tracker"


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/settings").path == "/settings"


def cookie_of(visitor: Visitor) -> str:
    cookie = visitor.client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def test_a_session_ends_after_half_an_hour_without_a_page(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    clock.advance(minutes=29, seconds=59)
    assert is_in(visitor)
    clock.advance(minutes=30)
    assert not is_in(visitor)
    assert "You are signed out" in visitor.get("/sign-in").text


def test_each_page_begins_the_half_hour_anew_until_twelve_hours_are_over(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    for _ in range(35):
        clock.advance(minutes=20)
        assert is_in(visitor)
    clock.set(START + timedelta(hours=12) - timedelta(seconds=1))
    assert is_in(visitor)
    clock.set(START + timedelta(hours=12))
    assert not is_in(visitor)


def test_no_page_writes_to_the_database_to_keep_a_session_alive(
    council: Council, client_for: ClientFor, app: Flask, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    visitor.get("/settings")
    clock.advance(minutes=20)
    with _statements(app.extensions["database"]) as seen:
        visitor.get("/settings")
    assert seen
    assert not [one for one in seen if one.split()[0].upper() in ("INSERT", "UPDATE", "DELETE")]


def test_what_pages_load_looks_nobody_up_and_keeps_no_session_alive(
    council: Council, client_for: ClientFor, app: Flask, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    style = visitor.get("/settings").html.one("link", rel="stylesheet")["href"]
    clock.advance(minutes=20)
    with _statements(app.extensions["database"]) as seen, visitor.client.get(style) as answer:
        assert answer.status_code == 200
    assert seen == []
    clock.advance(minutes=20)
    assert not is_in(visitor)


def test_a_cookie_from_an_earlier_answer_is_dead_once_it_is_half_an_hour_old(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    visitor.get("/settings")
    stolen = cookie_of(visitor)
    for _ in range(3):
        clock.advance(minutes=15)
        assert is_in(visitor)
    visitor.client.set_cookie(COOKIE, stolen)
    assert not is_in(visitor)


def test_signing_out_ends_the_session_and_a_copy_of_its_cookie(
    council: Council, client_for: ClientFor, app: Flask
) -> None:
    visitor = client_for(council.worker)
    page = visitor.get("/settings")
    thief = Visitor(app)
    thief.client.set_cookie(COOKIE, cookie_of(visitor))
    assert is_in(thief)
    page = visitor.send(page, button="Sign out")
    assert (page.path, page.heading) == ("/sign-in", "Sign in")
    assert "You have signed out" in page.text
    assert last_event(council.database).event == "staff:signed_out"
    assert not is_in(visitor)
    assert not is_in(thief)


def test_signing_out_is_a_post(council: Council, client_for: ClientFor) -> None:
    visitor = client_for(council.worker)
    assert visitor.get("/sign-out").status == 405
    assert is_in(visitor)


def test_a_session_ends_at_once_when_an_administrator_ends_it(council: Council, client_for: ClientFor) -> None:
    visitor, other = client_for(council.worker), client_for(council.colleague)
    with council.database.transaction() as session:
        end_sessions(session, saved_key(council.worker), by=council.actor(council.admin), now=START)
    assert not is_in(visitor)
    assert is_in(other)


def test_a_session_ends_at_once_when_its_owner_is_closed_or_given_a_password(
    council: Council, client_for: ClientFor
) -> None:
    closed, given = client_for(council.worker), client_for(council.colleague)
    with council.database.transaction() as session:
        by = council.actor(council.admin)
        close_staff_member(session, saved_key(council.worker), by=by, now=START)
        give_one_time_password(session, saved_key(council.colleague), by=by, now=START, passwords=FAST)
    assert not is_in(closed)
    assert not is_in(given)


def test_nothing_that_was_in_the_cookie_before_survives_signing_in(council: Council, app: Flask) -> None:
    """Whoever put a cookie into somebody's browser knows nothing of the session that begins in it."""
    planted, victim = Visitor(app), Visitor(app)
    planted.get("/sign-in")
    with planted.client.session_transaction() as cookie:
        before = dict(cookie)
        cookie["planted"] = "by somebody else"
    victim.client.set_cookie(COOKIE, cookie_of(planted))
    victim.sign_in(council.worker)
    with victim.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != before["csrf_token"]
    assert is_in(victim)
    assert not is_in(planted)


def test_signing_in_again_gives_another_token_but_the_pages_left_open_can_still_be_sent(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    left_open = visitor.get("/notebook")
    before = _token(visitor)
    clock.advance(minutes=31)
    visitor.sign_in(council.worker)
    assert _token(visitor) != before
    visitor.send(left_open, {"heading": "Left", "words": "open"})
    assert notebook.saved == [("Left", "open")]


def test_a_page_that_somebody_else_left_open_in_the_browser_cannot_be_sent(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    left_open = visitor.get("/notebook")
    clock.advance(minutes=31)
    visitor.sign_in(council.colleague)
    page = visitor.send(left_open, {"heading": "Left", "words": "open"})
    assert (page.status, notebook.saved) == (400, [])


def test_only_the_hash_of_the_cookies_token_is_in_the_database(council: Council, client_for: ClientFor) -> None:
    visitor = client_for(council.worker)
    with council.database.reading() as session:
        row = session.exec(select(SignInSession)).one()
    assert _token(visitor) not in row.model_dump_json()
    assert len(row.token_hash) == 64


def test_a_cookie_that_was_tampered_with_is_nobodys(council: Council, client_for: ClientFor) -> None:
    visitor = client_for(council.worker)
    visitor.client.set_cookie(COOKIE, cookie_of(visitor)[:-2] + "xx")
    assert not is_in(visitor)


def test_the_cookie_is_for_the_browser_alone_and_not_for_other_sites(council: Council, visitor: Visitor) -> None:
    given = visitor.get("/sign-in").response.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in given.split(";")}
    assert "Expires" not in given


def test_outside_localhost_the_cookie_goes_over_https_alone_and_to_this_host_alone(
    council: Council, database: Database, settings: Settings
) -> None:
    secure = create_app(settings.model_copy(update={"insecure_cookies": False}), passwords=FAST)
    answer = secure.test_client().get("/sign-in", base_url="https://checks.northshire.example")
    given = answer.headers["Set-Cookie"]
    assert given.startswith("__Host-tracker=")
    assert "Secure" in given
    assert "Domain" not in given


def test_a_session_lasts_on_when_the_password_is_wrong_elsewhere(
    council: Council, client_for: ClientFor, app: Flask
) -> None:
    visitor = client_for(council.worker)
    for _ in range(12):
        Visitor(app).sign_in(council.worker, password=PASSWORD[::-1])
    assert is_in(visitor)
    assert Visitor(app).sign_in(council.worker, password=PASSWORD).path == "/sign-in"


def _token(visitor: Visitor) -> str:
    with visitor.client.session_transaction() as cookie:
        return str(cookie["_user_id"])


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def heard(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", heard)
    yield seen
    event.remove(database.engine, "before_cursor_execute", heard)
