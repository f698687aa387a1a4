"""The footings: the grounds that a look can stand on, in the order in which they are tried.

Each is one function that says whether it stands and what it then gives, or else what is missing. Above it stand what it
can give, where it comes from, and the facts and limits it looks at.
"""

from __future__ import annotations

from tracker.policy.agreement import AGREEMENT, without_agreement
from tracker.policy.authority import (
    NON_RIPA_READS,
    ORDER_READS,
    RIPA_READS,
    least_missing,
    of_non_ripa,
    of_order,
    of_ripa,
)
from tracker.policy.counting import COUNTED_VIEWS, VIEWS, past_views
from tracker.policy.facts import CheckFacts
from tracker.policy.limits import Limits
from tracker.policy.missing import (
    OPENNESS,
    advice_in_date,
    advised_views_left,
    earlier_danger,
    few_platforms,
    look_is_asked_for,
    no_refusal_since,
    nobody_objected,
    nobody_said_no,
    nobody_withdrew,
    not_said_to_be_surveillance,
    not_yet_viewed,
    nothing_systematic,
    notice_answers_legal,
    notice_in_date,
    noticed_views_left,
    only_looking,
    page_is_open,
    reasons_for_approval,
    searches_left,
    staff_look,
)
from tracker.policy.periods import has_happened, in_last_days
from tracker.policy.records import (
    OBJECTED,
    SAID_TO_BE_SURVEILLANCE,
    is_favourable,
    latest_specific_notices,
    legal_word,
)
from tracker.policy.rules import FootingRule, Verdict, footing, unmet
from tracker.policy.texts import THRESHOLD, joined, named_platforms, on_day
from tracker.policy.vocabulary import Aim, Conclusion, Footing, Outcome, Purpose, Reviewed, ViewFooting

PERMITTED = Outcome.PERMITTED
NEEDS_APPROVAL = Outcome.NEEDS_MANAGER_APPROVAL
SEARCH_LIMITS = ("presence_search_limit", "presence_search_days", "presence_search_total")


@footing(
    Footing.PRESENCE_SEARCH,
    gives=(PERMITTED, NEEDS_APPROVAL),
    source="Covert Surveillance Code, para 3.15, first example",
    reads=(
        *SAID_TO_BE_SURVEILLANCE,
        *OBJECTED,
        *VIEWS,
        "request.aim",
        "request.profile_on_record",
        "request.code_factors",
        "request.method",
    ),
    limits=("presence_search_platforms", *SEARCH_LIMITS),
)
def presence_search(facts: CheckFacts, limits: Limits) -> Verdict:
    """A member of staff searches only for whether this person, of whom no profile is on record, has one."""
    request = facts.request
    if request.aim is not Aim.FIND_PRESENCE:
        return Verdict(None, "This ground is only for finding out whether there is a profile.")
    missing = unmet(
        "A profile of this person on these platforms is on record already." if request.profile_on_record else None,
        not_said_to_be_surveillance(facts),
        nothing_systematic(request),
        few_platforms(request.platforms, limits.presence_search_platforms),
        searches_left(facts, limits),
        staff_look(request),
    )
    if missing:
        return missing
    if no := nobody_said_no(facts) or nobody_objected(facts):
        return Verdict(
            NEEDS_APPROVAL, f"It would only be found out whether there is a profile, once a manager approves. {no}"
        )
    return Verdict(PERMITTED, "It would only be found out whether there is a profile.")


@footing(
    Footing.CONSENT,
    gives=(PERMITTED,),
    source="Hertfordshire policy 2.6, first bullet; Gillick [1986] AC 112; Mental Capacity Act 2005",
    reads=AGREEMENT,
)
def consent(facts: CheckFacts, limits: Limits) -> Verdict:
    """Somebody who can has agreed to a look on each of these platforms for this purpose, and no refusal stands against it."""
    missing = without_agreement(facts)
    if not missing:
        return Verdict(PERMITTED, "Consent that is in date covers every platform asked for and this purpose.")
    sentences = sorted(set(missing.values()))
    if len(sentences) == 1 and len(missing) == len(facts.request.platforms):
        return Verdict(None, sentences[0])
    told = ((sentence, named_platforms(p for p in missing if missing[p] == sentence)) for sentence in sentences)
    return Verdict(None, " ".join(f"For {platforms}: {sentence}" for sentence, platforms in told))


