"""Facts for the rules' tests: an ordinary first look at an open page, with the records that a test adds."""

from __future__ import annotations

from typing import Any

from tracker.policy.decide import Decision, FootingReason, decide
from tracker.policy.facts import CheckFacts, read_facts
from tracker.policy.limits import Limits, read_limits
from tracker.policy.vocabulary import Footing, Outcome

THRESHOLD = "That number is a caution threshold set by your council; the law gives no number."

NOW = "2026-11-21T10:00:00Z"

REQUEST: dict[str, Any] = {
    "person": "P1",
    "relation": "service_user",
    "under_18": False,
    "may_lack_capacity": False,
    "purpose": "assessment",
    "aim": "view",
    "method": "view_only",
    "account": "corporate_registered",
    "visibility": "open",
    "platforms": ["facebook"],
    "profile_on_record": True,
    "code_factors": [],
    "immediate_risk": False,
    "new_event": False,
    "confidential_material_likely": False,
    "illegal_content_suspected": False,
}
RECORDS = (
    "views",
    "consents",
    "notices",
    "advice",
    "ripa_authorisations",
    "non_ripa_authorisations",
    "court_orders",
    "holds",
)
TOP = ("now", *RECORDS, "counted_from", "manager_approval")


def as_json(**changes: Any) -> dict[str, Any]:
    """The facts as JSON. A change is to a field of the request, or to a top field; a record list may be one record."""
    top = {name: value for name, value in changes.items() if name in TOP}
    asked = {name: value for name, value in changes.items() if name not in TOP}
    assert asked.keys() <= REQUEST.keys()
    records = {name: as_list(top.pop(name, [])) for name in RECORDS}
    return {
        "now": NOW,
        "request": {**REQUEST, **asked},
        **records,
        "counted_from": None,
        "manager_approval": None,
        **top,
    }


def as_list(records: Any) -> list[Any]:
    return list(records) if isinstance(records, list | tuple) else [records]


def facts(**changes: Any) -> CheckFacts:
    return read_facts(as_json(**changes))


def decided(*, limits: Any = None, **changes: Any) -> Decision:
    return decide(facts(**changes), limits_of(limits))


def said_of(footing: Footing, *, limits: Any = None, **changes: Any) -> FootingReason:
    """What the decision says of one footing."""
    return next(reason for reason in decided(limits=limits, **changes).footings if reason.rule is footing)


def limits_of(values: Any) -> Limits:
    return read_limits(values or {})


def searches(*times: str) -> list[dict[str, Any]]:
    return [view(at, "presence_search") for at in times]


def view(at: str, footing: str = "open_source", **changes: Any) -> dict[str, Any]:
    return {
        "at": at,
        "platforms": ["facebook"],
        "by": "W2",
        "team": "T1",
        "footing": footing,
        "reviewed": None,
        **changes,
    }


def consent(status: str = "given", at: str = "2026-11-10T09:00:00Z", **changes: Any) -> dict[str, Any]:
    return {
        "status": status,
        "at": at,
        "until": "2027-05-10" if status == "given" else None,
        "platforms": None,
        "purposes": None,
        "given_by": "self",
        "competence": "has",
        **changes,
    }


def notice(at: str = "2026-11-01T09:00:00Z", **changes: Any) -> dict[str, Any]:
    return {
        "kind": "specific",
        "at": at,
        "until": "2027-05-01",
        "platforms": None,
        "purposes": None,
        "objected": False,
        **changes,
    }


def advice(
    conclusion: str = "not_directed_surveillance", at: str = "2026-11-12T09:00:00Z", **changes: Any
) -> dict[str, Any]:
    return {
        "conclusion": conclusion,
        "at": at,
        "until": "2026-12-12" if conclusion == "not_directed_surveillance" else None,
        "platforms": None,
        "purposes": None,
        "max_views": 2,
        "covers_confidential": False,
        **changes,
    }


def ripa(**changes: Any) -> dict[str, Any]:
    return {
        "urn": "RIPA-2026-004",
        "granted_at": "2026-11-01T09:00:00Z",
        "approved_at": "2026-11-04T10:30:00Z",
        "takes_effect_on": None,
        "cancelled_at": None,
        "next_review_on": "2026-12-02",
        "persons": ["P1"],
        "platforms": None,
        "accounts": None,
        **changes,
    }


def non_ripa(**changes: Any) -> dict[str, Any]:
    return {
        "reference": "NR-7",
        "granted_at": "2026-11-15T09:00:00Z",
        "until": "2026-12-15",
        "cancelled_at": None,
        "next_review_on": "2026-12-02",
        "persons": ["P1"],
        "platforms": None,
        "max_views": 2,
        **changes,
    }


def order(**changes: Any) -> dict[str, Any]:
    return {
        "reference": "ZZ26C00001",
        "from": "2026-11-01",
        "until": "2027-01-31",
        "persons": ["P1"],
        "platforms": None,
        "purposes": None,
        "allows_contact": False,
        "terms_clear": True,
        "reported_at": None,
        **changes,
    }


def hold(at: str = "2026-11-20T02:00:00Z", **changes: Any) -> dict[str, Any]:
    return {"pattern": "family_cluster", "at": at, "released_at": None, **changes}


def check(footing: Footing, changes: dict[str, Any], expected: Outcome | str | None, limits: Any = None) -> None:
    """The footing gives an outcome when nothing else stands; or does not stand, for a reason that starts like this."""
    reason = said_of(footing, limits=limits, **changes)
    assert reason.stands == isinstance(expected, Outcome), reason.text
    if isinstance(expected, Outcome):
        decision = decided(limits=limits, **changes)
        assert (decision.footing, decision.outcome) == (footing, expected)
    elif expected:
        assert reason.text.startswith(expected)
