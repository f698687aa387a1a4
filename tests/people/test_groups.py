"""Records that are one person, and the locks of everyone a use-case concerns."""

import threading
from datetime import timedelta
from itertools import count

import pytest

from tests.fixtures.council import ONLY_POSTGRES, START, Council
from tests.people.making import put_link, put_people
from tracker.corrections.services import unlink_records
from tracker.people import groups
from tracker.people.groups import PeopleBusyError, group_of, lock_everyone
from tracker.people.models import Person
from tracker.people.requests import UnlinkedRecords
from tracker.storage.session import Database
from tracker.storage.tables import NoSuchRecordError, saved_key


def keys(*people: Person) -> tuple[int, ...]:
    return tuple(sorted(saved_key(one) for one in people))


def test_everyone_reached_over_links_is_one_group_named_after_its_oldest_record(council: Council) -> None:
    first, second, third, *others = put_people(council, "Ada Zz", "Bea Zz", "Cid Zz", "Dan Zz", "Eve Zz")
    with council.database.transaction() as session:
        put_link(session, council, third, second)
        put_link(session, council, first, third)
        put_link(session, council, *others)
    with council.database.reading() as session:
        for one in (first, second, third):
            group = group_of(session, saved_key(one))
            assert (group.key, group.members) == (first.reference, keys(first, second, third))
        assert group_of(session, saved_key(others[0])).members == keys(*others)


def test_an_undone_link_no_longer_joins_but_did_while_it_stood(council: Council) -> None:
    one, other, _ = put_people(council, "Ada Zz", "Bea Zz", "Cid Zz")
    undone_at = START + timedelta(hours=2)
    with council.database.transaction() as session:
        reference = put_link(session, council, one, other, at=START)
    with council.database.transaction() as session:
        undone = UnlinkedRecords(person=other.reference, link=reference, why="Two cousins of one name")
        unlink_records(session, undone, by=council.actor(council.manager), now=undone_at)
    with council.database.reading() as session:
        at = {when: len(group_of(session, saved_key(one), at=when).members) for when in (
            START - timedelta(seconds=1), START, undone_at - timedelta(seconds=1), undone_at
        )}  # fmt: skip
        assert list(at.values()) == [1, 2, 2, 1]
        assert group_of(session, saved_key(one)).members == keys(one)


def test_the_lock_gives_the_group_of_everyone_asked_for(council: Council) -> None:
    one, other, alone, _ = put_people(council, "Ada Zz", "Bea Zz", "Cid Zz", "Dan Zz")
    with council.database.transaction() as session:
        put_link(session, council, one, other)
    with council.database.transaction() as session:
        locked = lock_everyone(session, [saved_key(alone), saved_key(other)])
    assert {key: group.members for key, group in locked.items()} == {
        saved_key(alone): keys(alone),
        saved_key(other): keys(one, other),
    }


def test_nobody_is_locked_who_does_not_exist(council: Council) -> None:
    with council.database.transaction() as session, pytest.raises(NoSuchRecordError):
        lock_everyone(session, [999_999])


class Check:
    """A check in another thread, which asks for the lock of a person while somebody else holds it."""

    def __init__(self, database: Database, person: Person) -> None:
        self.members: tuple[int, ...] = ()
        self._database, self._person = database, person
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with self._database.transaction() as session:
            self.members = lock_everyone(session, [saved_key(self._person)])[saved_key(self._person)].members

    def is_waiting(self) -> bool:
        self._thread.join(0.6)
        return self._thread.is_alive()

    def seen(self) -> tuple[int, ...]:
        self._thread.join(20)
        assert not self._thread.is_alive()
        return self.members


def link_made_while_a_check_waits(council: Council) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What a check saw that was waiting while the link was made, and what it must see."""
    one, other, _ = put_people(council, "Ada Zz", "Bea Zz", "Cid Zz")
    with council.database.transaction() as session:
        put_link(session, council, one, other)
        check = Check(council.database, one)
        assert check.is_waiting()
    return check.seen(), keys(one, other)


def test_a_link_made_while_a_check_waits_for_the_lock_is_seen(council: Council) -> None:
    seen, wanted = link_made_while_a_check_waits(council)
    assert seen == wanted


@ONLY_POSTGRES
def test_control_without_reading_again_the_link_is_missed(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "links_still_as", lambda session, before: True)
    seen, wanted = link_made_while_a_check_waits(council)
    assert seen == wanted[:1]


@ONLY_POSTGRES
def test_a_linked_record_is_locked_with_the_person(council: Council) -> None:
    one, other, alone = put_people(council, "Ada Zz", "Bea Zz", "Cid Zz")
    with council.database.transaction() as session:
        put_link(session, council, one, other)
    with council.database.transaction() as session:
        lock_everyone(session, [saved_key(one)])
        check, elsewhere = Check(council.database, other), Check(council.database, alone)
        assert elsewhere.seen() == keys(alone)
        assert check.is_waiting()
    assert check.seen() == keys(one, other)


@ONLY_POSTGRES
def test_locks_taken_before_the_links_changed_are_given_up(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise two that start over could each hold what the other waits for."""
    one, *_ = put_people(council, "Ada Zz", "Bea Zz")
    monkeypatch.setattr(groups, "links_still_as", lambda session, before: False)
    with council.database.transaction() as session:
        with pytest.raises(PeopleBusyError):
            lock_everyone(session, [saved_key(one)])
        monkeypatch.undo()
        assert Check(council.database, one).seen() == keys(one)


def test_links_that_never_stop_changing_end_in_an_error_that_can_be_tried_again(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, *_ = put_people(council, "Ada Zz", "Bea Zz")
    tries = count()
    monkeypatch.setattr(groups, "links_still_as", lambda session, before: next(tries) < 0)
    with council.database.transaction() as session, pytest.raises(PeopleBusyError):
        lock_everyone(session, [saved_key(one)])
    assert next(tries) == groups.MOST_TRIES
