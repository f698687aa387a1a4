"""The nine statements that must hold whatever is asked and whatever is on record, on drawn cases end to end.

The cases are drawn from the whole vocabulary around grounds on which each footing stands, so that a statement is
tried where it could fail. Each proof says how many cases it tried and fails where they missed what they had to reach.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from random import Random
from typing import Any

from . import pools
from .altering import asked, barred_from_ripa, shuffled, with_row, without_grounds
from .cases import Row, drawn_sketch
from .coverage import BY_BLOCKS, BY_DECIDERS, BY_FOOTINGS, BY_STOPS, Coverage
from .drawing import Tried, cases, one_of, rows, shufflers, some_of
from .proving import decided, only_where, proof
from .second_reading.case import case_from, instant
from .second_reading.stops import triggered
from .second_reading.weighing import STRICTNESS

Tell = Callable[[str, int], None]
ALARMING: dict[str, list[Any]] = {
    "account": ["personal", "false_persona", "corporate_unregistered"],
    "relation": ["no_case"],
    "illegal_content_suspected": [True],
    "method": ["tasked_source", "interaction", "connection_request", "closed_group"],
    "visibility": ["restricted", "blocked_by_person"],
    "purpose": ["court_directed"],
}
PERMISSIVE = {"permitted", "needs_manager_approval"}
ABSOLUTE: list[tuple[str, str, Any]] = [
    ("S1_personal_account", "account", "personal"),
    ("S2_false_or_unregistered_account", "account", "false_persona"),
    ("S2_false_or_unregistered_account", "account", "corporate_unregistered"),
    ("S5_no_case_purpose", "relation", "no_case"),
    ("S6_illegal_content", "illegal_content_suspected", True),
    ("S12_tasked_source", "method", "tasked_source"),
]
NOT_IN_DANGER = {
    "S1_personal_account",
    "S2_false_or_unregistered_account",
    "S3_interaction",
    "S4_connection_or_closed_group",
    "S5_no_case_purpose",
    "S6_illegal_content",
    "S8_behind_privacy_settings",
    "S10_manager_declined",
    "S12_tasked_source",
    "S13_court_directed_without_order",
}
LIFTED_IN_DANGER = {"S7_confidential_material", "S9_privacy_settings_unknown", "S11_pattern_hold"}


def strictness(decision: dict[str, Any]) -> int:
    """How strict an outcome is; 0 is the least."""
    return STRICTNESS.index(decision["outcome"])


def test_the_records_drawn_show_every_value_of_every_pool() -> None:
    chance = Random(2026)  # noqa: S311 (cases, not secrets)
    sketches = [drawn_sketch(chance) for _ in range(4_000)]
    for kind in pools.ROWS:
        of_cases = [row for sketch in sketches for row in sketch["rows"].get(kind, ())]
        by_themselves = [rows(kind)(chance) for _ in range(2_000)]
        for drawn in (of_cases, by_themselves):
            for place, pool in enumerate(pools.ROWS[kind]):
                assert all(any(row[place] == value for row in drawn) for value in pool)


def test_1_five_stops_refuse_whatever_else_is_true(tried: Tell) -> None:
    """Statement 1."""
    seen = Coverage()

    @proof(cases(), one_of(ABSOLUTE))
    def holds(case: Tried, danger: tuple[str, str, Any]) -> None:
        facts, limits = case
        stop, name, value = danger
        decision = decided(asked(facts, **{name: value}), limits)
        assert decision["outcome"] == "refused"
        assert stop in {each["rule"] for each in decision["stops"]}
        seen.see(decision)

    holds(lambda: seen.missing(BY_FOOTINGS | BY_STOPS | {("decided", "none", "refused")}))
    tried("statement 1: S1, S2, S5, S6 and S12 refuse", seen.number)
    assert not seen.missing(BY_FOOTINGS | BY_STOPS | {("decided", "none", "refused")})


def test_2_with_nothing_else_a_counted_view_means_no_second_look(tried: Tell) -> None:
    """Statement 2; records that cannot be a ground (a refusal, a general notice, adverse advice) are left in."""
    seen = Coverage()
    counted = [footing for footing in [*pools.FOOTINGS, "late_entry"] if footing not in {"presence_search", "consent"}]

    @proof(cases(), one_of(counted), one_of(pools.AGO), one_of(["view", "find_then_view"]))
    def holds(case: Tried, footing: str, ago: timedelta, aim: str) -> None:
        facts, limits = case
        only_where(ago >= timedelta(0))
        bare = without_grounds(asked(facts, aim=aim, immediate_risk=False))
        decision = decided(with_row(bare, "views", (ago, footing, "agreed", "none")), limits)
        only_where(decision["views_counted"])
        assert decision["outcome"] not in PERMISSIVE
        seen.see(decision)

    wanted = BY_BLOCKS | {("stop", "S11_pattern_hold", True), ("stop", "S7_confidential_material", True)}
    holds(lambda: seen.missing(wanted))
    tried("statement 2: a counted view and nothing else", seen.number)
    assert not seen.missing(wanted)


def test_3_an_earlier_view_never_makes_an_outcome_less_strict(tried: Tell) -> None:
    """Statement 3."""
    seen = Coverage()

    @proof(cases(), rows("views"))
    def holds(case: Tried, view: Row) -> None:
        facts, limits = case
        only_where(view[0] >= timedelta(0))
        before, after = decided(facts, limits), decided(with_row(facts, "views", view), limits)
        assert strictness(after) >= strictness(before)
        assert after["views_counted"] >= before["views_counted"]
        seen.see(before)
        seen.see(after)

    holds(seen.missing)
    tried("statement 3: an earlier view", seen.number)
    assert not seen.missing()


def test_4_a_later_consent_by_the_person_never_makes_an_outcome_stricter(tried: Tell) -> None:
    """Statement 4; the consent is a microsecond later than every other that exists."""
    seen = Coverage()

    @proof(cases(), one_of([0, 1, 30]), one_of(["any", "exactly", "wider"]), one_of(["any", "only", "among"]))
    def holds(case: Tried, until: int, scope: str, aimed: str) -> None:
        facts, limits = case
        facts = deepcopy(facts)
        now = instant(facts["now"])
        facts["consents"] = [c for c in facts["consents"] if instant(c["at"]) != now]
        row = (timedelta(0), "given", ("self", "has"), until, scope, aimed)
        before, after = decided(facts, limits), decided(with_row(facts, "consents", row), limits)
        assert strictness(after) <= strictness(before)
        assert {f["rule"]: f["stands"] for f in after["footings"]}["consent"]
        seen.see(before)
        seen.see(after)

    holds(seen.missing)
    tried("statement 4: a later consent of one's own", seen.number)
    assert not seen.missing()


def test_5_no_ripa_authorisation_permits_without_a_jp_or_for_welfare(tried: Tell) -> None:
    """Statement 5."""
    seen = Coverage()
    barred = one_of(["no JP", "JP still to come", "welfare"])

    @proof(cases(), barred)
    def holds(case: Tried, why: str) -> None:
        facts, limits = barred_from_ripa(case[0], why), case[1]
        decision = decided(facts, limits)
        without = decided({**facts, "ripa_authorisations": []}, limits)
        assert not {f["rule"]: f["stands"] for f in decision["footings"]}["ripa_authorisation"]
        assert decision["footing"] != "ripa_authorisation"
        assert strictness(decision) >= strictness(without)
        seen.see(decision)

    wanted = {each for each in BY_DECIDERS | BY_BLOCKS if each[1] != "ripa_authorisation"}
    holds(lambda: seen.missing(wanted))
    tried("statement 5: RIPA without a JP, or for welfare", seen.number)
    assert not seen.missing(wanted)


def test_6_approval_only_turns_needing_it_into_permitted(tried: Tell) -> None:
    """Statement 6, and that a manager's no refuses."""
    seen = Coverage()

    @proof(cases())
    def holds(case: Tried) -> None:
        facts, limits = case
        unasked, approved, declined = (
            decided({**facts, "manager_approval": approval}, limits) for approval in (None, "approved", "declined")
        )
        turned = unasked["outcome"] == "needs_manager_approval"
        assert approved == {**unasked, **({"outcome": "permitted", "referral": approved["referral"]} if turned else {})}
        assert declined["outcome"] == "refused"
        for decision in (unasked, approved, declined):
            seen.see(decision)

    holds(seen.missing)
    tried("statement 6: a manager's approval", seen.number)
    assert not seen.missing()


