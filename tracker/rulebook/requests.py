"""What the rulebook is asked for: proposals of limits and lawful bases, frozen and whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.policy.vocabulary import Purpose


class RulebookError(ValueError):
    """The rulebook cannot do what was asked. As text: one plain sentence."""


@dataclass(frozen=True, slots=True)
class NewLimits:
    """Limits to be proposed: values by name (what is not named has its shipped default), and why."""

    values: Mapping[str, Any]
    why: str

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise RulebookError("Say why these limits are proposed.")


@dataclass(frozen=True, slots=True)
class NewLawfulBasis:
    """The basis of one purpose: UK GDPR article 6, article 9 with its Schedule 1 condition, and the statutory function."""

    purpose: Purpose
    article_6: str
    article_9: str
    statutory_function: str

    def __post_init__(self) -> None:
        for words, longest in ((self.article_6, 200), (self.article_9, 200), (self.statutory_function, 300)):
            if not words.strip() or len(words) > longest:
                raise RulebookError(f"Each part of a lawful basis needs between 1 and {longest} characters.")