@footing(
    Footing.COURT_ORDER,
    gives=(PERMITTED, NEEDS_APPROVAL),
    source="Hertfordshire policy, introduction and 2.6",
    reads=ORDER_READS,
    limits=("unsealed_order_hours",),
)
def court_order(facts: CheckFacts, limits: Limits) -> Verdict:
    """A court's order or direction with clear terms, in date, names this person and allows this look."""
    orders = [
        order
        for order in facts.court_orders
        if facts.request.person in order.persons
        and (order.reported_at is None or has_happened(order.reported_at, facts.now))
    ]
    if not orders:
        return Verdict(None, "No court's order or direction about this person is recorded.")
    standing = [order for order in orders if not of_order(order, facts, limits)]
    if not standing:
        return Verdict(None, " ".join(least_missing(orders, lambda order: of_order(order, facts, limits))))
    if any(order.reported_at is None for order in standing):
        return Verdict(PERMITTED, "A court's order or direction that is in date allows this look.")
    return Verdict(
        NEEDS_APPROVAL,
        "A court's order or direction is reported to allow this look; its sealed copy has not been seen yet, "
        f"and until then, for {limits.unsealed_order_hours} hours at most, a manager approves first. {THRESHOLD}",
    )


@footing(
    Footing.RIPA_AUTHORISATION,
    gives=(PERMITTED,),
    source="RIPA 2000 ss.27, 28, 32A and 43; article 7A of SI 2010/521",
    reads=RIPA_READS,
)
def ripa_authorisation(facts: CheckFacts, limits: Limits) -> Verdict:
    """To prevent or detect crime, an authorisation that a justice of the peace has approved is in its three months."""
    request = facts.request
    if request.purpose is not Purpose.PREVENT_OR_DETECT_CRIME:
        return Verdict(
            None, "This ground is only for preventing or detecting crime, which is not what the look is for."
        )
    granted = [
        authorisation
        for authorisation in facts.ripa_authorisations
        if request.person in authorisation.persons and has_happened(authorisation.granted_at, facts.now)
    ]
    if not granted:
        return Verdict(None, "No authorisation naming this person has been granted.")
    word = legal_word(facts)
    missing = least_missing(granted, lambda authorisation: of_ripa(authorisation, word, facts))
    if missing:
        return Verdict(None, " ".join(missing))
    return Verdict(PERMITTED, "An authorisation that a justice of the peace has approved is in force for this look.")


@footing(
    Footing.NON_RIPA_AUTHORISATION,
    gives=(NEEDS_APPROVAL,),
    source="Human Rights Act 1998, article 8; BA v Cleveland (IPT 2012). Without the protection of RIPA s.27",
    reads=NON_RIPA_READS,
    limits=("non_ripa",),
)
def non_ripa_authorisation(facts: CheckFacts, limits: Limits) -> Verdict:
    """Where the council uses them, its own authorisation, given after Legal's advice, is in force for looking at an open page."""
    request, word = facts.request, legal_word(facts)
    if not limits.non_ripa:
        return Verdict(None, "This council does not use non-RIPA authorisations.")
    if request.purpose is Purpose.PREVENT_OR_DETECT_CRIME:
        return Verdict(None, "This ground is not for preventing or detecting crime.")
    advised = word and all(advice.conclusion is Conclusion.THRESHOLD_NOT_MET for advice in word)
    granted = [
        authorisation
        for authorisation in facts.non_ripa_authorisations
        if request.person in authorisation.persons and has_happened(authorisation.granted_at, facts.now)
    ]
    missing = unmet(
        None if advised else "No advice from Legal opens this ground for this look.",
        page_is_open(request),
        only_looking(request),
        None if granted else "No non-RIPA authorisation naming this person has been granted.",
        *(least_missing(granted, lambda authorisation: of_non_ripa(authorisation, facts)) if granted else ()),
    )
    return missing or Verdict(
        NEEDS_APPROVAL,
        "A non-RIPA authorisation is in force for this look, and a manager approves each one. "
        "It does not give the protection of section 27 of RIPA.",
    )


@footing(
    Footing.IMMEDIATE_RESPONSE,
    gives=(PERMITTED, NEEDS_APPROVAL),
    source="RIPA 2000 s.26(2)(c); Human Rights Act 1998, articles 2 and 3. RIPA s.43(1A) leaves councils no oral route",
    reads=(*VIEWS, "views.reviewed", "request.immediate_risk", "request.new_event"),
    limits=("emergency_window_days",),
)
def immediate_response(facts: CheckFacts, limits: Limits) -> Verdict:
    """There is danger now, and no earlier look in danger stands in the way, or something new has happened since."""
    if not facts.request.immediate_risk:
        return Verdict(None, "No danger that calls for an immediate response is reported.")
    days = limits.emergency_window_days
    snags = [
        view
        for view in past_views(facts)
        if view.footing is ViewFooting.IMMEDIATE_RESPONSE
        and (in_last_days(view.at, facts.now, days) or view.reviewed is not Reviewed.AGREED)
    ]
    if not snags:
        return Verdict(PERMITTED, "There is danger now, and an immediate response to it does not wait.")
    if facts.request.new_event:
        return Verdict(
            NEEDS_APPROVAL,
            f"{earlier_danger(snags, facts, days)} Something new has happened since: the on-call manager decides at once.",
        )
    return Verdict(None, f"{earlier_danger(snags, facts, days)} Nothing new is reported since.")


