"""Words that only authorities use."""

from enum import StrEnum


class JpDecision(StrEnum):
    """What a justice of the peace decided on an authorisation (RIPA s.32A)."""

    APPROVED = "approved"
    REFUSED = "refused"
    QUASHED = "quashed"


class Article7a(StrEnum):
    """Which limb of article 7A of SI 2010/521 the offence meets; without one a council cannot grant."""

    SIX_MONTHS = "six_months"
    UNDER_AGE_SALES = "under_age_sales"


ARTICLE_7A_WORDS: dict[Article7a, str] = {
    Article7a.SIX_MONTHS: "an offence with a maximum of at least six months' imprisonment",
    Article7a.UNDER_AGE_SALES: "a listed offence of selling alcohol, tobacco or nicotine to someone under age",
}
"""Source: article 7A SI 2010/521, inserted by SI 2012/1500."""


class Threshold(StrEnum):
    """What Legal answers about article 7A before anything is applied for; where it is not met there is no application."""

    SIX_MONTHS = "six_months"
    UNDER_AGE_SALES = "under_age_sales"
    NOT_MET = "not_met"


THRESHOLD_WORDS: dict[Threshold, str] = {
    Threshold.SIX_MONTHS: "Yes: its maximum is at least six months' imprisonment",
    Threshold.UNDER_AGE_SALES: "Yes: it is a listed offence of selling alcohol, tobacco or nicotine to someone under age",
    Threshold.NOT_MET: "No, article 7A is not met",
}


class ApplicationKind(StrEnum):
    """What is applied for."""

    RIPA = "ripa"
    NON_RIPA = "non_ripa"


APPLICATION_WORDS: dict[ApplicationKind, str] = {
    ApplicationKind.RIPA: "a RIPA authorisation",
    ApplicationKind.NON_RIPA: "a non-RIPA authorisation",
}


class Extent(StrEnum):
    """Whether an order holds for everything or only for what it names."""

    ANY = "any"
    SOME = "some"


EXTENT_OF_PLATFORMS_WORDS: dict[Extent, str] = {
    Extent.ANY: "Any platform: the order names none",
    Extent.SOME: "Only the platforms that it names",
}
EXTENT_OF_PURPOSES_WORDS: dict[Extent, str] = {
    Extent.ANY: "Any purpose: the order names none",
    Extent.SOME: "Only the purposes that it names",
}

JP_DECISION_WORDS: dict[JpDecision, str] = {
    JpDecision.APPROVED: "approved",
    JpDecision.REFUSED: "refused",
    JpDecision.QUASHED: "quashed",
}

JP_DECISION_ANSWERS: dict[JpDecision, str] = {
    JpDecision.APPROVED: "Approved it",
    JpDecision.REFUSED: "Refused to approve it",
    JpDecision.QUASHED: "Quashed it",
}

EXTENT_OF_APPLICATION_WORDS: dict[Extent, str] = {
    Extent.ANY: "Any platform: it is not limited",
    Extent.SOME: "Only on some",
}
EXTENT_OF_ACCOUNTS_WORDS: dict[Extent, str] = {
    Extent.ANY: "Any account that the council allows: it is not limited",
    Extent.SOME: "Only with some",
}
