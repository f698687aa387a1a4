"""The nine rows of the table of footings. Each says what it gives, or None where it does not stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from . import meaning
from .case import Case, Record, last_day_of_period, london_day

CONTACT = {"interaction", "connection_request", "closed_group"}
LOOKING = {"view_only", "contracted_third_party"}
CRIME = "prevent_or_detect_crime"
PERMITTED, APPROVAL = "permitted", "needs_manager_approval"
ALL_LOOKS = {
    "consent",
    "court_order",
    "ripa_authorisation",
    "non_ripa_authorisation",
    "immediate_response",
    "legal_advice",
    "notice",
    "open_source",
    "late_entry",
}


def _gives(stands: bool, *, approval: bool = False) -> str | None:
    if not stands:
        return None
    return APPROVAL if approval else PERMITTED


def _can_be_seen(case: Case) -> bool:
    return case.visibility in {"open", "partly_visible"}


def _said_no_or_objected(case: Case) -> bool:
    return bool(meaning.live_noes(case)) or meaning.objected(case)


def presence_search(case: Case) -> str | None:
    """Is the person online at all?"""
    asked = case.request
    stands = (
        asked["aim"] == "find_presence"
        and not asked["profile_on_record"]
        and asked["method"] == "view_only"
        and len(asked["platforms"]) <= case.limits["presence_search_platforms"]
        and meaning.surveillance_said_at(case) is None
        and not meaning.systematic(case)
        and meaning.searches_left(case)
    )
    return _gives(stands, approval=_said_no_or_objected(case))


def consent(case: Case) -> str | None:
    """Somebody who may said yes to every platform asked for, and nobody who counts says no."""
    return _gives(all(_agreed(case, platform) for platform in case.request["platforms"]))


def _agreed(case: Case, platform: str) -> bool:
    about = [c for c in case.consents if case.has_purpose(c) and platform in (c["platforms"] or [platform])]
    noes = [c for c in about if c["status"] != "given"]
    own = [c["at"] for c in about if (c["status"], c["given_by"], c["competence"]) == ("given", "self", "has")]
    for no in noes:
        if no["given_by"] == "self" and no["competence"] != "lacks" and not any(at > no["at"] for at in own):
            return False
    yeses = [c for c in about if meaning.validly_given(case, c) and case.in_date(c)]
    return any(all(no["at"] < yes["at"] for no in noes if no["given_by"] == yes["given_by"]) for yes in yeses)


def court_order(case: Case) -> str | None:
    """A clear order in date; only reported orders need a manager and run out."""
    orders = [order for order in case.court_orders if _order_serves(case, order)]
    return _gives(bool(orders), approval=all(order["reported_at"] is not None for order in orders))


def _order_serves(case: Case, order: Record) -> bool:
    grace = timedelta(hours=case.limits["unsealed_order_hours"])
    return (
        order["terms_clear"]
        and case.names(order)
        and case.covers(order)
        and order["from"] <= case.today
        and case.in_date(order)
        and (order["allows_contact"] or case.request["method"] not in CONTACT)
        and (order["reported_at"] is None or case.now < order["reported_at"] + grace)
    )


def ripa_authorisation(case: Case) -> str | None:
    """Crime only, approved by a JP, in its three months."""
    if case.request["purpose"] != CRIME or meaning.word_includes(case, "chis"):
        return None
    return _gives(any(_ripa_serves(case, each) for each in case.ripa_authorisations))


def _ripa_serves(case: Case, authorisation: Record) -> bool:
    approved_at: datetime | None = authorisation["approved_at"]
    if approved_at is None or approved_at > case.now or case.has_happened(authorisation["cancelled_at"]):
        return False
    first = authorisation["takes_effect_on"] or london_day(approved_at)
    contradicted = meaning.word_includes(case, "threshold_not_met", "court_order_needed") and (
        meaning.legal_word(case)[0]["at"] >= authorisation["granted_at"]
    )
    return (
        first <= case.today <= last_day_of_period(first)
        and case.today <= authorisation["next_review_on"]
        and case.names(authorisation)
        and case.covers_platforms(authorisation)
        and (authorisation["accounts"] is None or case.request["account"] in authorisation["accounts"])
        and not contradicted
    )


def non_ripa_authorisation(case: Case) -> str | None:
    """The council's own authorisation where RIPA is not to be had."""
    stands = (
        case.limits["non_ripa"]
        and case.request["purpose"] != CRIME
        and case.request["method"] in LOOKING
        and _can_be_seen(case)
        and meaning.word_is_wholly(case, "threshold_not_met")
        and any(_non_ripa_serves(case, each) for each in case.non_ripa_authorisations)
    )
    return _gives(stands, approval=True)


