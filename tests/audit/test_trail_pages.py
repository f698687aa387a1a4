"""The trail as the auditor reads it: in words, filtered, paged by place, each entry opened, the chain verified."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlmodel import col, func, select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START, Clock
from tests.fixtures.trail import trail
from tests.fixtures.visitor import ClientFor, Page, Visitor
from tracker.audit.events import Event
from tracker.audit.forms import Kind, events_of, kind_of
from tracker.audit.models import AuditEntry
from tracker.audit.selectors import Wanted, list_actors, list_entries
from tracker.audit.services import erase_content, record
from tracker.people.models import Person
from tracker.storage.session import Database

pytestmark = ONE_DATABASE


@pytest.fixture
def kit(casework: Casework) -> Person:
    person = casework.person("Kit")
    casework.ask(person)
    casework.ask(casework.person("Noise"), by=casework.worker2, now=START - timedelta(days=1))
    return person


@pytest.fixture
def auditor(casework: Casework, kit: Person, client_for: ClientFor) -> Visitor:
    return client_for(casework.council.auditor)


def lines(page: Page) -> list[str]:
    return [row.all("td")[1].text for row in page.main.all("tbody")[0].all("tr")] if page.main.all("tbody") else []


def asked(auditor: Visitor, **typed: str) -> Page:
    return auditor.send(auditor.get("/trail"), typed, button="Show these")


def test_the_newest_stands_first_and_each_line_says_who_did_what_and_what_came_of_it(auditor: Visitor) -> None:
    shown = lines(auditor.get("/trail"))
    assert shown[0] == "Audra Zzauditor (auditor) read the trail."
    assert shown[1] == "Audra Zzauditor (auditor) signed in."
    about = next(line for line in shown if "Kit Zzexample" in line and "asked for" in line)
    assert re.fullmatch(
        r"Wanda Zzworker \(social worker\) asked for a look at Kit Zzexample\d+: "
        r"may go ahead \(a single open-source viewing\)\.",
        about,
    )


def test_it_is_filtered_by_person_staff_day_and_kind_and_no_name_is_in_the_address(
    casework: Casework, auditor: Visitor, kit: Person
) -> None:
    page = asked(auditor, about=kit.reference.lower().replace("-", " "))
    assert page.address == f"/trail?about={kit.reference}"
    assert lines(page)
    assert all("Kit Zzexample" in line for line in lines(page))
    page = asked(auditor, by=casework.worker2.reference)
    assert lines(page)
    assert all(line.startswith("Wim Zzotherworker") for line in lines(page))
    page = asked(auditor, **{"day-day": "20", "day-month": "11", "day-year": "2026"})
    assert [line for line in lines(page) if "Kit" in line] == []
    assert any("Noise" in line for line in lines(page))
    page = asked(auditor, kind="signing-in")
    assert all("signed in" in line or "password" in line for line in lines(page))
    page = asked(auditor, about=kit.reference, by=casework.worker2.reference, kind="checks")
    assert lines(page) == []
    assert "Nothing was recorded that fits." in page.text


def test_a_reference_that_is_none_is_refused_beside_its_question(auditor: Visitor) -> None:
    page = asked(auditor, about="Kit")
    assert page.errors == ["Enter a reference, like PER-4QZK-77RD or CHK-7K3M-9QXT"]


@pytest.mark.parametrize("query", ["about=Kit", "by=1", "day=yesterday", "kind=zz"])
def test_an_address_that_the_trail_never_made_is_not_found(auditor: Visitor, query: str) -> None:
    assert auditor.get(f"/trail?{query}").status == 404


def test_pages_follow_each_other_without_a_gap_while_entries_are_added(casework: Casework, auditor: Visitor) -> None:
    grow(casework.database, 120)
    page = auditor.get("/trail?kind=council")
    seen = [row.all("a")[-1].text for row in page.main.all("tbody")[0].all("tr")]
    while older := [link for link in page.main.all("a") if link.get("rel") == "next"]:
        grow(casework.database, 3)
        page = auditor.get(older[0]["href"])
        seen += [row.all("a")[-1].text for row in page.main.all("tbody")[0].all("tr")]
    places = [int(one.removeprefix("Open entry ").replace(",", "")) for one in seen]
    assert places == sorted(places, reverse=True)
    assert len(places) == len(set(places)) >= 120


def grow(database: Database, many: int) -> None:
    with database.transaction() as session:
        for _ in range(many):
            record(session, Event.LIMITS_PROPOSED, at=START, by=None, about="LIM-0000-0000")


def test_an_entry_opens_its_facts_its_words_its_hash_and_its_place(auditor: Visitor, kit: Person) -> None:
    page = opened(auditor, kit, "asked for")
    entry = page.main.one("h1").text
    assert entry.startswith("Entry ")
    for words in ("Decision, outcome", "permitted", "Why now", kit.reference, "Hash of the entry before"):
        assert words in page.text, words
    assert [link["href"] for link in page.main.all("a") if link["href"] == f"/people/{kit.reference}"]
    assert [link["href"] for link in page.main.all("a") if link["href"].startswith("/checks/CHK-")]


def opened(auditor: Visitor, person: Person, words: str) -> Page:
    page = auditor.get(f"/trail?about={person.reference}")
    row = next(row for row in page.main.all("tbody")[0].all("tr") if words in row.text)
    return auditor.get(row.all("a")[-1]["href"])


def test_words_that_were_erased_say_when_by_whom_and_why_and_the_chain_holds(
    casework: Casework, auditor: Visitor, kit: Person
) -> None:
    sro = casework.council.actor(casework.council.sro)
    with casework.transaction() as session:
        added = (AuditEntry.record == kit.reference, AuditEntry.event == Event.PERSON_ADDED.value)
        seq = session.exec(select(AuditEntry.seq).where(*added)).one()
        erase_content(session, seq, why="closed for 25 years", by=sro, now=START)
    page = opened(auditor, kit, "added the record")
    assert f"Erased on 21 November 2026 at 10:00am by {sro.name}: closed for 25 years" in page.text
    assert "Kit Zzexample" not in page.html.text
    shown = lines(auditor.get(f"/trail?about={kit.reference}"))
    assert kit.reference in shown[-1]
    assert any(line.endswith(f"erased the words of an entry of the trail: entry {seq}.") for line in shown)
    (said,) = [link for link in page.main.all("a") if link.text.startswith("The entry that says so")]
    assert "closed for 25 years" in auditor.get(said["href"]).text
    another = replace(casework.head, holdings=sro.holdings)  # nobody erases what they wrote themself
    with casework.transaction() as session:
        last = session.exec(select(func.max(AuditEntry.seq)).where(AuditEntry.event == Event.CONTENT_ERASED)).one()
        erase_content(session, last, why="it named somebody", by=another, now=START)
    assert f"by {sro.name}: the reason was erased too" in opened(auditor, kit, "added the record").text
    verified = auditor.send(auditor.get("/trail/verify"))
    assert "The chain holds" in verified.text


def test_words_that_are_only_marked_as_erased_are_said_to_be_missing(
    casework: Casework, auditor: Visitor, kit: Person
) -> None:
    with casework.transaction() as session:
        added = (AuditEntry.record == kit.reference, AuditEntry.event == Event.PERSON_ADDED.value)
        seq = session.exec(select(AuditEntry.seq).where(*added)).one()
        session.connection().execute(
            text("INSERT INTO audit_erasure (seq, rule, at) VALUES (:seq, :rule, :at)"),
            {"seq": seq, "rule": "closed for 25 years", "at": "2026-11-21T10:00:00.000000Z"},
        )
        session.connection().execute(text("DELETE FROM audit_content WHERE seq = :seq"), {"seq": seq})
    page = opened(auditor, kit, "added the record")
    assert "The words are missing, and no later entry says that they were erased." in page.text
    assert f"Entry {seq}: its content is marked as erased" in auditor.send(auditor.get("/trail/verify")).text


def test_verifying_says_when_who_and_how_many_and_finds_what_was_altered(
    casework: Casework, auditor: Visitor, kit: Person
) -> None:
    assert "has not been verified here yet" in auditor.get("/trail").text
    auditor.send(auditor.get("/trail/verify"))
    assert "Verified by Audra Zzauditor on 21 November 2026 at 10:00am: all" in auditor.get("/trail").text
    with casework.transaction() as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        session.connection().exec_driver_sql("UPDATE audit_entry SET text = '{}' WHERE seq = 3")
    assert "Entry 3: its text was altered" in auditor.send(auditor.get("/trail/verify")).text


def test_reading_is_recorded_once_a_visit_and_once_for_each_person(
    casework: Casework, auditor: Visitor, kit: Person, clock: Clock
) -> None:
    for _ in range(3):
        auditor.get("/trail")
        auditor.get("/trail?before=10")
        auditor.get(f"/trail?about={kit.reference}")
        opened(auditor, kit, "asked for")
    assert len(trail(casework.database, "trail:opened")) == 1
    assert [entry.people for entry in trail(casework.database, "trail:opened_about")] == [(kit.reference,)]
    clock.advance(hours=13)
    later = Visitor(auditor.client.application)
    later.sign_in(casework.council.auditor)
    later.get("/trail")
    later.get(f"/trail?about={kit.reference}")
    assert len(trail(casework.database, "trail:opened")) == 2
    assert len(trail(casework.database, "trail:opened_about")) == 2


def test_every_event_is_in_exactly_one_kind() -> None:
    grouped = [one for kind in Kind for one in events_of(kind)]
    assert sorted(grouped) == sorted(Event)
    assert kind_of(Event.PERSON_OPENED) is Kind.OPENED
    assert all(events_of(kind) for kind in Kind)


# Fast at a million: no query may read the trail from one end to the other ----------------------------------------------


@contextmanager
def plans(database: Database) -> Iterator[list[str]]:
    """How SQLite would carry out each query made meanwhile."""
    found: list[str] = []

    def _explain(
        connection: object, cursor: object, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        if statement.startswith(("SELECT", "WITH")):
            rows = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[attr-defined]
            found.extend(str(row[3]) for row in rows.fetchall())

    event.listen(database.engine, "before_cursor_execute", _explain)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", _explain)


WANTED = {
    "everything": Wanted(),
    "person": Wanted(about="PER-0000-0000"),
    "record": Wanted(about="CHK-0000-0000"),
    "staff": Wanted(by="STF-0000-0000"),
    "day": Wanted(day=START.date()),
    "kind": Wanted(events=events_of(Kind.CHECKS)),
    "kind of a day": Wanted(day=START.date(), events=events_of(Kind.COUNCIL)),
}


@pytest.mark.parametrize("name", WANTED)
def test_every_filter_follows_an_index(casework: Casework, kit: Person, name: str) -> None:
    with casework.database.reading() as session, plans(casework.database) as found:
        list_entries(session, WANTED[name], before=10_000)
    assert scans(found) == []


def test_who_did_anything_is_found_by_steps_from_one_to_the_next(casework: Casework, kit: Person) -> None:
    with casework.database.reading() as session, plans(casework.database) as found:
        assert ("Wanda Zzworker") in [name for _, name in list_actors(session)]
    assert scans(found) == []


def test_a_query_that_reads_everything_would_be_found(casework: Casework, kit: Person) -> None:
    """The control."""
    with casework.database.reading() as session, plans(casework.database) as found:
        session.exec(select(AuditEntry.seq).where(col(AuditEntry.text).contains("zz"))).all()
    assert scans(found)


def scans(found: list[str]) -> list[str]:
    """The steps that read a whole table of the trail; the newest entries by their place are a walk from the end."""
    whole = [step for step in found if step.startswith("SCAN audit_")]
    return [step for step in whole if "USING" not in step or "COVERING" in step]
