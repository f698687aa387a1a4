"""The thirteen rows of the table of stops."""

from __future__ import annotations

from collections.abc import Callable

from . import meaning
from .case import Case

CONTACT_OUTCOMES = ("refused", {"court_order"})
LIFTS: dict[str, tuple[str, set[str]]] = {
    "S1_personal_account": ("refused", set()),
    "S2_false_or_unregistered_account": ("refused", set()),
    "S3_interaction": CONTACT_OUTCOMES,
    "S4_connection_or_closed_group": CONTACT_OUTCOMES,
    "S5_no_case_purpose": ("refused", set()),
    "S6_illegal_content": ("refused", set()),
    "S7_confidential_material": ("blocked_legal_advice", {"immediate_response"}),
    "S8_behind_privacy_settings": ("refused", {"consent", "court_order"}),
    "S9_privacy_settings_unknown": (
        "refused",
        {"consent", "court_order", "ripa_authorisation", "immediate_response"},
    ),
    "S10_manager_declined": ("refused", set()),
    "S11_pattern_hold": (
        "blocked_legal_advice",
        {"consent", "court_order", "ripa_authorisation", "immediate_response"},
    ),
    "S12_tasked_source": ("refused", set()),
    "S13_court_directed_without_order": ("blocked_legal_advice", {"court_order"}),
}


def confidential(case: Case) -> bool:
    """S7: not answered by a word of Legal's that covers this, is in date and says so, each of that instant."""
    word = meaning.legal_word(case)
    answered = bool(word) and all(case.covers(w) and case.in_date(w) and w["covers_confidential"] for w in word)
    return case.request["confidential_material_likely"] and case.request["aim"] != "find_presence" and not answered


def held(case: Case) -> bool:
    """S11: a hold has begun and has not been released by now."""
    return any(not case.has_happened(hold["released_at"]) for hold in case.holds)


def behind_settings(case: Case) -> bool:
    """S8: looking at all, at what is not open."""
    return case.request["aim"] != "find_presence" and case.visibility in {"restricted", "blocked_by_person"}


TRIGGERED: dict[str, Callable[[Case], bool]] = {
    "S1_personal_account": lambda case: case.request["account"] == "personal",
    "S2_false_or_unregistered_account": lambda case: (
        case.request["account"] in {"false_persona", "corporate_unregistered"}
    ),
    "S3_interaction": lambda case: case.request["method"] == "interaction",
    "S4_connection_or_closed_group": lambda case: case.request["method"] in {"connection_request", "closed_group"},
    "S5_no_case_purpose": lambda case: case.request["relation"] == "no_case",
    "S6_illegal_content": lambda case: case.request["illegal_content_suspected"],
    "S7_confidential_material": confidential,
    "S8_behind_privacy_settings": behind_settings,
    "S9_privacy_settings_unknown": lambda case: case.request["aim"] == "view" and case.visibility == "unknown",
    "S10_manager_declined": lambda case: case.manager_approval == "declined",
    "S11_pattern_hold": held,
    "S12_tasked_source": lambda case: case.request["method"] == "tasked_source",
    "S13_court_directed_without_order": lambda case: case.request["purpose"] == "court_directed",
}


def triggered(case: Case) -> list[str]:
    """The ids of the stops that are triggered, in order."""
    return [rule for rule, applies in TRIGGERED.items() if applies(case)]
