"""The values that cases are made of: the whole vocabulary, and moments and days on both sides of every boundary.

Moments are how long before the case's own moment something happened (negative: still to come); days are how many days
from its day in London. Values that should come often are simply listed often.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

Facts = dict[str, Any]


def _words(text: str) -> list[str]:
    return text.split()


PLATFORMS = _words(
    "facebook instagram x tiktok snapchat youtube linkedin whatsapp reddit discord twitch threads telegram gaming "
    "livestream marketplace dating forum_or_blog search_engine other"
)
PURPOSES = _words(
    "assessment verify_account risk_to_child_or_adult trace_missing_person return_from_missing "
    "find_family_or_connected_person trace_or_serve_court_documents court_directed prospective_carer carer_review "
    "private_fostering staff_safety_before_visit prevent_or_detect_crime other"
)
ACCOUNTS = _words("not_used logged_out corporate_registered corporate_unregistered personal false_persona")
FACTORS = _words(
    "directed_at_individual private_information_likely builds_profile recorded_and_retained pattern_of_lifestyle "
    "combined_with_other_sources repeated_viewing records_third_parties"
)
FOOTINGS = _words(
    "presence_search consent court_order ripa_authorisation non_ripa_authorisation immediate_response legal_advice "
    "notice open_source"
)
CONCLUSIONS = _words("not_directed_surveillance threshold_met threshold_not_met court_order_needed chis")
YES_NO = (False, True)

VOCABULARY: dict[str, Sequence[Any]] = {
    "relation": _words("service_user family_or_associate carer_or_applicant referral_or_enquiry no_case"),
    "under_18": (False, True, None),
    "may_lack_capacity": YES_NO,
    "purpose": PURPOSES,
    "aim": _words("find_presence find_then_view view"),
    "method": _words(
        "view_only shown_by_person contracted_third_party tasked_source connection_request closed_group interaction"
    ),
    "account": ACCOUNTS,
    "visibility": _words("open partly_visible restricted blocked_by_person unknown"),
    "profile_on_record": YES_NO,
    "code_factors": [
        [],
        ["repeated_viewing", "recorded_and_retained"],
        FACTORS,
        *([factor] for factor in FACTORS),
    ],
    "immediate_risk": YES_NO,
    "new_event": YES_NO,
    "confidential_material_likely": YES_NO,
    "illegal_content_suspected": YES_NO,
}
CHANGES = [(name, value) for name, values in VOCABULARY.items() for value in values]

NOWS = [
    datetime(2026, 11, 21, 10, tzinfo=UTC),
    datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC),
    datetime(2026, 6, 30, 23, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 23, tzinfo=UTC),
    datetime(2026, 10, 24, 23, tzinfo=UTC),
    datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC),
    datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC),
    datetime(2028, 2, 28, 12, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    datetime(2027, 4, 29, 22, 59, 59, tzinfo=UTC),
    datetime(2027, 4, 29, 23, tzinfo=UTC),
]
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
OFTEN = [timedelta(0)] * 2 + [HOUR] * 3 + [2 * DAY] * 4 + [10 * DAY] * 2 + [30 * DAY] * 3
EDGES = [
    edge + nudge
    for edge in (timedelta(0), HOUR, 24 * HOUR, 72 * HOUR, 7 * DAY, 28 * DAY)
    for nudge in (-SECOND, -TICK, timedelta(0), TICK)
]
AGO = OFTEN * 2 + EDGES
PERIOD_AGO = [days * DAY for days in range(88, 94)]
UNTIL = [0, 0, 1, 30, 30, 30, -1, -30]
SCOPES = ["any"] * 4 + ["exactly", "wider", "part", "part_and_more", "none"]
AIMED = ["any"] * 3 + ["only", "among", "without"]
PERSONS = [["P1"]] * 4 + [["P2"], ["P2", "P1"]]
NEVER = [None]
SELF_OR_NOT = (
    [("self", "has")] * 4
    + [("parental_responsibility", "lacks")] * 2
    + [("attorney_or_deputy", "lacks")] * 2
    + [
        (giver, able)
        for giver in ("self", "parental_responsibility", "attorney_or_deputy")
        for able in ("has", "lacks")
    ]
    + [(giver, "not_assessed") for giver in ("self", "parental_responsibility", "attorney_or_deputy")]
)

ROWS: dict[str, tuple[Sequence[Any], ...]] = {
    "views": (
        AGO,
        [*FOOTINGS, "late_entry", "late_entry", "presence_search", "presence_search", "immediate_response"],
        ["agreed", "agreed", "not_agreed", None],
        SCOPES,
    ),
    "consents": (AGO, ["given", "given", "given", "refused", "withdrawn"], SELF_OR_NOT, UNTIL, SCOPES, AIMED),
    "notices": (AGO, ["specific"] * 4 + ["general"], UNTIL, [False] * 5 + [True], SCOPES, AIMED),
    "advice": (AGO, [*CONCLUSIONS, CONCLUSIONS[0]], UNTIL, [1, 1, 2], YES_NO, SCOPES, AIMED),
    "ripa_authorisations": (
        AGO + PERIOD_AGO,
        NEVER * 6 + AGO + PERIOD_AGO,
        NEVER * 9 + [0, 1, -1, *(-days for days in range(88, 94))],
        NEVER * 150 + AGO,
        UNTIL,
        PERSONS,
        SCOPES,
        NEVER * 4 + ["same", "others", "among"],
    ),
    "non_ripa_authorisations": (AGO, UNTIL, NEVER * 150 + AGO, UNTIL, PERSONS, SCOPES, [1, 2]),
    "court_orders": (
        [0, 0, -1, -30, 1],
        [None, *UNTIL],
        PERSONS,
        SCOPES,
        AIMED,
        YES_NO,
        [True] * 5 + [False],
        NEVER * 50 + AGO,
    ),
    "holds": (AGO, NEVER * 30 + AGO),
}
LIMITS: list[dict[str, Any]] = [
    {},
    {},
    {"non_ripa": True},
    {"non_ripa": True, "child_first_look_needs_approval": False},
    {"notice_view_limit": 1, "presence_search_limit": 1, "presence_search_total": 1},
    {"notice_view_limit": 2, "presence_search_limit": 2, "presence_search_total": 2, "presence_search_days": 7},
    {"presence_search_platforms": 1, "single_viewing_platforms": 1, "unsealed_order_hours": 1},
    {"emergency_window_days": 28, "unsealed_order_hours": 24, "single_viewing_platforms": 2},
    {"emergency_window_days": 1, "presence_search_limit": 10, "presence_search_total": 3, "non_ripa": True},
]
REST: dict[str, Sequence[Any]] = {
    "now": NOWS,
    "platforms": [1, 1, 1, 2, 2, 3, 4, 5, 6],
    "limits": LIMITS,
    "counted_from": NEVER * 150 + AGO,
    "manager_approval": NEVER * 5 + ["approved"] * 4 + ["declined"],
}
GROUNDS: list[dict[str, Any]] = [
    {"request": {"aim": "find_presence", "visibility": "unknown"}},
    {"consents": [(2 * DAY, "given", ("self", "has"), 30, "any", "any")]},
    {"court_orders": [(-1, 30, ["P1"], "any", "any", True, True, None)]},
    {"court_orders": [(-1, 30, ["P1"], "any", "any", True, True, HOUR)], "request": {"method": "interaction"}},
    {
        "ripa_authorisations": [(30 * DAY, 30 * DAY, None, None, 30, ["P1"], "any", None)],
        "request": {"purpose": "prevent_or_detect_crime"},
    },
    {
        "advice": [(30 * DAY, "threshold_not_met", 0, 1, True, "any", "any")],
        "non_ripa_authorisations": [(10 * DAY, 30, None, 30, ["P1"], "any", 2)],
        "limits": {"non_ripa": True},
    },
    {"request": {"immediate_risk": True}},
    {"request": {"immediate_risk": True, "new_event": True}, "views": [(HOUR, "immediate_response", None, "exactly")]},
    {
        "advice": [(10 * DAY, "not_directed_surveillance", 30, 2, True, "any", "any")],
        "views": [(30 * DAY, "open_source", None, "exactly")],
    },
    {
        "notices": [(10 * DAY, "specific", 30, False, "any", "any")],
        "views": [(2 * DAY, "open_source", None, "exactly")],
    },
    {
        "request": {"aim": "find_presence", "visibility": "unknown"},
        "consents": [(10 * DAY, "refused", ("self", "has"), 30, "any", "any")],
    },
    {
        "request": {"aim": "find_presence", "visibility": "unknown"},
        "views": [(ago, "presence_search", None, "exactly") for ago in (HOUR, 10 * DAY, 30 * DAY)],
    },
    {
        "request": {"aim": "find_then_view", "visibility": "unknown"},
        "views": [(ago, "presence_search", None, "exactly") for ago in (HOUR, 30 * DAY, 30 * DAY, 30 * DAY)],
    },
    {},
    {"request": {"under_18": True}},
    {"request": {"aim": "find_then_view", "visibility": "unknown"}},
]

PLAIN_REQUEST: Facts = {
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
    "profile_on_record": False,
    "code_factors": [],
    "immediate_risk": False,
    "new_event": False,
    "confidential_material_likely": False,
    "illegal_content_suspected": False,
}
