"""What can become of a look, with what the screens say for it."""

from enum import StrEnum


class LookResult(StrEnum):
    """What the viewer reports of a sitting."""

    LOOKED = "looked"
    NOT_FOUND = "not_found"
    NOT_OPEN = "not_open"
    WOULD_NOT_LOAD = "would_not_load"
    WRONG_PERSON = "wrong_person"
    NOT_USED = "not_used"


LOOK_RESULT_WORDS: dict[LookResult, str] = {
    LookResult.LOOKED: "I looked",
    LookResult.NOT_FOUND: "I searched, and it was not there",
    LookResult.NOT_OPEN: "I searched, and it was not open: I stopped",
    LookResult.WOULD_NOT_LOAD: "It would not load",
    LookResult.WRONG_PERSON: "I looked, and it was somebody else's page",
    LookResult.NOT_USED: "I did not look",
}

FOUND_NOTHING = frozenset({LookResult.NOT_FOUND, LookResult.NOT_OPEN, LookResult.WOULD_NOT_LOAD})
"""Results that make a find-and-look a search only (policy.md, `find_then_view`)."""


class SightingKind(StrEnum):
    """How something was seen without anybody searching for it."""

    BROUGHT = "brought"
    CAME_ACROSS = "came_across"


SIGHTING_WORDS: dict[SightingKind, str] = {
    SightingKind.BROUGHT: "something was brought to me",
    SightingKind.CAME_ACROSS: "I came across it",
}


class Told(StrEnum):
    """Whether the person was told, or which exemption from UK GDPR article 14 applies."""

    TOLD = "told"
    WILL_BE_TOLD = "will_be_told"
    ALREADY_KNOWS = "already_knows"
    WOULD_PREJUDICE = "would_prejudice"
    IMPOSSIBLE = "impossible"


TOLD_WORDS: dict[Told, str] = {
    Told.TOLD: "They have been told",
    Told.WILL_BE_TOLD: "They will be told within a month",
    Told.ALREADY_KNOWS: "They already know: article 14(5)(a)",
    Told.WOULD_PREJUDICE: "Telling them would seriously harm somebody or the purpose: article 14(5)(b) or Schedule 3",
    Told.IMPOSSIBLE: "They cannot be reached: article 14(5)(b)",
}

TOLD_AFTERWARDS: tuple[Told, ...] = tuple(one for one in Told if one is not Told.WILL_BE_TOLD)
"""What can become of it where it was said that they will be told."""
