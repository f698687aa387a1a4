"""After the decision, in a browser without JavaScript: start, report, give back, withdraw, late entry, danger."""

from datetime import timedelta

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.decisions.models import Check
from tracker.policy.vocabulary import Conclusion, ConsentStatus, Method, Outcome, Purpose
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

DANGER = {
    "danger": "He has gone with a man who has harmed children.",
    "purpose": "trace_missing_person",
    "platforms": ["snapchat"],
    "account": "logged_out",
}


def instant(name: str, hour: str) -> dict[str, str]:
    """The four inputs of an instant on the day the tests begin."""
    return {f"{name}-day": "21", f"{name}-month": "11", f"{name}-year": "2026", f"{name}-time": hour}


SEEN = {
    "result": "looked",
    **instant("opened_at", "10:10am"),
    **instant("closed_at", "10:20am"),
    "visibility_found": "open",
    "looked_for": "Whether the account of last week holds.",
    "found": "no",
    "identified_how": "The picture and the town.",
}


@pytest.fixture
def worker(casework: Casework, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.worker)


def page_of(visitor: Visitor, check: Check) -> Page:
    return visitor.get(f"/checks/{check.reference}")


def test_a_look_is_started_reported_and_given_its_meaning(casework: Casework, worker: Visitor, clock: Clock) -> None:
    check = casework.ask(casework.person())
    started = worker.send(page_of(worker, check), button="Start looking")
    assert "You started" in started.text
    clock.advance(minutes=25)
    reported = worker.send(worker.get(f"/checks/{check.reference}/report"), SEEN, button="Record what I saw")
    assert "What you saw was recorded." in reported.text
    assert "Say what it means for the case by" in reported.text
    assert f"/checks/{check.reference}/outcome" in links_of(page_of(worker, check))
    outcome = worker.get(f"/checks/{check.reference}/outcome")
    told = {"told": "told", "told_on-day": "21", "told_on-month": "11", "told_on-year": "2026"}
    meant = {"meaning": "Nothing new.", **told, "shared": "no", "shared_words": "There was nothing to share."}
    done = worker.send(outcome, meant, button="Record what it means")
    assert "Nothing new." in done.text
    assert "Done" in done.text
    assert f"/checks/{check.reference}/outcome" not in links_of(done)


def test_whoever_else_reads_a_check_is_told_who_says_what_it_means(
    casework: Casework, client_for: ClientFor, clock: Clock
) -> None:
    check = casework.ask(casework.person())
    clock.advance(minutes=25)
    casework.report(check, opened_at=START, now=clock())
    page = page_of(client_for(casework.council.colleague), check)
    assert f"{casework.worker.name} says what it means for the case by" in page.text
    assert "Say what it means" not in page.text


def links_of(page: Page) -> list[str]:
    return [one["href"] for one in page.main.all("a")]


def test_a_report_in_the_future_is_refused_and_keeps_what_was_typed(
    casework: Casework, worker: Visitor, clock: Clock
) -> None:
    check = casework.ask(casework.person())
    clock.advance(minutes=5)
    page = worker.send(worker.get(f"/checks/{check.reference}/report"), SEEN, button="Record what I saw")
    assert page.errors
    assert SEEN["looked_for"] in page.main.one("textarea", name="looked_for").raw_text
    assert casework.look(check).result is None


def test_who_had_started_is_told_that_a_manager_confirms_that_nobody_looked(
    casework: Casework, worker: Visitor
) -> None:
    person = casework.person()
    check = casework.ask(person)
    asked = f"/checks/{check.reference}/not-used"
    assert "the look is taken out of the count" in worker.get(asked).text
    casework.start(check)
    assert "goes on counting until a manager has confirmed" in worker.get(asked).text
    worker.send(worker.get(asked), button="I did not look")
    assert "Waiting for a manager to confirm that nobody looked." in page_of(worker, check).text
    stands = worker.get(f"/people/{person.reference}").text
    assert "was allowed on 21 November 2026 to your team. It was reported that nobody looked" in stands
    assert "viewing was used on" not in stands


def test_a_permit_is_given_back_only_once_that_is_confirmed(casework: Casework, worker: Visitor) -> None:
    check = casework.ask(casework.person())
    confirm = worker.get(f"/checks/{check.reference}/not-used")
    assert confirm.heading == "You did not look?"
    page = worker.send(confirm, button="I did not look")
    assert "Nobody looked, and it is not counted." in page.text
    assert casework.look(check).result == LookResult.NOT_USED


def test_a_permit_dies_with_the_consent_it_stands_on_and_says_since_when_and_why(
    casework: Casework, worker: Visitor, clock: Clock
) -> None:
    person = casework.person()
    casework.consent(person)
    casework.ask(person, now=START)
    check = casework.ask(person, now=START + timedelta(minutes=1))
    casework.consent(person, ConsentStatus.WITHDRAWN, now=START + timedelta(minutes=20))
    clock.advance(minutes=25)
    page = page_of(worker, check)
    assert page.heading == "No longer live"
    assert "withdrawn" in page.text
    assert "No longer live" in worker.get("/").text


