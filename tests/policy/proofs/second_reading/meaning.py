"""What the records mean together: Legal's word, said to be surveillance, said no, objected, what is counted."""

from __future__ import annotations

from datetime import datetime, timedelta

from .case import Case, Record, Records

FAVOURABLE = "not_directed_surveillance"
SYSTEMATIC = {"builds_profile", "pattern_of_lifestyle", "repeated_viewing"}


def favourable_advice(case: Case) -> Records:
    """Favourable words that cover the request, in date or not."""
    return [a for a in case.advice if a["conclusion"] == FAVOURABLE and case.covers(a)]


def standing_warnings(case: Case) -> Records:
    """Adverse words that touch the request, with no strictly later favourable word that covers it."""
    warnings = [a for a in case.advice if a["conclusion"] != FAVOURABLE and case.touches(a)]
    return [a for a in warnings if not _overtaken(case, a["at"])]


def _overtaken(case: Case, when: datetime) -> bool:
    return any(favourable["at"] > when for favourable in favourable_advice(case))


def latest(records: Records) -> Records:
    """All those of the latest instant."""
    return [r for r in records if r["at"] == max(each["at"] for each in records)]


def legal_word(case: Case) -> Records:
    """The latest warning that stands, else the latest favourable word; several of one instant together."""
    return latest(standing_warnings(case) or favourable_advice(case))


def word_includes(case: Case, *conclusions: str) -> bool:
    """What bars bars if it is true of any."""
    return any(word["conclusion"] in conclusions for word in legal_word(case))


def word_is_wholly(case: Case, conclusion: str) -> bool:
    """What must be true must be true of each, and there must be a word."""
    word = legal_word(case)
    return bool(word) and all(each["conclusion"] == conclusion for each in word)


def surveillance_said_at(case: Case) -> datetime | None:
    """The latest standing warning, or grant naming the person, that no later favourable word overtakes."""
    grants = [a["granted_at"] for a in case.ripa_authorisations if case.names(a)]
    instants = [a["at"] for a in standing_warnings(case)] + [g for g in grants if not _overtaken(case, g)]
    return max(instants, default=None)


def validly_given(case: Case, consent: Record) -> bool:
    """By the person who can; by a parent for a known child who cannot; by an attorney for a known adult who cannot."""
    asked = (consent["given_by"], consent["competence"], case.request["under_18"])
    return consent["status"] == "given" and (
        asked[:2] == ("self", "has")
        or asked == ("parental_responsibility", "lacks", True)
        or asked == ("attorney_or_deputy", "lacks", False)
    )


def live_noes(case: Case) -> Records:
    """Refusals and withdrawals that make "said no"."""
    noes = [c for c in case.consents if c["status"] != "given" and case.touches(c)]
    return [no for no in noes if not _answered(case, no["at"], no["given_by"])]


def objected(case: Case) -> bool:
    """A notice objected to, not followed by the person's own covering consent."""
    notices = [n for n in case.notices if n["objected"] and case.touches(n)]
    return any(not _answered(case, notice["at"], "self") for notice in notices)


def _answered(case: Case, when: datetime, giver: str) -> bool:
    return any(
        c["given_by"] == giver and c["at"] > when and case.covers(c) and validly_given(case, c) for c in case.consents
    )


def looks(case: Case) -> Records:
    """Views: everything in the ledger but presence searches."""
    return [v for v in case.views if v["footing"] != "presence_search"]


def looks_since(case: Case, when: datetime, footings: set[str]) -> int:
    """Views on these footings at or after an instant, whatever `counted_from`."""
    return sum(v["at"] >= when and v["footing"] in footings for v in looks(case))


def views_counted(case: Case) -> int:
    """Views on any footing but consent, from `counted_from` where it is set and has come."""
    start = case.counted_from if case.has_happened(case.counted_from) else None
    return sum(v["footing"] != "consent" and (start is None or v["at"] >= start) for v in looks(case))


def searches_left(case: Case) -> bool:
    """Fewer presence searches than both limits allow, lately and in all."""
    searches = [v for v in case.views if v["footing"] == "presence_search"]
    first = case.now - timedelta(hours=24 * case.limits["presence_search_days"])
    lately = [s for s in searches if s["at"] >= first]
    limits = case.limits
    return bool(len(lately) < limits["presence_search_limit"] and len(searches) < limits["presence_search_total"])


def systematic(case: Case) -> bool:
    """A factor that makes even a first look more than preliminary."""
    return bool(SYSTEMATIC & set(case.request["code_factors"]))
