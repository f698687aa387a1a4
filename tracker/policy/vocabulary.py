"""The words of the policy: each with the identifier that is stored and the plain English that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Word(StrEnum):
    """One identifier of the policy, with its words for the screen."""

    label: str

    def __new__(cls, identifier: str, label: str = "") -> Word:
        word = str.__new__(cls, identifier)
        word._value_ = identifier
        word.label = label
        return word


class Platform(Word):
    """Where a look is made."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X (formerly Twitter)"
    TIKTOK = "tiktok", "TikTok"
    SNAPCHAT = "snapchat", "Snapchat"
    YOUTUBE = "youtube", "YouTube"
    LINKEDIN = "linkedin", "LinkedIn"
    WHATSAPP = "whatsapp", "WhatsApp"
    REDDIT = "reddit", "Reddit"
    DISCORD = "discord", "Discord"
    TWITCH = "twitch", "Twitch"
    THREADS = "threads", "Threads"
    TELEGRAM = "telegram", "Telegram"
    GAMING = "gaming", "a gaming platform"
    LIVESTREAM = "livestream", "a livestream"
    MARKETPLACE = "marketplace", "an online marketplace"
    DATING = "dating", "a dating site or app"
    FORUM_OR_BLOG = "forum_or_blog", "a forum or blog"
    SEARCH_ENGINE = "search_engine", "a search engine"
    OTHER = "other", "another platform"


class Purpose(Word):
    """What a look is for."""

    ASSESSMENT = "assessment", "an assessment"
    VERIFY_ACCOUNT = "verify_account", "checking what somebody has told us"
    RISK_TO_CHILD_OR_ADULT = "risk_to_child_or_adult", "a risk to a child or an adult"
    TRACE_MISSING_PERSON = "trace_missing_person", "finding somebody who is missing"
    RETURN_FROM_MISSING = "return_from_missing", "understanding a return from going missing"
    FIND_FAMILY_OR_CONNECTED_PERSON = "find_family_or_connected_person", "finding family or a connected person"
    TRACE_OR_SERVE_COURT_DOCUMENTS = "trace_or_serve_court_documents", "tracing somebody or serving court documents"
    COURT_DIRECTED = "court_directed", "doing what a court has directed"
    PROSPECTIVE_CARER = "prospective_carer", "assessing somebody who wants to be a carer"
    CARER_REVIEW = "carer_review", "reviewing an approved carer"
    PRIVATE_FOSTERING = "private_fostering", "private fostering"
    STAFF_SAFETY_BEFORE_VISIT = "staff_safety_before_visit", "the safety of staff before a visit"
    PREVENT_OR_DETECT_CRIME = "prevent_or_detect_crime", "preventing or detecting crime"
    OTHER = "other", "another purpose"


class Relation(Word):
    """What the person is to the council."""

    SERVICE_USER = "service_user", "a person we work with"
    FAMILY_OR_ASSOCIATE = "family_or_associate", "family, or somebody connected with a person we work with"
    CARER_OR_APPLICANT = "carer_or_applicant", "a carer, or somebody who has applied to be one"
    REFERRAL_OR_ENQUIRY = "referral_or_enquiry", "somebody in a referral or statutory enquiry"
    NO_CASE = "no_case", "no case, referral or statutory enquiry"


class Aim(Word):
    """What the look is to do."""

    FIND_PRESENCE = "find_presence", "only find out whether there is a profile"
    FIND_THEN_VIEW = "find_then_view", "find the profile and, only if it is open, look once"
    VIEW = "view", "look at a known profile"


class Method(Word):
    """How the look is made, and by whom."""

    VIEW_ONLY = "view_only", "a member of staff looks, without any contact"
    SHOWN_BY_PERSON = "shown_by_person", "the person shows it on their own device"
    CONTRACTED_THIRD_PARTY = "contracted_third_party", "an agency or investigator looks for the council"
    TASKED_SOURCE = "tasked_source", "somebody with a relationship to the person is asked to look"
    CONNECTION_REQUEST = "connection_request", "a friend, follow or connection request"
    CLOSED_GROUP = "closed_group", "joining a closed group"
    INTERACTION = "interaction", "contact that is not openly the council's"


