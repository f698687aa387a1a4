"""The weighing, the conditions and the referral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from . import footings, meaning, stops
from .case import Case, case_from

STRICTNESS = [
    "permitted",
    "needs_manager_approval",
    "blocked_legal_advice",
    "blocked_court_authorisation",
    "refused",
]
RANK = {outcome: rank for rank, outcome in enumerate(STRICTNESS)}
BY_FOOTING = {
    "presence_search": ["look_only_far_enough"],
    "court_order": ["within_order_terms"],
    "ripa_authorisation": ["within_authorisation_terms"],
    "non_ripa_authorisation": ["within_authorisation_terms"],
    "immediate_response": ["single_viewing", "manager_must_review"],
    "legal_advice": ["within_advice_terms"],
    "open_source": ["single_viewing"],
}


class Weighed(NamedTuple):
    """The outcome, the footing that decided or None, and the stops that apply."""

    outcome: str
    footing: str | None
    applied: list[str]


def weigh(gives: Mapping[str, str], triggered: Sequence[str], approval: str | None, *, said: bool) -> Weighed:
    """The least strict of the standing footings' results, each the strictest of what it gives and of its rest."""
    if not gives:
        block = "blocked_court_authorisation" if said else "blocked_legal_advice"
        return Weighed(_strictest([block] + [stops.LIFTS[s][0] for s in triggered]), None, list(triggered))
    all_triggered = tuple(triggered)
    results = [_of_one(footing, given, all_triggered) for footing, given in gives.items()]
    best = min(results, key=lambda result: RANK[result.outcome])
    if best.applied:
        return best._replace(footing=None)
    if best.outcome == "needs_manager_approval" and approval == "approved":
        return best._replace(outcome="permitted")
    return best


@cache
def _of_one(footing: str, given: str, triggered: tuple[str, ...]) -> Weighed:
    """What one standing footing comes to by itself."""
    rest = [s for s in triggered if footing not in stops.LIFTS[s][1]]
    return Weighed(_strictest([given] + [stops.LIFTS[s][0] for s in rest]), footing, rest)


def _strictest(outcomes: Sequence[str]) -> str:
    return max(outcomes, key=RANK.__getitem__)


def conditions(case: Case, weighed: Weighed) -> list[str]:
    """What the permission is tied to; none where there is no permission."""
    footing = weighed.footing
    if footing is None:
        return []
    tied = list(BY_FOOTING.get(footing, []))
    if footing == "court_order" and case.request["method"] in footings.CONTACT:
        tied.append("in_own_name")
    if footing not in {"consent", "court_order"}:
        tied += ["open_part_only"] if case.visibility == "partly_visible" else []
        tied += ["stop_unless_open"] if case.request["aim"] == "find_then_view" else []
    return tied


def referral(case: Case, weighed: Weighed) -> str | None:
    """To whom the check goes."""
    applied = {rule.split("_")[0] for rule in weighed.applied}
    if "S6" in applied:
        return "police"
    if applied & {"S3", "S12"} or (meaning.word_includes(case, "chis") and weighed.outcome != "permitted"):
        return "chis"
    return "legal" if weighed.outcome.startswith("blocked") or applied & {"S4", "S8"} else None


def decide(facts: Mapping[str, Any], limits: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All of the decision but its sentences and its version."""
    case = case_from(facts, limits)
    gives = footings.standing(case)
    said = meaning.surveillance_said_at(case) is not None
    weighed = weigh(gives, stops.triggered(case), case.manager_approval, said=said)
    return {
        "outcome": weighed.outcome,
        "footing": weighed.footing,
        "stops": weighed.applied,
        "footings": [(rule, rule in gives) for rule in footings.GIVES],
        "conditions": conditions(case, weighed),
        "referral": referral(case, weighed),
        "views_counted": meaning.views_counted(case),
    }
