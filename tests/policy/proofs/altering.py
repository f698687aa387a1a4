"""What the statements do to a case: one record more, another request, other orders, no grounds."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

from . import pools
from .cases import WRITE, Facts, Setting
from .second_reading.case import instant, london_day


def with_row(facts: Facts, kind: str, row: Any) -> Facts:
    """The same facts and one record more, first in its list."""
    request = facts["request"]
    now = instant(facts["now"])
    setting = Setting(now, london_day(now), request["platforms"], request["purpose"], request["account"])
    return {**facts, kind: [WRITE[kind](setting, row), *facts[kind]]}


def asked(facts: Facts, **changes: Any) -> Facts:
    """The same facts with another request."""
    return {**facts, "request": {**facts["request"], **changes}}


def without_grounds(facts: Facts) -> Facts:
    """The facts without consent, order, authorisation, favourable advice or specific notice."""
    return {
        **facts,
        "consents": [c for c in facts["consents"] if c["status"] != "given"],
        "notices": [n for n in facts["notices"] if n["kind"] == "general"],
        "advice": [a for a in facts["advice"] if a["conclusion"] != "not_directed_surveillance"],
        "ripa_authorisations": [a for a in facts["ripa_authorisations"] if a["approved_at"] is None],
        "non_ripa_authorisations": [],
        "court_orders": [],
    }


def barred_from_ripa(facts: Facts, why: str) -> Facts:
    """The facts with what bars RIPA put in: no approval, one in the future, or a purpose other than crime."""
    if why == "welfare":
        crime = facts["request"]["purpose"] == "prevent_or_detect_crime"
        return asked(facts, purpose="risk_to_child_or_adult") if crime else facts
    later = (instant(facts["now"]) + timedelta(microseconds=1)).isoformat()
    approved_at = None if why == "no JP" else later
    return {**facts, "ripa_authorisations": [{**a, "approved_at": approved_at} for a in facts["ripa_authorisations"]]}


def shuffled(facts: Facts, shuffler: Any) -> Facts:
    """The same facts with every list in another order and the views spread over workers, teams and platforms."""
    other: Facts = deepcopy(facts)
    for number, view in enumerate(other["views"]):
        view.update(by=f"W{number}", team=f"T{number}", platforms=pools.PLATFORMS[number : number + 2])
    _shuffle(other, shuffler)
    return other


def _shuffle(value: Any, shuffler: Any) -> None:
    if isinstance(value, list):
        shuffler.shuffle(value)
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in within:
        _shuffle(each, shuffler)
