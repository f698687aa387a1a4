"""Legal releases a hold: what was reviewed never holds anybody again, and one look more makes a new finding that says so."""

from datetime import datetime

import pytest
from sqlmodel import col, select

from tests.detection.finding import DAY, HOUR, belong, cases, family, findings, holds, looks_of, people_of, run
from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.detection.models import ReviewedView
from tracker.people.models import Person
from tracker.policy.patterns import Pattern
from tracker.policy.vocabulary import ConsentStatus, Outcome
from tracker.referrals.models import Hold, Referral
from tracker.referrals.selectors import get_referral
from tracker.referrals.vocabulary import Finding
from tracker.review.requests import NewResolution, ReleasedHolds
from tracker.review.services import release_held, resolve_referral, take_referral
from tracker.storage.tables import StaleVersionError
from tracker.viewings.models import Look


def a_repeat(casework: Casework) -> Person:
    """Somebody with two single looks, found and held."""
    person = casework.person()
    casework.ask(person)
    casework.late(person, START - DAY, by=casework.worker2, now=START + HOUR)
    return person


def release(casework: Casework, *holds: Hold, now: datetime) -> None:
    released = ReleasedHolds(tuple(hold.reference for hold in holds), "Two teams, one visit.")
    with casework.transaction() as session:
        release_held(session, released, by=casework.legal, now=now)


def settle(casework: Casework, case: Referral, finding: Finding, *, now: datetime) -> None:
    """Legal takes the case and answers it."""
    with casework.transaction() as session:
        take_referral(session, get_referral(session, case.reference), version=case.version, by=casework.legal, now=now)
    with casework.transaction() as session:
        answer = NewResolution("One plan.", version=case.version + 1, finding=finding)
        resolve_referral(session, get_referral(session, case.reference), answer, by=casework.legal, now=now)


def reviewed(casework: Casework, hold: Hold) -> set[str]:
    query = select(Look.reference).join(ReviewedView, col(ReviewedView.look_id) == col(Look.id))
    with casework.database.reading() as session:
        return set(session.exec(query.where(ReviewedView.hold_id == hold.id)))


def test_what_was_reviewed_with_a_release_holds_nobody_again_and_one_look_more_does(casework: Casework) -> None:
    person = a_repeat(casework)
    (hold,), (first,) = holds(casework), findings(casework)
    release(casework, hold, now=START + DAY)
    assert reviewed(casework, hold) == looks_of(casework, first)
    assert run(casework, person, now=START + DAY + HOUR) == []
    casework.consent(person, now=START + 2 * DAY)
    check = casework.ask(person, now=START + 2 * DAY)  # on consent: no part of a pattern
    assert casework.outcome(check) is Outcome.PERMITTED
    assert not holds(casework)
    late = casework.late(person, START - 2 * DAY, by=casework.colleague, now=START + 3 * DAY)
    again = findings(casework, Pattern.REPEAT_VIEWING)[-1]
    standing = next(one for one in holds(casework) if one.pattern == Pattern.REPEAT_VIEWING)
    assert looks_of(casework, again) == looks_of(casework, first) | {casework.look(late).reference}
    assert (again.names_hold_id, standing.person_id) == (hold.id, person.id)
    assert hold.reference in again.why


def test_answering_the_case_releases_everybody_and_reviews_every_look_of_it(casework: Casework) -> None:
    people = family(casework)
    for days, by in enumerate((casework.worker, casework.worker2, casework.colleague)):
        casework.ask(people[days], by=by, now=START + days * DAY)
    run(casework, people[0], now=START + 3 * DAY)
    (found,) = findings(casework)
    ((case, _),) = cases(casework)
    settle(casework, case, Finding.HOLD_RELEASED, now=START + 4 * DAY)
    released = holds(casework, standing=False)
    assert len(released) == 3
    assert all(reviewed(casework, hold) == looks_of(casework, found) for hold in released)
    for person in people:
        assert run(casework, person, now=START + 5 * DAY) == []
    assert not holds(casework)


@ONE_DATABASE
def test_a_second_finding_about_one_person_joins_their_case_and_adds_no_hold_of_the_same_pattern(
    casework: Casework,
) -> None:
    person = a_repeat(casework)
    casework.late(person, START - 2 * DAY, by=casework.colleague, now=START + DAY)
    pair = findings(casework, Pattern.REPEAT_VIEWING)
    assert [len(looks_of(casework, one)) for one in pair] == [2, 3]
    assert len({one.referral_id for one in pair}) == 1
    assert len([hold for hold in holds(casework) if hold.pattern == Pattern.REPEAT_VIEWING]) == 1


@ONE_DATABASE
def test_somebody_who_turns_out_to_belong_to_the_family_is_held_with_it(casework: Casework) -> None:
    """The same looks and more people: no second finding, but their hold, in the same case."""
    people = family(casework)
    for days, by in enumerate((casework.worker, casework.worker2, casework.colleague)):
        casework.ask(people[days], by=by, now=START + days * DAY)
    run(casework, people[0], now=START + 3 * DAY)
    uncle = casework.person("Uncle")
    belong(casework, uncle, people[1])
    run(casework, uncle, now=START + 4 * DAY)
    (found,), ((_, about),) = findings(casework), cases(casework)
    everyone = {one.id for one in (*people, uncle)}
    assert people_of(casework, found) == about == everyone == {hold.person_id for hold in holds(casework)}
    assert len(holds(casework)) == 4


@ONE_DATABASE
def test_a_release_silences_no_possible_error(casework: Casework) -> None:
    person = a_repeat(casework)
    casework.consent(person, now=START + HOUR)
    check = casework.ask(person, now=START + 2 * HOUR)
    casework.consent(person, ConsentStatus.WITHDRAWN, at=START + HOUR, now=START + 3 * HOUR)
    (hold,) = holds(casework)
    release(casework, hold, now=START + DAY)
    assert casework.footing(check) == "consent"
    assert [one.pattern for one in run(casework, person, now=START + 2 * DAY)] == [Pattern.AUTHORITY_GAP]


@ONE_DATABASE
def test_a_hold_that_was_kept_is_released_with_a_later_case_about_the_same_pattern(casework: Casework) -> None:
    person = a_repeat(casework)
    settle(casework, cases(casework)[-1][0], Finding.HOLD_KEPT, now=START + DAY)
    assert len(holds(casework)) == 1
    casework.late(person, START - 40 * DAY, by=casework.colleague, now=START + 2 * DAY)
    assert [one.pattern for one in holds(casework)] == [Pattern.REPEAT_VIEWING]
    settle(casework, cases(casework)[-1][0], Finding.HOLD_RELEASED, now=START + 3 * DAY)
    assert not holds(casework)
    assert run(casework, person, now=START + 4 * DAY) == []


@ONE_DATABASE
def test_an_answer_typed_before_more_was_found_is_not_taken(casework: Casework) -> None:
    person = a_repeat(casework)
    case = cases(casework)[-1][0]
    with casework.transaction() as session:
        take_referral(
            session, get_referral(session, case.reference), version=case.version, by=casework.legal, now=START + DAY
        )
    casework.late(person, START - 2 * DAY, by=casework.colleague, now=START + 2 * DAY)
    answer = NewResolution("One plan.", version=case.version + 1, finding=Finding.HOLD_RELEASED)
    with casework.transaction() as session, pytest.raises(StaleVersionError):
        resolve_referral(session, get_referral(session, case.reference), answer, by=casework.legal, now=START + 2 * DAY)
    assert holds(casework)
