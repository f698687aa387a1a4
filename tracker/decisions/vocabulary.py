"""Words of a check that no rule reads, with what the screens say for them."""

from enum import StrEnum


class CheckKind(StrEnum):
    """How a check came to be recorded."""

    PLANNED = "planned"
    DANGER = "danger"
    LATE_ENTRY = "late_entry"


class Occasion(StrEnum):
    """On what occasion a decision was taken."""

    ASKED = "asked"
    ASKED_AGAIN = "asked_again"
    APPROVED = "approved"
    APPROVED_BY_TELEPHONE = "approved_by_telephone"
    DECLINED = "declined"
    REFERRAL_RESOLVED = "referral_resolved"
    LATE_AS_RECORDED = "late_as_recorded"
    LATE_AS_SAID = "late_as_said"


OCCASION_WORDS: dict[Occasion, str] = {
    Occasion.ASKED: "When it was asked for",
    Occasion.ASKED_AGAIN: "When it was asked for again",
    Occasion.APPROVED: "When a manager approved it",
    Occasion.APPROVED_BY_TELEPHONE: "When a manager's approval by telephone was recorded",
    Occasion.DECLINED: "When a manager declined it",
    Occasion.REFERRAL_RESOLVED: "When Legal answered",
    Occasion.LATE_AS_RECORDED: "On what was recorded before the look",
    Occasion.LATE_AS_SAID: "On what is now said to have been true",
}


class WhyNotByAgreement(StrEnum):
    """Why the person is not simply asked."""

    AGREED = "agreed"
    ASKED_AND_REFUSED = "asked_and_refused"
    ASKING_RAISES_RISK = "asking_raises_risk"
    CANNOT_BE_FOUND = "cannot_be_found"
    URGENT = "urgent"
    COURT = "court"
    NOT_YET_ASKED = "not_yet_asked"


WHY_NOT_BY_AGREEMENT_WORDS: dict[WhyNotByAgreement, str] = {
    WhyNotByAgreement.AGREED: "They have agreed, or have been told",
    WhyNotByAgreement.ASKED_AND_REFUSED: "They were asked, and refused",
    WhyNotByAgreement.ASKING_RAISES_RISK: "Asking would put a child or an adult at risk",
    WhyNotByAgreement.CANNOT_BE_FOUND: "They cannot be found",
    WhyNotByAgreement.URGENT: "There is no time to ask",
    WhyNotByAgreement.COURT: "A court has directed it",
    WhyNotByAgreement.NOT_YET_ASKED: "They have not been asked yet",
}


WHY_NOT_BY_AGREEMENT_IN_THE_PAST: dict[WhyNotByAgreement, str] = {
    WhyNotByAgreement.AGREED: "They had agreed, or had been told",
    WhyNotByAgreement.ASKED_AND_REFUSED: "They had been asked, and had refused",
    WhyNotByAgreement.ASKING_RAISES_RISK: "Asking would have put a child or an adult at risk",
    WhyNotByAgreement.CANNOT_BE_FOUND: "They could not be found",
    WhyNotByAgreement.URGENT: "There was no time to ask",
    WhyNotByAgreement.COURT: "A court had directed it",
    WhyNotByAgreement.NOT_YET_ASKED: "They had not been asked",
}
"""The same of a look that was made already."""


class Verdict(StrEnum):
    """What a manager decided on a check."""

    APPROVED = "approved"
    APPROVED_BY_TELEPHONE = "approved_by_telephone"
    DENIED = "denied"
    DECLINED = "declined"
    ENDORSED = "endorsed"
    CLOSED = "closed"
    SEEN = "seen"
    NOBODY_LEFT = "nobody_left"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.APPROVED: "Approved one look",
    Verdict.APPROVED_BY_TELEPHONE: "Approved one look by telephone, as the worker recorded",
    Verdict.DENIED: "Said that they did not approve it by telephone",
    Verdict.DECLINED: "Declined the look",
    Verdict.ENDORSED: "Sent the check to Legal",
    Verdict.CLOSED: "Closed the check",
    Verdict.SEEN: "Saw the late entry",
    Verdict.NOBODY_LEFT: "Saw that nobody is left who could report",
}


class AskedAs(StrEnum):
    """As what somebody asked a question about a check."""

    MANAGER = "manager"
    LEGAL = "legal"


ASKED_AS_WORDS: dict[AskedAs, str] = {AskedAs.MANAGER: "your manager", AskedAs.LEGAL: "Legal"}