def test_7_neither_order_nor_who_looked_where_changes_anything(tried: Tell) -> None:
    """Statement 7: lists in any order; the same views by others, in other teams, on other platforms."""
    seen = Coverage()

    @proof(cases(), shufflers())
    def holds(case: Tried, shuffler: Random) -> None:
        facts, limits = case
        decision = decided(facts, limits)
        assert decided(shuffled(facts, shuffler), limits) == decision
        seen.see(decision)

    holds(lambda: seen.missing(BY_DECIDERS | BY_BLOCKS))
    tried("statement 7: order, workers, teams, platforms", seen.number)
    assert not seen.missing(BY_DECIDERS | BY_BLOCKS)


def test_8_a_hold_never_makes_an_outcome_less_strict(tried: Tell) -> None:
    """Statement 8."""
    seen = Coverage()

    @proof(cases(), one_of(pools.AGO), one_of([None, *pools.AGO]))
    def holds(case: Tried, began: timedelta, released: timedelta | None) -> None:
        facts, limits = case
        before, after = decided(facts, limits), decided(with_row(facts, "holds", (began, released)), limits)
        assert strictness(after) >= strictness(before)
        seen.see(before)
        seen.see(after)

    holds(seen.missing)
    tried("statement 8: a hold", seen.number)
    assert not seen.missing()


def test_9_no_child_in_danger_is_blocked_by_a_backlog(tried: Tell) -> None:
    """Statement 9: danger and something new; of the stops only S7, S9 and S11 may be triggered."""
    seen, met = Coverage(), set[str]()
    wanted = {("decided", "immediate_response", outcome) for outcome in PERMISSIVE}
    harmless = some_of([change for change in pools.CHANGES if not alarming(*change)], most=3)
    approvals = one_of([None, "approved"])

    @proof(cases(changes=harmless, manager_approval=approvals))
    def holds(case: Tried) -> None:
        facts = asked(case[0], immediate_risk=True, new_event=True)
        stops = set(triggered(case_from(facts)))
        only_where(not NOT_IN_DANGER & stops)
        decision = decided(facts, case[1])
        assert decision["outcome"] in PERMISSIVE
        seen.see(decision)
        met.update(stops)

    holds(lambda: [*seen.missing(wanted), *(LIFTED_IN_DANGER - met)])
    tried("statement 9: danger and a new event", seen.number)
    assert not seen.missing(wanted)
    assert met == LIFTED_IN_DANGER


def alarming(name: str, value: Any) -> bool:
    """A change to the request that triggers one of the stops which danger does not lift."""
    return name in ALARMING and value in ALARMING[name]
