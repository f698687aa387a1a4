"""What an administrator does in the browser: staff, passwords, locks, teams and the rota; never a case."""

from datetime import timedelta

import pytest
from flask import Flask

import tracker.staff.services.authority as authority
from tests.fixtures.council import ONE_DATABASE, START, Clock, Council
from tests.fixtures.rehearsal import Rehearsal
from tests.fixtures.trail import last_event, trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.staff.models import StaffLock, StaffMember
from tracker.staff.selectors import find_staff_by_email
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

NEW = {"name": "Nia Zznew", "job_title": "Social worker", "work_email": "Nia.Zznew@northshire.example"}


@pytest.fixture
def admin(council: Council, client_for: ClientFor) -> Visitor:
    return client_for(council.admin)


def at(member: StaffMember, more: str = "") -> str:
    return f"/staff/{member.reference}{more}"


def rows(page: Page) -> list[str]:
    """The lines of the page's first table."""
    return [row.text for row in page.main.all("table")[0].all("tr")[1:]]


# Finding and adding -------------------------------------------------------------------------------------------------


def test_staff_are_found_by_a_part_of_their_name_and_the_name_is_in_no_address(admin: Visitor) -> None:
    assert len(rows(admin.get("/staff"))) == 12
    found = admin.send(admin.get("/staff"), {"words": "zzMANAGER"}, button="Find")
    assert (found.address, len(rows(found))) == ("/staff", 1)
    assert "Mina Zzmanager" in rows(found)[0]
    assert "Team manager, Family Help North" in rows(found)[0]
    nobody = admin.send(found, {"words": "%"}, button="Find")
    assert "Nobody who works here has that" in nobody.text
    assert len(rows(admin.send(nobody, {"words": ""}, button="Find"))) == 12


def test_somebody_is_added_and_their_password_is_shown_once_and_works_once(admin: Visitor, app: Flask) -> None:
    shown = admin.send(admin.get("/staff/new"), NEW)
    assert shown.heading == "One-time password"
    password = shown.main.one("div", having="govuk-inset-text").text
    assert "shown once only" in admin.get(shown.path).text
    assert password not in admin.get(shown.path).html.text
    member = Visitor(app)
    page = member.get("/sign-in")
    first = member.send(page, {"email": NEW["work_email"].lower(), "password": password})
    assert first.heading == "Choose a password"


def test_a_one_time_password_ends_after_24_hours(council: Council, admin: Visitor, app: Flask, clock: Clock) -> None:
    shown = admin.send(admin.get(at(council.worker, "/password")))
    password = shown.main.one("div", having="govuk-inset-text").text
    clock.advance(hours=24)
    refused = Visitor(app).sign_in(council.worker, password=password)
    assert "Your one-time password has ended" in refused.errors[0]


def test_an_address_that_is_taken_is_said_beside_it_and_nothing_is_lost(admin: Visitor) -> None:
    again = admin.send(admin.get("/staff/new"), {**NEW, "work_email": "zzworker@northshire.example"})
    assert again.errors == ["Somebody already signs in with that e-mail address"]
    assert again.form().values["name"] == ["Nia Zznew"]


# Roles ----------------------------------------------------------------------------------------------------------------


def grant(admin: Visitor, member: StaffMember, **typed: str) -> Page:
    days = {"until_on-day": "31", "until_on-month": "12", "until_on-year": "2026"}
    return admin.send(admin.get(at(member, "/roles/new")), {**days, **typed})


def test_a_role_is_granted_for_a_time_shown_and_ended(council: Council, admin: Visitor) -> None:
    page = grant(admin, council.worker, role="social_worker", team=council.south.reference)
    assert "The role was granted." in page.text
    line = next(row for row in rows(page) if "Family Help South" in row)
    assert "the end of 31 December 2026" in line
    ended = admin.send(admin.get(link_to_end(page)))
    assert "Ended" in next(row for row in rows(ended) if "Family Help South" in row)
    assert council.south.id not in council.actor(council.worker).work_teams


