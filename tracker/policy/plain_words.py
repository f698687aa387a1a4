"""The rules in a lawyer's plain words: what each footing needs, what each term means, what each fact is called.

Written by hand beside the code; the catalogue joins it with what the rules declare of themselves.
"""

from __future__ import annotations

from tracker.policy.vocabulary import Footing

INTRODUCTION = (
    "A look at somebody's social media may go ahead only if it stands on a footing and nothing stops it. "
    "A footing is a ground in law or policy: consent, a court's order, danger, and so on. "
    "A stop is a reason not to look; some stops are lifted by some footings.",
    "Every footing is judged every time, and the answer says of each one what it stands on or what is missing. "
    "This is an aid to keeping the law and not legal advice. The numbers in it are thresholds of caution that each "
    "council sets and signs for itself: the law gives none.",
)

WEIGHING = (
    "Each footing that stands is tried on its own: take what it gives, and the stops that it does not lift, and keep the "
    "strictest of them.",
    "The footing with the least strict result decides; where two are equal, the first in the order below.",
    "Only then is a manager's approval applied. It turns *waiting for a manager* into *you may go ahead* and changes "
    "nothing else: a manager cannot lift a block.",
    "Where no footing stands, every stop that is triggered applies, and the check is at least blocked: until judicial "
    "approval or a court's order is recorded where a look has been said to be surveillance, and otherwise pending Legal's "
    "advice.",
)

TERMS: tuple[tuple[str, str], ...] = (
    ("View", "One look at this person by anybody in the council, on any platform, whichever team. A search for a profile "
     "is not a view. A permit counts as a view from its issue until it is reported as not used."),
    ("Counted view", "A view on anything but consent, in the present episode. Only Legal begins a new episode, and "
     "nothing else sets the count back."),
    ("Covers, touches", "A record covers a request if it takes in every platform asked for, and the purpose. It touches "
     "the request if it takes in one of the platforms, and the purpose."),
    ("Legal's word", "The latest warning from Legal that touches the request and that no later, favourable advice "
     "covering the whole request has replaced; where there is no such warning, the latest favourable advice that covers "
     "it. A warning has no end date. Advice of one instant is read together, strictly."),
    ("Said to be surveillance", "Legal's word is a warning, or a RIPA authorisation naming the person has been granted, "
     "whatever became of it, and Legal has not since advised otherwise on the whole request."),
    ("Said no", "A refusal or withdrawal that touches the request stands until the same giver, being able to, later says "
     "yes to the whole of it. A narrower yes does not replace it."),
    ("Objected", "The person objected to a notice that touches the request, and has not since, being able to, consented "
     "to the whole of it."),
    ("Systematic", "The look would build a profile, show a pattern of lifestyle, or be one of repeated viewings."),
    ("Days", "Days are days in London. What ends on a day includes all of it; what begins on a day begins with it. "
     "What is dated in the future has not happened."),
    ("Three months", "A RIPA authorisation runs for three months beginning with the day it takes effect, or else the day "
     "of judicial approval: from 10 April to 9 July; from 30 November to the last day of February."),
)  # fmt: skip

