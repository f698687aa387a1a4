"""The pages of corrections: asked on one, answered on another, and said on the page of the record."""

from datetime import timedelta

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page
from tracker.corrections.requests import NewCorrection
from tracker.corrections.services import ask_for_correction
from tracker.corrections.vocabulary import CorrectionKind
from tracker.people.models import Person
from tracker.people.requests import RestrictedPerson
from tracker.people.services import restrict_person
from tracker.policy.vocabulary import Conclusion, ConsentStatus

pytestmark = ONE_DATABASE

WRONG = {"why": "It was said of somebody else."}
YES = {"answer": "confirmed", "words": "Compared with the case file."}


def test_an_agreement_is_struck_once_a_manager_confirms_and_its_page_says_so(
    casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    casework.consent(person)
    worker, manager = client_for(casework.council.worker), client_for(casework.council.manager)
    consent = worker.get(f"/people/{person.reference}")
    href = next(link.get("href") for link in consent.main.all("a") if "/consents/CNS" in (link.get("href") or ""))
    record = worker.get(href or "")
    asked = worker.send(worker.get(record.path.replace("/consents/", "/in-error/")), WRONG)
    assert "Checks that would come out otherwise" not in asked.text
    assert "Nothing changes until somebody else has confirmed it." in asked.html.text
    assert "Waiting for another manager of" in asked.text
    assert "Waiting for another manager of" in worker.get(record.path).text
    assert not asked.forms
    answered = manager.send(manager.get(asked.path), YES)
    assert "It stays on the record, with the reason." in answered.html.text
    assert "Struck through" in worker.get(record.path).text


def test_an_answer_to_a_page_that_has_moved_on_keeps_what_was_typed(casework: Casework, client_for: ClientFor) -> None:
    person = casework.person()
    casework.consent(person, ConsentStatus.GIVEN)
    worker, manager = client_for(casework.council.worker), client_for(casework.council.manager)
    head = client_for(casework.council.head)
    page = worker.get(f"/people/{person.reference}")
    href = next(link.get("href") for link in page.main.all("a") if "/consents/CNS" in (link.get("href") or ""))
    asked = worker.send(worker.get((href or "").replace("/consents/", "/in-error/")), WRONG)
    seen = manager.get(asked.path)
    head.send(head.get(asked.path), {"answer": "declined", "words": "It is right."})
    late = manager.send(seen, YES)
    assert (late.status, late.errors) == (409, ["This was answered already."])
    assert not late.forms


def test_a_reason_that_is_missing_is_asked_for_and_somebody_unknown_is_said(
    casework: Casework, client_for: ClientFor
) -> None:
    check = casework.ask(casework.person())
    worker = client_for(casework.council.worker)
    page = worker.get(f"/in-error/{check.reference}")
    assert "It waits for Legal to confirm it." in page.text
    assert worker.send(page, {"why": " "}).errors == ["Enter what is wrong, and how that is known"]
    unknown = worker.send(page, {**WRONG, "really_about": "PER-0000-0000"})
    assert unknown.errors == ["No record that you may open has this reference"]
    assert "It was said of somebody else." in unknown.html.text


def test_the_page_says_which_permit_would_die_with_the_agreement(casework: Casework, client_for: ClientFor) -> None:
    person = casework.person()
    casework.report(casework.ask(person), opened_at=START, now=START)
    casework.consent(person)
    permit = casework.ask(person)
    worker = client_for(casework.council.worker)
    page = worker.get(f"/people/{person.reference}")
    href = next(link.get("href") for link in page.main.all("a") if "/consents/CNS" in (link.get("href") or ""))
    asked = worker.send(worker.get((href or "").replace("/consents/", "/in-error/")), WRONG)
    assert "Checks that would come out otherwise" in asked.text
    assert permit.reference in asked.text
    assert "Blocked pending legal advice" in asked.text


def test_a_manager_who_asks_to_undo_a_link_reads_what_waits_for_legal(
    casework: Casework, client_for: ClientFor
) -> None:
    """A colleague who neither asked nor answers does not."""
    one, other = casework.person(), casework.person()
    casework.ask(one)
    casework.link(one, other)
    manager = client_for(casework.council.manager)
    links = manager.get(f"/people/{one.reference}/links")
    undo = next(link.get("href") or "" for link in links.main.all("a") if (link.get("href") or "").endswith("/undo"))
    asked = manager.send(manager.get(undo), {"why": "The days of birth differ."})
    assert asked.status == 200
    assert "Waiting for Legal" in asked.text
    assert "The days of birth differ." in asked.text
    assert manager.get(asked.path).status == 200
    assert client_for(casework.council.manager2).get(asked.path).status == 403
    confirmed = client_for(casework.council.legal)
    assert "Struck through" in confirmed.send(confirmed.get(asked.path), YES).text
    assert "Undone" in manager.get(links.path).text


WHAT_IS_STRUCK = ["What was asked", "What was decided", "The look", "What was seen"]


def said_of_a_look(casework: Casework, person: Person) -> tuple[str, str]:
    """References of a look that was reported and of the correction that says it is in error."""
    check = casework.ask(person, why_now="The neighbour telephoned.")
    casework.start(check)
    casework.report(check, opened_at=START, now=START, identified_how="A scar on the left hand.")
    new = NewCorrection(kind=CorrectionKind.CHECK, record=check.reference, why=WRONG["why"], really_about=None)
    with casework.transaction() as session:
        return check.reference, ask_for_correction(session, new, by=casework.worker, now=START).reference


def headings(page: Page) -> list[str]:
    return [one.text for one in page.main.all("h2")]


def test_legal_reads_what_they_are_to_strike_and_never_what_was_advised(
    casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    casework.advice(person, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=START - timedelta(days=1))
    check, correction = said_of_a_look(casework, person)
    legal = client_for(casework.council.legal)
    assert legal.get(f"/checks/{check}").status == 403
    page = legal.get(f"/corrections/{correction}")
    assert [one for one in headings(page) if one in WHAT_IS_STRUCK] == WHAT_IS_STRUCK
    for words in ("The neighbour telephoned.", "When it was asked for", "A scar on the left hand."):
        assert words in page.text, words
    assert "Privileged." not in page.text
    opened = trail(casework.database, "correction:opened")
    assert [(one.record, one.people) for one in opened] == [(correction, (person.reference,))]
    assert "A scar on the left hand." in legal.send(page, YES).text


def test_who_may_not_answer_a_correction_is_shown_nothing_of_what_was_recorded(
    casework: Casework, client_for: ClientFor
) -> None:
    """The control: those who may open the check read it on its own page."""
    check, correction = said_of_a_look(casework, casework.person())
    for member in (casework.council.worker, casework.council.manager, casework.council.auditor):
        page = client_for(member).get(f"/corrections/{correction}")
        assert page.status == 200
        assert [one for one in headings(page) if one in WHAT_IS_STRUCK] == []
        assert "A scar on the left hand." not in page.text
        assert [one["href"] for one in page.main.all("a") if one.text == "Read what was recorded"] == [
            f"/checks/{check}"
        ]


def test_a_manager_reads_what_they_are_to_strike_of_a_restricted_record_only_where_they_may_open_it(
    casework: Casework, client_for: ClientFor
) -> None:
    """The control: the same manager reads it before the record is restricted."""
    person = casework.person()
    check = casework.ask(person, why_now="The neighbour telephoned.", illegal_content_suspected=True)
    new = NewCorrection(kind=CorrectionKind.CHECK, record=check.reference, why=WRONG["why"], really_about=None)
    with casework.transaction() as session:
        correction = ask_for_correction(session, new, by=casework.worker, now=START)
    manager = client_for(casework.council.head)
    assert "The neighbour telephoned." in manager.get(f"/corrections/{correction.reference}").text
    readers = (casework.worker.reference, casework.manager.reference)
    restricted = RestrictedPerson(person=person.reference, version=person.version, ask_whom="the head", readers=readers)
    with casework.transaction() as session:
        restrict_person(session, restricted, by=casework.manager, now=START)
    page = manager.get(f"/corrections/{correction.reference}")
    assert "The neighbour telephoned." not in page.text
    assert [one for one in headings(page) if one in WHAT_IS_STRUCK] == []


def test_asking_twice_leads_to_what_was_asked_before(casework: Casework, client_for: ClientFor) -> None:
    check = casework.ask(casework.person())
    worker, other = client_for(casework.council.worker), client_for(casework.council.manager)
    seen = other.get(f"/in-error/{check.reference}")
    asked = worker.send(worker.get(seen.path), WRONG)
    for page in (other.send(seen, {"why": "Typed on the wrong record."}), other.get(seen.path)):
        assert "Somebody has asked for this already. It waits for an answer." in page.text
        assert not page.forms
        (standing,) = [one["href"] for one in page.main.all("a") if one["href"].startswith("/corrections/")]
        assert standing == asked.path
        assert other.get(standing).status == 200
    assert "Typed on the wrong record." in other.send(seen, {"why": "Typed on the wrong record."}).text
    legal = client_for(casework.council.legal)
    legal.send(legal.get(asked.path), {**YES, "answer": "declined"})
    assert other.get(seen.path).forms