def link_to_end(page: Page) -> str:
    links = [link for link in page.main.all("a") if link["href"].endswith("/end")]
    return links[-1]["href"]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"role": "social_worker", "team": "all"}, "A social worker or team manager needs a team"),
        ({"role": "auditor", "team": "night"}, "Duty roles are held in a duty team, all other roles in other teams"),
        ({"role": "auditor", "team": "all", "until_on-year": "2025"}, "A role must end after it begins"),
        ({"role": "", "team": "all"}, "Select a role"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused_beside_its_question(
    council: Council, admin: Visitor, typed: dict[str, str], error: str
) -> None:
    if typed["team"] == "night":
        typed = {**typed, "team": council.night.reference}
    assert grant(admin, council.worker, **typed).errors == [error]


def test_a_role_of_weight_waits_on_the_page_of_whoever_may_confirm_it(
    council: Council, admin: Visitor, client_for: ClientFor
) -> None:
    page = grant(admin, council.worker, role="legal_reviewer", team="all")
    assert "It waits until somebody who holds it" in page.text
    for name in ("manager", "auditor", "officer"):
        assert "No role waits for you." in client_for(getattr(council, name)).get("/roles-to-confirm").text
    legal = client_for(council.legal)
    listed = legal.get("/roles-to-confirm")
    one = legal.get(listed.main.all("th", scope="row")[0].one("a")["href"])
    done = legal.send(one, {"verdict": "confirm"})
    assert "The role is in force." in done.text
    assert last_event(council.database).event == "staff:role_confirmed"


def test_a_role_is_declined_with_a_reason_that_the_administrator_reads(
    council: Council, admin: Visitor, client_for: ClientFor
) -> None:
    grant(admin, council.worker, role="auditor", team="all")
    sro = client_for(council.sro)
    one = sro.get(sro.get("/roles-to-confirm").main.all("th", scope="row")[0].one("a")["href"])
    assert sro.send(one, {"verdict": "decline", "why": ""}).errors == ["Enter why the role is declined"]
    sro.send(one, {"verdict": "decline", "why": "Not trained yet."})
    assert "By Saba Zzresponsible: Not trained yet." in admin.get(at(council.worker)).text
    entry = last_event(council.database)
    assert (entry.event, entry.content) == ("staff:role_declined", {"why": "Not trained yet."})
    assert "No role waits for you." in sro.get("/roles-to-confirm").text


# Nobody their own -----------------------------------------------------------------------------------------------------

OWN = ["/roles/new", "/password", "/lock", "/signed-out", "/close"]


@pytest.mark.parametrize("page", OWN)
def test_an_administrator_reaches_no_change_of_their_own_account(council: Council, admin: Visitor, page: str) -> None:
    assert admin.get(at(council.admin, page)).status == 403


def test_the_page_of_oneself_offers_nothing_to_change(council: Council, admin: Visitor) -> None:
    page = admin.get(at(council.admin))
    assert "This is you." in page.text
    assert [link for link in page.main.all("a") if "/staff/STF" in link["href"]] == []
    assert "Grant a role" in admin.get(at(council.worker)).text


def test_without_the_rule_an_administrator_would_change_a_role_of_their_own(
    council: Council, admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(authority, "may_change_account_of", lambda *_: True)
    done = grant(admin, council.admin, role="social_worker", team=council.north.reference)
    assert "The role was granted." not in done.text  # the table refuses it even so
    assert admin.get(at(council.admin, "/password")).status == 200


CASES = [
    "/people",
    "/people/{person}",
    "/checks/{permit}",
    "/orders/{ordered_order}",
    "/consents/{ordered_consent}",
    "/trail",
]


@pytest.mark.parametrize("address", CASES)
def test_an_administrator_opens_no_case(rehearsal: Rehearsal, address: str) -> None:
    rehearsal.restore()
    assert rehearsal.get("admin", address.format(**rehearsal.records)).status == 403
    rehearsal.restore()


# Closing --------------------------------------------------------------------------------------------------------------


def test_closing_says_how_much_somebody_still_has_and_nothing_of_any_case(rehearsal: Rehearsal) -> None:
    rehearsal.restore()
    page = rehearsal.get("admin", f"/staff/{rehearsal.staff['worker'].reference}/close")
    values = {row.one("th").text: int(row.all("td")[0].text) for row in page.main.one("tbody").all("tr")}
    assert values["Looks that may go ahead"] >= 1
    assert values["Drafts"] == 2
    assert values["Roles"] == 1
    assert "Zzfurnished" not in page.html.text
    assert "CHK-" not in page.html.text
    rehearsal.restore()


def test_whoever_is_closed_is_out_at_once_and_stands_apart(
    council: Council, admin: Visitor, client_for: ClientFor
) -> None:
    leaver = client_for(council.worker)
    page = admin.send(admin.get(at(council.worker, "/close")))
    assert "They were closed." in page.text
    assert leaver.get("/").path == "/sign-in"
    assert "Wanda Zzworker" in admin.get("/staff/closed").text
    assert "Wanda Zzworker" not in admin.get("/staff").text


# Locks and sessions ---------------------------------------------------------------------------------------------------


def test_a_lock_is_shown_and_ended(council: Council, admin: Visitor, app: Flask) -> None:
    with council.database.transaction() as session:
        until = START + timedelta(minutes=30)
        session.add(StaffLock(staff_id=saved_key(council.worker), from_at=START, until_at=until))
    assert "Locked until 21 November 2026 at 10:30am" in admin.get(at(council.worker)).text
    page = admin.send(admin.get(at(council.worker, "/lock")))
    assert "The account is unlocked." in page.text
    assert Visitor(app).sign_in(council.worker).path == "/"
    again = admin.send(admin.get(at(council.worker, "/lock")))
    assert again.errors == ["That account is not locked"]


def test_somebody_is_signed_out_everywhere(council: Council, admin: Visitor, client_for: ClientFor) -> None:
    out = client_for(council.worker)
    assert "On 1 device" in admin.get(at(council.worker)).text
    admin.send(admin.get(at(council.worker, "/signed-out")))
    assert out.get("/").path == "/sign-in"
    assert [entry.facts for entry in trail(council.database, "staff:sessions_ended")] == [{"sessions_ended": 1}]


# Teams and the rota ---------------------------------------------------------------------------------------------------


def test_a_team_is_added_under_another_and_closed_into_a_third(council: Council, admin: Visitor) -> None:
    typed = {"name": "Family Help East", "parent": council.department.reference, "on_duty": "no"}
    page = admin.send(admin.get("/teams/new"), typed)
    assert any("Family Help East" in row and "Family Help" in row for row in rows(page))
    assert admin.send(admin.get("/teams/new"), typed).errors == ["There already is a team of that name"]
    closing = admin.get(f"/teams/{council.south.reference}/close")
    page = admin.send(closing, {"successor": council.north.reference})
    assert any("Family Help North took over" in row for row in rows(page))


def test_a_team_is_moved_under_another_and_never_under_itself(council: Council, admin: Visitor) -> None:
    moving = f"/teams/{council.south.reference}/parent"
    page = admin.send(admin.get(moving), {"parent": council.north.reference})
    assert "The team stands there from now." in page.text
    assert last_event(council.database).facts == {
        "parent": council.north.reference,
        "before": council.department.reference,
    }
    below = admin.send(admin.get(f"/teams/{council.department.reference}/parent"), {"parent": council.south.reference})
    assert below.errors == ["A team cannot stand under itself, or under a team below it"]
    assert admin.send(admin.get(moving), {"parent": "none"}).path == "/teams"


def test_a_shift_is_added_and_ended_and_with_it_what_duty_allows(council: Council, admin: Visitor) -> None:
    with council.database.reading() as session:
        duty = find_staff_by_email(session, council.duty.email)
    assert duty is not None
    begins = {"begins-day": "1", "begins-month": "1", "begins-year": "2027", "begins-time": "6:00pm"}
    ends = {"ends-day": "2", "ends-month": "1", "ends-year": "2027", "ends-time": "6:00am"}
    whom = {"member": duty.reference, "team": council.night.reference}
    page = admin.send(admin.get("/rota/new"), {**begins, **ends, **whom})
    assert any("1 January 2027 at 6:00pm" in row for row in rows(page))
    backwards = admin.send(admin.get("/rota/new"), {**begins, **ends, **whom, "ends-year": "2026"})
    assert backwards.errors == ["A shift must end after it begins"]
    assert council.actor(council.duty).roles
    running = page.main.all("a", having="govuk-link")
    admin.send(admin.get(next(link["href"] for link in running if link["href"].endswith("/end"))))
    assert not council.actor(council.duty, at=START + timedelta(seconds=1)).roles


# Home -----------------------------------------------------------------------------------------------------------------


def test_the_home_page_of_an_administrator_leads_to_what_they_see_to(council: Council, admin: Visitor) -> None:
    with council.database.transaction() as session:
        until = START + timedelta(minutes=30)
        session.add(StaffLock(staff_id=saved_key(council.worker), from_at=START, until_at=until))
    grant(admin, council.worker, role="auditor", team="all")
    home = admin.get("/")
    assert "Accounts that are locked (1)" in home.text
    assert "1 role waits for somebody else to confirm it." in home.text
    assert "Dara Zzduty" in home.text
    links = {link["href"] for link in home.main.all("a")}
    assert {"/staff", "/staff/new", "/teams", "/rota", "/corporate-profiles", at(council.worker)} <= links
    assert "Roles to confirm" not in home.text


def test_the_home_page_of_those_who_read_everything_leads_to_the_trail_and_to_what_waits(
    council: Council, admin: Visitor, client_for: ClientFor
) -> None:
    grant(admin, council.worker, role="auditor", team="all")
    for name in ("sro", "auditor"):
        home = client_for(getattr(council, name)).get("/")
        assert "Roles to confirm (1)" in home.text
        assert {"/trail", "/trail/verify", "/corporate-profiles"} <= {link["href"] for link in home.main.all("a")}
        assert "Find" in home.main.all("button")[0].text
    assert "Roles to confirm" not in client_for(council.legal).get("/").text
