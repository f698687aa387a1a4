"""Why a case is flagged, and where it lies."""

from enum import StrEnum


class ReferralKind(StrEnum):
    """Why a referral was opened."""

    BLOCKED_CHECK = "blocked_check"
    REFUSED_CHECK = "refused_check"
    POSSIBLE_ERROR = "possible_error"
    PATTERN = "pattern"
    SEALED = "sealed"
    SEAL_ASKED = "seal_asked"


class ReferralPlace(StrEnum):
    """Who has a referral."""

    MANAGER = "manager"
    LEGAL = "legal"
    CLOSED = "closed"


class Finding(StrEnum):
    """What Legal found on a possible error or a pattern, or that they sealed a record as asked; no other case has a finding."""

    ERROR = "error"
    NO_ERROR = "no_error"
    HOLD_RELEASED = "hold_released"
    HOLD_KEPT = "hold_kept"
    SEALED = "sealed"


FINDINGS_OF: dict[ReferralKind, tuple[Finding, ...]] = {
    ReferralKind.BLOCKED_CHECK: (),
    ReferralKind.REFUSED_CHECK: (),
    ReferralKind.POSSIBLE_ERROR: (Finding.ERROR, Finding.NO_ERROR),
    ReferralKind.PATTERN: (Finding.HOLD_RELEASED, Finding.HOLD_KEPT),
    ReferralKind.SEALED: (),
    ReferralKind.SEAL_ASKED: (),
}
"""Which findings answer which kind of case. That a record was sealed is no answer to choose: sealing it answers the case."""

FINDING_WORDS: dict[Finding, str] = {
    Finding.ERROR: "It was an error",
    Finding.NO_ERROR: "It was not an error",
    Finding.HOLD_RELEASED: "The hold was released",
    Finding.HOLD_KEPT: "The hold is kept",
    Finding.SEALED: "The record was sealed",
}
