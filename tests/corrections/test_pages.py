"""The pages of corrections: asked on one, answered on another, and said on the page of the record."""

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.visitor import ClientFor
from tracker.policy.vocabulary import ConsentStatus

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
