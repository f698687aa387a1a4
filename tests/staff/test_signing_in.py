"""Attempts to sign in are counted in the database: ten failures lock an account, fifty delay an address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import func, select

from tests.fixtures.council import ONE_DATABASE, ONLY_POSTGRES, START, Council
from tests.fixtures.trail import last_event, trail
from tracker.access.permissions import NotAllowedError
from tracker.staff.models import SignInAttempt, SignInSession, StaffLock, StaffMember
from tracker.staff.requests import StaffChangeError
from tracker.staff.selectors.signing_in import delay_of_address, find_lock, find_session, runs, token_hash
from tracker.staff.services import (
    Answer,
    Attempt,
    Refusal,
    close_staff_member,
    end_lock,
    end_sessions,
    sign_in,
    sign_out,
    signing_in,
    start_session,
)
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

MINUTE = timedelta(minutes=1)
DIGEST = "a" * 64
OFFICE = "b" * 64


def attempt(member: StaffMember | None, *, right: bool, account: str = DIGEST, address: str = OFFICE) -> Attempt:
    kept = member.password_hash if member else None
    return Attempt(member.id if member else None, kept, right, account, address)


def trying(database: Database, tried: Attempt, *, at: datetime = START) -> Answer:
    with database.transaction() as session:
        return sign_in(session, tried, now=at)


def failing(council: Council, times: int, *, at: datetime = START) -> None:
    for _ in range(times):
        trying(council.database, attempt(council.worker, right=False), at=at)


def count(database: Database, table: type[SignInAttempt] | type[StaffLock]) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_the_right_password_starts_a_session_of_which_only_the_hash_is_kept(council: Council) -> None:
    answer = trying(council.database, attempt(council.worker, right=True))
    assert answer.token is not None
    with council.database.reading() as session:
        row = session.exec(select(SignInSession)).one()
    assert (row.staff_id, row.token_hash, row.started_at) == (council.worker.id, token_hash(answer.token), START)
    assert answer.token not in row.token_hash
    entry = last_event(council.database)
    assert (entry.event, entry.actor) == ("staff:signed_in", council.worker.reference)


def test_a_wrong_password_is_refused_counted_and_recorded_without_an_actor(council: Council) -> None:
    answer = trying(council.database, attempt(council.worker, right=False))
    assert (answer.token, answer.refusal) == (None, Refusal.WRONG_PASSWORD)
    entry = last_event(council.database)
    assert (entry.event, entry.actor, entry.record) == ("staff:sign_in_failed", None, council.worker.reference)
    assert count(council.database, SignInAttempt) == 1


def test_an_attempt_on_an_account_that_does_not_exist_is_counted_and_is_no_event(council: Council) -> None:
    before = len(trail(council.database))
    answer = trying(council.database, attempt(None, right=False))
    assert (answer.token, answer.refusal) == (None, Refusal.UNKNOWN)
    assert count(council.database, SignInAttempt) == 1
    assert len(trail(council.database)) == before


def test_ten_failures_lock_the_account_even_for_the_right_password(council: Council) -> None:
    failing(council, 9)
    assert count(council.database, StaffLock) == 0
    failing(council, 1)
    assert last_event(council.database).event == "staff:account_locked"
    assert trying(council.database, attempt(council.worker, right=True)).refusal is Refusal.LOCKED


def test_nine_failures_do_not_lock(council: Council) -> None:
    failing(council, 9)
    assert trying(council.database, attempt(council.worker, right=True)).token is not None


def test_failures_on_another_account_do_not_lock_this_one(council: Council) -> None:
    failing(council, 9)
    for _ in range(5):
        trying(council.database, attempt(council.colleague, right=False, account="c" * 64))
    assert trying(council.database, attempt(council.worker, right=True)).token is not None


def test_failures_older_than_a_quarter_of_an_hour_no_longer_count(council: Council) -> None:
    failing(council, 9)
    failing(council, 1, at=START + 15 * MINUTE)
    assert count(council.database, StaffLock) == 0
    failing(council, 9, at=START + 16 * MINUTE)
    assert count(council.database, StaffLock) == 1


def test_what_is_tried_while_locked_is_no_event_so_at_most_ten_are(council: Council) -> None:
    failing(council, 25)
    assert len(trail(council.database, "staff:sign_in_failed")) == 10
    assert len(trail(council.database, "staff:account_locked")) == 1
    assert count(council.database, SignInAttempt) == 25


def test_a_lock_ends_after_half_an_hour_and_what_was_tried_meanwhile_is_forgotten(council: Council) -> None:
    failing(council, 10)
    failing(council, 12, at=START + 29 * MINUTE)
    right = attempt(council.worker, right=True)
    assert trying(council.database, right, at=START + 30 * MINUTE - timedelta(seconds=1)).refusal is Refusal.LOCKED
    failing(council, 1, at=START + 30 * MINUTE)
    assert trying(council.database, right, at=START + 30 * MINUTE).token is not None


def test_an_administrator_ends_a_lock_and_the_count_begins_anew(council: Council) -> None:
    failing(council, 10)
    with council.database.transaction() as session:
        end_lock(session, saved_key(council.worker), by=council.actor(council.admin), now=START + MINUTE)
    assert (last_event(council.database).event, last_event(council.database).record) == (
        "staff:lock_ended",
        council.worker.reference,
    )
    failing(council, 1, at=START + 2 * MINUTE)
    assert trying(council.database, attempt(council.worker, right=True), at=START + 2 * MINUTE).token is not None


def test_only_an_administrator_ends_a_lock_and_only_one_that_stands(council: Council) -> None:
    failing(council, 10)
    worker = saved_key(council.worker)
    for who in (council.manager, council.sro, council.worker):
        with council.database.transaction() as session, pytest.raises(NotAllowedError):
            end_lock(session, worker, by=council.actor(who), now=START)
    with council.database.transaction() as session, pytest.raises(StaffChangeError, match="not locked"):
        end_lock(session, worker, by=council.actor(council.admin), now=START + 30 * MINUTE)


def test_closed_staff_cannot_sign_in_with_the_right_password(council: Council) -> None:
    with council.database.transaction() as session:
        close_staff_member(session, saved_key(council.worker), by=council.actor(council.admin), now=START)
    answer = trying(council.database, attempt(council.worker, right=True))
    assert (answer.token, answer.refusal) == (None, Refusal.CLOSED)


def test_a_password_that_was_changed_while_it_was_being_tried_is_refused(council: Council) -> None:
    tried = Attempt(council.worker.id, "the hash before", True, DIGEST, OFFICE)
    assert trying(council.database, tried).refusal is Refusal.WRONG_PASSWORD


def test_a_one_time_password_ends_after_a_day(council: Council) -> None:
    with council.database.transaction() as session:
        member = session.get_one(StaffMember, council.worker.id)
        member.must_change_password, member.password_ends_at = True, START
        session.add(member)
    right = attempt(council.worker, right=True)
    assert trying(council.database, right, at=START).refusal is Refusal.ONE_TIME_ENDED
    assert trying(council.database, right, at=START - timedelta(seconds=1)).token is not None


def test_attempts_are_forgotten_after_a_day(council: Council) -> None:
    failing(council, 3, at=START - timedelta(days=2))
    failing(council, 2, at=START - timedelta(hours=23))
    trying(council.database, attempt(council.worker, right=True))
    assert count(council.database, SignInAttempt) == 3


def test_many_at_once_get_no_more_than_ten_tries(council: Council) -> None:
    wrong = attempt(council.worker, right=False)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: trying(council.database, wrong).refusal, range(24)))
    assert answers.count(Refusal.WRONG_PASSWORD) == 10
    assert answers.count(Refusal.LOCKED) == 14
    assert len(trail(council.database, "staff:sign_in_failed")) == 10
    assert count(council.database, StaffLock) == 1


@ONLY_POSTGRES
def test_without_the_lock_many_at_once_get_more_tries(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: eight look whether the account is locked before any of them has counted."""
    failing(council, 9)
    everybody, wrong = Barrier(8), attempt(council.worker, right=False)

    def looked(*given: Any, **named: Any) -> StaffLock | None:
        found = find_lock(*given, **named)
        everybody.wait(10)
        return found

    monkeypatch.setattr(signing_in, "find_lock", looked)
    monkeypatch.setattr(signing_in, "take_locks", lambda *_: None)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(trying, council.database, wrong, at=START + timedelta(seconds=n)) for n in range(8)]
        answers = [one.result().refusal for one in waiting]
    assert answers.count(Refusal.WRONG_PASSWORD) == 8


