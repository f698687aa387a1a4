"""One's own settings, and changing one's password."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.settling import FAST, PASSWORD
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.policy.entitlement import Role
from tracker.staff.requests import NewDeputy, NewRole
from tracker.staff.services import give_one_time_password, grant_role, name_deputy
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE
NEW = "seven paper umbrellas"


def changing(visitor: Visitor, current: str, new: str, again: str = "") -> Page:
    page = visitor.get("/settings/password")
    return visitor.send(page, {"current": current, "new": new, "again": again or new})


def test_the_settings_show_who_one_is_and_what_one_holds(council: Council, client_for: ClientFor) -> None:
    page = client_for(council.worker).get("/settings")
    assert page.heading == "Your settings"
    for words in ("Wanda Zzworker", "zzworker@northshire.example", "Worker", "Social worker", "In force"):
        assert words in page.text
    assert "You cover nobody, and nobody covers you." in page.text
    assert "Zzcolleague" not in page.text


def test_the_settings_show_what_waits_has_not_begun_and_is_off_duty(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    with council.database.transaction() as session:
        by, worker = council.actor(council.admin), saved_key(council.worker)
        later = START + timedelta(days=3)
        grant_role(session, NewRole(worker, Role.TEAM_MANAGER, saved_key(council.north)), by=by, now=START)
        grant_role(session, NewRole(worker, Role.DUTY_WORKER), by=by, now=START)
        grant_role(session, NewRole(worker, Role.SOCIAL_WORKER, saved_key(council.south), later), by=by, now=START)
    rows = client_for(council.worker).get("/settings").main.one("table").all("tr")[1:]
    assert [row.all("strong", having="govuk-tag")[0].text for row in rows] == [
        "In force",
        "Waiting",
        "Off duty",
        "Not yet",
    ]


def test_the_settings_show_cover_on_both_sides(council: Council, client_for: ClientFor) -> None:
    with council.database.transaction() as session:
        until = START + timedelta(days=14)
        new = NewDeputy(saved_key(council.manager), saved_key(council.manager2), START, until, "Annual leave")
        name_deputy(session, new, by=council.actor(council.manager), now=START)
    assert "You cover Mina Zzmanager" in client_for(council.manager2).get("/settings").text
    assert "Moss Zzothermanager covers you" in client_for(council.manager).get("/settings").text


def test_a_password_is_changed_with_the_current_one_and_other_browsers_are_signed_out(
    council: Council, client_for: ClientFor, app: Flask
) -> None:
    here, elsewhere = client_for(council.worker), client_for(council.worker)
    page = changing(here, PASSWORD, NEW)
    assert page.path == "/settings"
    assert "Your password was changed" in page.text
    assert here.get("/settings").path == "/settings"
    assert elsewhere.get("/settings").path == "/sign-in"
    assert Visitor(app).sign_in(council.worker, password=PASSWORD).path == "/sign-in"
    assert Visitor(app).sign_in(council.worker, password=NEW).path != "/sign-in"


@pytest.mark.parametrize(
    ("current", "new", "again", "error"),
    [
        ("", NEW, NEW, "Enter your current password"),
        (PASSWORD, "", "", "Enter a new password"),
        (PASSWORD, NEW, "", "Enter the new password a second time"),
        (PASSWORD, NEW, NEW + "s", "The two new passwords must be the same"),
        (PASSWORD, "too short", "too short", "Your password must have at least 12 characters"),
        (PASSWORD, PASSWORD, PASSWORD, "The new password must be different from the one before"),
        (PASSWORD, "wanda zzworker ok", "wanda zzworker ok", "must not contain your name"),
        (PASSWORD, "northshire lamps", "northshire lamps", "must not contain your name"),
        ("the wrong words", NEW, NEW, "The current password is wrong"),
    ],
)
def test_a_password_that_cannot_be_taken_is_refused_with_the_reason_and_a_link(
    council: Council, client_for: ClientFor, app: Flask, current: str, new: str, again: str, error: str
) -> None:
    visitor = client_for(council.worker)
    page = visitor.send(visitor.get("/settings/password"), {"current": current, "new": new, "again": again})
    assert page.title.startswith("Error: ")
    assert any(error in line for line in page.errors)
    for link in page.main.one("div", having="govuk-error-summary").all("a"):
        assert page.main.all(id=link["href"].removeprefix("#"))
    assert all(field.get("value") == "" for field in page.main.all("input", type="password"))
    assert Visitor(app).sign_in(council.worker, password=PASSWORD).path != "/sign-in"


def test_wrong_current_passwords_are_counted_like_those_at_the_door(
    council: Council, client_for: ClientFor, app: Flask
) -> None:
    visitor = client_for(council.worker)
    for _ in range(12):
        changing(visitor, "the wrong words altogether", NEW)
    assert len(trail(council.database, "staff:sign_in_failed")) == 10
    assert changing(visitor, PASSWORD, NEW).errors
    assert Visitor(app).sign_in(council.worker).path == "/sign-in"


def test_the_fields_tell_a_browser_which_password_is_which(council: Council, client_for: ClientFor) -> None:
    page = client_for(council.worker).get("/settings/password")
    told = [field["autocomplete"] for field in page.main.all("input", type="password")]
    assert told == ["current-password", "new-password", "new-password"]


def test_the_settings_say_who_gave_a_one_time_password_so_that_one_that_was_not_asked_for_shows(
    council: Council, app: Flask, client_for: ClientFor, clock: Clock
) -> None:
    assert "one-time password" not in client_for(council.manager).get("/settings").text
    with council.database.transaction() as session:
        by = council.actor(council.admin)
        password = give_one_time_password(session, saved_key(council.manager), by=by, now=START, passwords=FAST)
        give_one_time_password(session, saved_key(council.worker2), by=by, now=START, passwords=FAST)
    clock.advance(hours=1)
    manager = Visitor(app)
    manager.sign_in(council.manager, password=password, follow=False)
    page = manager.send(manager.get("/settings/password"), {"new": NEW, "again": NEW})
    assert "Ada Zzadministrator gave a one-time password for your account on 21 November 2026 at 10:00am." in page.text
    assert "tell the Senior Responsible Officer" in page.text
    assert "one-time password" not in client_for(council.worker).get("/settings").text
    clock.advance(days=91)
    again = Visitor(app)
    again.sign_in(council.manager, password=NEW, follow=False)
    assert "one-time password" not in again.get("/settings").text