@footing(
    Footing.LEGAL_ADVICE,
    gives=(NEEDS_APPROVAL,),
    source="RIPA 2000 s.65(7)(b): evidence of proper consideration, not a source of lawfulness",
    reads=(*SAID_TO_BE_SURVEILLANCE, *VIEWS, *OPENNESS, "request.method", "advice.until", "advice.max_views"),
)
def legal_advice(facts: CheckFacts, limits: Limits) -> Verdict:
    """Legal's word, in date, is that looks like this one are not directed surveillance, and the looks it allows are not used up."""
    request, word = facts.request, legal_word(facts)
    if not word:
        return Verdict(None, "No advice from Legal that covers this look is recorded.")
    if not all(is_favourable(advice) for advice in word):
        return Verdict(None, f"Legal advised on {on_day(word[0].at)}, and this look cannot stand on that advice.")
    missing = unmet(
        not_said_to_be_surveillance(facts),
        advice_in_date(word, facts),
        advised_views_left(word, facts),
        only_looking(request),
        None if request.aim is Aim.FIND_PRESENCE else page_is_open(request),
    )
    return missing or Verdict(
        NEEDS_APPROVAL, f"Legal advised on {on_day(word[0].at)} on looks like this one, and a manager approves each."
    )


@footing(
    Footing.NOTICE,
    gives=(NEEDS_APPROVAL,),
    source="Covert Surveillance Code, para 3.12: whether a look is covert turns on what the person is likely to know",
    reads=(
        *SAID_TO_BE_SURVEILLANCE,
        *OBJECTED,
        *VIEWS,
        *OPENNESS,
        "request.method",
        "notices.kind",
        "notices.until",
    ),
    limits=("notice_view_limit",),
)
def notice(facts: CheckFacts, limits: Limits) -> Verdict:
    """The person was told specifically, has not said no or objected, and few looks have been made or allowed since."""
    request, notices = facts.request, latest_specific_notices(facts)
    missing = unmet(
        look_is_asked_for(request),
        page_is_open(request),
        only_looking(request),
        nobody_objected(facts),
        *(
            (
                notice_in_date(notices, facts),
                no_refusal_since(notices, facts),
                notice_answers_legal(notices, facts),
                noticed_views_left(notices, facts, limits),
            )
            if notices
            else ("No specific notice that covers this look is recorded.",)
        ),
    )
    return missing or Verdict(
        NEEDS_APPROVAL,
        f"The person was told specifically on {on_day(notices[0].at)}, and a manager approves each look.",
    )


@footing(
    Footing.OPEN_SOURCE,
    gives=(PERMITTED, NEEDS_APPROVAL),
    source="Hertfordshire policy 2.5 and 2.6, second bullet; OSC guidance 2016, note 289",
    reads=(
        *SAID_TO_BE_SURVEILLANCE,
        *OBJECTED,
        *COUNTED_VIEWS,
        *OPENNESS,
        "request.method",
        "request.code_factors",
        "request.may_lack_capacity",
    ),
    limits=("single_viewing_platforms", "child_first_look_needs_approval", *SEARCH_LIMITS),
)
def open_source(facts: CheckFacts, limits: Limits) -> Verdict:
    """A member of staff looks once, before any other counted view, at what is open to anybody."""
    request = facts.request
    missing = unmet(
        look_is_asked_for(request),
        page_is_open(request),
        staff_look(request),
        not_yet_viewed(facts),
        not_said_to_be_surveillance(facts),
        nobody_withdrew(facts),
        nothing_systematic(request),
        few_platforms(request.platforms, limits.single_viewing_platforms),
        searches_left(facts, limits) if request.aim is Aim.FIND_THEN_VIEW else None,
    )
    if missing:
        return missing
    why = reasons_for_approval(facts, limits)
    if why:
        return Verdict(
            NEEDS_APPROVAL,
            f"This would be the single open-source viewing, once a manager approves, because {joined(why)}.",
        )
    return Verdict(PERMITTED, "No earlier view of this person counts, so this would be the single open-source viewing.")


FOOTINGS: tuple[FootingRule, ...] = (
    presence_search,
    consent,
    court_order,
    ripa_authorisation,
    non_ripa_authorisation,
    immediate_response,
    legal_advice,
    notice,
    open_source,
)
