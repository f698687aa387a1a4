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