class Account(Word):
    """What the viewer is signed in with."""

    NOT_USED = "not_used", "no account is used"
    LOGGED_OUT = "logged_out", "logged out"
    CORPORATE_REGISTERED = "corporate_registered", "a registered corporate account"
    CORPORATE_UNREGISTERED = "corporate_unregistered", "a corporate account that is not registered"
    PERSONAL = "personal", "a personal account"
    FALSE_PERSONA = "false_persona", "an account in a false name"


class Visibility(Word):
    """Whether privacy settings are in operation, as last found."""

    OPEN = "open", "open to anybody"
    PARTLY_VISIBLE = "partly_visible", "partly visible"
    RESTRICTED = "restricted", "behind privacy settings"
    BLOCKED_BY_PERSON = "blocked_by_person", "blocked by the person"
    UNKNOWN = "unknown", "not known"


class CodeFactor(Word):
    """The factors of para 3.16 of the Covert Surveillance and Property Interference Code."""

    DIRECTED_AT_INDIVIDUAL = "directed_at_individual", "it is aimed at one person"
    PRIVATE_INFORMATION_LIKELY = "private_information_likely", "private information is likely to be seen"
    BUILDS_PROFILE = "builds_profile", "it would build a profile of somebody"
    RECORDED_AND_RETAINED = "recorded_and_retained", "what is seen would be recorded and kept"
    PATTERN_OF_LIFESTYLE = "pattern_of_lifestyle", "it would show a pattern of lifestyle"
    COMBINED_WITH_OTHER_SOURCES = "combined_with_other_sources", "it would be combined with other sources"
    REPEATED_VIEWING = "repeated_viewing", "it is part of repeated viewing"
    RECORDS_THIRD_PARTIES = "records_third_parties", "other people would be recorded"


class ConsentStatus(Word):
    """What was said when somebody was asked."""

    GIVEN = "given", "given"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "withdrawn"


class GivenBy(Word):
    """Who said yes or no."""

    SELF = "self", "the person"
    PARENTAL_RESPONSIBILITY = "parental_responsibility", "somebody with parental responsibility"
    ATTORNEY_OR_DEPUTY = "attorney_or_deputy", "an attorney or deputy"


class Competence(Word):
    """Whether the person can decide for themself: Gillick competence under 16, capacity from 16."""

    HAS = "has", "can decide this for themself"
    LACKS = "lacks", "cannot decide this for themself"
    NOT_ASSESSED = "not_assessed", "not assessed"


class NoticeKind(Word):
    """What the person was told."""

    SPECIFIC = "specific", "specific notice"
    GENERAL = "general", "general notice"


class Conclusion(Word):
    """What Legal concluded. Privileged: never shown to workers."""

    NOT_DIRECTED_SURVEILLANCE = "not_directed_surveillance", "not directed surveillance"
    THRESHOLD_MET = "threshold_met", "directed surveillance, crime threshold met"
    THRESHOLD_NOT_MET = "threshold_not_met", "directed surveillance, crime threshold not met"
    COURT_ORDER_NEEDED = "court_order_needed", "a court's order is needed"
    CHIS = "chis", "possible CHIS conduct"


class Reviewed(Word):
    """What a manager said of a look made in danger."""

    AGREED = "agreed", "agreed"
    NOT_AGREED = "not_agreed", "not agreed"


class Approval(Word):
    """What a manager said of this check."""

    APPROVED = "approved", "approved"
    DECLINED = "declined", "declined"


class Outcome(Word):
    """The answer, from least to most strict."""

    PERMITTED = "permitted", "You may go ahead"
    NEEDS_MANAGER_APPROVAL = "needs_manager_approval", "Waiting for a manager"
    BLOCKED_LEGAL_ADVICE = "blocked_legal_advice", "Blocked pending legal advice"
    BLOCKED_COURT_AUTHORISATION = (
        "blocked_court_authorisation",
        "Blocked until judicial approval or a court's order is recorded",
    )
    REFUSED = "refused", "This check cannot go ahead"

    @property
    def strictness(self) -> int:
        """0 for `permitted` up to 4 for `refused`."""
        return STRICTNESS[self]


STRICTNESS: dict[Outcome, int] = {outcome: place for place, outcome in enumerate(Outcome)}

MAY_GO_ON = frozenset({Outcome.PERMITTED, Outcome.NEEDS_MANAGER_APPROVAL})


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """The strictest of some outcomes; `permitted` where there are none."""
    return max(outcomes, key=STRICTNESS.__getitem__, default=Outcome.PERMITTED)


