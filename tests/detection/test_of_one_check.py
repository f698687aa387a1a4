"""What the sweep relies on, held of every use-case there is: by an entry about a check nothing has changed that looks are counted by, save
that check and its look; whatever else has changed, another entry names whomever it is about."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from tests.faults.test_every_service import FIRST_ALLOWED, Act
from tests.fixtures.rehearsal import Rehearsal
from tests.permissions.test_services import LINES
from tracker.audit.changes import CHANGING_NOTHING, OF_ONE_CHECK
from tracker.audit.events import Event
from tracker.audit.models import AuditEntry, AuditPerson
from tracker.decisions.models import Check
from tracker.people.models import Person

Rows = dict[tuple[str, int], tuple[Any, ...]]

CHECK_OF = {
    "check_request": "SELECT t.id, t.* FROM check_request t",
    "check_subject": "SELECT t.check_id, t.* FROM check_subject t",
    "check_profile": "SELECT t.check_id, t.* FROM check_profile t",
    "look": "SELECT t.check_id, t.* FROM look t",
    "viewing": "SELECT l.check_id, t.* FROM viewing t JOIN look l ON l.id = t.look_id",
    "also_seen": "SELECT l.check_id, t.* FROM also_seen t JOIN look l ON l.id = t.look_id",
}
"""The rows by which looks are counted, each after the key of its check."""

PERSON_OF = {
    "profile": "SELECT t.person_id, t.* FROM profile t",
    "consent": "SELECT t.person_id, t.* FROM consent t",
    "legal_advice": "SELECT t.person_id, t.* FROM legal_advice t",
    "count_restart": "SELECT t.person_id, t.* FROM count_restart t",
    "person_seal": "SELECT t.person_id, t.* FROM person_seal t",
    "one of a family": "SELECT t.person_id, t.* FROM family_link t",
    "the other of a family": "SELECT t.other_id, t.* FROM family_link t",
    "one record": "SELECT t.person_id, t.* FROM same_person_link t",
    "the other record": "SELECT t.other_id, t.* FROM same_person_link t",
    "one counterpart": "SELECT t.person_id, t.* FROM sealed_counterpart t",
    "the other counterpart": "SELECT t.other_id, t.* FROM sealed_counterpart t",
    "RIPA": """SELECT p.person_id, p.*, t.*, h.* FROM ripa_person p JOIN ripa_authorisation t ON t.id = p.authorisation_id
               LEFT JOIN jp_hearing h ON h.authorisation_id = t.id""",
    "non-RIPA": """SELECT p.person_id, p.*, t.* FROM non_ripa_person p
                   JOIN non_ripa_authorisation t ON t.id = p.authorisation_id""",
    "court order": """SELECT p.person_id, p.*, t.*, c.* FROM court_order_person p JOIN court_order t ON t.id = p.order_id
                      LEFT JOIN court_order_correction c ON c.reported_id = t.id""",
}
"""What else makes a pattern of looks or parts one, each after the key of whom it is about."""


OTHER_ANSWERS = {Event.LOOK_NOT_USED, Event.RESULT_CONFIRMED}
"""What is recorded by the same call as another event that was seen: of a report, and of what a manager confirms."""


def read(rehearsal: Rehearsal, statements: Mapping[str, str]) -> dict[str, set[tuple[Any, ...]]]:
    """Every row by the name of its statement."""
    with rehearsal.database.reading() as session:
        return {name: set(map(tuple, session.execute(text(one)))) for name, one in statements.items()}


@pytest.fixture(scope="module")
def before(rehearsal: Rehearsal) -> dict[str, set[tuple[Any, ...]]]:
    """The rows as they are before every use-case."""
    return read(rehearsal, CHECK_OF | PERSON_OF)


def changed(
    rehearsal: Rehearsal, before: Mapping[str, set[tuple[Any, ...]]], statements: Mapping[str, str]
) -> dict[int, set[str]]:
    """Whose rows are not as they were, with their names."""
    found: dict[int, set[str]] = {}
    for name, rows in read(rehearsal, statements).items():
        for row in rows ^ before[name]:
            found.setdefault(row[0], set()).add(name)
    return found


def unaccounted_for(rehearsal: Rehearsal, before: Mapping[str, set[tuple[Any, ...]]]) -> Iterator[str]:
    """What has changed of which a sweep that goes by the entries would know nothing."""
    entries = rehearsal.new_entries()
    with rehearsal.database.reading() as session:
        told = _records(entry for entry in entries if entry.event in OF_ONE_CHECK)
        named = _named(session, (entry for entry in entries if entry.event not in OF_ONE_CHECK | CHANGING_NOTHING))
        for key, rows in changed(rehearsal, before, CHECK_OF).items():
            check = session.get_one(Check, key)
            if check.reference not in told and session.get_one(Person, check.person_id).reference not in named:
                yield f"{check.reference}: {', '.join(sorted(rows))}"
        for key, rows in changed(rehearsal, before, PERSON_OF).items():
            person = session.get_one(Person, key)
            if person.reference not in named:
                yield f"{person.reference}: {', '.join(sorted(rows))}"


def _records(entries: Iterable[AuditEntry]) -> set[str]:
    told = {str(entry.record) for entry in entries}
    assert all(one.startswith("CHK-") for one in told), told
    return told


def _named(session: Session, entries: Iterable[AuditEntry]) -> set[str]:
    seqs = [entry.seq for entry in entries]
    return set(session.exec(select(AuditPerson.person).where(col(AuditPerson.seq).in_(seqs))))


def test_whatever_a_use_case_changes_an_entry_leads_to(
    rehearsal: Rehearsal, before: dict[str, set[tuple[Any, ...]]]
) -> None:
    left, entered = [], set()
    for line in LINES:
        if "y" not in line.answers.values():
            continue
        try:
            Act(rehearsal, line)()
            left += [f"{line}: {one}" for one in unaccounted_for(rehearsal, before)]
            entered |= {entry.event for entry in rehearsal.new_entries()}
        finally:
            rehearsal.restore()
    assert left == []
    assert OF_ONE_CHECK - entered == OTHER_ANSWERS, "each of the others was seen"


def test_control_a_link_that_only_an_entry_about_a_check_told_of_is_noticed(
    rehearsal: Rehearsal, before: dict[str, set[tuple[Any, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        Act(rehearsal, FIRST_ALLOWED["link_records"])()
        assert list(unaccounted_for(rehearsal, before)) == []
        monkeypatch.setattr(f"{__name__}._named", lambda session, entries: set())
        assert list(unaccounted_for(rehearsal, before))
    finally:
        rehearsal.restore()
