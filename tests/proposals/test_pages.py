"""Proposing in the browser: only what changes is shown, errors lead to their fields, and forms follow what was signed."""

from datetime import datetime, timedelta

import pytest

from tests.checks.test_pages_of_asking import WHY, begin, to_answers
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.settling import PASSWORD
from tests.fixtures.visitor import ClientFor, Page, Typed, Visitor
from tracker.policy.entitlement import Actor
from tracker.policy.limits import LIMITS
from tracker.policy.vocabulary import Platform, Purpose
from tracker.rulebook.requests import NewBasis, NewLawfulBasis, NewPlatforms, NewPurposes, NewSetting
from tracker.rulebook.selectors import find_in_force
from tracker.rulebook.services import propose_setting, sign_proposal
from tracker.rulebook.vocabulary import Subject

pytestmark = ONE_DATABASE
WHY_NOT = {"why": "We looked at it again."}


@pytest.fixture
def legal(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.legal)


def propose(visitor: Visitor, what: str, typed: Typed) -> Page:
    """What stands on the page after the form."""
    return visitor.send(visitor.get(f"/policy/propose/{what}"), {**WHY_NOT, **typed}, button="Continue")


def difference(page: Page) -> dict[str, list[str]]:
    """The rows of the table of what would change."""
    (table,) = [one for one in page.main.all("table") if one.one("caption").text == "Against what is in force now"]
    return {row.one("th").text: [one.text for one in row.all("td")] for row in table.one("tbody").all("tr")}


def in_force(casework: Casework, new: NewSetting, now: datetime = START) -> None:
    with casework.transaction() as session:
        reference = propose_setting(session, new, by=casework.admin, now=now).reference
        for by in (casework.legal, casework.sro):
            sign_proposal(session, reference, by=by, now=now)


def test_every_limit_stands_there_as_it_is_with_its_range_and_only_what_changes_is_shown(legal: Visitor) -> None:
    form = legal.get("/policy/propose/limits")
    assert {limit.name for limit in LIMITS} <= set(form.form("Continue").values)
    assert "Now 60. May be 5 to 240; shipped as 60." in form.text
    page = propose(legal, "limits", {"sitting_minutes": "45"})
    assert difference(page) == {"How many minutes one sitting may last. sitting_minutes": ["60", "45", "5 to 240"]}
    assert "No single decision rests on sitting minutes" in page.text
    shown = legal.send(page, {}, button="Propose this")
    assert "It waits for the signature of a legal reviewer and the Senior Responsible Officer." in shown.text


def test_what_is_out_of_range_is_said_at_its_field_and_what_changes_nothing_is_not_proposed(legal: Visitor) -> None:
    page = propose(legal, "limits", {"sitting_minutes": "241", "permit_working_days": ""})
    assert page.errors == ["Sitting minutes must be between 5 and 240", "Permit working days: enter a number"]
    for what, sentence in (
        ("limits", "Nothing would change: this is how it is now"),
        ("platforms", "Nothing would change: this is how it is now"),
        ("purposes", "Nothing would change: this is how it is now"),
    ):
        assert propose(legal, what, {}).errors == [sentence]
    assert propose(legal, "purposes", {"offered": []}).errors == ["Select at least one purpose"]


def test_a_basis_names_who_decided_it_and_when_and_no_day_to_come(legal: Visitor) -> None:
    decided = {
        "officer": "Dee Zzprotection",
        "decided_on-day": "22",
        "decided_on-month": "11",
        "decided_on-year": "2026",
    }
    page = propose(legal, "basis/other", decided)
    assert page.errors == ["When they decided it must not be in the future"]
    page = propose(
        legal,
        "basis/other",
        {**decided, "decided_on-day": "20", "statutory_function": "Zzfunction", "article_10": "Zzten"},
    )
    assert difference(page) == {
        "Article 10": ["None", "Zzten"],
        "Statutory function": [
            "The statutory function that the worker names in the reasons of the check",
            "Zzfunction",
        ],
        "Decided by": ["Nobody yet", "Dee Zzprotection, data protection officer, on 20 November 2026"],
    }