class Footing(Word):
    """The grounds a look can stand on, in the order in which they are tried."""

    PRESENCE_SEARCH = "presence_search", "Searching for a profile"
    CONSENT = "consent", "Consent"
    COURT_ORDER = "court_order", "A court's order or direction"
    RIPA_AUTHORISATION = "ripa_authorisation", "A RIPA authorisation with judicial approval"
    NON_RIPA_AUTHORISATION = "non_ripa_authorisation", "A non-RIPA authorisation"
    IMMEDIATE_RESPONSE = "immediate_response", "An immediate response to danger"
    LEGAL_ADVICE = "legal_advice", "Legal advice"
    NOTICE = "notice", "Specific notice"
    OPEN_SOURCE = "open_source", "A single open-source viewing"


class ViewFooting(Word):
    """What an earlier look is recorded as standing on. A `presence_search` is kept here but is not a view."""

    PRESENCE_SEARCH = "presence_search", "Searching for a profile"
    CONSENT = "consent", "Consent"
    COURT_ORDER = "court_order", "A court's order or direction"
    RIPA_AUTHORISATION = "ripa_authorisation", "A RIPA authorisation with judicial approval"
    NON_RIPA_AUTHORISATION = "non_ripa_authorisation", "A non-RIPA authorisation"
    IMMEDIATE_RESPONSE = "immediate_response", "An immediate response to danger"
    LEGAL_ADVICE = "legal_advice", "Legal advice"
    NOTICE = "notice", "Specific notice"
    OPEN_SOURCE = "open_source", "A single open-source viewing"
    LATE_ENTRY = "late_entry", "A look recorded afterwards"


class Stop(Word):
    """The reasons not to go ahead, whatever a look stands on, unless that lifts them."""

    S1_PERSONAL_ACCOUNT = "S1_personal_account", "A personal account"
    S2_FALSE_OR_UNREGISTERED_ACCOUNT = "S2_false_or_unregistered_account", "A false or unregistered account"
    S3_INTERACTION = "S3_interaction", "Contact that is not openly the council's"
    S4_CONNECTION_OR_CLOSED_GROUP = "S4_connection_or_closed_group", "A connection request or closed group"
    S5_NO_CASE_PURPOSE = "S5_no_case_purpose", "No case, referral or statutory enquiry"
    S6_ILLEGAL_CONTENT = "S6_illegal_content", "Content that it may be an offence to view"
    S7_CONFIDENTIAL_MATERIAL = "S7_confidential_material", "Confidential or privileged material"
    S8_BEHIND_PRIVACY_SETTINGS = "S8_behind_privacy_settings", "Behind privacy settings"
    S9_PRIVACY_SETTINGS_UNKNOWN = "S9_privacy_settings_unknown", "Privacy settings not known"
    S10_MANAGER_DECLINED = "S10_manager_declined", "Declined by a manager"
    S11_PATTERN_HOLD = "S11_pattern_hold", "A hold because of a pattern of viewing"
    S12_TASKED_SOURCE = "S12_tasked_source", "Somebody asked to look for us"
    S13_COURT_DIRECTED_WITHOUT_ORDER = "S13_court_directed_without_order", "Court-directed, without the order"


class Condition(Word):
    """What a look that may go ahead is bound by."""

    LOOK_ONLY_FAR_ENOUGH = (
        "look_only_far_enough",
        "Look only far enough to tell whether there is a profile of this person.",
    )
    WITHIN_ORDER_TERMS = "within_order_terms", "Keep within the terms of the court's order or direction."
    IN_OWN_NAME = "in_own_name", "Make contact in your own name, as the council."
    WITHIN_AUTHORISATION_TERMS = "within_authorisation_terms", "Keep within the terms of the authorisation."
    SINGLE_VIEWING = "single_viewing", "This is a single viewing: opening it again is another view."
    MANAGER_MUST_REVIEW = "manager_must_review", "A manager must review this look afterwards: agreed or not agreed."
    WITHIN_ADVICE_TERMS = "within_advice_terms", "Keep within the terms of Legal's advice."
    OPEN_PART_ONLY = "open_part_only", "Look only at the part that is open to anybody."
    STOP_UNLESS_OPEN = "stop_unless_open", "Stop if the profile turns out not to be open."


class Referral(Word):
    """Who else the check goes to."""

    POLICE = "police", "the police"
    CHIS = "chis", "Legal, as possible CHIS conduct"
    LEGAL = "legal", "Legal"
