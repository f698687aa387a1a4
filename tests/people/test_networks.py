"""Who belongs together within one step, and the locks of everyone in a network."""

from itertools import count

import pytest

from tests.fixtures.council import ONLY_POSTGRES, START, Council
from tests.people.making import put_link, put_people
from tests.people.test_groups import Check, keys
from tracker.people import networks
from tracker.people.groups import MOST_TRIES, PeopleBusyError
from tracker.people.models import FamilyLink, Person
from tracker.people.networks import Networks, lock_networks, network_of
from tracker.people.vocabulary import FamilyLinkKind
from tracker.storage.tables import saved_key


def belongs(council: Council, one: Person, other: Person, kind: FamilyLinkKind, *, ended: bool = False) -> None:
    by = saved_key(council.worker)
    with council.database.transaction() as session:
        session.add(
            FamilyLink(
                person_id=saved_key(one),
                other_id=saved_key(other),
                kind=kind.value,
                recorded_at=START,
                recorded_by=by,
                ended_at=START if ended else None,
                ended_by=by if ended else None,
            )
        )


def test_a_network_is_one_step_of_family_and_household_with_all_records_that_are_one_person(council: Council) -> None:
    child, twin_record, mother, mother_again, grandmother, friend, former, *_ = put_people(
        council, "Ada Zz", "Adah Zz", "Bea Zz", "Bee Zz", "Cid Zz", "Dan Zz", "Eve Zz", "Noise Zz"
    )
    belongs(council, mother_again, child, FamilyLinkKind.PARENT)
    belongs(council, grandmother, mother, FamilyLinkKind.PARENT)
    belongs(council, friend, child, FamilyLinkKind.ASSOCIATE)
    belongs(council, child, former, FamilyLinkKind.HOUSEHOLD, ended=True)
    with council.database.transaction() as session:
        put_link(session, council, child, twin_record)
        put_link(session, council, mother, mother_again)
    with council.database.reading() as session:
        seen = network_of(session, [saved_key(twin_record), saved_key(mother), saved_key(friend)])
    assert seen[saved_key(twin_record)] == keys(child, twin_record, mother, mother_again)
    assert seen[saved_key(mother)] == keys(child, twin_record, mother, mother_again, grandmother)
    assert seen[saved_key(friend)] == keys(friend)


@pytest.mark.parametrize("end", [0, 1])
def test_no_network_crosses_a_sealed_record(council: Council, end: int) -> None:
    both = put_people(council, "Ada Zz", "Bea Zz")
    belongs(council, both[0], both[1], FamilyLinkKind.PARENT)
    with council.database.transaction() as session:
        sealed = session.get_one(Person, both[end].id)
        sealed.sealed = sealed.restricted = True
        sealed.ask_whom = "Legal"
    with council.database.reading() as session:
        seen = network_of(session, keys(*both))
    assert seen == {saved_key(one): keys(one) for one in both}


@ONLY_POSTGRES
def test_the_lock_of_a_person_with_their_network_is_that_of_their_relatives(council: Council) -> None:
    child, mother, alone = put_people(council, "Ada Zz", "Bea Zz", "Cid Zz")
    belongs(council, mother, child, FamilyLinkKind.PARENT)
    with council.database.transaction() as session:
        groups = lock_networks(session, [saved_key(child)])
        check, elsewhere = Check(council.database, mother), Check(council.database, alone)
        assert elsewhere.seen() == keys(alone)
        assert check.is_waiting()
    assert check.seen() == keys(mother)
    assert groups[saved_key(child)].members == keys(child)


def test_a_relative_added_while_the_locks_are_awaited_is_locked_too(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read after the locks is what was locked; where it never is, the request is told to come back."""
    child, _ = put_people(council, "Ada Zz", "Bea Zz")
    tries, mine = count(), saved_key(child)

    def changing(session: object, people: object) -> Networks:
        return Networks({mine: (mine, next(tries))}, {mine: (mine,)})

    monkeypatch.setattr(networks, "networks_of", changing)
    with council.database.transaction() as session, pytest.raises(PeopleBusyError):
        lock_networks(session, [mine])
    assert next(tries) == 2 * MOST_TRIES
