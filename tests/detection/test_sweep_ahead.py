"""A sweep reads all families together; what happens between that and its acting is not passed over."""

from collections.abc import Iterable
from typing import Any

import pytest
from sqlmodel import Session

from tests.detection.finding import DAY, cases, findings, holds, put_profile
from tests.detection.test_whole_or_not import a_cluster
from tests.fixtures.casework import Casework
from tests.fixtures.council import START
from tests.review.sealing import sealed
from tracker.detection import sweep as sweeping
from tracker.detection.models import PatternFinding
from tracker.detection.services import detect
from tracker.detection.sweep import ToSweep, list_everybody, sweep
from tracker.people.models import Person
from tracker.policy.patterns import Pattern
from tracker.referrals.vocabulary import ReferralKind

NIGHT = START + 3 * DAY


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[int]]:
    """The people whom a sweep has looked at anew."""
    seen: list[frozenset[int]] = []

    def _looks_anew(session: Session, people: Iterable[int], **how: Any) -> list[PatternFinding]:
        people = tuple(people)
        seen.append(frozenset(people))
        return detect(session, people, **how)

    monkeypatch.setattr(sweeping, "detect", _looks_anew)
    return seen


def listed(casework: Casework) -> list[ToSweep]:
    """The families that a whole sweep would act on."""
    with casework.database.reading() as session:
        return [item for item in list_everybody(session, NIGHT) if item.people]


def acted_on(casework: Casework, item: ToSweep) -> None:
    with casework.transaction() as session:
        sweep(session, item, NIGHT)


def test_a_family_with_something_new_is_acted_on_as_it_was_read_and_then_is_listed_no_more(
    casework: Casework, anew: list[frozenset[int]]
) -> None:
    child = a_cluster(casework)
    casework.ask(casework.person("Noise"), now=START)
    (family,) = listed(casework)
    assert child in family.people
    acted_on(casework, family)
    assert anew == []
    assert len(findings(casework, Pattern.FAMILY_CLUSTER)) == 1
    assert len(holds(casework)) == 3
    assert listed(casework) == []


def test_where_something_has_happened_to_one_of_them_meanwhile_they_are_looked_at_anew(
    casework: Casework, anew: list[frozenset[int]]
) -> None:
    child = a_cluster(casework)
    (family,) = listed(casework)
    with casework.database.reading() as session:
        person = session.get_one(Person, child)
    casework.notice(person, now=START + 2 * DAY)
    acted_on(casework, family)
    assert anew == [frozenset(family.people)]
    acted_on(casework, family)
    assert len(findings(casework, Pattern.FAMILY_CLUSTER)) == 1
    assert len(holds(casework)) == 3


def test_what_happened_to_somebody_else_meanwhile_is_no_reason_to_look_anew(
    casework: Casework, anew: list[frozenset[int]]
) -> None:
    a_cluster(casework)
    (family,) = listed(casework)
    casework.notice(casework.person("Noise"), now=START + 2 * DAY)
    acted_on(casework, family)
    acted_on(casework, family)
    assert len(anew) == 1, "the first time nothing had happened; the second time what was found had"
    assert len(findings(casework, Pattern.FAMILY_CLUSTER)) == 1


def a_shared_address(casework: Casework) -> tuple[Person, Person]:
    one, other = casework.person("One"), casework.person("Other")
    profiles = [put_profile(casework, person, "https://www.facebook.com/zz.shared") for person in (one, other)]
    casework.ask(one, profiles=(profiles[0],))
    casework.ask(other, by=casework.worker2, now=START + DAY, profiles=(profiles[1],))
    return one, other


def test_everybody_who_is_to_be_named_is_locked_though_they_are_of_no_one_family(
    casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = {one.id for one in a_shared_address(casework)}
    (family,) = listed(casework)
    locked: list[frozenset[int]] = []
    monkeypatch.setattr(sweeping, "take_network_locks", lambda session, people: locked.append(frozenset(people)))
    acted_on(casework, family)
    assert len(family.people) == 1
    assert locked == [both]
    assert {hold.person_id for hold in holds(casework)} == both


def test_a_record_of_no_family_that_is_sealed_meanwhile_is_named_to_legal_alone(
    casework: Casework, anew: list[frozenset[int]]
) -> None:
    one, other = a_shared_address(casework)
    (family,) = listed(casework)
    sealed(casework, other if one.id in family.people else one, now=START + 2 * DAY)
    acted_on(casework, family)
    assert anew == [frozenset(family.people)]
    assert len(findings(casework, Pattern.SHARED_PROFILE)) == 1
    assert [case.kind for case, _ in cases(casework)] == [ReferralKind.SEALED]
    assert holds(casework) == []
