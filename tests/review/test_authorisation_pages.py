"""The pages of applications and authorisations, and what they and the pages of consent say of the checks that wait."""

from datetime import datetime, timedelta

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Typed, Visitor
from tests.review.applying import CASE, apply, apply_outside_ripa, approve, grant, turn_on_non_ripa
from tracker.authorities.models import Application
from tracker.authorities.requests import NewCourtOrder
from tracker.authorities.selectors.waiting import list_applications_waiting
from tracker.authorities.services import report_court_order
from tracker.people.models import Person
from tracker.policy.entitlement import Role
from tracker.policy.vocabulary import Purpose
from tracker.staff.models import StaffMember
from tracker.staff.requests import NewRole
from tracker.staff.services import confirm_role, grant_role
from tracker.storage.tables import saved_key

pytestmark = ONE_DATABASE

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
APPLICATION: Typed = {
    "offence": "Neglect, Children and Young Persons Act 1933 section 1",
    "maximum_penalty": "Ten years",
    "article_7a": "six_months",
    "urn": "NSC/2026/7",
    "confidential_likely": "no",
    "extent_of_platforms": "some",
    "platforms": ["facebook"],
    "extent_of_accounts": "any",
    **CASE,
}


def at(field: str, moment: datetime) -> dict[str, str]:
    """A day and a time as they are typed (in winter London is on UTC)."""
    parts = {"day": moment.day, "month": moment.month, "year": moment.year, "time": f"{moment:%H:%M}"}
    return {f"{field}-{part}": str(value) for part, value in parts.items()}


def grant_of(moment: datetime) -> dict[str, str]:
    return {"own_words": "Zzown words.", "grade": "Head of service", **at("granted_at", moment)}


@pytest.fixture
def kit(casework: Casework) -> Person:
    return casework.person("Kit")


@pytest.fixture
def legal(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.legal)


@pytest.fixture
def officer(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.officer)


def waiting(casework: Casework) -> list[Application]:
    with casework.database.reading() as session:
        return list_applications_waiting(session)


def table(page: Page, caption: str) -> str:
    """The words of the table with that caption."""
    return next(one.text for one in page.main.all("table") if one.one("caption").text == caption)


def test_from_the_application_to_the_justice(
    casework: Casework, kit: Person, legal: Visitor, officer: Visitor, clock: Clock
) -> None:
    page = legal.get(f"/people/{kit.reference}")
    assert "Apply for a RIPA authorisation" in page.text
    page = legal.send(legal.get(f"/people/{kit.reference}/applications/new"), APPLICATION)
    (application,) = waiting(casework)
    assert page.path == f"/authorisations/applications/{application.reference}"
    assert "It waits for the authorising officer" in page.text
    assert "Grant it" not in page.text
    home = officer.get("/")
    assert "NSC/2026/7" in table(home, "Applications that wait for you")
    page = officer.get(page.path)
    clock.advance(minutes=20)
    page = officer.send(officer.get(f"{page.path}/grant"), grant_of(clock()))
    assert page.path.startswith("/authorisations/ripa/")
    assert "It has no effect until a justice of the peace approves it." in page.text
    assert "Zzown words." in page.text
    ripa = page.path
    assert "NSC/2026/7" in table(legal.get("/"), "Waiting for a justice of the peace")
    decided = {
        "decision": "approved",
        "court": "Zzcourt",
        "justice": "J Zzjustice",
        **at("heard_at", clock()),
        "order_place": "Zzfolder",
    }
    page = legal.get(f"{ripa}/hearing")
    assert "is another record, and neither stands for the other" in page.text
    assert legal.send(page, {**decided, "order_place": ""}).errors == ["Enter where the copy of the order is kept"]
    assert "It never had any effect." in page.text
    page = legal.send(page, decided)
    assert "The authorisation has no effect from the hearing on." in legal.get(f"{ripa}/hearing").text
    assert "Judicial approval is recorded. Its last day is 20 February 2027." in page.text
    assert "the copy of the order: Zzfolder" in page.text
    assert "NSC/2026/7" in table(officer.get("/"), "Authorisations that you granted, in force")


