"""The first line of a person's page: where this person stands, and what would let a look go ahead."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.decisions.models import Check
from tracker.decisions.selectors import gather_facts
from tracker.decisions.vocabulary import CheckKind, WhyNotByAgreement
from tracker.decisions.withheld import without_restricted
from tracker.detection.selectors import pattern_held_since
from tracker.people.groups import PersonGroup
from tracker.policy.decide import Decision, decide
from tracker.policy.entitlement import Actor
from tracker.policy.routes import Route, routes_left
from tracker.policy.texts import joined
from tracker.policy.vocabulary import (
    MAY_GO_ON,
    Account,
    Aim,
    Footing,
    Method,
    Outcome,
    Platform,
    Purpose,
    Relation,
    ViewFooting,
    Visibility,
)
from tracker.referrals.selectors import list_holds, list_referrals_about
from tracker.referrals.vocabulary import ReferralKind, ReferralPlace
from tracker.rulebook.selectors import LimitsInForce
from tracker.viewings.models import Look, Viewing
from tracker.viewings.selectors import footing_as_recorded, list_viewings
from tracker.viewings.vocabulary import LookResult
from tracker.web.dates import day_in_words, near_in_words

NOT_VIEWED = "No look at this person's social media is recorded here."
MAY_BE_THEIRS = (
    "What was looked at on a record that may be the same person counts until a manager who has no part in it has said that they "
    "are two."
)
UNREPORTED = "Nobody has reported yet whether they looked"
NOT_USED = "It was reported that nobody looked; until a manager confirms that, it counts"

BLOCKED = frozenset({Outcome.BLOCKED_LEGAL_ADVICE, Outcome.BLOCKED_COURT_AUTHORISATION})

WAYS = ((Footing.CONSENT, "agreement"), (Footing.NOTICE, "specific notice"), (Footing.LEGAL_ADVICE, "Legal"))
"""What a look can be said to need in a word."""


@dataclass(frozen=True)
class WhereTheyStand:
    """Sentences about where a person stands, how many looks are counted, and what an ordinary look would meet now."""

    sentences: tuple[str, ...]
    counted: int
    ordinary: Decision
    routes: tuple[Route, ...]


def where_they_stand(
    session: Session, group: PersonGroup, limits: LimitsInForce, *, by: Actor, now: datetime
) -> WhereTheyStand:
    """Worked out as the gate would, for an ordinary look at an open page, logged out, on one platform, by what is recorded here: neither
    what a sealed record nor what a restricted one would change is told by a page that nobody asked for a decision."""
    facts = without_restricted(gather_facts(session, ordinary_look(group, by=by, now=now), group, at=now))
    decision = decide(facts, limits.limits, limits_version=limits.version)
    left = () if decision.outcome in MAY_GO_ON else routes_left(facts, limits.limits)
    sentences = (
        *_held(session, group, now),
        *_referred(session, group, decision, now),
        *_looked(session, group, decision, left, by, now),
    )
    return WhereTheyStand(sentences, decision.views_counted, decision, left)


def ordinary_look(group: PersonGroup, *, by: Actor, now: datetime) -> Check:
    """A check that nobody asked for and that is never stored: what an ordinary look would be."""
    return Check(
        reference="",
        kind=CheckKind.PLANNED,
        person_id=group.members[0],
        team_id=0,
        requester_id=by.staff_id,
        viewer_id=by.staff_id,
        relation=Relation.SERVICE_USER,
        purpose=Purpose.ASSESSMENT,
        purpose_words="",
        why_now="",
        why_not_by_agreement=WhyNotByAgreement.NOT_YET_ASKED,
        less_intrusive="",
        aim=Aim.VIEW,
        method=Method.VIEW_ONLY,
        account=Account.LOGGED_OUT,
        visibility=Visibility.OPEN,
        platforms=[Platform.FACEBOOK.value],
        code_factors=[],
        lawful_basis_id=0,
        at=now,
        recorded_at=now,
    )


def _held(session: Session, group: PersonGroup, now: datetime) -> tuple[str, ...]:
    standing = [hold for hold in list_holds(session, group.members) if hold.released_at is None]
    if not standing:
        return ()
    if found := pattern_held_since(session, group.members):
        return (
            f"Blocked: a pattern of viewing, with Legal since {near_in_words(found, now)}. Only Legal can release it.",
        )
    return (f"On hold since {near_in_words(standing[0].at, now)}: only Legal can release it.",)


def _referred(session: Session, group: PersonGroup, decision: Decision, now: datetime) -> tuple[str, ...]:
    """Blocked is said of a person only where an ordinary look is; a check refused as asked blocks no other."""
    lead = "Blocked:" if decision.outcome in BLOCKED else "A check is"
    for referral in list_referrals_about(session, group.members):
        if referral.kind in (ReferralKind.SEALED, ReferralKind.SEAL_ASKED):
            continue  # Legal's alone, or between them and who asked
        if referral.kind == ReferralKind.PATTERN and pattern_held_since(session, group.members):
            continue  # said of the hold
        if referral.place == ReferralPlace.LEGAL:
            return (f"{lead} with Legal since {near_in_words(referral.with_legal_at or referral.opened_at, now)}.",)
        if referral.place == ReferralPlace.MANAGER:
            return (
                f"{lead} waiting since {near_in_words(referral.opened_at, now)} for a manager to send it to Legal.",
            )
    return ()


def _looked(
    session: Session, group: PersonGroup, decision: Decision, left: tuple[Route, ...], by: Actor, now: datetime
) -> tuple[str, ...]:
    needs_manager = decision.outcome is Outcome.NEEDS_MANAGER_APPROVAL
    counted = [
        (viewing, look) for viewing, look in list_viewings(session, group.members) if _is_view(viewing, look, now)
    ]
    if not counted:
        if decision.views_counted:
            return (NOT_VIEWED, MAY_BE_THEIRS, _needs(decision, left, "a further look"))
        return (NOT_VIEWED, *([_needs(decision, left, "a look")] if needs_manager else []))
    viewing, look = counted[0]
    team = "your team" if by.works_in(look.team_id) else "another team"
    when, is_unreported = day_in_words(viewing.at), look.result is None and look.issued_at is not None
    if viewing.footing == ViewFooting.OPEN_SOURCE and decision.views_counted:
        used = f"The single open-source viewing was used on {when} by {team}."
        if is_unreported:
            used = f"The single open-source viewing was allowed on {when} to {team}. {UNREPORTED}, and until then it counts."
        elif look.result == LookResult.NOT_USED:
            used = f"The single open-source viewing was allowed on {when} to {team}. {NOT_USED}."
    elif is_unreported:
        used = f"A look was allowed on {when} to {team}. {UNREPORTED}."
    elif look.result == LookResult.NOT_USED:
        used = f"A look was allowed on {when} to {team}. {NOT_USED}."
    else:
        used = f"The last look at this person's social media that is recorded here was on {when}, by {team}."
    return (used, _needs(decision, left, "a further look"))


def _needs(decision: Decision, left: tuple[Route, ...], look: str) -> str:
    """What `look` ("a look", "a further look") needs, of the ways that are `left`: of this side of a seal alone, and of everybody in
    the same words, since asking may still meet what is on the other (ADR 0152). Of whom it must not be asked stands with the ways, below
    it."""
    if decision.outcome is Outcome.PERMITTED:
        return "By what is recorded here, an ordinary look could go ahead."
    if decision.outcome is Outcome.NEEDS_MANAGER_APPROVAL:
        return f"By what is recorded here, {look} needs a manager's approval."
    open_ways = {way.footing for way in left}
    names = [name for footing, name in WAYS if footing in open_ways]
    if Footing.COURT_ORDER in open_ways and Footing.LEGAL_ADVICE not in open_ways:
        names.append("a court's order")
    needs = f"needs {joined(names, 'or')}" if names else "may not go ahead"
    return f"By what is recorded here, {look} {needs}."


def _is_view(viewing: Viewing, look: Look, now: datetime) -> bool:
    footing = footing_as_recorded(viewing, look, by=now)
    return footing is not None and footing is not ViewFooting.PRESENCE_SEARCH
