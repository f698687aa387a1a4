"""What can be struck through as recorded in error, and who confirms that it was."""

from enum import StrEnum


class CorrectionKind(StrEnum):
    """What kind of record is in error. The value is the kind's name in tables and events."""

    CHECK = "check"
    CONSENT = "consent"
    NOTICE = "notice"
    OBJECTION = "objection"
    ADVICE = "advice"
    RIPA = "ripa"
    NON_RIPA = "non_ripa"
    COURT_ORDER = "court_order"
    SAME_PERSON_LINK = "same_person_link"


KIND_WORDS: dict[CorrectionKind, str] = {
    CorrectionKind.CHECK: "the check",
    CorrectionKind.CONSENT: "what they said",
    CorrectionKind.NOTICE: "what they were told",
    CorrectionKind.OBJECTION: "the objection",
    CorrectionKind.ADVICE: "the legal advice",
    CorrectionKind.RIPA: "the RIPA authorisation",
    CorrectionKind.NON_RIPA: "the non-RIPA authorisation",
    CorrectionKind.COURT_ORDER: "the court's order",
    CorrectionKind.SAME_PERSON_LINK: "the link between two records",
}

KIND_OF_PREFIX: dict[str, CorrectionKind] = {
    "CHK": CorrectionKind.CHECK,
    "CNS": CorrectionKind.CONSENT,
    "NTC": CorrectionKind.NOTICE,
    "ADV": CorrectionKind.ADVICE,
    "RIP": CorrectionKind.RIPA,
    "NRA": CorrectionKind.NON_RIPA,
    "ORD": CorrectionKind.COURT_ORDER,
}
"""Which record a reference names. An objection has none of its own: it is named by its notice."""


class CorrectionPlace(StrEnum):
    """Who confirms: a manager what makes nothing laxer, Legal what would take something out of the count."""

    MANAGER = "manager"
    LEGAL = "legal"


class Answered(StrEnum):
    """What was answered."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
