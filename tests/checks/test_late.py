"""Looks that were already made: counted whatever comes out, decided twice, both kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.fixtures.casework import Casework
from tests.fixtures.council import ONE_DATABASE, START
from tracker.checks.errors import SittingError, WrongViewerError
from tracker.decisions.models import Check, CheckDecision
from tracker.decisions.selectors import find_look, list_decisions, list_person_decisions
from tracker.decisions.vocabulary import Occasion
from tracker.people.groups import group_of
from tracker.people.models import Person
from tracker.policy.facts import read_facts
from tracker.policy.vocabulary import Aim, ConsentStatus, Outcome, Visibility
from tracker.referrals.models import Referral
from tracker.referrals.selectors import find_open_referral
from tracker.storage.tables import saved_key
from tracker.viewings.models import Look
from tracker.viewings.selectors import views_as_facts
from tracker.viewings.vocabulary import LookResult

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LOOKED = START + 2 * HOUR
NOW = START + 5 * HOUR
IN_DANGER: dict[str, Any] = {"immediate_risk": True, "danger": "A threat to life."}


@pytest.fixture
def kit(casework: Casework) -> Person:
    """Kit, beside somebody who was looked at too."""
    casework.late(casework.person("Noise"), START - HOUR, by=casework.worker2)
    return casework.person("Kit")


def both(casework: Casework, check: Check) -> tuple[CheckDecision, CheckDecision]:
    """The decision on what had been recorded before the look, and the one on what is now said."""
    with casework.database.reading() as session:
        as_recorded, as_said = list_decisions(session, check)
    assert (as_recorded.occasion, as_said.occasion) == (Occasion.LATE_AS_RECORDED, Occasion.LATE_AS_SAID)
    return as_recorded, as_said


def referral_of(casework: Casework, check: Check) -> Referral | None:
    with casework.database.reading() as session:
        return find_open_referral(session, saved_key(check))


def footings(casework: Casework, person: Person, at: datetime) -> list[str]:
    with casework.database.reading() as session:
        members = group_of(session, saved_key(person)).members
        return [view.footing.value for view in views_as_facts(session, members, recorded_by=at)]


def test_a_late_entry_that_was_permitted_counts_and_opens_no_case(casework: Casework, kit: Person) -> None:
    check = casework.late(kit, LOOKED, now=NOW)
    as_recorded, as_said = both(casework, check)
    assert (as_recorded.outcome, as_said.outcome) == (Outcome.PERMITTED, Outcome.PERMITTED)
    assert (as_recorded.at, as_recorded.recorded_at) == (LOOKED, NOW)
    assert referral_of(casework, check) is None
    assert footings(casework, kit, NOW) == ["late_entry"]
    assert footings(casework, kit, NOW - MINUTE) == []
    assert casework.outcome(casework.ask(kit, now=NOW + HOUR)) is Outcome.BLOCKED_LEGAL_ADVICE


def test_one_that_was_not_permitted_on_what_was_recorded_is_a_possible_error_with_legal(
    casework: Casework, kit: Person
) -> None:
    casework.ask(kit, by=casework.worker2)
    check = casework.late(kit, LOOKED, now=NOW)
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    referral = referral_of(casework, check)
    assert referral is not None
    assert (referral.kind, referral.place) == ("possible_error", "legal")
    assert footings(casework, kit, NOW) == ["open_source", "late_entry"]


def test_consent_recorded_after_the_look_does_not_govern_and_both_decisions_are_kept(
    casework: Casework, kit: Person
) -> None:
    casework.ask(kit, by=casework.worker2)
    casework.consent(kit, at=START + HOUR, now=START + 4 * HOUR)
    check = casework.late(kit, LOOKED, now=NOW)
    as_recorded, as_said = both(casework, check)
    assert (as_recorded.outcome, as_said.outcome) == (Outcome.BLOCKED_LEGAL_ADVICE, Outcome.PERMITTED)
    assert as_said.footing == "consent"
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    referral = referral_of(casework, check)
    assert referral is not None
    assert referral.kind == "possible_error"


def test_what_was_said_after_the_look_is_in_neither_decision(casework: Casework, kit: Person) -> None:
    casework.ask(kit, by=casework.worker2)
    casework.consent(kit, at=LOOKED + MINUTE, now=START + 4 * HOUR)
    assert [one.outcome for one in both(casework, casework.late(kit, LOOKED, now=NOW))] == ["blocked_legal_advice"] * 2


def test_a_withdrawal_recorded_late_is_in_what_is_now_said_only(casework: Casework, kit: Person) -> None:
    casework.consent(kit, now=START)
    casework.ask(kit, by=casework.worker2, now=START + MINUTE)
    casework.consent(kit, ConsentStatus.WITHDRAWN, at=START + HOUR, now=START + 3 * HOUR)
    as_recorded, as_said = both(casework, casework.late(kit, LOOKED, now=NOW))
    assert (as_recorded.outcome, as_said.outcome) == (Outcome.PERMITTED, Outcome.BLOCKED_LEGAL_ADVICE)


def test_links_are_those_that_stood_before_the_look_and_those_that_stand_now(casework: Casework, kit: Person) -> None:
    double = casework.person("Kitty")
    casework.ask(double, by=casework.worker2)
    casework.link(kit, double, now=START + 3 * HOUR)
    check = casework.late(kit, LOOKED, now=NOW)
    as_recorded, as_said = both(casework, check)
    assert (as_recorded.outcome, as_said.outcome) == (Outcome.PERMITTED, Outcome.BLOCKED_LEGAL_ADVICE)
    with casework.database.reading() as session:
        (then,), (now,) = (list_person_decisions(session, one) for one in (as_recorded, as_said))
    assert (len(read_facts(then.facts).views), len(read_facts(now.facts).views)) == (0, 1)
    assert then.facts["now"] == now.facts["now"] == LOOKED.isoformat().replace("+00:00", "Z")


def test_the_look_itself_is_in_neither_decision(casework: Casework, kit: Person) -> None:
    for decision in both(casework, casework.late(kit, LOOKED, now=NOW)):
        with casework.database.reading() as session:
            (part,) = list_person_decisions(session, decision)
        assert part.facts["views"] == []


def test_in_danger_and_soon_recorded_it_is_an_immediate_response_that_waits_for_review(
    casework: Casework, kit: Person
) -> None:
    casework.ask(kit, by=casework.worker2)
    check = casework.late(kit, LOOKED, now=LOOKED + DAY, **IN_DANGER)
    assert casework.outcome(check) is Outcome.PERMITTED
    assert casework.footing(check) == "immediate_response"
    assert footings(casework, kit, LOOKED + DAY) == ["open_source", "immediate_response"]
    assert casework.look(check).reviewed is None


def test_in_danger_but_recorded_too_late_it_is_a_late_entry(casework: Casework, kit: Person) -> None:
    check = casework.late(kit, LOOKED, now=LOOKED + DAY + MINUTE, **IN_DANGER)
    assert footings(casework, kit, LOOKED + 2 * DAY) == ["late_entry"]
    assert casework.outcome(check) is Outcome.PERMITTED


def test_in_danger_where_it_did_not_stand_it_is_a_late_entry_and_a_possible_error(
    casework: Casework, kit: Person
) -> None:
    casework.danger(kit, by=casework.worker2)
    check = casework.late(kit, LOOKED, now=NOW, **IN_DANGER)
    assert footings(casework, kit, NOW) == ["immediate_response", "late_entry"]
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    assert referral_of(casework, check) is not None


def test_everyone_concerned_is_decided_and_counted(casework: Casework, kit: Person) -> None:
    father = casework.person("Father")
    casework.ask(father, by=casework.worker2)
    check = casework.late(kit, LOOKED, now=NOW, also_about=(father.reference,))
    assert casework.outcome(check) is Outcome.BLOCKED_LEGAL_ADVICE
    assert footings(casework, kit, NOW) == ["late_entry"]
    assert footings(casework, father, NOW) == ["open_source", "late_entry"]


def test_only_the_one_who_looked_records_it(casework: Casework, kit: Person) -> None:
    with pytest.raises(WrongViewerError):
        casework.late(kit, LOOKED, now=NOW, viewer=casework.colleague.reference)


@ONE_DATABASE
@pytest.mark.parametrize("opened_at", [NOW + MINUTE, NOW + DAY])
def test_it_cannot_have_been_made_in_the_future(casework: Casework, kit: Person, opened_at: datetime) -> None:
    with pytest.raises(SittingError):
        casework.late(kit, opened_at, now=NOW)
    with casework.database.reading() as session:
        assert session.exec(select(Look).where(Look.opened_at == opened_at)).all() == []


def test_its_report_keeps_the_times_of_the_entry_and_not_used_cannot_be_said_of_it(
    casework: Casework, kit: Person
) -> None:
    check = casework.late(kit, LOOKED, now=NOW)
    with pytest.raises(SittingError):
        casework.report(check, LookResult.NOT_USED, now=NOW + HOUR)
    look = casework.report(check, LookResult.LOOKED, now=NOW + HOUR)
    assert (look.opened_at, look.closed_at) == (LOOKED, LOOKED + 10 * MINUTE)


def test_finding_nothing_late_waits_for_a_manager(casework: Casework, kit: Person) -> None:
    check = casework.late(kit, LOOKED, now=NOW, aim=Aim.FIND_THEN_VIEW, visibility=Visibility.UNKNOWN)
    look = casework.report(check, LookResult.NOT_FOUND, now=NOW + MINUTE)
    assert look.result_counts_from is None
    assert footings(casework, kit, NOW + HOUR) == ["late_entry"]


def test_a_late_look_is_no_permit(casework: Casework, kit: Person) -> None:
    check = casework.late(kit, LOOKED, now=NOW)
    assert not casework.liveness(check, now=NOW).live
    with casework.database.reading() as session:
        look = find_look(session, check)
        assert look is not None
        assert (look.issued_at, look.ends_at) == (None, None)