def test_who_is_looking_when_the_permit_dies_is_told_to_stop_and_to_report_above_the_grounds(
    casework: Casework, worker: Visitor, client_for: ClientFor, clock: Clock
) -> None:
    person = casework.person()
    casework.consent(person)
    casework.ask(person, now=START)
    check, unused = (casework.ask(person, now=START + timedelta(minutes=1)) for _ in range(2))
    casework.start(check, now=START + timedelta(minutes=5))
    clock.advance(minutes=10)
    assert "Stop looking" not in page_of(worker, check).text
    casework.consent(person, ConsentStatus.WITHDRAWN, now=START + timedelta(minutes=20))
    clock.advance(minutes=15)
    page = page_of(worker, check)
    assert page.heading == "Stop looking"
    told, _, why = page.text.partition("Why it is no longer live")
    assert "The page must be closed now." in told
    assert "Report what you saw" in told
    assert "Report what you saw" not in why
    assert (
        "What was seen up to that moment is reported. Whatever was looked at afterwards is a look already made" in why
    )
    manager = page_of(client_for(casework.council.manager), check)
    assert manager.heading == f"{casework.worker.name} must stop looking"
    assert "Report what you saw" not in manager.text
    page = page_of(worker, unused)
    assert page.heading == "No longer live"
    assert "must be closed now" not in page.text
    assert "A look after that moment can only be recorded as a look already made" in page.text
    assert "Report what you saw" in page.text


