"""A transaction that holds its locks reads once, until it changes something, waits again, or gives them up.

On SQLite every transaction holds the one lock that there is, from its beginning to its end.
"""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Update, text, update
from sqlmodel import Session, col

from tests.architecture.test_kept import read_all
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONLY_POSTGRES, START
from tests.fixtures.counting import counting
from tracker.people import groups
from tracker.people.groups import PeopleBusyError, lock_everyone
from tracker.people.models import Person
from tracker.people.networks import lock_networks, networks_of
from tracker.people.selectors import standing_of
from tracker.storage import locks
from tracker.storage.kept import kept, kept_each
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.session import only_reading, undone, whole_or_not
from tracker.storage.tables import saved_key

ADVANCED = "the head of service"
PATIENCE_SECONDS, WAITS_SECONDS = 20.0, 0.5


class Asked:
    """A question that tells how often it was read."""

    def __init__(self, session: Session) -> None:
        self.times, self._session = 0, session

    def again(self) -> int:
        """How often it had been read, having been asked once more."""
        return kept(self._session, ("asked",), self._read)

    def _read(self) -> int:
        self.times += 1
        return self.times


def row_of(session: Session, person: Person) -> Person:
    return session.get_one(Person, saved_key(person))


def of_whom(person: Person, whom: str = ADVANCED) -> Update:
    return update(Person).where(col(Person.id) == saved_key(person)).values(ask_whom=whom)


@pytest.mark.parametrize("lock", [lock_everyone, lock_networks])
def test_under_the_locks_of_people_a_second_question_costs_nothing(
    casework: Casework, lock: Callable[[Session, list[int]], object]
) -> None:
    person = saved_key(casework.person())
    with casework.transaction() as session:
        lock(session, [person])
        first = [*read_all(session, casework, person), networks_of(session, [person])]
        with counting(casework.database) as sent:
            assert [*read_all(session, casework, person), networks_of(session, [person])] == first
        assert sent == []
    with casework.transaction() as session:  # the control
        read_all(session, casework, person)
        with counting(casework.database) as sent:
            read_all(session, casework, person)
        assert (sent == []) == on_sqlite(casework)


def on_sqlite(casework: Casework) -> bool:
    return casework.database.engine.dialect.name == "sqlite"


def _flushed(session: Session, person: Person) -> None:
    row_of(session, person).ask_whom = ADVANCED
    session.flush()


def _not_yet_flushed(session: Session, person: Person) -> None:
    row_of(session, person).ask_whom = ADVANCED


def _executed(session: Session, person: Person) -> None:
    session.execute(of_whom(person))


def _on_the_connection(session: Session, person: Person) -> None:
    session.connection().execute(of_whom(person))


def _as_text(session: Session, person: Person) -> None:
    words = f"UPDATE person SET ask_whom = 'x' WHERE id = {saved_key(person)}"  # noqa: S608 - a key of this test
    session.connection().exec_driver_sql(words)


def _in_a_savepoint(session: Session, person: Person) -> None:
    with session.begin_nested():
        session.execute(of_whom(person))


def _savepoint_rolled_back(session: Session, person: Person) -> None:
    savepoint = session.begin_nested()
    session.refresh(row_of(session, person))  # it is not begun before something is asked within it
    savepoint.rollback()


def _undone(session: Session, person: Person) -> None:
    with undone(session):
        session.execute(of_whom(person))


def _failed(session: Session, person: Person) -> None:
    def _fail() -> None:
        with whole_or_not(session):
            session.refresh(row_of(session, person))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _fail()


def _another_lock(session: Session, person: Person) -> None:
    take_locks(session, LockKind.FINDING, [1])


def _the_same_locks_again(session: Session, person: Person) -> None:
    lock_everyone(session, [saved_key(person)])


@pytest.mark.parametrize(
    "happens",
    [
        _flushed, _not_yet_flushed, _executed, _on_the_connection, _as_text, _in_a_savepoint, _savepoint_rolled_back,
        _undone, _failed,
    ],
)  # fmt: skip
def test_after_whatever_may_have_changed_something_it_is_read_anew_and_then_kept(
    casework: Casework, happens: Callable[[Session, Person], None]
) -> None:
    is_read_anew_after(casework, happens)


@ONLY_POSTGRES
@pytest.mark.parametrize("happens", [_another_lock, _the_same_locks_again])
def test_after_waiting_again_it_is_read_anew_and_then_kept(
    casework: Casework, happens: Callable[[Session, Person], None]
) -> None:
    is_read_anew_after(casework, happens)


def is_read_anew_after(casework: Casework, happens: Callable[[Session, Person], None]) -> None:
    person = casework.person()
    with casework.transaction() as session:
        lock_everyone(session, [saved_key(person)])
        asked = Asked(session)
        assert [asked.again(), asked.again()] == [1, 1]
        happens(session, person)
        assert asked.again() == 2
        session.flush()
        assert asked.again() == asked.again()


