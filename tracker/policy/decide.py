"""The decision: every stop and footing judged, weighed, and put into words. No rule of its own stands here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.policy.authority import CONTACT
from tracker.policy.counting import counted_views
from tracker.policy.facts import CheckFacts, Request
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import SHIPPED, Limits, policy_version
from tracker.policy.records import legal_word, said_at, word_is
from tracker.policy.routes import routes_past
from tracker.policy.rules import StopRule, Verdict
from tracker.policy.stops import STOPS
from tracker.policy.vocabulary import (
    MAY_GO_ON,
    Aim,
    Conclusion,
    Condition,
    Footing,
    Outcome,
    Referral,
    Stop,
    Visibility,
)
from tracker.policy.weighing import Weighed, weigh


@dataclass(frozen=True, slots=True)
class StopReason:
    """A stop that applies."""

    rule: Stop
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class FootingReason:
    """Whether a footing stands, and on what, or what is missing."""

    rule: Footing
    stands: bool
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one check, with all its reasons. `footings` are all nine; `stops` only those that apply."""

    outcome: Outcome
    footing: Footing | None
    stops: tuple[StopReason, ...]
    footings: tuple[FootingReason, ...]
    conditions: tuple[Condition, ...]
    referral: Referral | None
    views_counted: int
    policy_version: str


def decide(facts: CheckFacts, limits: Limits = SHIPPED, *, limits_version: str = "shipped") -> Decision:
    """Whether a look may go ahead, on these facts and under these limits, and why. The same facts give the same answer."""
    triggered = [stop for stop in STOPS if stop.applies(facts, limits)]
    verdicts = [footing.judge(facts, limits) for footing in FOOTINGS]
    weighed = weigh(
        triggered, [verdict.gives for verdict in verdicts], facts.manager_approval, said_at(facts) is not None
    )
    return Decision(
        outcome=weighed.outcome,
        footing=weighed.footing,
        stops=tuple(StopReason(stop.id, stop.text, stop.source) for stop in triggered if stop.id in weighed.stops),
        footings=footing_reasons(verdicts, weighed, triggered, facts, limits),
        conditions=conditions(weighed, facts.request),
        referral=referral(weighed, facts),
        views_counted=len(counted_views(facts)),
        policy_version=policy_version(limits_version),
    )


def footing_reasons(
    verdicts: Sequence[Verdict], weighed: Weighed, triggered: Sequence[StopRule], facts: CheckFacts, limits: Limits
) -> tuple[FootingReason, ...]:
    """All nine verdicts; where the look may not go ahead, each that is still a route says what to do for it."""
    routes = () if weighed.outcome in MAY_GO_ON else routes_past(triggered, facts, limits)
    to_do = {route.footing: f" {route.text}" for route in routes}
    return tuple(
        FootingReason(
            rule=footing.id,
            stands=verdict.gives is not None,
            text=verdict.text if verdict.gives else verdict.text + to_do.get(footing.id, ""),
            source=footing.source,
        )
        for footing, verdict in zip(FOOTINGS, verdicts, strict=True)
    )


BOUND_BY: dict[Footing, tuple[Condition, ...]] = {
    Footing.PRESENCE_SEARCH: (Condition.LOOK_ONLY_FAR_ENOUGH,),
    Footing.COURT_ORDER: (Condition.WITHIN_ORDER_TERMS,),
    Footing.RIPA_AUTHORISATION: (Condition.WITHIN_AUTHORISATION_TERMS,),
    Footing.NON_RIPA_AUTHORISATION: (Condition.WITHIN_AUTHORISATION_TERMS,),
    Footing.IMMEDIATE_RESPONSE: (Condition.SINGLE_VIEWING, Condition.MANAGER_MUST_REVIEW),
    Footing.LEGAL_ADVICE: (Condition.WITHIN_ADVICE_TERMS,),
    Footing.OPEN_SOURCE: (Condition.SINGLE_VIEWING,),
}


def conditions(weighed: Weighed, request: Request) -> tuple[Condition, ...]:
    """What a look that may go ahead, or waits for a manager, is bound by."""
    if weighed.footing is None:
        return ()
    found = list(BOUND_BY.get(weighed.footing, ()))
    if weighed.footing is Footing.COURT_ORDER and request.method in CONTACT:
        found.append(Condition.IN_OWN_NAME)
    if weighed.footing not in (Footing.CONSENT, Footing.COURT_ORDER):
        if request.visibility is Visibility.PARTLY_VISIBLE:
            found.append(Condition.OPEN_PART_ONLY)
        if request.aim is Aim.FIND_THEN_VIEW:
            found.append(Condition.STOP_UNLESS_OPEN)
    return tuple(found)


BLOCKS = (Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION)


def referral(weighed: Weighed, facts: CheckFacts) -> Referral | None:
    """Who else the check goes to: the police before Legal's CHIS question, and that before Legal."""
    stops = frozenset(weighed.stops)
    if Stop.S6_ILLEGAL_CONTENT in stops:
        return Referral.POLICE
    chis = word_is(legal_word(facts), Conclusion.CHIS) and weighed.outcome is not Outcome.PERMITTED
    if chis or stops & {Stop.S3_INTERACTION, Stop.S12_TASKED_SOURCE}:
        return Referral.CHIS
    to_legal = stops & {Stop.S4_CONNECTION_OR_CLOSED_GROUP, Stop.S8_BEHIND_PRIVACY_SETTINGS}
    return Referral.LEGAL if weighed.outcome in BLOCKS or to_legal else None


def decision_as_json(decision: Decision) -> dict[str, Any]:
    """The decision as plain JSON values."""
    return {
        "outcome": decision.outcome.value,
        "footing": decision.footing and decision.footing.value,
        "stops": [{"rule": s.rule.value, "text": s.text, "source": s.source} for s in decision.stops],
        "footings": [
            {"rule": f.rule.value, "stands": f.stands, "text": f.text, "source": f.source} for f in decision.footings
        ],
        "conditions": [condition.value for condition in decision.conditions],
        "referral": decision.referral and decision.referral.value,
        "views_counted": decision.views_counted,
        "policy_version": decision.policy_version,
    }
