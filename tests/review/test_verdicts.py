"""Checks that wait: approved, declined, sent on, asked again, withdrawn. Each is decided again under the locks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.fixtures.casework import CHILD, Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.access.permissions import NotAllowedError
from tracker.audit.models import AuditEntry
from tracker.checks.again import is_waiting
from tracker.checks.errors import NotWaitingError
from tracker.checks.services import ask_again, decide_again, withdraw_check
from tracker.decisions.models import Check, CheckDecision, ManagerDecision
from tracker.decisions.selectors import find_look, get_check, list_decisions, staff_concerned_with, standing_of_check
from tracker.decisions.vocabulary import Occasion
from tracker.people.models import Person
from tracker.policy.entitlement import Actor
from tracker.policy.vocabulary import Aim, Conclusion, ConsentStatus, Outcome, Visibility
from tracker.referrals.models import Referral
from tracker.referrals.selectors import get_referral, list_referrals_about
from tracker.review.services import approve_check, decline_check, endorse_check
from tracker.staff.services import close_team
from tracker.storage.tables import saved_key
from tracker.viewings.vocabulary import LookResult

pytestmark = ONE_DATABASE

HOUR = timedelta(hours=1)
LATER = START + 2 * HOUR

Verdict = Callable[..., CheckDecision]


@pytest.fixture
def child(casework: Casework) -> Person:
    """A child, whose first look a manager approves."""
    return casework.person("Child", born=CHILD)


def decide(casework: Casework, verdict: Verdict, check: Check, *, by: Actor) -> CheckDecision:
    with casework.transaction() as session:
        return verdict(session, get_check(session, check.reference), reasons="Weighed.", by=by, now=LATER)


def again(casework: Casework, check: Check, *, by: Actor) -> CheckDecision:
    with casework.transaction() as session:
        return ask_again(session, get_check(session, check.reference), by=by, now=LATER)


def withdraw(casework: Casework, check: Check, *, by: Actor) -> None:
    with casework.transaction() as session:
        withdraw_check(session, get_check(session, check.reference), why="Not needed.", by=by, now=LATER)


def endorse(casework: Casework, check: Check, *, by: Actor) -> None:
    with casework.transaction() as session:
        endorse_check(session, get_check(session, check.reference), reasons="Needed.", by=by, now=LATER)


def occasions(casework: Casework, check: Check) -> list[tuple[str, str]]:
    with casework.database.reading() as session:
        return [(one.occasion, one.outcome) for one in list_decisions(session, check)]


def has_permit(casework: Casework, check: Check) -> bool:
    with casework.database.reading() as session:
        return find_look(session, check) is not None


def referral_of(casework: Casework, person: Person) -> Referral:
    with casework.database.reading() as session:
        (referral,) = list_referrals_about(session, [saved_key(person)])
    return referral


# Approving --------------------------------------------------------------------------------------------------------


def test_a_manager_approves_one_look_and_the_decision_stands_beside_the_first(
    casework: Casework, child: Person
) -> None:
    check = casework.ask(child)
    decision = decide(casework, approve_check, check, by=casework.manager)
    assert decision.outcome == Outcome.PERMITTED
    assert occasions(casework, check) == [("asked", "needs_manager_approval"), ("approved", "permitted")]
    assert casework.look(check).issued_at == LATER
    with casework.database.reading() as session:
        (kept,) = session.exec(select(ManagerDecision)).all()
    assert (kept.verdict, kept.decided_by, kept.reasons) == ("approved", casework.manager.staff_id, "Weighed.")


def test_the_next_look_needs_its_own_approval_or_more(casework: Casework, child: Person) -> None:
    decide(casework, approve_check, casework.ask(child), by=casework.manager)
    assert casework.outcome(casework.ask(child, now=LATER + HOUR)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_a_manager_cannot_approve_a_check_that_they_asked_for_or_would_look_for(
    casework: Casework, child: Person
) -> None:
    check = casework.ask(child, by=casework.manager)
    for by in (casework.manager, casework.worker, casework.manager2, casework.legal, casework.sro, casework.officer):
        for verdict in (approve_check, decline_check):
            with pytest.raises(NotAllowedError):
                decide(casework, verdict, check, by=by)
    assert occasions(casework, check) == [("asked", "needs_manager_approval")]
    assert decide(casework, approve_check, check, by=casework.head).outcome == Outcome.PERMITTED


def test_what_was_viewed_meanwhile_is_not_approved_and_the_manager_is_shown_why(
    casework: Casework, child: Person
) -> None:
    check, other = casework.ask(child), casework.ask(child, by=casework.worker2)
    decide(casework, approve_check, other, by=casework.manager2)
    decision = decide(casework, approve_check, check, by=casework.manager)
    assert decision.outcome == Outcome.BLOCKED_LEGAL_ADVICE
    assert occasions(casework, check)[1:] == [("asked_again", "blocked_legal_advice")]
    assert not has_permit(casework, check)
    assert referral_of(casework, child).place == "manager"
    with casework.database.reading() as session:
        approvals = session.exec(select(ManagerDecision).where(ManagerDecision.check_id == check.id)).all()
        events = session.exec(select(AuditEntry.event).where(AuditEntry.record == check.reference)).all()
    assert approvals == []
    assert sorted(events) == ["check:decided_again", "check:submitted"]


def test_what_needs_no_approval_any_more_goes_ahead_without_one(casework: Casework, child: Person) -> None:
    ageless = casework.person("Ageless", born=None)
    check = casework.ask(ageless)
    casework.consent(ageless, now=START + HOUR)
    decision = decide(casework, approve_check, check, by=casework.manager)
    assert (decision.occasion, decision.outcome, decision.footing) == (Occasion.ASKED_AGAIN, "permitted", "consent")
    assert has_permit(casework, check)


@pytest.mark.parametrize("outcome", ["permitted", "blocked", "refused"])
def test_only_what_waits_for_a_manager_is_approved_or_declined(casework: Casework, outcome: str) -> None:
    kit = casework.person("Kit")
    check = casework.ask(kit)
    if outcome == "blocked":
        check = casework.ask(kit)
    if outcome == "refused":
        check = casework.ask(casework.person("Other"), visibility=Visibility.RESTRICTED)
    for verdict in (approve_check, decline_check):
        with pytest.raises(NotWaitingError):
            decide(casework, verdict, check, by=casework.manager)


def test_nothing_is_decided_twice(casework: Casework, child: Person) -> None:
    check = casework.ask(child)
    decide(casework, approve_check, check, by=casework.manager)
    for verdict in (approve_check, decline_check):
        with pytest.raises(NotWaitingError):
            decide(casework, verdict, check, by=casework.head)


def test_a_declined_look_is_closed_and_asking_again_does_not_open_it(casework: Casework, child: Person) -> None:
    check = casework.ask(child)
    assert decide(casework, decline_check, check, by=casework.manager).outcome == Outcome.REFUSED
    assert occasions(casework, check)[1:] == [("declined", "refused")]
    with pytest.raises(NotWaitingError):
        again(casework, check, by=casework.worker)
    assert not has_permit(casework, check)


def test_what_happened_to_a_team_that_was_merged_is_decided_by_the_team_it_is_now(
    casework: Casework, child: Person
) -> None:
    check = casework.ask(child)
    north, south = saved_key(casework.council.north), saved_key(casework.council.south)
    with casework.transaction() as session:
        close_team(session, north, successor_id=south, by=casework.admin, now=START + HOUR)
    manager2 = casework.council.actor(casework.council.manager2, at=LATER)
    assert decide(casework, approve_check, check, by=manager2).outcome == Outcome.PERMITTED


def test_what_a_manager_declines_no_longer_waits_for_them_as_a_case_either(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    assert referral_of(casework, kit).place == "manager"
    casework.notice(kit, now=START + HOUR)
    assert again(casework, check, by=casework.worker).outcome == Outcome.NEEDS_MANAGER_APPROVAL
    decide(casework, decline_check, check, by=casework.manager)
    assert referral_of(casework, kit).place == "closed"
    assert not with_legal(casework, check)


# Asking again -----------------------------------------------------------------------------------------------------


def test_a_blocked_check_goes_ahead_once_what_was_missing_is_there_and_its_case_is_closed(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    casework.consent(kit, now=START + HOUR)
    decision = again(casework, check, by=casework.worker)
    assert (decision.outcome, decision.footing) == (Outcome.PERMITTED, "consent")
    assert occasions(casework, check) == [("asked", "blocked_legal_advice"), ("asked_again", "permitted")]
    assert casework.look(check).issued_at == LATER
    assert referral_of(casework, kit).place == "closed"


def test_asked_again_on_the_same_facts_it_stays_blocked_in_the_same_case(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    again(casework, check, by=casework.worker)
    assert [outcome for _, outcome in occasions(casework, check)] == ["blocked_legal_advice"] * 2
    assert referral_of(casework, kit).place == "manager"


def test_only_the_requester_asks_again_or_withdraws(casework: Casework, child: Person) -> None:
    check = casework.ask(child)
    for by in (casework.colleague, casework.manager, casework.legal, casework.sro):
        with pytest.raises(NotAllowedError):
            again(casework, check, by=by)
        with pytest.raises(NotAllowedError):
            withdraw(casework, check, by=by)


def test_a_use_case_above_has_it_decided_again_on_its_own_occasion(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    casework.advice(kit, Conclusion.NOT_DIRECTED_SURVEILLANCE, now=START + HOUR)
    with casework.transaction() as session:
        row = get_check(session, check.reference)
        decide_again(session, row, occasion=Occasion.REFERRAL_RESOLVED, by=casework.legal, now=LATER)
    assert occasions(casework, check)[1:] == [("referral_resolved", "needs_manager_approval")]


# Withdrawing, sending on ------------------------------------------------------------------------------------------


def test_a_withdrawn_check_waits_for_nobody(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    withdraw(casework, check, by=casework.worker)
    with casework.database.reading() as session:
        assert not is_waiting(session, get_check(session, check.reference))
    assert referral_of(casework, kit).place == "closed"
    for act in (again, withdraw):
        with pytest.raises(NotWaitingError):
            act(casework, check, by=casework.worker)


def test_what_legal_has_stays_with_legal(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    endorse(casework, check, by=casework.manager)
    withdraw(casework, check, by=casework.worker)
    assert referral_of(casework, kit).place == "legal"


def test_a_permit_is_not_withdrawn(casework: Casework) -> None:
    with pytest.raises(NotWaitingError):
        withdraw(casework, casework.ask(casework.person("Kit")), by=casework.worker)


def test_a_manager_sends_a_blocked_check_on_and_then_legal_may_open_it(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    assert not with_legal(casework, check)
    for by in (casework.worker, casework.manager2, casework.legal):
        with pytest.raises(NotAllowedError):
            endorse(casework, check, by=by)
    endorse(casework, check, by=casework.manager)
    referral = referral_of(casework, kit)
    assert (referral.place, referral.endorsed_by, referral.endorsement) == (
        "legal",
        casework.manager.staff_id,
        "Needed.",
    )
    assert with_legal(casework, check)
    assert occasions(casework, check) == [("asked", "blocked_legal_advice")]
    with casework.database.reading() as session:
        assert get_referral(session, referral.reference).version == 2


def with_legal(casework: Casework, check: Check) -> bool:
    with casework.database.reading() as session:
        return standing_of_check(session, check, now=LATER).with_legal


def test_endorsing_approves_nothing(casework: Casework) -> None:
    kit = casework.person("Kit")
    casework.ask(kit, by=casework.worker2)
    check = casework.ask(kit)
    endorse(casework, check, by=casework.manager)
    casework.consent(kit, ConsentStatus.REFUSED, now=START + HOUR)
    assert again(casework, check, by=casework.worker).outcome == Outcome.BLOCKED_LEGAL_ADVICE


def test_a_search_given_back_lets_the_next_one_through(casework: Casework) -> None:
    """Three searches are the limit; one that was not made leaves room for another."""
    kit = casework.person("Kit")

    def search(hours: int) -> Check:
        return casework.ask(kit, aim=Aim.FIND_PRESENCE, visibility=Visibility.UNKNOWN, now=START + hours * HOUR)

    first, *_ = [search(hours) for hours in range(3)]
    assert casework.outcome(search(3)) is Outcome.BLOCKED_LEGAL_ADVICE
    casework.report(first, LookResult.NOT_USED, now=START + 4 * HOUR)
    assert casework.outcome(search(5)) is Outcome.PERMITTED


def test_who_had_to_do_with_the_checks_of_a_person_is_known(casework: Casework, child: Person) -> None:
    casework.ask(casework.person("Noise"), by=casework.worker2)
    decide(casework, approve_check, casework.ask(child), by=casework.manager)
    with casework.database.reading() as session:
        found = staff_concerned_with(session, (saved_key(child),))
    assert found == {casework.worker.staff_id, casework.manager.staff_id}
