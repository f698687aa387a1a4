"""What is found is found whole or not at all, once, whoever else looks for it at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from tests.detection.finding import DAY, HOUR, family, findings, holds
from tests.fixtures.casework import Casework
from tests.fixtures.council import AS_OWNER, ONE_DATABASE, ONLY_POSTGRES, START
from tests.fixtures.faults import every_row, fails_whole
from tracker.decisions import concerned as locking
from tracker.detection import finding
from tracker.detection.services.detecting import detect
from tracker.people.groups import take_everyones_locks
from tracker.people.models import Person
from tracker.people.networks import lock_networks
from tracker.policy.entitlement import Actor
from tracker.policy.patterns import Pattern
from tracker.referrals.selectors import get_hold
from tracker.review.requests import ReleasedHolds
from tracker.review.services import release_held
from tracker.storage.tables import saved_key


def a_cluster(casework: Casework) -> int:
    """Three looks of two teams at one family, not looked for yet; gives the key of the child."""
    people = family(casework)
    for days, by in enumerate((casework.worker, casework.worker2, casework.colleague)):
        casework.ask(people[days], by=by, now=START + days * DAY)
    return saved_key(people[0])


@ONE_DATABASE
def test_whatever_statement_fails_nothing_is_left_of_a_finding_nor_of_its_release(casework: Casework) -> None:
    child = a_cluster(casework)

    def find() -> None:
        with casework.transaction() as session:
            lock_networks(session, [child])
            detect(session, [child], now=START + 3 * DAY)

    assert fails_whole(casework.database, find) > 20
    hold = holds(casework)[0].reference

    def release() -> None:
        with casework.transaction() as session:
            get_hold(session, hold)
            release_held(session, ReleasedHolds((hold,), "One plan."), by=casework.legal, now=START + 4 * DAY)

    fails_whole(casework.database, release)


@ONE_DATABASE
def test_the_second_run_writes_nothing_at_all(casework: Casework) -> None:
    child = a_cluster(casework)
    found_at(casework, child, days=3)
    before = every_row(casework.database)
    assert found_at(casework, child, days=4) == 0
    assert every_row(casework.database) == before


@ONLY_POSTGRES
@AS_OWNER
def test_control_with_nothing_read_of_what_is_on_record_the_unique_key_refuses_and_without_it_there_are_two(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = a_cluster(casework)
    found_at(casework, child, days=3)
    monkeypatch.setattr(finding, "list_recorded", lambda *_, **__: [])
    with pytest.raises(IntegrityError):
        found_at(casework, child, days=4)
    assert len(findings(casework)) == 1
    with casework.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE pattern_finding DROP CONSTRAINT uq_pattern_finding_key")
    found_at(casework, child, days=5)
    first, second = findings(casework)
    assert first.key == second.key


def test_two_late_entries_at_two_relatives_at_one_moment_make_one_finding(casework: Casework) -> None:
    for number in range(ROUNDS):
        one_round(casework, number)
        found = findings(casework, Pattern.FAMILY_CLUSTER)
        assert len(found) == number + 1
        assert len(holds(casework)) == 3 * (number + 1)
        assert len({one.referral_id for one in found}) == number + 1


@ONLY_POSTGRES
def test_control_without_the_locks_of_the_networks_the_two_do_not_see_each_other(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "take_network_locks", take_everyones_locks)
    for number in range(MOST_ROUNDS):
        one_round(casework, number)
        if len(findings(casework, Pattern.FAMILY_CLUSTER)) <= number:
            return
    pytest.fail("the two saw each other every time")


ROUNDS, MOST_ROUNDS = 3, 15


def one_round(casework: Casework, number: int) -> None:
    """One look at the mother; then a late entry at the child and one at the grandmother, by two teams at one moment."""
    child, mother, grandmother = family(casework)
    moment = START + number * DAY
    casework.ask(mother, now=moment)

    def late(person: Person, by: Actor) -> Callable[[], object]:
        return lambda: casework.late(person, moment - HOUR, by=by, now=moment + HOUR)

    at_once([late(child, casework.worker), late(grandmother, casework.worker2)])


def found_at(casework: Casework, child: int, *, days: int) -> int:
    """How much is new when the child is looked at on a day."""
    with casework.transaction() as session:
        lock_networks(session, [child])
        return len(detect(session, [child], now=START + days * DAY))


def at_once(jobs: list[Callable[[], object]]) -> None:
    barrier = threading.Barrier(len(jobs))

    def run_one(job: Callable[[], object]) -> object:
        barrier.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(run_one, job) for job in jobs]:
            done.result()