def test_a_check_keeps_the_basis_that_it_was_asked_for_under(casework: Casework, client_for: ClientFor) -> None:
    worker, person = client_for(casework.council.worker), casework.person("Kit")
    check = casework.ask(person)
    basis = NewLawfulBasis(Purpose.ASSESSMENT, "Zzsix", "Zznine", "Zzfunction")
    in_force(casework, NewBasis(basis, "Dee Zzprotection", START.date(), "Decided anew."))
    assert "Zzfunction" not in worker.get(f"/checks/{check.reference}").text
    assert "Zzfunction" in to_answers(worker, person).text


def test_a_form_left_and_come_back_to_has_what_was_typed(legal: Visitor) -> None:
    page = propose(legal, "platforms", {"tells": ["dating"]})
    back = next(one["href"] for one in page.main.all("a") if one.text == "Change what you propose")
    assert legal.get(back).form("Continue").values["tells"] == ["dating"]


def test_who_proposed_withdraws_it_and_it_stays_in_the_history(legal: Visitor) -> None:
    shown = legal.send(propose(legal, "platforms", {"tells": ["dating"]}), {}, button="Propose this")
    page = legal.send(legal.get(f"{shown.path}/withdraw"), {"why": "Zzmistake."}, button="Withdraw this proposal")
    assert "withdrew it on 21 November 2026" in page.text
    history = legal.get("/policy/proposals").text
    assert "Zzmistake." in history
    assert "Nothing waits for a signature." in history


def test_the_forms_offer_the_purposes_that_were_signed_with_the_councils_hints_and_a_draft_of_another_goes_back(
    casework: Casework, client_for: ClientFor
) -> None:
    worker, person = client_for(casework.council.worker), casework.person("Kit")
    answers = to_answers(worker, person)
    in_force(casework, NewPurposes({Purpose.CARER_REVIEW: "Zzhint of ours", Purpose.OTHER: ""}, "Fewer."))
    page = begin(worker, person)
    assert [one["value"] for one in page.main.all("input", name="purpose")] == ["carer_review", "other"]
    assert "Zzhint of ours" in page.text
    assert worker.send(page, WHY, button="Continue").errors == ["What is it for?: choose one of the answers shown"]
    back = worker.send(answers, {}, button="Ask for a decision")
    assert back.path.endswith("/why")


def test_a_permit_warns_of_the_platforms_that_tell_as_was_signed(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    worker = client_for(casework.council.worker)
    check = casework.ask(casework.person("Kit"), platforms=(Platform.LINKEDIN, Platform.DATING))
    page = worker.get(f"/checks/{check.reference}").text
    assert "LinkedIn tells people who looked at their profile." in page
    in_force(casework, NewPlatforms(frozenset({Platform.DATING}), "LinkedIn stopped."))
    clock.advance(minutes=1)
    page = worker.get(f"/checks/{check.reference}").text
    assert "LinkedIn tells" not in page
    assert f"{Platform.DATING.label} may tell people who looked." in page


def test_two_proposals_read_at_once_are_not_both_signed_unread(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    """What came into force while the page was open is read before anything is signed."""

    def _propose(by: Actor, *tells: Platform) -> str:
        with casework.transaction() as session:
            return propose_setting(session, NewPlatforms(frozenset(tells), "So."), by=by, now=START).reference

    second = _propose(casework.admin, Platform.REDDIT)
    legal = client_for(casework.council.legal)
    page = legal.get(f"/policy/proposals/{second}/sign")
    in_force(casework, NewPlatforms(frozenset({Platform.DATING}), "First."), START + timedelta(seconds=30))
    signing = {"capacity": "legal", "password": PASSWORD}
    clock.advance(minutes=1)
    again = legal.send(page, signing)
    assert again.errors == ["Something else came into force while you had this open. Read what would change now."]
    assert "would be set back" in again.text
    assert "One signature is missing." in legal.send(again, signing).text
    with casework.database.reading() as session:
        found = find_in_force(session, Subject.PLATFORMS, at=START + timedelta(minutes=1))
    assert found is not None
    assert found.proposal.settings == {"tells": ["dating"]}
    in_force(casework, NewPlatforms(frozenset({Platform.TWITCH}), "Third."), START + timedelta(minutes=2))
    clock.advance(minutes=2)
    lapsed = legal.get(f"/policy/proposals/{second}")
    assert "Lapsed" in lapsed.text
    assert "What it would have changed" in lapsed.text
    assert "it no longer waits for one" in legal.get(f"/policy/proposals/{second}/sign").text
    assert "Nothing waits for a signature." in legal.get("/policy/proposals").text
