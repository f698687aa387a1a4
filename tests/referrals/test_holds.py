"""Holds: placed and released by Legal, known as they had been recorded, and each recorded in the trail."""

from datetime import timedelta

import pytest

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.people.models import Person
from tracker.policy.vocabulary import Outcome
from tracker.referrals.errors import NotOpenError
from tracker.referrals.models import Hold
from tracker.referrals.selectors import get_hold, holds_as_facts, list_holds
from tracker.referrals.services import place_hold, release_hold
from tracker.storage.tables import NoSuchRecordError, saved_key

pytestmark = ONE_DATABASE

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def release(casework: Casework, hold: Hold) -> None:
    with casework.transaction() as session:
        row = get_hold(session, hold.reference)
        release_hold(session, row, why="No pattern.", apart_from=frozenset(), by=casework.legal, now=START + HOUR)


def test_a_hold_on_everyone_in_a_pattern_blocks_each_of_them_and_nobody_else(casework: Casework) -> None:
    mother, father, other = (casework.person(name) for name in ("Mother", "Father", "Other"))
    casework.hold(mother, father, now=START - HOUR)
    outcomes = [casework.outcome(casework.ask(one)) for one in (mother, father, other)]
    assert outcomes == [Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_LEGAL_ADVICE, Outcome.PERMITTED]


def test_a_hold_is_known_from_when_it_was_placed_and_its_release_from_when_it_was_released(casework: Casework) -> None:
    kit = casework.person("Kit")
    (hold,) = casework.hold(kit)
    release(casework, hold)
    with casework.database.reading() as session:
        known = {
            at: holds_as_facts(session, [saved_key(kit)], recorded_by=at)
            for at in (START - MINUTE, START, START + HOUR - MINUTE, START + HOUR)
        }
        assert [one.reference for one in list_holds(session, [saved_key(kit)])] == [hold.reference]
    before, placed, still, released = known.values()
    assert before == ()
    assert [one.released_at for one in placed + still] == [None, None]
    assert [one.released_at for one in released] == [START + HOUR]


def test_a_hold_is_released_once(casework: Casework) -> None:
    (hold,) = casework.hold(casework.person("Kit"))
    release(casework, hold)
    with pytest.raises(NotOpenError):
        release(casework, hold)


@pytest.fixture
def kit(casework: Casework) -> Person:
    return casework.person("Kit")


def test_only_legal_places_and_releases(casework: Casework, kit: Person) -> None:
    (hold,) = casework.hold(kit)
    for by in (casework.worker, casework.manager, casework.officer, casework.sro, casework.admin):
        with pytest.raises(NotAllowedError), casework.transaction() as session:
            place_hold(session, [kit], pattern="p", why="w", apart_from=frozenset(), by=by, now=START)
        with pytest.raises(NotAllowedError), casework.transaction() as session:
            release_hold(session, get_hold(session, hold.reference), why="w", apart_from=frozenset(), by=by, now=START)


def test_a_hold_that_does_not_exist_is_not_found(casework: Casework) -> None:
    with casework.database.reading() as session, pytest.raises(NoSuchRecordError):
        get_hold(session, "HLD-0000-0000")
