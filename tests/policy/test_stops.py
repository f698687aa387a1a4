"""Each stop: what triggers it, what does not, and what lifts it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.policy.examples import advice, consent, decided, facts, hold, order, ripa, view
from tracker.policy.limits import SHIPPED
from tracker.policy.stops import STOPS
from tracker.policy.vocabulary import Footing, Outcome, Referral, Stop

CONTACT_ORDER = order(allows_contact=True)


def triggered(**changes: Any) -> set[Stop]:
    return {stop.id for stop in STOPS if stop.applies(facts(**changes), SHIPPED)}


def test_an_ordinary_first_look_triggers_no_stop() -> None:
    assert triggered() == set()


def test_the_stops_stand_in_their_order_and_are_all_there() -> None:
    assert [stop.id for stop in STOPS] == list(Stop)


@pytest.mark.parametrize(
    ("stop", "changes"),
    [
        (Stop.S1_PERSONAL_ACCOUNT, {"account": "personal"}),
        (Stop.S2_FALSE_OR_UNREGISTERED_ACCOUNT, {"account": "false_persona"}),
        (Stop.S2_FALSE_OR_UNREGISTERED_ACCOUNT, {"account": "corporate_unregistered"}),
        (Stop.S3_INTERACTION, {"method": "interaction"}),
        (Stop.S4_CONNECTION_OR_CLOSED_GROUP, {"method": "connection_request"}),
        (Stop.S4_CONNECTION_OR_CLOSED_GROUP, {"method": "closed_group"}),
        (Stop.S5_NO_CASE_PURPOSE, {"relation": "no_case"}),
        (Stop.S6_ILLEGAL_CONTENT, {"illegal_content_suspected": True}),
        (Stop.S7_CONFIDENTIAL_MATERIAL, {"confidential_material_likely": True}),
        (Stop.S8_BEHIND_PRIVACY_SETTINGS, {"visibility": "restricted"}),
        (Stop.S8_BEHIND_PRIVACY_SETTINGS, {"visibility": "blocked_by_person", "aim": "find_then_view"}),
        (Stop.S9_PRIVACY_SETTINGS_UNKNOWN, {"visibility": "unknown"}),
        (Stop.S10_MANAGER_DECLINED, {"manager_approval": "declined"}),
        (Stop.S11_PATTERN_HOLD, {"holds": hold()}),
        (Stop.S12_TASKED_SOURCE, {"method": "tasked_source"}),
        (Stop.S13_COURT_DIRECTED_WITHOUT_ORDER, {"purpose": "court_directed"}),
    ],
)
def test_what_triggers_a_stop_triggers_that_one_alone(stop: Stop, changes: dict[str, Any]) -> None:
    assert triggered(**changes) == {stop}
    assert [reason.rule for reason in decided(**changes).stops] == [stop]


@pytest.mark.parametrize(
    "changes",
    [
        {"account": "not_used"},
        {"account": "logged_out"},
        {"method": "shown_by_person"},
        {"method": "contracted_third_party"},
        {"aim": "find_presence", "visibility": "restricted"},
        {"aim": "find_presence", "visibility": "unknown"},
        {"aim": "find_then_view", "visibility": "unknown"},
        {"visibility": "partly_visible"},
        {"aim": "find_presence", "confidential_material_likely": True},
        {"manager_approval": "approved"},
        {"holds": hold(at="2026-11-21T10:00:01Z")},
        {"holds": hold(released_at="2026-11-21T10:00:00Z")},
    ],
)
def test_what_comes_near_a_stop_does_not_trigger_it(changes: dict[str, Any]) -> None:
    assert triggered(**changes) == set()


def test_a_hold_counts_from_its_own_instant_until_the_instant_of_its_release() -> None:
    assert triggered(holds=hold(at="2026-11-21T10:00:00Z")) == {Stop.S11_PATTERN_HOLD}
    assert triggered(holds=hold(released_at="2026-11-21T10:00:01Z")) == {Stop.S11_PATTERN_HOLD}
    assert triggered(holds=[hold(released_at="2026-11-20T09:00:00Z"), hold()]) == {Stop.S11_PATTERN_HOLD}


@pytest.mark.parametrize(
    ("word", "stopped"),
    [
        ([], True),
        ([advice()], True),
        ([advice(covers_confidential=True)], False),
        ([advice(covers_confidential=True, until="2026-11-21")], False),
        ([advice(covers_confidential=True, until="2026-11-20")], True),
        ([advice("threshold_met", covers_confidential=True)], False),
        ([advice("threshold_met", covers_confidential=True, platforms=["facebook"])], True),
        ([advice(covers_confidential=True), advice(covers_confidential=False)], True),
        ([advice(covers_confidential=True), advice("chis", at="2026-11-13T09:00:00Z")], True),
    ],
)
def test_confidential_material_needs_legal_to_cover_all_of_it(word: list[dict[str, Any]], stopped: bool) -> None:
    found = triggered(confidential_material_likely=True, platforms=["facebook", "x"], advice=word)

    assert found == ({Stop.S7_CONFIDENTIAL_MATERIAL} if stopped else set())


LIFTED: list[tuple[dict[str, Any], set[Footing]]] = [
    ({"method": "interaction"}, {Footing.COURT_ORDER}),
    ({"method": "closed_group"}, {Footing.COURT_ORDER}),
    ({"confidential_material_likely": True}, {Footing.IMMEDIATE_RESPONSE}),
    ({"visibility": "restricted"}, {Footing.CONSENT, Footing.COURT_ORDER}),
    (
        {"visibility": "unknown"},
        {Footing.CONSENT, Footing.COURT_ORDER, Footing.RIPA_AUTHORISATION, Footing.IMMEDIATE_RESPONSE},
    ),
    (
        {"holds": hold()},
        {Footing.CONSENT, Footing.COURT_ORDER, Footing.RIPA_AUTHORISATION, Footing.IMMEDIATE_RESPONSE},
    ),
]
STRONG: dict[Footing, dict[str, Any]] = {
    Footing.CONSENT: {"consents": consent()},
    Footing.COURT_ORDER: {"court_orders": CONTACT_ORDER},
    Footing.RIPA_AUTHORISATION: {"purpose": "prevent_or_detect_crime", "ripa_authorisations": ripa()},
    Footing.IMMEDIATE_RESPONSE: {"immediate_risk": True},
}
EARLIER = view("2026-11-03T14:00:00Z")


@pytest.mark.parametrize("footing", STRONG)
@pytest.mark.parametrize(("changes", "lifted_by"), LIFTED)
def test_a_stop_is_lifted_by_the_footings_named_and_no_other(
    changes: dict[str, Any], lifted_by: set[Footing], footing: Footing
) -> None:
    decision = decided(**{**changes, **STRONG[footing]}, views=EARLIER)

    assert (decision.outcome is Outcome.PERMITTED) == (footing in lifted_by)
    assert decision.footing is (footing if footing in lifted_by else None)
    assert bool(decision.stops) == (footing not in lifted_by)


def test_only_a_courts_order_carries_what_a_court_has_directed() -> None:
    directed = {"purpose": "court_directed"}

    assert decided(**directed, consents=consent()).outcome is Outcome.BLOCKED_LEGAL_ADVICE
    assert decided(**directed, immediate_risk=True).outcome is Outcome.BLOCKED_LEGAL_ADVICE
    assert decided(**directed, court_orders=order()).outcome is Outcome.PERMITTED


@pytest.mark.parametrize(
    "changes",
    [
        {"account": "personal"},
        {"account": "false_persona"},
        {"relation": "no_case"},
        {"illegal_content_suspected": True},
        {"manager_approval": "declined"},
        {"method": "tasked_source"},
    ],
)
def test_some_stops_refuse_whatever_else_is_true(changes: dict[str, Any]) -> None:
    everything = {"consents": consent(), "court_orders": CONTACT_ORDER, "immediate_risk": True}

    assert decided(**changes, **everything).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("changes", "referral"),
    [
        ({}, None),
        ({"account": "personal"}, None),
        ({"illegal_content_suspected": True, "method": "interaction"}, Referral.POLICE),
        ({"method": "interaction"}, Referral.CHIS),
        ({"method": "tasked_source"}, Referral.CHIS),
        ({"method": "closed_group"}, Referral.LEGAL),
        ({"visibility": "restricted"}, Referral.LEGAL),
        ({"visibility": "unknown"}, None),
        ({"holds": hold()}, Referral.LEGAL),
        ({"views": EARLIER}, Referral.LEGAL),
        ({"advice": advice("threshold_met")}, Referral.LEGAL),
        ({"advice": advice("chis")}, Referral.CHIS),
        ({"advice": advice("chis"), "consents": consent()}, None),
        ({"advice": advice("chis"), "immediate_risk": True, "new_event": True,
          "views": view("2026-11-20T09:00:00Z", "immediate_response")}, Referral.CHIS),
        ({"method": "interaction", "court_orders": CONTACT_ORDER}, None),
    ],
)  # fmt: skip
def test_a_check_goes_to_whoever_must_see_it(changes: dict[str, Any], referral: Referral | None) -> None:
    assert decided(**changes).referral is referral