def test_where_article_7a_is_not_met_the_page_says_so_and_offers_what_is_left(
    casework: Casework, kit: Person, legal: Visitor
) -> None:
    new = f"/people/{kit.reference}/applications/new"
    not_met = {"offence": "Shouting", "maximum_penalty": "A fine", "article_7a": "not_met"}
    page = legal.send(legal.get(new), not_met)
    assert page.heading == "RIPA is not available: article 7A is not met"
    assert all(route in page.text for route in ("Agreement.", "Specific notice.", "A court's order or direction"))
    assert "non-RIPA" not in page.text
    assert waiting(casework) == []
    turn_on_non_ripa(casework)
    page = legal.send(legal.get(new), not_met)
    assert "Apply for a non-RIPA authorisation" in page.text


def test_what_is_asked_only_where_article_7a_is_met_is_missed_only_then(kit: Person, legal: Visitor) -> None:
    page = legal.send(legal.get(f"/people/{kit.reference}/applications/new"), {"article_7a": "six_months"})
    assert "Enter the URN" in page.errors
    page = legal.send(legal.get(f"/people/{kit.reference}/applications/new"), {"article_7a": "not_met"})
    assert page.errors == ["Enter the offence", "Enter the maximum penalty"]


def test_an_officer_who_had_a_part_is_told_that_another_must_answer(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    application = apply(casework, kit)
    address = f"/authorisations/applications/{application.reference}"
    _make_officer(casework, casework.council.worker)
    casework.ask(kit)
    page = client_for(casework.council.worker).get(address)
    assert "Another authorising officer must answer this." in page.text
    assert "Grant it" not in page.text
    assert client_for(casework.council.worker).get(f"{address}/grant").status == 403
    assert "Grant it" in client_for(casework.council.officer).get(address).text


def test_a_refusal_is_shown_with_its_reasons_and_listed(
    casework: Casework, kit: Person, legal: Visitor, officer: Visitor
) -> None:
    address = f"/authorisations/applications/{apply(casework, kit).reference}"
    page = officer.get(f"{address}/refuse")
    assert "The application and your reasons stay on record. Legal may" in page.text
    page = officer.send(page, {"why": "Zztoo wide.", "grade": "Director"})
    assert page.path == address
    assert "Zztoo wide." in page.text
    assert "Refused" in table(legal.get("/authorisations"), "Applications refused or withdrawn")
    assert officer.send(officer.get(f"{address}/grant"), grant_of(START)).errors == [
        "This application was refused already"
    ]


def test_legal_withdraws_what_waits_after_confirming_it_with_a_reason(
    casework: Casework, kit: Person, legal: Visitor, officer: Visitor
) -> None:
    address = f"/authorisations/applications/{apply(casework, kit).reference}"
    assert "Withdraw it" not in officer.get(address).text
    assert "Withdraw it" in legal.get(address).text
    page = legal.get(f"{address}/withdraw")
    assert "The application and your reason stay on record." in page.text
    assert "This cannot be undone" in page.text
    assert legal.send(page, {"why": " "}).errors == ["Enter why you withdraw it"]
    assert len(waiting(casework)) == 1
    page = legal.send(legal.get(f"{address}/withdraw"), {"why": "Zzno longer needed."})
    assert page.path == address
    assert "Zzno longer needed." in page.text
    assert "Withdraw it" not in page.text
    assert waiting(casework) == []
    assert "Withdrawn" in table(legal.get("/authorisations"), "Applications refused or withdrawn")
    assert "Grant it" not in officer.get(address).text
    assert officer.send(officer.get(f"{address}/grant"), grant_of(START)).errors == [
        "This application was withdrawn by Legal"
    ]


def test_a_renewal_is_offered_while_the_authorisation_is_in_force(
    casework: Casework, kit: Person, legal: Visitor, clock: Clock
) -> None:
    granted = grant(casework, apply(casework, kit))
    address = f"/authorisations/ripa/{granted.reference}"
    assert "Prepare a renewal" not in legal.get(address).text
    approve(casework, granted.reference)
    clock.advance(minutes=20)
    assert "Prepare a renewal" in legal.get(address).text
    page = legal.get(f"{address}/renew")
    assert page.main.one("input", name="offence")["value"] == "Neglect"
    page = legal.send(page, {key: value for key, value in APPLICATION.items() if key != "offence"})
    assert "Renewal of" in page.text
    assert "(renewal)" in table(legal.get("/authorisations"), "Applications that wait for the authorising officer")


def test_a_review_that_finds_no_need_is_not_recorded_and_leads_to_the_cancellation(
    casework: Casework, kit: Person, officer: Visitor, clock: Clock
) -> None:
    granted = grant(casework, apply(casework, kit))
    address = f"/authorisations/ripa/{granted.reference}"
    clock.advance(minutes=20)
    found = {**at("at", clock()), "value_so_far": "Zznothing.", "result": "Zzwhy.", "still_necessary": "no"}
    page = officer.send(officer.get(f"{address}/review"), found)
    assert page.errors == ["What is no longer necessary and proportionate must be cancelled. Cancel it instead"]
    page = officer.send(officer.get(f"{address}/review"), {**found, "still_necessary": "yes"})
    assert "Zznothing." in table(page, "Reviews")
    done = {**at("at", clock()), "why": "Zzdone.", "obtained": "Zzposts.", "material": "Zzkept."}
    cancelling = officer.get(f"{address}/cancel")
    assert "Cancel the authorisation Go back" in cancelling.text
    page = officer.send(cancelling, done, button="Cancel the authorisation")
    assert all(words in page.text for words in ("It was cancelled on", "Zzdone.", "Zzposts.", "Zzkept."))
    assert "Review it" not in page.text
    assert "Next review" not in page.text


def test_reviews_due_and_ends_are_on_the_officers_home_page(
    casework: Casework, kit: Person, officer: Visitor, clock: Clock
) -> None:
    granted = grant(casework, apply(casework, kit))
    approve(casework, granted.reference)
    assert "No review is due within 7 days." in officer.get("/").text
    clock.set(START + 22 * DAY)
    officer = _again(officer, casework, clock)
    assert "Due on 19 December 2026." in table(officer.get("/"), "Reviews due")
    clock.set(START + 90 * DAY)
    page = _again(officer, casework, clock).get("/")
    assert "it carries no look until it is reviewed" in table(page, "Reviews due")
    assert "Its last day is tomorrow: 20 February 2027." in table(page, "Authorisations ending within 28 days")


def test_outside_ripa_nothing_is_there_while_the_council_has_it_off(
    casework: Casework, kit: Person, legal: Visitor, officer: Visitor, clock: Clock
) -> None:
    new = f"/people/{kit.reference}/applications/new-non-ripa"
    assert legal.get(new).status == 404
    assert "Apply for a non-RIPA" not in legal.get(f"/people/{kit.reference}").text
    turn_on_non_ripa(casework)
    assert "Apply for a non-RIPA authorisation" in legal.get(f"/people/{kit.reference}").text
    assert legal.get(new).status == 200
    first, second = (apply_outside_ripa(casework, kit).reference for _ in range(2))
    page = officer.send(officer.get(f"/authorisations/applications/{first}/grant"), grant_of(START))
    assert "This is not a RIPA authorisation" in page.text
    granted = page.path
    assert officer.get(f"{granted}/review").status == officer.get(f"{granted}/cancel").status == 200
    turn_on_non_ripa(casework, on=False, now=START + MINUTE)
    clock.advance(minutes=20)
    for address in (f"{granted}/review", f"{granted}/cancel", f"/authorisations/applications/{second}/grant"):
        assert officer.get(address).status == 404, address
    page = officer.get(granted)
    assert page.status == 200, "what was granted stays on record"
    assert "Review it" not in page.text
    assert "Grant it" not in officer.get(f"/authorisations/applications/{second}").text


# A court's order -----------------------------------------------------------------------------------------------------


def report(casework: Casework, person: Person) -> str:
    new = NewCourtOrder(
        persons=frozenset({person.reference}),
        court="Zzcourt",
        case_number="ZZ1",
        judge="HHJ Zzjudge",
        made_on=START.date(),
        from_on=START.date(),
        terms="Zzreported terms",
        terms_clear=True,
    )
    with casework.transaction() as session:
        return report_court_order(session, new, by=casework.worker, now=START).reference


def test_legal_sees_what_is_left_of_the_hours_and_then_that_it_cannot_be_used(
    casework: Casework, kit: Person, legal: Visitor, clock: Clock
) -> None:
    order = report(casework, kit)
    page = legal.get("/orders")
    assert order in page.text
    assert "It can be used until 24 November 2026 at 10:00am (72 hours left)" in page.text
    clock.set(START + 72 * HOUR)
    legal = _again(legal, casework, clock, who="legal")
    assert "it carries no look since 24 November 2026 at 10:00am" in table(
        legal.get("/"), "Court's orders reported and not yet seen"
    )
    assert "It cannot be used until Legal has seen the sealed copy." in legal.get(f"/orders/{order}").text


def test_a_sealed_copy_that_says_the_same_is_seen_in_one_answer(
    casework: Casework, kit: Person, legal: Visitor
) -> None:
    order = report(casework, kit)
    page = legal.send(legal.get(f"/orders/{order}/seen"), {"as_reported": "yes"})
    assert page.path == f"/orders/{order}"
    assert "Legal has seen the sealed copy." in page.text
    assert legal.send(legal.get(f"/orders/{order}/seen"), {"as_reported": "yes"}).errors


def test_a_sealed_copy_that_says_something_else_is_recorded_beside_the_report(
    casework: Casework, kit: Person, legal: Visitor
) -> None:
    order = report(casework, kit)
    page = legal.get(f"/orders/{order}/seen")
    assert page.main.one("textarea", name="terms").text == "Zzreported terms"
    page = legal.send(page, {"as_reported": "no", "terms": "Zzsealed terms"})
    assert page.path != f"/orders/{order}"
    assert "Zzsealed terms" in page.text
    assert order in page.text
    corrected = page.path.removeprefix("/orders/")
    page = legal.get(f"/orders/{order}")
    assert "The sealed copy says something else than was reported here." in page.text
    assert "Zzreported terms" in page.text
    assert corrected in page.text


# What a record changes for the checks that wait ----------------------------------------------------------------------


def test_consent_says_at_once_that_the_waiting_check_could_go_ahead_and_only_to_who_may_read_it(
    casework: Casework, kit: Person, client_for: ClientFor, clock: Clock
) -> None:
    casework.ask(kit, now=START)
    blocked = casework.ask(kit, now=START)
    clock.advance(hours=1)
    worker = client_for(casework.council.worker)
    casework.consent(kit, now=clock())
    page = worker.get(f"/people/{kit.reference}")
    consent = next(one["href"] for one in page.main.all("a") if one["href"].startswith("/consents/"))
    page = worker.get(consent)
    assert "It could go ahead now, on consent, once it is asked for again." in page.text
    assert blocked.reference in page.text
    colleague = client_for(casework.council.colleague).get(consent)
    assert "Wanda Zzworker asked for it." in colleague.text
    assert "Ask again" not in colleague.text
    other = client_for(casework.council.worker2).get(consent)
    assert blocked.reference not in other.text
    assert "1 check about them that you cannot open waits too." in other.text
    page = worker.send(page, button="Ask again")
    assert page.path == f"/checks/{blocked.reference}"
    assert "You may go ahead" in page.text
    assert "No check about them waits." in worker.get(consent).text


def test_an_approval_says_what_it_changes_for_crime_and_nothing_for_welfare(
    casework: Casework, kit: Person, client_for: ClientFor
) -> None:
    granted = grant(casework, apply(casework, kit))
    crime = casework.ask(kit, purpose=Purpose.PREVENT_OR_DETECT_CRIME)
    welfare = casework.ask(kit)
    approve(casework, granted.reference)
    page = client_for(casework.council.worker).get(f"/authorisations/ripa/{granted.reference}")
    words = table(page, "What this changes for the checks about them")
    assert words.index(crime.reference) < words.index("It could go ahead now") < words.index(welfare.reference)
    assert "Nothing changes: blocked until judicial approval or a court's order is recorded." in words


def _again(visitor: Visitor, casework: Casework, clock: Clock, who: str = "officer") -> Visitor:
    """The same member of staff after their session has ended."""
    visitor.sign_in(getattr(casework.council, who))
    return visitor


def _make_officer(casework: Casework, member: StaffMember) -> None:
    """Somebody is an authorising officer too, confirmed by the Senior Responsible Officer."""
    with casework.transaction() as session:
        role = NewRole(saved_key(member), Role.AUTHORISING_OFFICER)
        granted = grant_role(session, role, by=casework.admin, now=START)
        confirm_role(session, saved_key(granted), by=casework.sro, now=START)