def delay(database: Database, at: datetime, address: str = OFFICE) -> float:
    with database.reading() as session:
        return delay_of_address(session, address, now=at).total_seconds()


def from_one_address(database: Database, times: int, *, at: datetime = START) -> None:
    for number in range(times):
        trying(database, attempt(None, right=False, account=f"{number:064}"), at=at)


@ONE_DATABASE
def test_an_address_waits_longer_with_each_failure_from_the_fiftieth_and_never_longer_than_half_a_minute(
    database: Database,
) -> None:
    from_one_address(database, 49)
    assert delay(database, START) == 0
    waits = []
    for _ in range(40):
        from_one_address(database, 1)
        waits.append(delay(database, START))
    assert waits == [float(min(seconds, 30)) for seconds in range(1, 41)]


@ONE_DATABASE
def test_the_delay_of_an_address_passes_by_itself(database: Database) -> None:
    from_one_address(database, 54)
    assert [delay(database, START + timedelta(seconds=passed)) for passed in (0, 2, 5, 6)] == [5.0, 3.0, 0.0, 0.0]


@ONE_DATABASE
def test_failures_from_another_address_or_long_ago_delay_nobody(database: Database) -> None:
    from_one_address(database, 60)
    assert delay(database, START, address="d" * 64) == 0
    assert delay(database, START + 15 * MINUTE) == 0