def _non_ripa_serves(case: Case, authorisation: Record) -> bool:
    used = meaning.looks_since(case, authorisation["granted_at"], {"non_ripa_authorisation", "late_entry"})
    return (
        case.in_date(authorisation)
        and not case.has_happened(authorisation["cancelled_at"])
        and case.today <= authorisation["next_review_on"]
        and case.names(authorisation)
        and case.covers_platforms(authorisation)
        and used < authorisation["max_views"]
    )


def immediate_response(case: Case) -> str | None:
    """Danger now; a second look in danger only on a new event, and then a manager decides."""
    first = case.now - timedelta(hours=24 * case.limits["emergency_window_days"])
    earlier = [v for v in case.views if v["footing"] == "immediate_response"]
    snag = any(v["at"] >= first or v["reviewed"] != "agreed" for v in earlier)
    stands = case.request["immediate_risk"] and (case.request["new_event"] or not snag)
    return _gives(stands, approval=snag)


def legal_advice(case: Case) -> str | None:
    """Legal's favourable word, in date, with views left."""
    stands = (
        meaning.word_is_wholly(case, meaning.FAVOURABLE)
        and meaning.surveillance_said_at(case) is None
        and case.request["method"] in LOOKING
        and (_can_be_seen(case) or case.request["aim"] == "find_presence")
        and all(
            case.in_date(word)
            and meaning.looks_since(case, word["at"], {"legal_advice", "late_entry"}) < word["max_views"]
            for word in meaning.legal_word(case)
        )
    )
    return _gives(stands, approval=True)


def notice(case: Case) -> str | None:
    """The person was told, specifically, and the looking is therefore not covert."""
    told = meaning.latest([n for n in case.notices if n["kind"] == "specific" and case.covers(n)])
    stands = (
        case.request["aim"] != "find_presence"
        and _can_be_seen(case)
        and case.request["method"] in LOOKING
        and not meaning.objected(case)
        and bool(told)
        and all(case.in_date(n) for n in told)
        and _notice_still_tells(case, told[0]["at"])
    )
    return _gives(stands, approval=True)


def _notice_still_tells(case: Case, told_at: datetime) -> bool:
    said_at = meaning.surveillance_said_at(case)
    others = {"consent", "court_order", "ripa_authorisation", "non_ripa_authorisation"}
    if any(c["status"] != "given" and case.touches(c) and c["at"] >= told_at for c in case.consents):
        return False
    if said_at is not None and (told_at <= said_at or meaning.word_includes(case, "chis", "court_order_needed")):
        return False
    used = meaning.looks_since(case, told_at, ALL_LOOKS - others)
    return bool(used < case.limits["notice_view_limit"])


def open_source(case: Case) -> str | None:
    """The single open-source viewing."""
    asked = case.request
    stands = (
        asked["aim"] != "find_presence"
        and _can_be_seen(case)
        and asked["method"] == "view_only"
        and meaning.views_counted(case) == 0
        and meaning.surveillance_said_at(case) is None
        and all(no["status"] != "withdrawn" for no in meaning.live_noes(case))
        and not meaning.systematic(case)
        and len(asked["platforms"]) <= case.limits["single_viewing_platforms"]
        and (asked["aim"] == "view" or meaning.searches_left(case))
    )
    return _gives(stands, approval=_first_look_needs_approval(case))


def _first_look_needs_approval(case: Case) -> bool:
    asked = case.request
    vulnerable = asked["under_18"] is not False or asked["may_lack_capacity"]
    return (
        (vulnerable and case.limits["child_first_look_needs_approval"])
        or _said_no_or_objected(case)
        or "records_third_parties" in asked["code_factors"]
        or asked["purpose"] in {"other", CRIME}
    )


GIVES: dict[str, Callable[[Case], str | None]] = {
    "presence_search": presence_search,
    "consent": consent,
    "court_order": court_order,
    "ripa_authorisation": ripa_authorisation,
    "non_ripa_authorisation": non_ripa_authorisation,
    "immediate_response": immediate_response,
    "legal_advice": legal_advice,
    "notice": notice,
    "open_source": open_source,
}


def standing(case: Case) -> dict[str, str]:
    """The footings that stand and what each gives, in order."""
    results = {rule: gives(case) for rule, gives in GIVES.items()}
    return {rule: given for rule, given in results.items() if given is not None}
