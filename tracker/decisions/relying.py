"""Which records a decision stands on: worked out from its ground and from what the rules saw, and never asked of anybody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from tracker.authorities.selectors import advice_among, ripa_among
from tracker.consent.selectors import consents_among, notices_among
from tracker.people.groups import PersonGroup
from tracker.policy.agreement import without_agreement
from tracker.policy.facts import CheckFacts, Consent
from tracker.policy.footings import FOOTINGS
from tracker.policy.limits import Limits
from tracker.policy.records import latest_specific_notices, legal_word
from tracker.policy.vocabulary import ConsentStatus, Footing

_KINDS = {
    "CNS": "consent",
    "NTC": "notice",
    "ADV": "legal advice",
    "ORD": "court order or direction",
    "RIP": "RIPA authorisation",
    "NRA": "non-RIPA authorisation",
}


def relied_on(
    session: Session,
    group: PersonGroup,
    facts: CheckFacts,
    footing: Footing | None,
    limits: Limits,
    *,
    recorded_by: datetime,
) -> tuple[str, ...]:
    """References of the consents, notices, advice, authorisations or orders by which `footing` stands; none where it needs no record.

    `facts` were gathered for `group`, as recorded by `recorded_by`. Source: domain.md section 7, "authority relied on".
    """
    members = group.members
    match footing:
        case Footing.CONSENT:
            found = consents_among(session, members, carrying(facts), recorded_by=recorded_by)
        case Footing.NOTICE:
            found = notices_among(session, members, latest_specific_notices(facts), recorded_by=recorded_by)
        case Footing.LEGAL_ADVICE:
            found = advice_among(session, members, legal_word(facts), recorded_by=recorded_by)
        case Footing.COURT_ORDER:
            alone = {one.reference: replace(facts, court_orders=(one,)) for one in facts.court_orders}
            found = _carrying(footing, facts, limits, alone)
        case Footing.RIPA_AUTHORISATION:
            alone = {one.urn: replace(facts, ripa_authorisations=(one,)) for one in facts.ripa_authorisations}
            found = ripa_among(session, _carrying(footing, facts, limits, alone))
        case Footing.NON_RIPA_AUTHORISATION:
            granted = facts.non_ripa_authorisations
            alone = {one.reference: replace(facts, non_ripa_authorisations=(one,)) for one in granted}
            found = _carrying(footing, facts, limits, alone)
            found += advice_among(session, members, legal_word(facts), recorded_by=recorded_by)
        case _:
            return ()
    return tuple(sorted(found))


def record_in_words(reference: str) -> str:
    """What kind of record has that reference, as the page of a check says it."""
    return _KINDS[reference[:3]]


def carrying(facts: CheckFacts) -> tuple[Consent, ...]:
    """The consents that carry at least one of the platforms asked for: each does so with all others over."""
    return tuple(
        one
        for one in facts.consents
        if one.status is ConsentStatus.GIVEN
        and len(without_agreement(_alone(one, facts))) < len(facts.request.platforms)
    )


def _alone(consent: Consent, facts: CheckFacts) -> CheckFacts:
    """As if every other consent had ended: what it answers it still answers, but it carries nothing."""
    others = tuple(
        one if one is consent or one.status is not ConsentStatus.GIVEN else replace(one, until=date.min)
        for one in facts.consents
    )
    return replace(facts, consents=others)


def _carrying(footing: Footing, facts: CheckFacts, limits: Limits, alone: Mapping[str, CheckFacts]) -> list[str]:
    """Of records by name, each with the facts as if it alone were there, those with which the footing gives what it gives with all."""
    judge = next(rule.judge for rule in FOOTINGS if rule.id is footing)
    given = judge(facts, limits).gives
    return [name for name, only in alone.items() if judge(only, limits).gives is given]
