"""Whether somebody who could say yes has said yes, for each platform, and nobody whose no counts has said no since."""

from __future__ import annotations

from datetime import date

from tracker.policy.facts import CheckFacts, Consent
from tracker.policy.periods import london_day
from tracker.policy.records import for_purpose, is_validly_given, past
from tracker.policy.texts import at_moment, on_day
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, Platform

AGREEMENT = (
    "now",
    "request.platforms",
    "request.purpose",
    "request.under_18",
    "consents.status",
    "consents.at",
    "consents.until",
    "consents.platforms",
    "consents.purposes",
    "consents.given_by",
    "consents.competence",
)


def without_agreement(facts: CheckFacts) -> dict[Platform, str]:
    """The platforms asked for that no consent carries, each with what is missing."""
    missing = ((platform, missing_on(platform, facts)) for platform in facts.request.platforms)
    return {platform: sentence for platform, sentence in missing if sentence}


def missing_on(platform: Platform, facts: CheckFacts) -> str | None:
    """What is missing of consent on one platform; None where consent carries it."""
    said = [c for c in past(facts.consents, facts.now) if for_purpose(c, facts.request) and is_about(c, platform)]
    given = [c for c in said if c.status is ConsentStatus.GIVEN]
    valid = [c for c in given if is_validly_given(c, facts.request)]
    in_date = [c for c in valid if c.until is not None and london_day(facts.now) <= c.until]
    noes = [c for c in said if c.status is not ConsentStatus.GIVEN]
    if any(not is_barred(yes, noes, valid) for yes in in_date):
        return None
    ended = [c.until for c in valid if c.until is not None and c not in in_date]
    standing = [no for no in noes if not any(yes.given_by is no.given_by and yes.at > no.at for yes in valid)]
    barring = [
        no for no in standing if is_standing_own_no(no, valid) or any(yes.given_by is no.given_by for yes in valid)
    ]
    return nearest_miss(barring or ([] if ended else standing), ended, bool(given))


def is_about(consent: Consent, platform: Platform) -> bool:
    return consent.platforms is None or platform in consent.platforms


def is_barred(yes: Consent, noes: list[Consent], valid: list[Consent]) -> bool:
    """Whether a no bars this yes: one by the same giver at or after it, or the person's own, whenever said, that stands."""
    return any((no.given_by is yes.given_by and no.at >= yes.at) or is_standing_own_no(no, valid) for no in noes)


def is_standing_own_no(no: Consent, valid: list[Consent]) -> bool:
    """Whether the person said no, was not found unable to, and has not since said yes as somebody who can."""
    if no.given_by is not GivenBy.SELF or no.competence is Competence.LACKS:
        return False
    return not any(yes.given_by is GivenBy.SELF and yes.at > no.at for yes in valid)


def nearest_miss(standing: list[Consent], ended: list[date], something_given: bool) -> str:
    """In words: a no that stands (where a consent has ended, one that would bar the next), a consent that has ended, one from somebody
    who could not give it, or nothing at all."""
    if standing:
        last = max(standing, key=lambda no: (no.at, no.status))
        return f"Consent was {last.status.label} on {at_moment(last.at)}."
    if ended:
        return f"Consent ended on {on_day(max(ended))}."
    if something_given:
        return "The consent recorded was not given by somebody who is known to be able to give it."
    return "No consent is recorded."
