"""The council's name and pages: written as a version, read before anybody else sees it, shown to everybody, kept."""

import pytest
from flask import Flask

import tracker.site.services as services
from tests.fixtures.council import ONE_DATABASE, Council
from tests.fixtures.faults import failing_at
from tests.fixtures.settling import PASSWORD
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page, Visitor

pytestmark = ONE_DATABASE
WHY = "So that staff know whom to ring."


@pytest.fixture
def admin(council: Council, client_for: ClientFor) -> Visitor:
    return client_for(council.admin)


def write(admin: Visitor, part: str, text: str) -> Page:
    return admin.send(admin.get(f"/site/{part}/write"), {"text": text, "why": WHY}, button="Continue")


def show(admin: Visitor, version: Page) -> Page:
    return admin.send(version, {}, button="Show these words to everybody")


def test_a_page_is_read_as_a_version_and_then_seen_by_everybody(
    council: Council, admin: Visitor, visitor: Visitor
) -> None:
    version = write(admin, "help", "## Whom to ask\n\n<b>Ring</b> Zzdesk.")
    assert version.main.all("h2")[0].text == "Whom to ask"
    assert "<b>Ring</b> Zzdesk." in version.text
    assert "Zzdesk" not in visitor.get("/help").text
    assert version.path.split("/")[-1] in show(admin, version).text
    assert "Zzdesk" in visitor.get("/help").text
    assert "Draft" not in visitor.get("/help").main.text
    assert "Draft" in visitor.get("/privacy").main.text
    (written,), (shown,) = (
        trail(council.database, "settings:site_text_written"),
        trail(council.database, "settings:site_text_shown"),
    )
    assert written.content["why"] == WHY
    assert shown.facts == {"part": "help", "instead_of": None}


def test_the_name_stands_in_every_header_and_title(admin: Visitor, visitor: Visitor) -> None:
    assert "Northshire Council" in visitor.get("/sign-in").title
    show(admin, write(admin, "name", "Zzbury Borough Council"))
    for page in (visitor.get("/sign-in"), visitor.get("/help"), admin.get("/")):
        assert page.title.endswith("Zzbury Borough Council")
        assert "Northshire Council" not in page.html.text


def test_a_page_that_is_shown_when_nothing_else_is_has_the_name_that_was_read_last(app: Flask, admin: Visitor) -> None:
    """The control is before anything was read in the process: then it has that of the settings."""

    def failed() -> Page:
        with failing_at(app.extensions["database"], 1):
            page = admin.get("/staff")
        assert (page.status, page.heading) == (500, "Something went wrong here")
        return page

    assert failed().title.endswith("Northshire Council")
    show(admin, write(admin, "name", "Zzbury Borough Council"))
    admin.get("/")
    page = failed()
    assert page.title.endswith("Zzbury Borough Council")
    assert "Northshire Council" not in page.html.text


def test_nobody_has_the_name_in_their_password(admin: Visitor) -> None:
    def errors(new: str) -> list[str]:
        typed = {"current": PASSWORD, "new": new, "again": new}
        return admin.send(admin.get("/settings/password"), typed).errors

    show(admin, write(admin, "name", "Zzbury Borough Council"))
    named = "Your password must not contain your name, your e-mail address or the council's name"
    assert errors("quiet zzbury lanterns") == [named]
    assert errors("quiet wooden lanterns") == []  # the control


def test_an_earlier_version_is_shown_again_and_the_history_says_when(admin: Visitor, visitor: Visitor) -> None:
    first = write(admin, "help", "First words.")
    show(admin, first)
    show(admin, write(admin, "help", "Second words."))
    assert "Second words." in visitor.get("/help").text
    assert admin.get("/site/help/write").form("Continue").values["text"] == ["Second words."]
    show(admin, admin.get(first.path))
    assert "First words." in visitor.get("/help").text
    rows = [row.text for row in admin.get("/site").main.all("tr") if first.path.split("/")[-1] in row.text]
    assert rows[0].count("from 21 November 2026") == 2


def test_the_same_words_are_not_put_in_place_twice(admin: Visitor) -> None:
    version = write(admin, "help", "First words.")
    again = admin.get(version.path)
    show(admin, version)
    assert show(admin, again).errors == ["Everybody sees these words already."]


def test_words_begun_before_others_came_into_place_are_shown_beside_them_and_not_kept(
    council: Council, admin: Visitor
) -> None:
    opened = admin.get("/site/help/write")
    show(admin, write(admin, "help", "First words."))
    stale = admin.send(opened, {"text": "Mine.", "why": WHY}, button="Continue")
    assert stale.status == 409
    assert stale.form("Continue").values["text"] == ["Mine."]
    assert [cell.text for cell in stale.main.one("table").all("td")] == ["First words.", "Mine."]
    assert len(trail(council.database, "settings:site_text_written")) == 1
    assert admin.send(stale, {}, button="Continue").path.startswith("/site/versions/")


def test_a_version_is_not_put_in_place_of_words_that_whoever_read_it_had_not_seen(
    council: Council, admin: Visitor, visitor: Visitor
) -> None:
    mine, theirs = write(admin, "help", "Mine."), write(admin, "help", "First words.")
    show(admin, theirs)
    stale = show(admin, mine)
    assert (stale.status, len(stale.errors)) == (409, 1)
    assert theirs.path.split("/")[-1] in stale.main.text
    assert "First words." in visitor.get("/help").text
    assert show(admin, stale).path == "/site"
    assert "Mine." in visitor.get("/help").text


def test_without_the_comparison_words_would_go_that_nobody_had_compared(
    admin: Visitor, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(services, "version_seen", lambda _, part: 1)
    mine, theirs = write(admin, "help", "Mine."), write(admin, "help", "First words.")
    show(admin, theirs)
    show(admin, mine)
    assert "Mine." in visitor.get("/help").text
