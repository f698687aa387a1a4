"""The stops: reasons not to go ahead, whatever a look stands on, unless that lifts them.

Each is one function that says whether it applies. Above it stand what it leads to, what lifts it, where it comes from,
the sentence that is shown, and the facts it looks at.
"""

from __future__ import annotations

from tracker.policy.facts import CheckFacts
from tracker.policy.limits import Limits
from tracker.policy.periods import has_happened, london_day
from tracker.policy.records import LEGAL_WORD, covers, legal_word
from tracker.policy.rules import StopRule, stop
from tracker.policy.vocabulary import (
    Account,
    Aim,
    Approval,
    Footing,
    Method,
    Outcome,
    Purpose,
    Relation,
    Stop,
    Visibility,
)


@stop(
    Stop.S1_PERSONAL_ACCOUNT,
    outcome=Outcome.REFUSED,
    source="Hertfordshire policy 2.3",
    text="A personal account is never used to look. Look logged out, or with a registered corporate account.",
    reads=("request.account",),
)
def personal_account(facts: CheckFacts, limits: Limits) -> bool:
    """The look would be made with somebody's own account."""
    return facts.request.account is Account.PERSONAL


@stop(
    Stop.S2_FALSE_OR_UNREGISTERED_ACCOUNT,
    outcome=Outcome.REFUSED,
    source="Hertfordshire policy 2.3; the register of profiles that IPCO inspectors ask for",
    text="Only an account in the council's register is used, and never one in a false name.",
    reads=("request.account",),
)
def false_or_unregistered_account(facts: CheckFacts, limits: Limits) -> bool:
    """The look would be made with an account in a false name, or with a corporate one that is not registered."""
    return facts.request.account in (Account.FALSE_PERSONA, Account.CORPORATE_UNREGISTERED)


@stop(
    Stop.S3_INTERACTION,
    outcome=Outcome.REFUSED,
    lifted_by=(Footing.COURT_ORDER,),
    source="RIPA 2000 s.26(8)",
    text="Contact that is not openly the council's is not made, unless a court's order allows contact. "
    "Contact made openly, in your own name from a council account, is not a check and needs none.",
    reads=("request.method",),
)
def interaction(facts: CheckFacts, limits: Limits) -> bool:
    """There would be contact with somebody who is not told that it is the council."""
    return facts.request.method is Method.INTERACTION


@stop(
    Stop.S4_CONNECTION_OR_CLOSED_GROUP,
    outcome=Outcome.REFUSED,
    lifted_by=(Footing.COURT_ORDER,),
    source="Council policy, stricter than the law; CHIS Code of Practice, online activity",
    text="A friend, follow or connection request is not sent and a closed group is not joined in order to look, "
    "unless a court's order allows contact.",
    reads=("request.method",),
)
def connection_or_closed_group(facts: CheckFacts, limits: Limits) -> bool:
    """The look would need a connection request, or entry to a closed group."""
    return facts.request.method in (Method.CONNECTION_REQUEST, Method.CLOSED_GROUP)


@stop(
    Stop.S5_NO_CASE_PURPOSE,
    outcome=Outcome.REFUSED,
    source="Human Rights Act 1998 s.6 and article 8; UK GDPR article 5(1)(b)",
    text="There is no case, referral or statutory enquiry about this person, so there is no purpose to look for.",
    reads=("request.relation",),
)
def no_case_purpose(facts: CheckFacts, limits: Limits) -> bool:
    """The person is in no case, referral or statutory enquiry."""
    return facts.request.relation is Relation.NO_CASE


@stop(
    Stop.S6_ILLEGAL_CONTENT,
    outcome=Outcome.REFUSED,
    source="Bury and Knowsley guidance for staff",
    text="It may be an offence to view or keep what is expected there. Do not open it: this goes to the police.",
    reads=("request.illegal_content_suspected",),
)
def illegal_content(facts: CheckFacts, limits: Limits) -> bool:
    """Content is suspected that it is an offence to view or hold; pictures of drugs are not meant."""
    return facts.request.illegal_content_suspected


@stop(
    Stop.S7_CONFIDENTIAL_MATERIAL,
    outcome=Outcome.BLOCKED_LEGAL_ADVICE,
    lifted_by=(Footing.IMMEDIATE_RESPONSE,),
    source="Covert Surveillance Code, chapter 9",
    text="Confidential material is likely, such as messages with a solicitor, doctor, MP, minister of religion or "
    "journalist, and no advice from Legal that covers it is in force. Ask Legal.",
    reads=(
        *LEGAL_WORD,
        "request.confidential_material_likely",
        "request.aim",
        "advice.until",
        "advice.covers_confidential",
    ),
)
def confidential_material(facts: CheckFacts, limits: Limits) -> bool:
    """Confidential material is likely to be seen and Legal's word, in date and on all of the request, does not cover it."""
    request = facts.request
    if not request.confidential_material_likely or request.aim is Aim.FIND_PRESENCE:
        return False
    today = london_day(facts.now)
    word = legal_word(facts)
    return not word or not all(
        advice.covers_confidential and covers(advice, request) and (advice.until is None or today <= advice.until)
        for advice in word
    )


