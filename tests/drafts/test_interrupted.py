"""A page posted after its session ended comes back filled in for the same person, once, and for nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.council import START, Clock, Council
from tests.fixtures.html import values_of
from tests.fixtures.notebook import Notebook
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.drafts.models import Draft
from tracker.drafts.services import MOST_INTERRUPTED, keep_interrupted
from tracker.staff.services import close_staff_member, end_sessions
from tracker.storage.tables import saved_key

pytestmark = pytest.mark.one_database
NOTE = {"heading": "Zzheading <b>", "words": "Line one\r\nLine “two” & more", "secret_password": "hunter's secret"}


def interrupted(visitor: Visitor, clock: Clock, typed: dict[str, str] | None = None) -> Page:
    """Fills the form in, is away for 31 minutes, and sends it."""
    page = visitor.get("/notebook")
    clock.advance(minutes=31)
    return visitor.send(page, typed or NOTE)


def drafts(council: Council) -> list[Draft]:
    with council.database.reading() as session:
        return list(session.exec(select(Draft)))


def test_what_was_typed_comes_back_to_whoever_typed_it_and_nothing_was_carried_out(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    page = interrupted(visitor, clock)
    assert page.path == "/sign-in"
    assert "You were signed out before this was saved" in page.text
    page = visitor.send(page, {"email": council.worker.email, "password": "three wooden lighthouses"})
    assert page.heading == "You were signed out before this was saved"
    shown = visitor.send(page)
    assert (shown.path, shown.heading, shown.errors) == ("/notebook", "Notebook", [])
    values = values_of(shown.form().element)
    assert values["heading"] == ["Zzheading <b>"]
    assert values["words"][0].replace("\r\n", "\n") == "Line one\nLine “two” & more"
    assert values["secret_password"] == [""]
    assert notebook.saved == []
    visitor.send(shown)
    assert [heading for heading, _ in notebook.saved] == ["Zzheading <b>"]


def test_it_keeps_the_forms_one_time_id_so_that_it_is_still_carried_out_once(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    before = visitor.get("/notebook")
    clock.advance(minutes=31)
    visitor.send(before, NOTE)
    shown = visitor.send(visitor.sign_in(council.worker))
    assert shown.form().values["submission"] == before.form().values["submission"]


def test_it_is_shown_to_nobody_else(council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock) -> None:
    visitor = client_for(council.worker)
    interrupted(visitor, clock)
    page = visitor.sign_in(council.colleague)
    assert "Zzheading" not in page.response.text
    for path in ("/unsaved", "/notebook", "/settings"):
        assert "Zzheading" not in visitor.get(path).response.text
    assert visitor.get("/unsaved").heading == "Nothing is waiting to be saved"
    assert "Zzheading" in client_for(council.worker).get("/unsaved").response.text


def test_a_password_and_the_token_are_not_kept(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    interrupted(client_for(council.worker), clock)
    (kept,) = drafts(council)
    assert set(kept.content["values"]) == {"heading", "words", "submission"}
    assert (kept.staff_id, kept.form, kept.content["path"]) == (council.worker.id, "interrupted", "/notebook")


def test_it_is_gone_once_it_was_shown_in_its_form(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    interrupted(visitor, clock)
    page = visitor.sign_in(council.worker)
    assert len(drafts(council)) == 1
    visitor.send(page)
    assert drafts(council) == []


def test_it_is_offered_once_after_signing_in_and_waits_where_it_was_not_taken(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    interrupted(visitor, clock)
    page = visitor.sign_in(council.worker)
    assert page.path == "/unsaved"
    assert visitor.get("/notebook").path == "/notebook"
    assert visitor.get("/unsaved").heading == "You were signed out before this was saved"


def test_it_is_kept_for_a_day(council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock) -> None:
    visitor = client_for(council.worker)
    interrupted(visitor, clock)
    sent = clock()
    clock.set(sent + timedelta(hours=24) - timedelta(seconds=1))
    assert visitor.sign_in(council.worker).path == "/unsaved"
    clock.set(sent + timedelta(hours=24))
    assert visitor.get("/unsaved").heading == "Nothing is waiting to be saved"


@pytest.mark.parametrize("ended_by", ["an administrator", "signing out in another tab", "twelve hours"])
def test_it_is_kept_however_the_session_ended(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock, ended_by: str
) -> None:
    visitor = client_for(council.worker)
    page = visitor.get("/notebook")
    if ended_by == "an administrator":
        with council.database.transaction() as session:
            end_sessions(session, saved_key(council.worker), by=council.actor(council.admin), now=START)
    elif ended_by == "twelve hours":
        clock.advance(hours=12)
    else:
        visitor.send(visitor.get("/settings"), button="Sign out")
    visitor.send(page, NOTE)
    assert visitor.sign_in(council.worker).path == "/unsaved"
    assert notebook.saved == []


def test_a_page_without_our_token_is_not_kept(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    visitor.get("/notebook")
    clock.advance(minutes=31)
    for token in ({}, {"csrf_token": "forged"}):
        page = visitor.post("/notebook", {**NOTE, **token}, follow=False)
        assert (page.status, page.location) == (303, "/sign-in?next=/notebook")
    assert drafts(council) == []


def test_a_page_of_a_session_that_never_was_is_not_kept(
    council: Council, visitor: Visitor, client_for: ClientFor, notebook: Notebook
) -> None:
    form = client_for(council.worker).get("/notebook").form()
    page = visitor.post("/notebook", {**form.values, **NOTE}, follow=False)
    assert page.location == "/sign-in?next=/notebook"
    own_token = visitor.get("/sign-in").csrf_token
    visitor.post("/notebook", {**form.values, **NOTE, "csrf_token": own_token})
    assert drafts(council) == []


def test_nothing_is_kept_for_somebody_who_has_left(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    page = visitor.get("/notebook")
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.worker), by=council.actor(council.admin), now=START)
    visitor.send(page, NOTE)
    assert drafts(council) == []


def test_a_button_that_was_pressed_too_late_is_not_kept_and_not_pressed_later(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    token = visitor.get("/notebook").csrf_token
    clock.advance(minutes=31)
    page = visitor.post("/notebook/press", {"csrf_token": token}, follow=False)
    assert (page.status, page.location) == (303, "/sign-in")
    assert drafts(council) == []
    visitor.sign_in(council.worker)
    assert notebook.pressed == 0


def test_a_restored_page_without_our_token_carries_nothing_out_and_throws_nothing_away(
    council: Council, client_for: ClientFor, notebook: Notebook, clock: Clock
) -> None:
    visitor = client_for(council.worker)
    interrupted(visitor, clock)
    visitor.sign_in(council.worker)
    assert visitor.post("/notebook", {**NOTE, "_restored": "1"}).status == 400
    assert len(drafts(council)) == 1
    assert notebook.saved == []


def test_a_second_page_of_the_same_place_takes_the_place_of_the_first(council: Council) -> None:
    for number in range(3):
        keep(council, "/notebook", words=str(number))
    assert [one.content["values"] for one in drafts(council)] == [{"words": ["2"]}]


def test_at_most_ten_pages_of_one_person_are_kept(council: Council) -> None:
    for number in range(MOST_INTERRUPTED + 5):
        keep(council, f"/notebook/{number}", words=str(number))
    kept = sorted(int(one.content["values"]["words"][0]) for one in drafts(council))
    assert kept == list(range(5, MOST_INTERRUPTED + 5))


def keep(council: Council, path: str, **values: str) -> None:
    with council.database.transaction() as session:
        typed = {name: [value] for name, value in values.items()}
        keep_interrupted(session, staff_id=saved_key(council.worker), path=path, values=typed, now=START)
