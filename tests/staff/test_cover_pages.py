"""Naming who stands in for one, or for somebody who cannot: the pages, what they say and what they refuse."""

from datetime import timedelta

import pytest

from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.trail import last_event, trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.audit.selectors import Wanted, list_entries
from tracker.audit.showing import sentence_of
from tracker.policy.entitlement import Role
from tracker.staff.models import StaffMember

pytestmark = ONE_DATABASE
DAY = timedelta(days=1)
LAST_DAY = {"until_on-day": "4", "until_on-month": "12", "until_on-year": "2026"}
FIRST_DAY = {"from_on-day": "23", "from_on-month": "11", "from_on-year": "2026"}


def naming(visitor: Visitor, deputy: StaffMember, path: str = "/settings/cover/new", **more: str) -> Page:
    answers = {"member": deputy.reference, **LAST_DAY, "reason": "Annual leave", **more}
    return visitor.send(visitor.get(path), answers)


def test_a_manager_names_who_stands_in_for_them_and_both_are_told_for_as_long_as_it_lasts(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    manager, deputy = client_for(council.manager), client_for(council.colleague)
    page = naming(manager, council.colleague, **FIRST_DAY)
    assert page.path == "/settings/cover"
    assert "The cover was recorded, from midnight at the start of 23 November 2026 until" in page.text
    assert "Cole Zzcolleague" in page.main.one("table").text
    assert "To come" in page.text
    assert "stand in for" not in deputy.get("/").text
    clock.set(START + 3 * DAY)
    told = client_for(council.colleague).get("/").text
    assert "You stand in for Mina Zzmanager (team manager) until" in told
    assert "Cole Zzcolleague stands in for you until" in client_for(council.manager).get("/").text
    clock.set(START + 14 * DAY)
    assert "stand in for" not in client_for(council.colleague).get("/").text
    shown = client_for(council.manager).get("/settings/cover").text
    assert "It ended on" in shown
    assert "Annual leave" in shown


def test_cover_is_ended_early_and_cover_to_come_never_begins(
    council: Council, client_for: ClientFor, clock: Clock
) -> None:
    manager = client_for(council.manager)
    naming(manager, council.colleague)
    naming(manager, council.manager2, **FIRST_DAY)
    clock.advance(minutes=10)
    assert Role.TEAM_MANAGER in council.actor(council.colleague, at=clock()).roles
    for _ in range(2):
        page = manager.get("/settings/cover")
        page = manager.get(next(link["href"] for link in page.main.all("a") if link.text.startswith("End it")))
        assert page.heading == "End cover"
        manager.send(page, {})
    assert last_event(council.database).event == "staff:cover_ended"
    assert Role.TEAM_MANAGER not in council.actor(council.colleague, at=clock()).roles
    shown = manager.get("/settings/cover").text
    assert "It ended on 21 November 2026 at 10:10am." in shown
    assert "It never began." in shown
    clock.set(START + 3 * DAY)
    assert len(council.actor(council.manager2, at=clock()).holdings) == 1


def test_an_administrator_names_a_deputy_for_a_worker_who_fell_ill_and_the_worker_ends_it(
    council: Council, client_for: ClientFor
) -> None:
    admin = client_for(council.admin)
    member = admin.get(f"/staff/{council.worker.reference}")
    form = admin.get(next(link["href"] for link in member.main.all("a") if "stands in" in link.text))
    offered = {option.get("value") for option in form.main.one("select", name="member").all("option")}
    assert council.colleague.reference in offered
    assert not {council.worker.reference, council.admin.reference} & offered
    page = naming(admin, council.colleague, form.path)
    assert page.path == "/cover"
    assert "The cover was recorded, from now until" in page.text
    assert "Cole Zzcolleague" in page.main.one("table").text
    worker = client_for(council.worker)
    shown = worker.get("/settings/cover")
    assert "Ada Zzadministrator" in shown.main.one("table").text
    end = next(link["href"] for link in shown.main.all("a") if link.text.startswith("End it"))
    assert "The cover was ended" in worker.send(worker.get(end), {}).text


def test_another_manager_sees_and_ends_what_they_could_have_named(council: Council, client_for: ClientFor) -> None:
    naming(client_for(council.manager), council.colleague)
    naming(client_for(council.legal), council.worker2)
    shown = client_for(council.manager2).get("/cover")
    table = shown.main.all("table")[0].text
    assert "Mina Zzmanager" in table
    assert "Lena Zzlegal" not in table
    named = {link.text for link in shown.main.all("a")}
    assert {"Hedda Zzhead", "Mina Zzmanager"} <= named
    assert not {"Wanda Zzworker", "Moss Zzothermanager"} & named
    everything = client_for(council.admin).get("/cover").main.one("table").text
    assert "Mina Zzmanager" in everything
    assert "Lena Zzlegal" in everything


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"member": ""}, "Select who stands in"),
        ({"until_on-day": "1", "until_on-month": "11"}, "Cover must end after it begins"),
        ({"from_on-day": "1", "from_on-month": "11", "from_on-year": "2026"}, "Cover cannot begin in the past"),
        ({"reason": ""}, "Enter why cover is needed"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_question(
    council: Council, client_for: ClientFor, more: dict[str, str], error: str
) -> None:
    page = naming(client_for(council.worker), council.colleague, **more)
    assert page.title.startswith("Error: ")
    assert any(error in line for line in page.errors)
    assert not trail(council.database, "staff:deputy_named")


def test_the_same_deputy_is_not_named_twice_for_the_same_days(council: Council, client_for: ClientFor) -> None:
    worker = client_for(council.worker)
    naming(worker, council.colleague)
    page = naming(worker, council.colleague, **FIRST_DAY)
    assert any("stands in for Wanda Zzworker for some of that time already" in line for line in page.errors)


def test_the_trail_says_for_whom_a_deputy_stood_in(council: Council, client_for: ClientFor, clock: Clock) -> None:
    naming(client_for(council.manager), council.colleague)
    clock.advance(minutes=1)
    naming(client_for(council.colleague), council.worker2)
    with council.database.reading() as session:
        newest = list_entries(session, Wanted(), size=1)[0]
        said = sentence_of(newest, {})
    assert said.startswith("Cole Zzcolleague (social worker; for Mina Zzmanager, team manager) named a deputy")
