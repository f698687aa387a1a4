"""Each entry of the trail says which web request made it: the one whose id its answer carries."""

import json

from sqlmodel import col, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Visitor
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry
from tracker.audit.services import record
from tracker.storage.session import Database
from tracker.web.answering import request_answered

pytestmark = ONE_DATABASE

FIELDS = "actor at content_digest event facts people previous record request seq"


def requests_of(database: Database, event: Event) -> list[str | None]:
    """What each entry of this event says of its request, in order; the chain holds."""
    trail(database)
    with database.reading() as session:
        wanted = select(AuditEntry.text).where(AuditEntry.event == event.value).order_by(col(AuditEntry.seq))
        said = [json.loads(text) for text in session.exec(wanted)]
    assert all(sorted(one) == FIELDS.split() for one in said)
    return [one["request"] for one in said]


def test_the_id_of_the_answer_is_that_of_the_entry_and_two_requests_have_two(
    casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    worker = client_for(casework.council.worker)
    answered = [worker.get(f"/people/{person.reference}").response.headers["X-Request-Id"] for _ in range(2)]
    assert requests_of(casework.database, Event.PERSON_OPENED) == answered
    assert len(set(answered)) == 2


def test_what_no_request_made_has_none_however_many_were_answered_before(
    casework: Casework, client_for: ClientFor
) -> None:
    worker = client_for(casework.council.worker)
    for path in ("/", "/nowhere", "/people/PER-0000-0000", "/?a=%00"):
        worker.get(path)
        assert request_answered.get() is None
    with casework.transaction() as session:
        record(session, Event.LIMITS_PROPOSED, at=START, by=None, about="LIM-0000-0000")
    assert requests_of(casework.database, Event.LIMITS_PROPOSED) == [None]


def test_an_id_that_the_caller_sends_is_never_recorded(casework: Casework, client_for: ClientFor) -> None:
    person = casework.person()
    worker = client_for(casework.council.worker)
    answer = worker.client.get(f"/people/{person.reference}", headers={"X-Request-Id": "mine"})
    assert requests_of(casework.database, Event.PERSON_OPENED) == [answer.headers["X-Request-Id"]] != ["mine"]


def test_the_page_of_an_entry_says_its_request_or_that_there_was_none(
    casework: Casework, client_for: ClientFor
) -> None:
    person = casework.person()
    answer = client_for(casework.council.worker).get(f"/people/{person.reference}")
    auditor = client_for(casework.council.auditor)
    assert f"Web request {answer.response.headers['X-Request-Id']}" in _page(auditor, casework, Event.PERSON_OPENED)
    assert "Web request None: a command or a scheduled job" in _page(auditor, casework, Event.PERSON_ADDED)


def _page(auditor: Visitor, casework: Casework, event: Event) -> str:
    with casework.database.reading() as session:
        digest = session.exec(select(AuditEntry.hash).where(AuditEntry.event == event.value)).first()
    return " ".join(auditor.get(f"/trail/entries/{digest}").text.split())
