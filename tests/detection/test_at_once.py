"""Patterns found at once, in the transaction of what makes them, through the services."""

from tests.detection.finding import (
    DAY,
    HOUR,
    MINUTE,
    belong,
    cases,
    family,
    findings,
    holds,
    looks_of,
    people_of,
    put_profile,
    run,
    tasks,
)
from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.decisions.selectors import get_check
from tracker.decisions.vocabulary import Occasion
from tracker.people.vocabulary import FamilyLinkKind
from tracker.policy.patterns import Effect, Pattern
from tracker.policy.vocabulary import Aim, ConsentStatus, Outcome, Reviewed
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.review.services import approve_check, review_immediate_response
from tracker.viewings.vocabulary import LookResult


def test_a_late_entry_makes_two_single_looks_a_repeat(casework: Casework) -> None:
    person, noise = casework.person(), casework.person("Noise")
    casework.ask(noise)
    check = casework.ask(person)
    assert casework.outcome(check) is Outcome.PERMITTED
    assert not findings(casework)
    late = casework.late(person, START - DAY, by=casework.worker2, now=START + DAY)
    (found,) = findings(casework)
    (hold,) = holds(casework)
    ((case, about),) = [one for one in cases(casework) if one[0].kind == ReferralKind.PATTERN]
    assert (found.pattern, found.effect) == (Pattern.REPEAT_VIEWING, Effect.HOLD)
    assert looks_of(casework, found) == {casework.look(check).reference, casework.look(late).reference}
    assert people_of(casework, found) == about == {person.id}
    assert (hold.person_id, hold.pattern, hold.placed_by) == (person.id, Pattern.REPEAT_VIEWING, None)
    assert hold.referral_id == found.referral_id == case.id
    assert case.place == ReferralPlace.LEGAL
    assert not casework.liveness(check, now=START + DAY + MINUTE).live
    blocked = casework.ask(person, by=casework.colleague, now=START + 2 * DAY)
    assert casework.outcome(blocked) is Outcome.BLOCKED_LEGAL_ADVICE


