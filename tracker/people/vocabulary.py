"""Words that only this room uses, with what the screens say for them."""

from enum import StrEnum


class FamilyLinkKind(StrEnum):
    """What the first person is to the second."""

    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    PARTNER = "partner"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    OTHER_FAMILY = "other_family"
    HOUSEHOLD = "household"
    ASSOCIATE = "associate"


FAMILY_LINK_WORDS: dict[FamilyLinkKind, str] = {
    FamilyLinkKind.PARENT: "parent",
    FamilyLinkKind.CHILD: "child",
    FamilyLinkKind.SIBLING: "brother or sister",
    FamilyLinkKind.PARTNER: "partner or former partner",
    FamilyLinkKind.GRANDPARENT: "grandparent",
    FamilyLinkKind.GRANDCHILD: "grandchild",
    FamilyLinkKind.OTHER_FAMILY: "other family",
    FamilyLinkKind.HOUSEHOLD: "lives in the same household",
    FamilyLinkKind.ASSOCIATE: "friend or associate",
}

MIRRORED: dict[FamilyLinkKind, FamilyLinkKind] = {
    FamilyLinkKind.PARENT: FamilyLinkKind.CHILD,
    FamilyLinkKind.CHILD: FamilyLinkKind.PARENT,
    FamilyLinkKind.GRANDPARENT: FamilyLinkKind.GRANDCHILD,
    FamilyLinkKind.GRANDCHILD: FamilyLinkKind.GRANDPARENT,
}
"""What the second person is to the first, where that is another word."""


class AgeKnown(StrEnum):
    """What is known of how old somebody is."""

    BORN = "date_of_birth"
    ABOUT = "approximate_age"
    UNBORN = "unborn"
    UNKNOWN = "unknown"


AGE_KNOWN_WORDS: dict[AgeKnown, str] = {
    AgeKnown.BORN: "The date of birth",
    AgeKnown.ABOUT: "About how old they are",
    AgeKnown.UNBORN: "They are not born yet",
    AgeKnown.UNKNOWN: "Nothing: they count as under 18 until it is known",
}


class SealKind(StrEnum):
    """Why a record is sealed."""

    ADOPTION = "adoption"
    REFUGE = "refuge"
    WITNESS_PROTECTION = "witness_protection"
    OTHER = "other"


SEAL_KIND_WORDS: dict[SealKind, str] = {
    SealKind.ADOPTION: "Adoption",
    SealKind.REFUGE: "Refuge",
    SealKind.WITNESS_PROTECTION: "Witness protection",
    SealKind.OTHER: "Another reason",
}

ASK_LEGAL = "Legal before you look"
"""Whom to ask about a sealed record: "ask Legal before you look" is all that anybody is told of it."""