def test_a_waiting_check_is_withdrawn_with_a_reason(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    casework.ask(person, by=casework.worker2)
    check = casework.ask(person)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    form = worker.get(f"/checks/{check.reference}/withdraw")
    assert worker.send(form, button="Withdraw it").errors == ["Enter why it is withdrawn"]
    page = worker.send(form, {"why": "The father agreed to show it himself."}, button="Withdraw it")
    assert "Withdrawn" in page.text


def test_asking_again_decides_on_the_facts_as_they_now_are(casework: Casework, worker: Visitor, clock: Clock) -> None:
    person = casework.person()
    casework.ask(person, by=casework.worker2)
    check = casework.ask(person)
    clock.advance(minutes=5)
    casework.consent(person, now=clock())
    page = worker.send(page_of(worker, check), button="Ask again on the facts as they now are")
    assert "You may go ahead" in page.text


def test_danger_is_answered_at_once_on_one_page(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    form = worker.get(f"/people/{person.reference}/danger")
    assert form.text.startswith("! Warning If someone is in danger now, ring 999")
    page = worker.send(form, DANGER, button="Ask now")
    assert "You may go ahead" in page.text
    assert "A manager must review this look afterwards" in page.text


def test_danger_about_a_name_asks_which_of_the_people_on_record_it_is(casework: Casework, worker: Visitor) -> None:
    person = casework.person("Xavier")
    page = worker.send(worker.get("/danger"), {**DANGER, "who": "xavier"}, button="Ask now")
    assert page.errors == ["Select which of these people it is, or a new record"]
    answered = worker.send(page, {"which": person.reference}, button="Ask now")
    assert "You may go ahead" in answered.text


def test_danger_about_a_new_name_makes_a_record(casework: Casework, worker: Visitor) -> None:
    page = worker.send(worker.get("/danger"), {**DANGER, "who": "Quentin Zznew"}, button="Ask now")
    assert "You may go ahead" in page.text
    assert "Quentin Zznew" in page.text


def test_the_same_danger_the_next_day_is_blocked(casework: Casework, worker: Visitor, clock: Clock) -> None:
    person = casework.person()
    worker.send(worker.get(f"/people/{person.reference}/danger"), DANGER, button="Ask now")
    clock.advance(days=1)
    worker.sign_in(casework.council.worker)
    form = worker.get(f"/people/{person.reference}/danger")
    page = worker.send(form, {**DANGER, "new_event": "no"}, button="Ask now")
    assert page.heading == "Blocked pending legal advice"


def test_a_late_entry_counts_and_says_how_it_was_decided(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    casework.ask(person, by=casework.worker2, now=START - timedelta(days=2))
    entry = {
        **instant("opened_at", "8:00am"),
        **instant("closed_at", "8:10am"),
        "why_late": "I did not know that I had to ask.",
        "immediate_risk": "no",
        "relation": "service_user",
        "purpose": "assessment",
        "purpose_words": "To see where he lives.",
        "why_now": "He had moved.",
        "why_not_by_agreement": "not_yet_asked",
        "less_intrusive": "A call.",
        "may_lack_capacity": "no",
        "aim": "view",
        "platforms": ["facebook"],
        "method": "view_only",
        "account": "logged_out",
        "visibility": "open",
        "builds_profile": "no",
        "pattern_of_lifestyle": "no",
        "repeated_viewing": "no",
        "records_third_parties": "no",
        "combined_with_other_sources": "no",
        "confidential_material_likely": "no",
        "illegal_content_suspected": "no",
    }
    form = worker.get(f"/people/{person.reference}/late-entry")
    left_out = worker.send(form, {**entry, "illegal_content_suspected": ""}, button="Record the look")
    assert left_out.errors == ["Select yes if content was suspected that it is an offence to view or keep"]
    page = worker.send(form, entry, button="Record the look")
    assert page.heading == "A look that was already made"
    assert "What would let a further look go ahead" in page.text
    assert "What would let a look go ahead" not in page.text
    assert "On what was recorded before the look" in page.text
    assert "Blocked pending legal advice" in page.text


@pytest.mark.parametrize(("days_ago", "says"), [(3, "Report now what was seen."), (0, "Report what was seen by")])
def test_a_late_entry_that_is_reported_late_already_is_to_be_reported_now(
    casework: Casework, worker: Visitor, days_ago: int, says: str
) -> None:
    check = casework.late(casework.person(), START - timedelta(days=days_ago, minutes=30))
    page = page_of(worker, check)
    assert says in page.text
    assert "late)" not in page.text


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("opened_at", "When you started must be a real date: November 2026 has 30 days"),
        ("closed_at", "When you stopped must be a real date: November 2026 has 30 days"),
    ],
)
def test_a_day_that_is_none_is_named_by_what_it_is_the_day_of(
    casework: Casework, worker: Visitor, field: str, says: str
) -> None:
    check = casework.ask(casework.person())
    worker.send(page_of(worker, check), button="Start looking")
    form = worker.get(f"/checks/{check.reference}/report")
    page = worker.send(form, {**SEEN, f"{field}-day": "31"}, button="Record what I saw")
    assert page.errors == [says]


def test_a_permit_that_died_says_which_routes_are_left(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    casework.consent(person, now=START - timedelta(hours=2))
    check = casework.ask(person, now=START - timedelta(hours=1))
    assert "What would let a look go ahead" not in page_of(worker, check).text
    casework.consent(person, ConsentStatus.WITHDRAWN, now=START - timedelta(minutes=5))
    page = page_of(worker, check)
    assert "No longer live since today at 9:55am" in page.text
    ways = page.text.partition("What would let a look go ahead now")[2]
    assert "Tell the person specifically" in ways
    assert "Legal can be asked to advise." in ways
    assert "Ask for consent." not in ways.partition("Every ground")[0]


def test_a_permit_that_ran_out_where_its_ground_still_stands_says_that_a_new_check_may_be_asked_for(
    casework: Casework, worker: Visitor, clock: Clock
) -> None:
    person = casework.person()
    casework.consent(person, now=START - timedelta(hours=2))
    check = casework.ask(person)
    clock.advance(days=5)
    worker.sign_in(casework.council.worker)
    page = page_of(worker, check)
    assert (
        "A new check may be asked for. As things now stand the answer would be: you may go ahead, on consent."
        in page.text
    )


def test_a_sighting_is_kept_and_not_counted(casework: Casework, worker: Visitor) -> None:
    person = casework.person()
    form = worker.get(f"/people/{person.reference}/sightings/new")
    seen = {
        "kind": "brought",
        "brought_by": "the school",
        "platform": "tiktok",
        **instant("at", "9:00am"),
        "what_for": "Where he sleeps.",
    }
    page = worker.send(form, seen, button="Record it")
    assert "0 looks counted" in page.text
    assert "Not counted" in page.text


def test_a_danger_of_some_hours_ago_is_not_asked_again(casework: Casework, worker: Visitor, clock: Clock) -> None:
    person = casework.person()
    casework.danger(person, by=casework.worker2, now=START)
    check = casework.danger(person, now=START + timedelta(minutes=1))
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    clock.advance(hours=5)
    worker.sign_in(casework.council.worker)
    page = worker.send(page_of(worker, check), button="Ask again on the facts as they now are")
    assert "Record a new check." in page.text
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE


def test_a_look_on_ripa_for_one_and_on_agreement_for_another_says_that_it_is_not_a_ripa_authorisation(
    casework: Casework, worker: Visitor
) -> None:
    mother, father = casework.person(), casework.person()
    crime = Purpose.PREVENT_OR_DETECT_CRIME
    casework.ripa(mother)
    casework.consent(father)
    alone = page_of(worker, casework.ask(mother, purpose=crime)).text
    both = page_of(worker, casework.ask(mother, also_about=(father.reference,), purpose=crime)).text
    assert "You may go ahead" in alone
    assert "This is not a RIPA authorisation" not in alone
    assert "This is not a RIPA authorisation" in both


def test_the_page_does_not_say_that_legal_found_possible_chis_conduct(casework: Casework, worker: Visitor) -> None:
    """The referral is to CHIS either way; only a contact that was asked for openly may be named so."""
    person, other = casework.person(), casework.person()
    casework.advice(person, Conclusion.CHIS, now=START - timedelta(hours=1))
    advised = page_of(worker, casework.ask(person)).text
    assert "Legal has this." not in advised
    assert "Legal says whether either can apply here." in advised
    assert "CHIS" not in advised
    asked_for = page_of(worker, casework.ask(other, method=Method.TASKED_SOURCE)).text
    assert "Legal, as possible CHIS conduct" in asked_for
