"""Why a case is flagged, and where it lies."""

from enum import StrEnum


class ReferralKind(StrEnum):
    """Why a referral was opened."""

    BLOCKED_CHECK = "blocked_check"
    REFUSED_CHECK = "refused_check"
    POSSIBLE_ERROR = "possible_error"
    PATTERN = "pattern"


class ReferralPlace(StrEnum):
    """Who has a referral."""

    MANAGER = "manager"
    LEGAL = "legal"
    CLOSED = "closed"
