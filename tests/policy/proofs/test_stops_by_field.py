"""Each stop over every combination of the fields it reads, against the second reading, and on no other fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement, product

import pytest

from tracker.policy.rules import StopRule
from tracker.policy.stops import STOPS

from .pools import DAY, HOUR, TICK
from .second_reading.stops import LIFTS, TRIGGERED
from .spaces import Axis, Option, asked, posed, recorded

NO_AGO = 0 * DAY
INSTANTS = (2 * DAY, HOUR, NO_AGO, -TICK)
HOLDS = list(product(INSTANTS, (None, *INSTANTS)))
WARNINGS = ["threshold_met", "threshold_not_met", "court_order_needed", "chis"]
ADVICE = [
    *product(INSTANTS, ["not_directed_surveillance"], [0, -1], [1], [True, False], ["any", "part", "none"], ["any"]),
    *product(INSTANTS, ["chis"], [0], [1], [True, False], ["any", "part", "none"], ["any"]),
    *product([HOUR], ["not_directed_surveillance", *WARNINGS], [0, -1], [1], [True], ["exactly"], ["only", "without"]),
]
PAIRS_OF_ADVICE = [
    pair
    for pair in combinations_with_replacement(ADVICE, 2)
    if all(row[5] != "none" and row[6] != "without" for row in pair)
]

SPACES: dict[str, Sequence[Sequence[Axis]]] = {
    "S1_personal_account": [[asked("account")]],
    "S2_false_or_unregistered_account": [[asked("account")]],
    "S3_interaction": [[asked("method")]],
    "S4_connection_or_closed_group": [[asked("method")]],
    "S5_no_case_purpose": [[asked("relation")]],
    "S6_illegal_content": [[asked("illegal_content_suspected")]],
    "S7_confidential_material": [
        [
            asked("confidential_material_likely"),
            asked("aim"),
            recorded("advice", (), *([row] for row in ADVICE), *PAIRS_OF_ADVICE),
        ]
    ],
    "S8_behind_privacy_settings": [[asked("aim"), asked("visibility")]],
    "S9_privacy_settings_unknown": [[asked("aim"), asked("visibility")]],
    "S10_manager_declined": [[[Option(rest={"manager_approval": each}) for each in (None, "approved", "declined")]]],
    "S11_pattern_hold": [[recorded("holds", (), *([row] for row in HOLDS), *product(HOLDS, HOLDS))]],
    "S12_tasked_source": [[asked("method")]],
    "S13_court_directed_without_order": [[asked("purpose")]],
}


def test_there_is_a_space_for_every_stop() -> None:
    assert [stop.id for stop in STOPS] == list(SPACES) == list(TRIGGERED)


def test_each_stop_leads_to_and_is_lifted_by_what_the_policy_says() -> None:
    assert {stop.id: (stop.outcome, set(stop.lifted_by)) for stop in STOPS} == LIFTS


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.id)
def test_a_stop_applies_exactly_where_the_policy_says(stop: StopRule, tried: Callable[[str, int], None]) -> None:
    seen: Counter[bool] = Counter()
    for axes in SPACES[stop.id]:
        for facts, limits, case in posed(axes, stop):
            applies = stop.applies(facts, limits)
            assert applies == TRIGGERED[stop.id](case), case
            seen[applies] += 1
    tried(f"each stop by its fields: {stop.id}", seen.total())
    assert seen[True]
    assert seen[False]
