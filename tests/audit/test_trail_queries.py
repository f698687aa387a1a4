"""The queries of the trail give the same on both databases."""

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tracker.audit.chain import verify
from tracker.audit.forms import Kind, events_of
from tracker.audit.selectors import (
    Wanted,
    count_entries,
    find_verification,
    get_entry,
    list_actors,
    list_entries,
    names_in_trail,
)
from tracker.audit.services import open_trail, record_verification


def test_each_filter_finds_what_it_names_and_nothing_else(casework: Casework) -> None:
    kit, noise = casework.person(), casework.person("Noise")
    check = casework.ask(kit)
    casework.ask(noise, by=casework.worker2)
    with casework.database.reading() as session:
        of_kit = list_entries(session, Wanted(about=kit.reference))
        assert of_kit
        assert all(kit.reference in entry.said["people"] for entry in of_kit)
        of_check = list_entries(session, Wanted(about=check.reference))
        assert {entry.row.record for entry in of_check} == {check.reference}
        by_one = list_entries(session, Wanted(by=casework.worker2.reference, day=START.date()))
        assert {entry.row.actor for entry in by_one} == {casework.worker2.reference}
        checks = list_entries(session, Wanted(events=events_of(Kind.CHECKS), day=START.date()))
        assert [entry.said["event"] for entry in checks] == ["check:submitted", "check:submitted"]
        both = list_entries(
            session, Wanted(about=kit.reference, by=casework.worker2.reference, events=events_of(Kind.CHECKS))
        )
        assert both == []
        everything = list_entries(session, Wanted(), size=1_000)
        assert [entry.row.seq for entry in everything] == list(range(count_entries(session), 0, -1))
        assert get_entry(session, everything[3].row.hash).row.seq == everything[3].row.seq
        older = list_entries(session, Wanted(events=events_of(Kind.STAFF)), before=20, size=5)
        assert [entry.row.seq for entry in older] == sorted((entry.row.seq for entry in older), reverse=True)
        assert max(entry.row.seq for entry in older) < 20
        names = names_in_trail(session, [kit.reference, casework.council.north.reference])
        assert set(names) == {kit.reference, casework.council.north.reference}
        assert (casework.worker.reference, "Wanda Zzworker") in list_actors(session)


@pytest.mark.parametrize("again", [1, 3])
def test_reading_and_verifying_are_recorded(casework: Casework, again: int) -> None:
    kit, other = casework.person(), casework.person()
    auditor = casework.council.actor(casework.council.auditor)
    for _ in range(again):
        with casework.transaction() as session:
            open_trail(session, people=[kit.reference], by=auditor, now=START)
        with casework.transaction() as session:
            open_trail(session, people=[kit.reference, other.reference], by=auditor, now=START)
    with casework.database.reading() as session:
        read = list_entries(session, Wanted(events=events_of(Kind.TRAIL)))
        assert [entry.said["people"] for entry in read] == [[other.reference], [kit.reference]]
        found = verify(session)
    with casework.transaction() as session:
        record_verification(session, found, by=auditor, now=START)
    with casework.database.reading() as session:
        verified = find_verification(session)
        assert verified is not None
        assert verified.said["facts"] == {"entries": found.entries, "bad_entry": None, "why": None}
