"""The shapes that the believable texts come in: why a look is asked for, what was seen, what it means, what was said."""

from dataclasses import dataclass

from tracker.decisions.vocabulary import WhyNotByAgreement
from tracker.policy.vocabulary import Purpose
from tracker.viewings.vocabulary import Told


@dataclass(frozen=True, slots=True)
class Why:
    """Why a look is asked for, as a worker writes it."""

    purpose: Purpose
    find_out: str
    why_now: str
    instead: str
    not_by_agreement: WhyNotByAgreement = WhyNotByAgreement.NOT_YET_ASKED
    not_by_agreement_words: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a viewer reports of a sitting: never what stood on the page, only what was looked for and whether it was found.

    `looked_for` None: what the check was to find out.
    """

    looked_for: str | None
    found: bool
    identified: str
    corroborated: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a requester says that a look means for the case."""

    meaning: str
    told: Told
    told_words: str | None
    shared: bool
    shared_words: str
