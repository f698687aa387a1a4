"""The identifiers are the contract of `tracker decide` (policy.md): none may change, go or come unseen; each has its plain words."""

import pytest

from tracker.policy import vocabulary
from tracker.policy.vocabulary import Outcome, Word, strictest

IDENTIFIERS = {
    "Platform": (
        "facebook instagram x tiktok snapchat youtube linkedin whatsapp reddit discord twitch threads telegram "
        "gaming livestream marketplace dating forum_or_blog search_engine other"
    ),
    "Purpose": (
        "assessment verify_account risk_to_child_or_adult trace_missing_person return_from_missing "
        "find_family_or_connected_person trace_or_serve_court_documents court_directed prospective_carer "
        "carer_review private_fostering staff_safety_before_visit prevent_or_detect_crime other"
    ),
    "Relation": "service_user family_or_associate carer_or_applicant referral_or_enquiry no_case",
    "Aim": "find_presence find_then_view view",
    "Method": (
        "view_only shown_by_person contracted_third_party tasked_source connection_request closed_group interaction"
    ),
    "Account": "not_used logged_out corporate_registered corporate_unregistered personal false_persona",
    "Visibility": "open partly_visible restricted blocked_by_person unknown",
    "CodeFactor": (
        "directed_at_individual private_information_likely builds_profile recorded_and_retained "
        "pattern_of_lifestyle combined_with_other_sources repeated_viewing records_third_parties"
    ),
    "ConsentStatus": "given refused withdrawn",
    "GivenBy": "self parental_responsibility attorney_or_deputy",
    "Competence": "has lacks not_assessed",
    "NoticeKind": "specific general",
    "Conclusion": "not_directed_surveillance threshold_met threshold_not_met court_order_needed chis",
    "Reviewed": "agreed not_agreed",
    "Approval": "approved declined",
    "Outcome": "permitted needs_manager_approval blocked_legal_advice blocked_court_authorisation refused",
    "Footing": (
        "presence_search consent court_order ripa_authorisation non_ripa_authorisation immediate_response "
        "legal_advice notice open_source"
    ),
    "ViewFooting": (
        "presence_search consent court_order ripa_authorisation non_ripa_authorisation immediate_response "
        "legal_advice notice open_source late_entry"
    ),
    "Stop": (
        "S1_personal_account S2_false_or_unregistered_account S3_interaction S4_connection_or_closed_group "
        "S5_no_case_purpose S6_illegal_content S7_confidential_material S8_behind_privacy_settings "
        "S9_privacy_settings_unknown S10_manager_declined S11_pattern_hold S12_tasked_source "
        "S13_court_directed_without_order"
    ),
    "Condition": (
        "look_only_far_enough within_order_terms in_own_name within_authorisation_terms single_viewing "
        "manager_must_review within_advice_terms open_part_only stop_unless_open"
    ),
    "Referral": "police chis legal",
}
"""Written by hand from the contract: for each vocabulary its identifiers, in their order."""


def test_every_vocabulary_is_in_the_table() -> None:
    words = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, Word)]
    assert sorted(kind.__name__ for kind in words if kind is not Word) == sorted(IDENTIFIERS)


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_its_identifiers_are_those_of_the_contract_and_each_has_words(name: str) -> None:
    kind = getattr(vocabulary, name)
    assert [word.value for word in kind] == IDENTIFIERS[name].split()
    assert all(word.label.strip() and "_" not in word.label for word in kind)


def test_the_strictest_of_no_outcomes_is_that_nothing_is_against_it() -> None:
    assert strictest([]) is Outcome.PERMITTED
    assert strictest([Outcome.REFUSED, Outcome.PERMITTED]) is Outcome.REFUSED
