"""The decision: what it is bound by, which footing decides, which stops are reported."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy.examples import (
    advice,
    consent,
    decided,
    hold,
    non_ripa,
    notice,
    order,
    ripa,
    searches,
    view,
)
from tracker.policy.vocabulary import Condition, Footing, Outcome

PERMITTED, APPROVAL = Outcome.PERMITTED, Outcome.NEEDS_MANAGER_APPROVAL
USED = view("2026-11-03T14:00:00Z")
CRIME = {"purpose": "prevent_or_detect_crime"}
SEARCH = {"aim": "find_presence", "profile_on_record": False, "visibility": "unknown"}
NOT_MET = advice("threshold_not_met")


@pytest.mark.parametrize(
    ("changes", "conditions"),
    [
        (SEARCH, [Condition.LOOK_ONLY_FAR_ENOUGH]),
        ({**SEARCH, "visibility": "partly_visible"}, [Condition.LOOK_ONLY_FAR_ENOUGH, Condition.OPEN_PART_ONLY]),
        ({"consents": consent(), "visibility": "partly_visible", "aim": "find_then_view", "views": USED}, []),
        ({"court_orders": order(), "visibility": "partly_visible", "views": USED}, [Condition.WITHIN_ORDER_TERMS]),
        (
            {"court_orders": order(allows_contact=True), "method": "closed_group"},
            [Condition.WITHIN_ORDER_TERMS, Condition.IN_OWN_NAME],
        ),
        ({**CRIME, "ripa_authorisations": ripa(), "views": USED}, [Condition.WITHIN_AUTHORISATION_TERMS]),
        ({"immediate_risk": True, "views": USED}, [Condition.SINGLE_VIEWING, Condition.MANAGER_MUST_REVIEW]),
        ({"advice": advice(), "views": USED}, [Condition.WITHIN_ADVICE_TERMS]),
        ({"notices": notice(), "views": USED}, []),
        ({}, [Condition.SINGLE_VIEWING]),
        (
            {"visibility": "partly_visible", "aim": "find_then_view"},
            [Condition.SINGLE_VIEWING, Condition.OPEN_PART_ONLY, Condition.STOP_UNLESS_OPEN],
        ),
        ({"views": USED, "visibility": "partly_visible"}, []),
        ({"account": "personal"}, []),
    ],
)
def test_a_look_is_bound_by_what_it_stands_on(changes: dict[str, Any], conditions: list[Condition]) -> None:
    assert list(decided(**changes).conditions) == conditions


def test_a_non_ripa_look_keeps_within_its_terms() -> None:
    changes = {"advice": NOT_MET, "non_ripa_authorisations": non_ripa(), "views": USED}
    assert decided(limits={"non_ripa": True}, **changes).conditions == (Condition.WITHIN_AUTHORISATION_TERMS,)


def test_approval_lets_go_ahead_only_what_was_waiting_for_it() -> None:
    assert decided(under_18=True, manager_approval="approved").outcome is PERMITTED
    assert decided(views=USED, manager_approval="approved").outcome is Outcome.BLOCKED_LEGAL_ADVICE
    assert decided(advice=advice("chis"), manager_approval="approved").outcome is Outcome.BLOCKED_COURT_AUTHORISATION
    assert decided(account="personal", manager_approval="approved").outcome is Outcome.REFUSED


def test_the_least_strict_footing_decides_and_between_equals_the_first() -> None:
    both = {"consents": consent(), "notices": notice()}
    assert decided(**both, views=USED).footing is Footing.CONSENT
    assert decided(notices=notice(), advice=advice(), views=USED).footing is Footing.LEGAL_ADVICE
    assert decided(notices=notice(), advice=advice()).footing is Footing.OPEN_SOURCE


def test_where_a_footing_stands_only_the_stops_that_it_does_not_lift_are_reported() -> None:
    decision = decided(consents=consent(), holds=hold(), confidential_material_likely=True)

    assert [reason.rule for reason in decision.stops] == ["S7_confidential_material"]
    assert decision.outcome is Outcome.BLOCKED_LEGAL_ADVICE
    assert decision.footing is None


def test_a_footing_that_stands_is_not_told_what_would_make_it_stand() -> None:
    decision = decided(advice=advice(), confidential_material_likely=True)

    word = next(reason for reason in decision.footings if reason.rule is Footing.LEGAL_ADVICE)
    assert word.stands
    assert decision.outcome is Outcome.BLOCKED_LEGAL_ADVICE
    assert word.text.endswith("and a manager approves each.")


def test_where_nothing_stands_every_stop_is_reported_and_the_strictest_decides() -> None:
    decision = decided(views=USED, holds=hold(), visibility="restricted")

    assert [reason.rule for reason in decision.stops] == ["S8_behind_privacy_settings", "S11_pattern_hold"]
    assert decision.outcome is Outcome.REFUSED


def test_the_views_counted_are_those_of_this_episode_on_anything_but_consent() -> None:
    noise = [view("2026-11-04T09:00:00Z", "consent"), *searches("2026-11-04T09:00:00Z"), view("2026-11-22T09:00:00Z")]

    decision = decided(views=[USED, view("2025-01-01T09:00:00Z"), *noise], counted_from="2026-01-01T00:00:00Z")

    assert decision.views_counted == 1
