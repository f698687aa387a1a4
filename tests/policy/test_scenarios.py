"""Published cases, and some derived from them: each comes out as its source says."""

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.policy.decide import decide
from tracker.policy.facts import facts_as_json, read_facts

SCENARIOS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "scenarios.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[f"{case['id']} {case['title']}" for case in SCENARIOS])
def test_a_published_scenario_comes_out_as_its_source_says(scenario: dict[str, Any]) -> None:
    facts = read_facts(scenario["facts"])

    assert decide(facts).outcome in scenario["expected"]
    assert read_facts(facts_as_json(facts)) == facts


def test_the_scenarios_are_all_there_and_reach_every_outcome() -> None:
    assert len(SCENARIOS) == 27
    assert {outcome for case in SCENARIOS for outcome in case["expected"]} == {
        "permitted",
        "needs_manager_approval",
        "blocked_legal_advice",
        "blocked_court_authorisation",
        "refused",
    }
