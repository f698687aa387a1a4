"""Two requests at the same moment about two records that agree. On SQLite there is one lock, so these are PostgreSQL's."""

import threading

import pytest
from sqlmodel import select

from tests.detection.agreeing import by_adding
from tests.detection.test_said_to_be_two import agree_in_nothing
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONLY_POSTGRES, START
from tests.people.making import events
from tracker.audit.events import Event
from tracker.decisions import concerned
from tracker.decisions.models import Check
from tracker.people import groups, networks
from tracker.people.models import AgreeingRecords, Person
from tracker.people.selectors import get_person
from tracker.people.services.agreeing import note_agreements
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Outcome

pytestmark = ONLY_POSTGRES

ROUNDS = 6
PATIENCE_SECONDS, WAITS_SECONDS = 20.0, 0.5


def test_two_who_find_it_at_the_same_moment_keep_it_once(casework: Casework) -> None:
    """One of them holds the lock of the one record, the other that of the other."""
    kit = casework.person()
    with pytest.MonkeyPatch.context() as patch:
        agree_in_nothing(patch)
        copy = by_adding(casework, kit)
    found, done = threading.Event(), threading.Event()

    def _the_other() -> None:
        with casework.transaction() as session:
            found.set()
            note_agreements(session, [get_person(session, copy.reference)], by=None, now=START)
        done.set()

    thread = threading.Thread(target=_the_other)
    with casework.transaction() as session:
        note_agreements(session, [get_person(session, kit.reference)], by=None, now=START)
        thread.start()
        assert found.wait(PATIENCE_SECONDS)
        assert not done.wait(WAITS_SECONDS), "it waits for what the first is about to keep"
    thread.join(PATIENCE_SECONDS)
    assert done.is_set()
    with casework.database.reading() as session:
        assert len(session.exec(select(AgreeingRecords)).all()) == 1
        assert len(events(session, Event.RECORDS_AGREE)) == 1


def permitted_of_two_asked_at_once(casework: Casework, people: tuple[Person, Person]) -> int:
    begin = threading.Barrier(2)
    answers: list[Check] = []

    def _ask(person: Person, by: Actor) -> None:
        begin.wait(PATIENCE_SECONDS)
        answers.append(casework.ask(person, by=by))

    askers = zip(people, (casework.worker, casework.worker2), strict=True)
    threads = [threading.Thread(target=_ask, args=asker) for asker in askers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert len(answers) == len(people)
    return [casework.outcome(check) for check in answers].count(Outcome.PERMITTED)


def test_of_two_who_ask_at_the_same_moment_one_gets_the_single_viewing(casework: Casework) -> None:
    for number in range(ROUNDS):
        kit = casework.person(f"Kit{number}")
        copy = by_adding(casework, kit)
        assert permitted_of_two_asked_at_once(casework, (kit, copy)) == 1


def test_without_the_common_lock_both_do(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read what is there before either writes: each waits for the other where it would decide."""
    for locking in (groups, networks, concerned):
        monkeypatch.setattr(locking, "with_doubts", lambda _, behind: behind)
    kit = casework.person()
    copy = by_adding(casework, kit)
    meet, met = threading.Barrier(2), threading.local()
    gather = groups.groups_in_doubt

    def _meeting(*given: object, **named: object) -> object:
        found = gather(*given, **named)  # type: ignore[arg-type]
        if not hasattr(met, "once"):
            met.once = True
            meet.wait(PATIENCE_SECONDS)
        return found

    monkeypatch.setattr("tracker.decisions.gather.groups_in_doubt", _meeting)
    assert permitted_of_two_asked_at_once(casework, (kit, copy)) == 2
