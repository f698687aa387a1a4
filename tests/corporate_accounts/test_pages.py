"""Keeping the register of the council's own profiles in the browser."""

from tests.fixtures.council import ONE_DATABASE, START, Council
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page
from tracker.corporate_accounts.selectors import list_profiles_of
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

DAY = {"registered_on-day": "3", "registered_on-month": "11", "registered_on-year": "2026"}
NEW = {"on_platform": "facebook", "handle": "@Northshire.Social", **DAY}


def link(page: Page, words: str) -> str:
    return next(one["href"] for one in page.main.all("a") if one.text.startswith(words))


def test_a_profile_is_registered_used_by_those_named_ended_and_closed(council: Council, client_for: ClientFor) -> None:
    admin = client_for(council.admin)
    page = admin.send(admin.get("/corporate-profiles/new"), NEW)
    assert page.heading == "northshire.social on Facebook"
    assert "Nobody may use it yet." in page.text
    page = admin.send(admin.get(link(page, "Allow somebody")), {"member": council.worker.reference})
    assert usable(council) == ["northshire.social"]
    again = admin.send(admin.get(link(page, "Allow somebody")), {"member": council.worker.reference})
    assert again.errors == ["They may already use this profile at that time"]
    admin.send(admin.get(link(page, "End")))
    assert usable(council) == []
    page = admin.send(admin.get(link(page, "Close")))
    assert "Nobody may use it since 21 November 2026." in page.text
    assert [link["href"] for link in page.main.all("a") if "users/new" in link["href"]] == []
    events = [entry.event for entry in trail(council.database) if entry.event.startswith("accounts:")]
    assert events == ["accounts:profile_added", "accounts:user_added", "accounts:user_ended", "accounts:profile_closed"]


def usable(council: Council) -> list[str]:
    with council.database.reading() as session:
        return [one.handle for one in list_profiles_of(session, saved_key(council.worker), START)]


def test_what_cannot_be_registered_is_said_beside_its_question(council: Council, client_for: ClientFor) -> None:
    admin = client_for(council.admin)
    admin.send(admin.get("/corporate-profiles/new"), NEW)
    again = admin.send(admin.get("/corporate-profiles/new"), {**NEW, "handle": "NORTHSHIRE.social"})
    assert again.errors == ["This profile is already in the register"]
    later = admin.send(admin.get("/corporate-profiles/new"), {**NEW, "handle": "other", "registered_on-year": "2027"})
    assert later.errors == ["The day it was registered must not be in the future"]


def test_whoever_is_no_administrator_reads_the_register_and_changes_nothing(
    council: Council, client_for: ClientFor
) -> None:
    worker = client_for(council.worker)
    page = worker.get("/corporate-profiles")
    assert "An administrator registers a profile" in page.text
    assert [one for one in page.main.all("a") if "/new" in one["href"]] == []