def test_a_list_is_read_anew_too_and_a_plain_read_and_a_savepoint_that_stands_forget_nothing(
    casework: Casework,
) -> None:
    person, read = casework.person(), list[list[int]]()

    def _read(wanted: list[int]) -> dict[int, int]:
        read.append(wanted)
        return dict.fromkeys(wanted, 0)

    with casework.transaction() as session:
        lock_everyone(session, [saved_key(person)])
        kept_each(session, "x", [1, 2], _read)
        row_of(session, person)
        with counting(casework.database) as sent, session.begin_nested():
            session.refresh(row_of(session, person))
        assert [one.split()[0] for one in sent] == ["SAVEPOINT", "SELECT", "RELEASE"]
        kept_each(session, "x", [2, 3], _read)
        session.execute(of_whom(person))
        kept_each(session, "x", [2, 3], _read)
    assert read == [[1, 2], [3], [2, 3]]


def test_what_was_read_while_only_reading_is_forgotten_and_what_was_kept_before_is_back(casework: Casework) -> None:
    person = casework.person()
    with casework.transaction() as session:
        lock_everyone(session, [saved_key(person)])
        asked = Asked(session)
        asked.again()
        with only_reading(session):
            assert [asked.again(), asked.again()] == [2, 2]
        assert asked.again() == 1


@pytest.mark.parametrize("ends", [Session.rollback, Session.commit])
def test_nothing_is_kept_once_the_transaction_has_ended(casework: Casework, ends: Callable[[Session], None]) -> None:
    person = casework.person()
    with casework.transaction() as session:
        lock_everyone(session, [saved_key(person)])
        asked = Asked(session)
        asked.again()
        ends(session)
        assert [asked.again(), asked.again()] == [2, 3]


@ONLY_POSTGRES
def test_nothing_is_kept_where_the_locks_were_given_up(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    person = saved_key(casework.person())
    with casework.transaction() as session:
        asked = Asked(session)
        with undone(session):
            lock_everyone(session, [person])
            assert [asked.again(), asked.again()] == [1, 1]
        assert [asked.again(), asked.again()] == [2, 3]
        monkeypatch.setattr(groups, "links_still_as", lambda *_: False)
        with pytest.raises(PeopleBusyError):
            lock_everyone(session, [person])
        assert [asked.again(), asked.again()] == [4, 5]


@ONLY_POSTGRES
def test_nothing_is_kept_where_no_locks_are_taken(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    person = saved_key(casework.person())
    with casework.transaction() as session:
        asked = Asked(session)
        take_locks(session, LockKind.PERSON, [])
        take_locks(session, LockKind.STAFF, [1])
        assert [asked.again(), asked.again()] == [1, 2]
        monkeypatch.setattr(groups, "take_locks", lambda *_: None)
        lock_everyone(session, [person])
        assert [asked.again(), asked.again()] == [3, 4]


def test_nothing_is_kept_where_it_would_not_be_noticed_that_something_was_changed(casework: Casework) -> None:
    person = saved_key(casework.person())
    with Session(casework.database.engine) as session:
        lock_everyone(session, [person])
        asked = Asked(session)
        assert [asked.again(), asked.again()] == [1, 2]


@ONLY_POSTGRES
def test_a_row_that_was_waited_for_may_have_changed_what_was_read(casework: Casework) -> None:
    person = casework.person()
    with casework.transaction() as session:
        lock_everyone(session, [saved_key(person)])
        asked = Asked(session)
        asked.again()
        session.refresh(row_of(session, person), with_for_update=True)
        assert asked.again() == 2
        session.execute(text("LOCK TABLE hold"))
        assert asked.again() == 3


def seen_after_waiting(casework: Casework, *, before: Callable[[], None]) -> tuple[bool, bool]:
    """What a transaction that holds one lock sees of somebody whose record is restricted while it waits for theirs: whether it was
    when it first asked, and when it asked again. `before` happens just before it waits."""
    mine, theirs = (saved_key(casework.person()) for _ in range(2))
    read, seen = threading.Event(), list[bool]()

    def wait_for_it() -> None:
        with casework.database.transaction() as session:
            lock_everyone(session, [mine])
            seen.append(standing_of(session, theirs, on=START.date()).restricted)
            before()
            read.set()
            take_locks(session, LockKind.PERSON, [theirs])
            seen.append(standing_of(session, theirs, on=START.date()).restricted)

    waiting = threading.Thread(target=wait_for_it, daemon=True)
    on_postgresql = not on_sqlite(casework)
    with casework.database.transaction() as session:
        lock_everyone(session, [theirs])
        waiting.start()
        assert read.wait(PATIENCE_SECONDS if on_postgresql else WAITS_SECONDS) == on_postgresql
        waiting.join(WAITS_SECONDS)
        assert waiting.is_alive()
        row = session.get_one(Person, theirs)
        row.restricted, row.ask_whom = True, ADVANCED
    waiting.join(PATIENCE_SECONDS)
    assert not waiting.is_alive()
    return seen[0], seen[1]


def test_what_another_changed_while_this_one_waited_is_seen(casework: Casework) -> None:
    first, again = seen_after_waiting(casework, before=lambda: None)
    assert again
    assert first is on_sqlite(casework)  # there it waits before it begins


@ONLY_POSTGRES
def test_control_with_nothing_forgotten_before_waiting_it_is_not_seen(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _keeps_all() -> None:
        monkeypatch.setattr(locks, "forget_before_waiting", lambda _: None)
        monkeypatch.setattr(locks, "keep_under_locks", lambda _: None)

    assert seen_after_waiting(casework, before=_keeps_all) == (False, False)