def test_three_looks_of_two_teams_at_one_family_hold_everyone_in_it_before_the_next_ask_is_decided(
    casework: Casework,
) -> None:
    people = family(casework)
    mother = people[1]
    aunt, noise = casework.person("Aunt"), casework.person("Noise")
    belong(casework, aunt, mother, FamilyLinkKind.SIBLING)
    belong(casework, noise, mother, FamilyLinkKind.ASSOCIATE)
    looks = []
    for days, (person, by) in enumerate(
        zip(people, (casework.worker, casework.worker2, casework.colleague), strict=True)
    ):
        check = casework.ask(person, by=by, now=START + days * DAY)
        assert casework.outcome(check) is Outcome.PERMITTED
        looks.append(casework.look(check).reference)
    assert not findings(
        casework
    )  # found as soon as anything more is asked, not after an issue: that would kill the permit
    check = casework.ask(aunt, now=START + 3 * DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    (found,) = findings(casework)
    assert (found.pattern, looks_of(casework, found)) == (Pattern.FAMILY_CLUSTER, set(looks))
    held = {one.id for one in (*people, aunt)}
    assert people_of(casework, found) == held == {hold.person_id for hold in holds(casework)}
    assert {hold.referral_id for hold in holds(casework)} == {found.referral_id}
    assert casework.outcome(casework.ask(noise, now=START + 3 * DAY)) is Outcome.PERMITTED


def test_a_look_in_danger_goes_ahead_under_a_hold_that_was_just_found(casework: Casework) -> None:
    people = family(casework)
    for days, by in enumerate((casework.worker, casework.worker2, casework.colleague)):
        casework.ask(people[days], by=by, now=START + days * DAY)
    check = casework.danger(people[0], now=START + 4 * DAY, new_event=True, newly_happened="A threat was made.")
    assert casework.outcome(check) is Outcome.PERMITTED
    assert {hold.person_id for hold in holds(casework)} == {one.id for one in people}
    assert casework.liveness(check, now=START + 4 * DAY + MINUTE).live


@ONE_DATABASE
def test_three_looks_by_one_team_are_a_task_for_its_manager_and_hold_nobody(casework: Casework) -> None:
    people = family(casework)
    for days, person in enumerate(people):
        casework.ask(person, now=START + days * DAY)
    run(casework, people[0], now=START + 3 * DAY)
    (found,) = findings(casework)
    (task,) = tasks(casework)
    assert (found.pattern, found.effect, found.task_id) == (Pattern.FAMILY_CLUSTER, Effect.TASK, task.id)
    assert (task.team_id, found.referral_id, holds(casework)) == (casework.council.north.id, None, [])


@ONE_DATABASE
def test_one_address_looked_at_under_two_people_who_are_not_linked_holds_both(casework: Casework) -> None:
    one, other, noise = (casework.person(name) for name in ("One", "Other", "Noise"))
    address = "https://www.facebook.com/zz.shared"
    profiles = {person.reference: put_profile(casework, person, address) for person in (one, other)}
    casework.ask(noise)
    casework.ask(one, profiles=(profiles[one.reference],))
    casework.ask(other, by=casework.worker2, now=START + DAY, profiles=(profiles[other.reference],))
    assert not findings(casework)
    check = casework.ask(one, by=casework.colleague, now=START + 2 * DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    (found,) = findings(casework)
    assert found.pattern == Pattern.SHARED_PROFILE
    assert {hold.person_id for hold in holds(casework)} == {one.id, other.id}


@ONE_DATABASE
def test_six_searches_of_a_family_are_a_drip(casework: Casework) -> None:
    people = family(casework)
    for number in range(6):
        check = casework.ask(people[number % 3], now=START + number * 9 * DAY, aim=Aim.FIND_PRESENCE)
        assert casework.outcome(check) is Outcome.PERMITTED, number
    assert not findings(casework)
    check = casework.ask(people[0], by=casework.worker2, now=START + 60 * DAY)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    assert [found.pattern for found in findings(casework)] == [Pattern.PRESENCE_DRIP]


@ONE_DATABASE
def test_somebody_seen_in_three_checks_of_others_is_a_case_and_no_hold(casework: Casework) -> None:
    seen = casework.person("Seen")
    for number in range(3):
        at = START + number * DAY
        other = casework.person()
        check = casework.ask(other, now=at)
        casework.report(check, opened_at=at + MINUTE, now=at + HOUR, also_seen=(("friend", seen.reference),))
        assert len(findings(casework)) == number // 2
    (found,) = findings(casework)
    ((case, about),) = cases(casework)
    assert (found.pattern, found.referral_id, about) == (Pattern.COLLATERAL, case.id, {seen.id})
    assert not holds(casework)


@ONE_DATABASE
def test_three_looks_that_one_worker_recorded_late_are_a_task_for_their_manager(casework: Casework) -> None:
    for number in range(3):
        person = casework.person()
        casework.late(person, START - 2 * DAY + number * HOUR, now=START + number * HOUR)
    (found,) = findings(casework, Pattern.LATE_LOGGING)
    (task,) = tasks(casework)
    assert (found.task_id, task.about_id) == (task.id, casework.worker.staff_id)
    assert not holds(casework)


@ONE_DATABASE
def test_three_permits_handed_back_for_one_person_are_a_task(casework: Casework) -> None:
    person = casework.person()
    for number in range(3):
        at = START + number * DAY
        check = casework.ask(person, now=at)
        casework.report(check, LookResult.NOT_USED, now=at + HOUR)
    (found,) = findings(casework)
    assert (found.pattern, found.effect) == (Pattern.HANDED_BACK, Effect.TASK)


@ONE_DATABASE
def test_a_danger_with_which_no_manager_agrees_makes_a_repeat(casework: Casework) -> None:
    person = casework.person()
    first = casework.ask(person)
    casework.report(first, opened_at=START + MINUTE, now=START + HOUR)
    urgent = casework.danger(person, by=casework.colleague, now=START + DAY, new_event=True, newly_happened="A threat.")
    casework.report(urgent, by=casework.colleague, opened_at=START + DAY + MINUTE, now=START + DAY + HOUR)
    assert not findings(casework)
    with casework.transaction() as session:
        review_immediate_response(
            session,
            get_check(session, urgent.reference),
            reviewed=Reviewed.NOT_AGREED,
            why="There was no danger.",
            by=casework.manager,
            now=START + 2 * DAY,
        )
    assert [found.pattern for found in findings(casework)] == [Pattern.REPEAT_VIEWING]


@ONE_DATABASE
def test_a_look_on_consent_that_had_been_withdrawn_is_a_possible_error(casework: Casework) -> None:
    person = casework.person()
    casework.consent(person)
    check = casework.ask(person, now=START + DAY)
    assert casework.footing(check) == "consent"
    casework.consent(person, ConsentStatus.WITHDRAWN, at=START + HOUR, now=START + 2 * DAY)
    casework.report(check, opened_at=START + DAY + MINUTE, now=START + 2 * DAY + HOUR)
    (found,) = findings(casework)
    ((case, _),) = cases(casework)
    assert (found.pattern, found.effect) == (Pattern.AUTHORITY_GAP, Effect.POSSIBLE_ERROR)
    assert (case.kind, case.check_id, found.referral_id) == (ReferralKind.POSSIBLE_ERROR, check.id, case.id)
    assert not holds(casework)


@ONE_DATABASE
def test_control_a_look_on_consent_that_stands_is_none(casework: Casework) -> None:
    person = casework.person()
    casework.consent(person)
    check = casework.ask(person, now=START + DAY)
    casework.report(check, opened_at=START + DAY + MINUTE, now=START + DAY + HOUR)
    casework.consent(person, ConsentStatus.WITHDRAWN, at=START + 2 * DAY, now=START + 2 * DAY)
    run(casework, person, now=START + 3 * DAY)
    assert not findings(casework)


@ONE_DATABASE
def test_looks_on_consent_are_in_no_pattern(casework: Casework) -> None:
    people = family(casework)
    for number, person in enumerate(people * 2):
        casework.consent(person, now=START)
        check = casework.ask(person, by=casework.worker2 if number % 2 else casework.worker, now=START + number * DAY)
        casework.report(
            check,
            by=casework.worker2 if number % 2 else casework.worker,
            opened_at=START + number * DAY + MINUTE,
            now=START + number * DAY + HOUR,
        )
    run(casework, *people, now=START + 9 * DAY)
    assert not findings(casework)


def test_a_second_run_changes_nothing(casework: Casework) -> None:
    person = casework.person()
    casework.ask(person)
    casework.late(person, START - DAY, by=casework.worker2, now=START + DAY)
    before = (findings(casework), holds(casework), cases(casework), tasks(casework))
    assert run(casework, person, now=START + 2 * DAY) == []
    assert run(casework, person, now=START + 400 * DAY) == []
    assert (findings(casework), holds(casework), cases(casework), tasks(casework)) == before


@ONE_DATABASE
def test_what_is_found_when_a_manager_approves_is_decided_on_and_nothing_is_approved(casework: Casework) -> None:
    parent, child, sibling = casework.person("Parent"), casework.person("Child", CHILD), casework.person("Sibling")
    for one in (child, sibling):
        belong(casework, parent, one)
    waiting = casework.ask(child, now=START - DAY)
    assert casework.outcome(waiting) is Outcome.NEEDS_MANAGER_APPROVAL
    other = casework.person("Other")
    belong(casework, parent, other)
    for days, (person, by) in enumerate(
        ((parent, casework.worker2), (sibling, casework.worker), (other, casework.worker2))
    ):
        assert casework.outcome(casework.ask(person, by=by, now=START + days * DAY)) is Outcome.PERMITTED
    assert not findings(casework)
    with casework.transaction() as session:
        decision = approve_check(
            session, get_check(session, waiting.reference), reasons="Yes.", by=casework.manager, now=START + 3 * DAY
        )
    assert (decision.occasion, decision.outcome) == (Occasion.ASKED_AGAIN, Outcome.BLOCKED_LEGAL_ADVICE)
    assert {hold.person_id for hold in holds(casework)} == {one.id for one in (parent, child, sibling, other)}


@ONE_DATABASE
def test_a_look_that_turns_out_to_have_been_at_somebody_else_makes_their_repeat(casework: Casework) -> None:
    meant, real = casework.person("Meant"), casework.person("Real")
    first = casework.ask(real, by=casework.worker2)
    casework.report(first, by=casework.worker2, opened_at=START + MINUTE, now=START + HOUR)
    check = casework.ask(meant, now=START + DAY)
    casework.report(
        check,
        LookResult.WRONG_PERSON,
        opened_at=START + DAY + MINUTE,
        now=START + DAY + HOUR,
        wrong_person=real.reference,
    )
    (found,) = findings(casework)
    assert (found.pattern, people_of(casework, found)) == (Pattern.REPEAT_VIEWING, {real.id})