NEEDS: dict[Footing, tuple[str, ...]] = {
    Footing.PRESENCE_SEARCH: (
        "Only a search for a profile is asked for, and none on these platforms is on record.",
        "A member of staff searches, without contact, on no more platforms than the limit.",
        "It has not been said to be surveillance, and nothing about it is systematic.",
        "The searches made or allowed lately, and in all, are under their limits, whatever the episode.",
        "A manager approves first where somebody has said no or the person has objected.",
    ),
    Footing.CONSENT: (
        "For every platform asked for, a consent for this purpose that is in date.",
        "It was given by the person, able to decide; or, for somebody unable to decide, by a person with parental "
        "responsibility where they are under 18, and by an attorney or deputy where they are an adult. Where the age is "
        "not known, only the person's own consent counts.",
        "The same giver has not said no at the same time or since.",
        "No refusal of the person's own stands, whenever made, unless they were found unable to decide or have since "
        "agreed, able to decide.",
    ),
    Footing.COURT_ORDER: (
        "An order or direction that names the person, covers the request, is in date and has clear terms.",
        "For contact, a connection request or a closed group, it allows contact.",
        "Its sealed copy has been seen. While it is only reported, within the limit of hours, a manager approves first.",
    ),
    Footing.RIPA_AUTHORISATION: (
        "The purpose is to prevent or detect crime.",
        "An authorisation that names the person has been granted, and a justice of the peace has approved it.",
        "It is in its three months, not cancelled, its review is not overdue, and it takes in the platforms and account.",
        "Legal's word does not bar it, either as CHIS or, since the grant, on its ground.",
    ),
    Footing.NON_RIPA_AUTHORISATION: (
        "The council uses such authorisations; the purpose is not to prevent or detect crime.",
        "Legal has advised that the crime threshold is not met.",
        "An authorisation that names the person is granted, in date, not cancelled, its review not overdue, and takes in "
        "the platforms; its number of views is not used up.",
        "The page is open, at least in part; staff or an engaged agency look, without contact.",
    ),
    Footing.IMMEDIATE_RESPONSE: (
        "There is danger now that calls for an immediate response.",
        "No earlier look in danger lies within the window of days or is still without a manager's agreement; or else "
        "something new has happened, and then the on-call manager approves first.",
    ),
    Footing.LEGAL_ADVICE: (
        "Legal's word is favourable, and in date.",
        "No authorisation granted since has said that it is surveillance.",
        "The number of views that Legal advised on is not used up.",
        "The page is open, at least in part, or only a search is asked for; staff or an engaged agency look.",
    ),
    Footing.NOTICE: (
        "The person was told specifically, the latest such notice covers the request and is in date.",
        "The person has not objected, and nobody has said no since the notice.",
        "It has not been said to be surveillance; or the person was told after that, and Legal leaves notice as a route.",
        "The views made or allowed since the notice are under the limit. Views on consent, an order or an authorisation are left out.",
        "The page is open, at least in part; staff or an engaged agency look, without contact.",
    ),
    Footing.OPEN_SOURCE: (
        "The page is open, at least in part, or is to be looked at only if it is; a member of staff looks.",
        "No view is counted yet: this is the only one there will be on this footing.",
        "It has not been said to be surveillance, no withdrawal of consent stands, and nothing about it is systematic.",
        "No more platforms than the limit; where the profile is still to be found, searches are under their limits too.",
        "A manager approves first for somebody under 18, of unknown age or who may lack capacity (a council can set this "
        "aside); after a refusal or an objection; where other people would be recorded; and where the purpose is crime or "
        "none of those listed.",
    ),
}  # fmt: skip

FACTS_IN_WORDS: dict[str, str] = {
    "now": "the moment of the decision",
    "request.person": "the person",
    "request.relation": "what the person is to the council",
    "request.under_18": "whether the person is under 18",
    "request.may_lack_capacity": "whether the person may lack capacity",
    "request.purpose": "the purpose",
    "request.aim": "what the look is to do",
    "request.method": "how the look is made",
    "request.account": "the account used",
    "request.visibility": "the privacy settings",
    "request.platforms": "the platforms",
    "request.profile_on_record": "whether a profile is on record",
    "request.code_factors": "the factors of the Code, para 3.16",
    "request.immediate_risk": "whether there is danger now",
    "request.new_event": "whether something new has happened",
    "request.confidential_material_likely": "whether confidential material is likely",
    "request.illegal_content_suspected": "whether illegal content is suspected",
    "views": "earlier looks and searches",
    "consents": "consents, refusals and withdrawals",
    "notices": "notices and objections",
    "advice": "Legal's advice",
    "ripa_authorisations": "RIPA authorisations",
    "non_ripa_authorisations": "non-RIPA authorisations",
    "court_orders": "court orders and directions",
    "holds": "holds",
    "counted_from": "the start of the present episode",
    "manager_approval": "the manager's answer",
}

PATTERNS_IN_WORDS = (
    "A pattern is what no single check shows, because each look in it was within the rules. Patterns are looked for in the same "
    "moment in which a check, an outcome, a late entry or a link is recorded, and every night over all that changed. They are "
    "found the same however the looks are split over workers, teams, platforms or linked records, and in whatever order they "
    "were recorded.",
    "A finding names its pattern and its looks. The same looks are not found twice. What Legal reviewed and released never makes "
    "a hold again on its own; one more look that belongs makes a new finding, which names the earlier release. A window of days "
    "is so many times 24 hours, both ends included. One look that counts for two people is one look.",
)

FACTS_OF_PATTERNS: dict[str, str] = {
    "now": "the moment",
    "views": "looks and searches, as the ledger counts them now",
    "networks": "who is within one step of family or household of whom",
    "counted_from": "the start of the present episode",
    "also_seen": "who was reported as also seen",
    "permits": "permits for the person, and what was reported of them",
    "team_permits": "permits of the team, and what was reported of them",
    "rates_from": "from when a window of those permits is whole",
    "stood_on": "what each look was recorded as standing on, judged on what is recorded now",
    "responses": "looks in danger, or approved by telephone, that wait for a review",
    "outcomes": "permits that have run out and wait for an outcome",
}
