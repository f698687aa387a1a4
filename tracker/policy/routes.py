"""Which routes are left where a look may not go ahead, in words.

Legal's conclusion decides which routes are left, but no sentence here tells what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.policy.facts import CheckFacts
from tracker.policy.limits import SHIPPED, Limits
from tracker.policy.records import legal_word, live_noes, live_objections, word_is
from tracker.policy.rules import StopRule
from tracker.policy.stops import STOPS
from tracker.policy.texts import NOT_AT_SOMEBODY_S_RISK
from tracker.policy.vocabulary import (
    Aim,
    Competence,
    Conclusion,
    Footing,
    GivenBy,
    Method,
    Purpose,
    Stop,
    Visibility,
)


@dataclass(frozen=True, slots=True)
class Route:
    """A footing that could carry this look once it is recorded, and what to do for it."""

    footing: Footing
    text: str


ASK_THEM = f"Ask the person themself, where they can decide this. {NOT_AT_SOMEBODY_S_RISK}"
"""Where somebody else has said no for them: the person's own consent could still carry the look."""

NON_RIPA, RIPA = Footing.NON_RIPA_AUTHORISATION, Footing.RIPA_AUTHORISATION

TO_DO: dict[Footing, str] = {
    Footing.CONSENT: f"Ask for consent. {NOT_AT_SOMEBODY_S_RISK}",
    Footing.NOTICE: f"Tell the person specifically, before any look. {NOT_AT_SOMEBODY_S_RISK}",
    Footing.COURT_ORDER: "Where there are proceedings, the court can be asked for an order or direction.",
    RIPA: "Legal can say whether a RIPA authorisation can be applied for; a justice of the peace must approve it before any look.",
    NON_RIPA: "The authorising officer can be asked for a non-RIPA authorisation.",
    Footing.LEGAL_ADVICE: "Legal can be asked to advise.",
}

OPEN = (Visibility.OPEN, Visibility.PARTLY_VISIBLE)
LOOKING_ONLY = (Method.VIEW_ONLY, Method.CONTRACTED_THIRD_PARTY)


def routes_left(facts: CheckFacts, limits: Limits = SHIPPED) -> tuple[Route, ...]:
    """What could still carry this look, in the order of the footings; empty where only a different check could.

    A route is left where Legal's word leaves it, the request is of its kind, and it lifts every stop that applies.
    """
    return routes_past([stop for stop in STOPS if stop.applies(facts, limits)], facts, limits)


def routes_past(triggered: Sequence[StopRule], facts: CheckFacts, limits: Limits) -> tuple[Route, ...]:
    """The same, where it is already known which stops are triggered."""
    left = legal_leaves(facts, limits)
    return tuple(
        Route(footing, to_do(footing, facts))
        for footing in Footing
        if footing in left and fits(footing, facts) and is_open_past(triggered, footing)
    )


def legal_leaves(facts: CheckFacts, limits: Limits) -> frozenset[Footing]:
    """The routes that Legal's word leaves; where there is none, or it is favourable, Legal can be asked as well."""
    word, for_crime = legal_word(facts), facts.request.purpose is Purpose.PREVENT_OR_DETECT_CRIME
    if word_is(word, Conclusion.CHIS):
        return frozenset({Footing.LEGAL_ADVICE})
    left = {Footing.CONSENT, Footing.COURT_ORDER}
    if word_is(word, Conclusion.COURT_ORDER_NEEDED):
        return frozenset(left)
    left.add(Footing.NOTICE)
    if word_is(word, Conclusion.THRESHOLD_NOT_MET):
        return frozenset(left | {NON_RIPA} if limits.non_ripa and not for_crime else left)
    if not word_is(word, Conclusion.THRESHOLD_MET):
        left.add(Footing.LEGAL_ADVICE)
    return frozenset(left | {RIPA} if for_crime else left)


def to_do(footing: Footing, facts: CheckFacts) -> str:
    """What to do for a footing. Who spoke for somebody and said no is not asked again, but the person may be."""
    no_for_them = footing is Footing.CONSENT and any(no.given_by is not GivenBy.SELF for no in live_noes(facts))
    return ASK_THEM if no_for_them else TO_DO[footing]


def said_no_themself(facts: CheckFacts) -> bool:
    """Whether the person has, and was not found unable to."""
    return any(no.given_by is GivenBy.SELF and no.competence is not Competence.LACKS for no in live_noes(facts))


def fits(footing: Footing, facts: CheckFacts) -> bool:
    """Whether a request of this kind could stand on the footing at all, and the person has not already said no to it."""
    request = facts.request
    open_page = request.visibility in OPEN or (
        request.aim is Aim.FIND_THEN_VIEW and request.visibility is Visibility.UNKNOWN
    )
    looking_only = request.method in LOOKING_ONLY
    if footing is Footing.CONSENT:
        return not said_no_themself(facts)
    if footing is Footing.NOTICE:
        return request.aim is not Aim.FIND_PRESENCE and open_page and looking_only and not live_objections(facts)
    if footing is NON_RIPA:
        return open_page and looking_only
    if footing is Footing.LEGAL_ADVICE:
        return (request.aim is Aim.FIND_PRESENCE or open_page) and looking_only
    return True


def is_open_past(triggered: Sequence[StopRule], footing: Footing) -> bool:
    """Whether nothing stops a look on this footing; confidential material is itself a question for Legal."""
    return all(
        footing in stop.lifted_by or (footing is Footing.LEGAL_ADVICE and stop.id is Stop.S7_CONFIDENTIAL_MATERIAL)
        for stop in triggered
    )


def court_routes(facts: CheckFacts, limits: Limits = SHIPPED) -> tuple[Footing, ...]:
    """Which of judicial approval and a court's order can apply here: two different records, neither standing for the other."""
    courts = (RIPA, Footing.COURT_ORDER)
    return tuple(route.footing for route in routes_left(facts, limits) if route.footing in courts)
