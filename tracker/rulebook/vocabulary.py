"""Words that only the rulebook uses."""

from enum import StrEnum

from tracker.policy.vocabulary import Platform


class Capacity(StrEnum):
    """In which of the two capacities a proposal is signed."""

    LEGAL = "legal"
    SRO = "sro"


CAPACITY_WORDS: dict[Capacity, str] = {
    Capacity.LEGAL: "legal reviewer",
    Capacity.SRO: "Senior Responsible Officer",
}


class Subject(StrEnum):
    """What a proposal is about. Each is proposed, signed and in force on its own."""

    LIMITS = "limits"
    LAWFUL_BASIS = "lawful_basis"
    PURPOSES = "purposes"
    PLATFORMS = "platforms"


SUBJECT_WORDS: dict[Subject, str] = {
    Subject.LIMITS: "limits",
    Subject.LAWFUL_BASIS: "lawful basis of a purpose",
    Subject.PURPOSES: "purposes offered",
    Subject.PLATFORMS: "platforms that tell",
}

TELLS: dict[Platform, str] = {
    Platform.LINKEDIN: "LinkedIn tells people who looked at their profile.",
    Platform.INSTAGRAM: "Instagram tells people who looked at their stories.",
    Platform.FACEBOOK: "Facebook tells people who looked at their stories.",
    Platform.SNAPCHAT: "Snapchat tells people who looked at their stories.",
    Platform.TIKTOK: "TikTok can tell people who looked at their profile.",
}
"""The platforms that tell the person who looked, until the council says otherwise; each with what is known of it."""


def tells_in_words(platform: Platform) -> str:
    """The line of warning for a platform that tells."""
    return TELLS.get(platform, f"{platform.label} may tell people who looked.")