@stop(
    Stop.S8_BEHIND_PRIVACY_SETTINGS,
    outcome=Outcome.REFUSED,
    lifted_by=(Footing.CONSENT, Footing.COURT_ORDER),
    source="Hertfordshire policy 2.6: open source only where no privacy settings are in operation",
    text="The page is behind privacy settings, or the person has blocked us, and that choice is respected.",
    reads=("request.aim", "request.visibility"),
)
def behind_privacy_settings(facts: CheckFacts, limits: Limits) -> bool:
    """A page would be looked at that is behind privacy settings, or whose owner has blocked the council."""
    request = facts.request
    return request.aim is not Aim.FIND_PRESENCE and request.visibility in (
        Visibility.RESTRICTED,
        Visibility.BLOCKED_BY_PERSON,
    )


@stop(
    Stop.S9_PRIVACY_SETTINGS_UNKNOWN,
    outcome=Outcome.REFUSED,
    lifted_by=(Footing.CONSENT, Footing.COURT_ORDER, Footing.RIPA_AUTHORISATION, Footing.IMMEDIATE_RESPONSE),
    source="OSC guidance 2016, note 289; Hertfordshire policy 2.6",
    text="Nobody knows yet whether the page is open. Ask instead to find it and look once, only if it is open.",
    reads=("request.aim", "request.visibility"),
)
def privacy_settings_unknown(facts: CheckFacts, limits: Limits) -> bool:
    """A known profile would be looked at without knowing whether privacy settings are in operation."""
    return facts.request.aim is Aim.VIEW and facts.request.visibility is Visibility.UNKNOWN


@stop(
    Stop.S10_MANAGER_DECLINED,
    outcome=Outcome.REFUSED,
    source="Council practice",
    text="A manager has declined this look.",
    reads=("manager_approval",),
)
def manager_declined(facts: CheckFacts, limits: Limits) -> bool:
    """A manager has said no to this check."""
    return facts.manager_approval is Approval.DECLINED


@stop(
    Stop.S11_PATTERN_HOLD,
    outcome=Outcome.BLOCKED_LEGAL_ADVICE,
    lifted_by=(Footing.CONSENT, Footing.COURT_ORDER, Footing.RIPA_AUTHORISATION, Footing.IMMEDIATE_RESPONSE),
    source="Covert Surveillance Code, paras 3.15 and 3.16: systematic collection",
    text="Looks at this person are on hold: looks that are each in order can, taken together, be systematic. Ask Legal. "
    "Only Legal can release the hold.",
    reads=("now", "holds.at", "holds.released_at"),
)
def pattern_hold(facts: CheckFacts, limits: Limits) -> bool:
    """A hold on this person has begun and has not been released."""
    now = facts.now
    return any(has_happened(hold.at, now) and not has_happened(hold.released_at, now) for hold in facts.holds)


@stop(
    Stop.S12_TASKED_SOURCE,
    outcome=Outcome.REFUSED,
    source="RIPA 2000 s.26(8); IPCO annual report 2019, para 14.8",
    text="Relatives, neighbours, carers and schools are not asked to look for the council. "
    "What somebody brings unasked can be recorded.",
    reads=("request.method",),
)
def tasked_source(facts: CheckFacts, limits: Limits) -> bool:
    """Somebody with a relationship to the person would be asked to look."""
    return facts.request.method is Method.TASKED_SOURCE


@stop(
    Stop.S13_COURT_DIRECTED_WITHOUT_ORDER,
    outcome=Outcome.BLOCKED_LEGAL_ADVICE,
    lifted_by=(Footing.COURT_ORDER,),
    source="Hertfordshire policy, introduction",
    text="The look is said to be directed by a court, and only a court's order or direction that allows it can carry it.",
    reads=("request.purpose",),
)
def court_directed_without_order(facts: CheckFacts, limits: Limits) -> bool:
    """The purpose is what a court has directed, so that only the court's order can carry it."""
    return facts.request.purpose is Purpose.COURT_DIRECTED


STOPS: tuple[StopRule, ...] = (
    personal_account,
    false_or_unregistered_account,
    interaction,
    connection_or_closed_group,
    no_case_purpose,
    illegal_content,
    confidential_material,
    behind_privacy_settings,
    privacy_settings_unknown,
    manager_declined,
    pattern_hold,
    tasked_source,
    court_directed_without_order,
)
