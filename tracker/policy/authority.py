"""What an order or authorisation that names the person lacks, sentence by sentence; nothing, where it carries the look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from tracker.policy.counting import VIEWS, views_since
from tracker.policy.facts import Advice, CheckFacts, CourtOrder, NonRipaAuthorisation, RipaAuthorisation
from tracker.policy.limits import Limits
from tracker.policy.periods import has_happened, in_last_hours, last_day_of_authorisation, london_day
from tracker.policy.records import LEGAL_WORD, covers, takes_in, word_is
from tracker.policy.texts import at_moment, counted, on_day
from tracker.policy.vocabulary import Conclusion, Method, ViewFooting

R = TypeVar("R")

CONTACT = (Method.INTERACTION, Method.CONNECTION_REQUEST, Method.CLOSED_GROUP)

ORDER_READS = (
    "now",
    "request.person",
    "request.platforms",
    "request.purpose",
    "request.method",
    "court_orders.from_",
    "court_orders.until",
    "court_orders.persons",
    "court_orders.platforms",
    "court_orders.purposes",
    "court_orders.allows_contact",
    "court_orders.terms_clear",
    "court_orders.reported_at",
)
RIPA_READS = (
    *LEGAL_WORD,
    "request.person",
    "request.account",
    "ripa_authorisations.granted_at",
    "ripa_authorisations.approved_at",
    "ripa_authorisations.takes_effect_on",
    "ripa_authorisations.cancelled_at",
    "ripa_authorisations.next_review_on",
    "ripa_authorisations.persons",
    "ripa_authorisations.platforms",
    "ripa_authorisations.accounts",
)
NON_RIPA_READS = (
    *LEGAL_WORD,
    *VIEWS,
    "request.aim",
    "request.visibility",
    "request.person",
    "request.method",
    "non_ripa_authorisations.granted_at",
    "non_ripa_authorisations.until",
    "non_ripa_authorisations.cancelled_at",
    "non_ripa_authorisations.next_review_on",
    "non_ripa_authorisations.persons",
    "non_ripa_authorisations.platforms",
    "non_ripa_authorisations.max_views",
)


def least_missing(records: Iterable[R], missing_of: Callable[[R], list[str]]) -> list[str]:
    """What is missing of the record that lacks least; nothing, where one lacks nothing. Their order means nothing."""
    return min((missing_of(record) for record in records), key=lambda missing: (len(missing), missing))


def of_order(order: CourtOrder, facts: CheckFacts, limits: Limits) -> list[str]:
    """What a court's order naming the person lacks."""
    today, request = london_day(facts.now), facts.request
    missing = []
    if not order.terms_clear:
        missing.append("The terms of the court's order are not clear: Legal settles what they allow.")
    if not covers(order, request):
        missing.append("The court's order does not cover all the platforms and the purpose asked for.")
    if today < order.from_:
        missing.append(f"The court's order begins on {on_day(order.from_)}.")
    if order.until is not None and today > order.until:
        missing.append(f"The court's order ended on {on_day(order.until)}.")
    if request.method in CONTACT and not order.allows_contact:
        missing.append("The court's order does not allow contact.")
    if order.reported_at is not None and not in_last_hours(order.reported_at, facts.now, limits.unsealed_order_hours):
        missing.append(f"The court's order was reported on {on_day(order.reported_at)}; its sealed copy is overdue.")
    return missing


def of_ripa(authorisation: RipaAuthorisation, word: tuple[Advice, ...], facts: CheckFacts) -> list[str]:
    """What a granted RIPA authorisation naming the person lacks."""
    today, request = london_day(facts.now), facts.request
    missing = in_force(authorisation, facts)
    if not takes_in(authorisation.platforms, request):
        missing.append("The authorisation does not take in all the platforms asked for.")
    if authorisation.accounts is not None and request.account not in authorisation.accounts:
        missing.append("The authorisation does not take in the account that would be used.")
    if is_overruled(authorisation, word):
        missing.append(f"Legal advised on {on_day(word[0].at)}, and the authorisation cannot be relied on.")
    if authorisation.approved_at is None or not has_happened(authorisation.approved_at, facts.now):
        missing.append("No approval of the authorisation by a justice of the peace stands, so it has no effect.")
        return missing
    first = authorisation.takes_effect_on or london_day(authorisation.approved_at)
    if today < first:
        missing.append(f"The authorisation takes effect on {on_day(first)}.")
    if today > last_day_of_authorisation(first):
        missing.append(f"The authorisation ended on {on_day(last_day_of_authorisation(first))}.")
    return missing


def is_overruled(authorisation: RipaAuthorisation, word: tuple[Advice, ...]) -> bool:
    """Whether Legal's word bars the authorisation: as CHIS whenever given, or on its ground at or after the grant."""
    if word_is(word, Conclusion.CHIS):
        return True
    on_its_ground = word_is(word, Conclusion.THRESHOLD_NOT_MET, Conclusion.COURT_ORDER_NEEDED)
    return on_its_ground and word[0].at >= authorisation.granted_at


def in_force(authorisation: RipaAuthorisation | NonRipaAuthorisation, facts: CheckFacts) -> list[str]:
    """Whether a granted authorisation, of either kind, has been cancelled or is overdue for review."""
    missing = []
    if authorisation.cancelled_at is not None and has_happened(authorisation.cancelled_at, facts.now):
        missing.append(f"The authorisation was cancelled on {at_moment(authorisation.cancelled_at)}.")
    if london_day(facts.now) > authorisation.next_review_on:
        missing.append(f"The review of the authorisation was due on {on_day(authorisation.next_review_on)}.")
    return missing


def of_non_ripa(authorisation: NonRipaAuthorisation, facts: CheckFacts) -> list[str]:
    """What a granted non-RIPA authorisation naming the person lacks."""
    made = views_since(facts, authorisation.granted_at, (ViewFooting.NON_RIPA_AUTHORISATION, ViewFooting.LATE_ENTRY))
    missing = in_force(authorisation, facts)
    if london_day(facts.now) > authorisation.until:
        missing.append(f"The authorisation ended on {on_day(authorisation.until)}.")
    if not takes_in(authorisation.platforms, facts.request):
        missing.append("The authorisation does not take in all the platforms asked for.")
    if made >= authorisation.max_views:
        allowed = counted(authorisation.max_views, "view", "views")
        missing.append(
            f"The authorisation was for {allowed}, and {made} made or allowed since it was granted count against it."
        )
    return missing