@ONE_DATABASE
def test_signing_in_is_no_failure_of_an_address(council: Council) -> None:
    for _ in range(60):
        trying(council.database, attempt(council.worker, right=True))
    assert delay(council.database, START) == 0


@ONE_DATABASE
def test_a_session_runs_for_twelve_hours_and_not_after_it_was_ended(council: Council) -> None:
    with council.database.transaction() as session:
        token = start_session(session, saved_key(council.worker), now=START)
    with council.database.reading() as session:
        row = find_session(session, token)
        assert row is not None
        assert runs(row, START + timedelta(hours=12) - timedelta(seconds=1))
        assert not runs(row, START + timedelta(hours=12))
        assert find_session(session, "another token") is None
    with council.database.transaction() as session:
        sign_out(session, token, by=council.actor(council.worker), now=START + MINUTE)
    with council.database.reading() as session:
        ended = find_session(session, token)
        assert ended is not None
        assert not runs(ended, START + MINUTE)
    assert last_event(council.database).event == "staff:signed_out"


@ONE_DATABASE
def test_nobody_signs_somebody_else_out_and_nobody_twice(council: Council) -> None:
    with council.database.transaction() as session:
        token = start_session(session, saved_key(council.worker), now=START)
    before = len(trail(council.database))
    for act in (council.actor(council.colleague), council.actor(council.sro)):
        with council.database.transaction() as session:
            sign_out(session, token, by=act, now=START)
    assert len(trail(council.database)) == before
    for _ in range(2):
        with council.database.transaction() as session:
            sign_out(session, token, by=council.actor(council.worker), now=START)
    assert len(trail(council.database)) == before + 1


@ONE_DATABASE
def test_an_administrator_signs_somebody_out_everywhere(council: Council) -> None:
    with council.database.transaction() as session:
        for member in (council.worker, council.worker, council.colleague):
            start_session(session, saved_key(member), now=START)
    assert _ended_by(council, council.admin) == 2
    entry = last_event(council.database)
    assert (entry.event, entry.facts) == ("staff:sessions_ended", {"sessions_ended": 2})
    with pytest.raises(NotAllowedError):
        _ended_by(council, council.manager)


def _ended_by(council: Council, who: StaffMember) -> int:
    with council.database.transaction() as session:
        return end_sessions(session, saved_key(council.worker), by=council.actor(who), now=START)
