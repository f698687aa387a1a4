"""What the rulebook is asked for: proposals of limits, lawful bases, purposes and platforms, frozen and whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from tracker.policy.vocabulary import Platform, Purpose
from tracker.rulebook.vocabulary import Subject

LONGEST_HINT = 200
LONGEST_NAME = 120


class RulebookError(ValueError):
    """The rulebook cannot do what was asked. As text: one plain sentence."""


def _require_why(why: str) -> None:
    if not why.strip():
        raise RulebookError("Say why this is proposed.")


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
    """The basis of one purpose: UK GDPR article 6, article 9 with its Schedule 1 condition, the statutory function, and article 10 with
    its condition where data about crimes are looked for."""

    purpose: Purpose
    article_6: str
    article_9: str
    statutory_function: str
    article_10: str | None = None

    def __post_init__(self) -> None:
        if self.article_10 is not None and not 0 < len(self.article_10) <= 200:
            raise RulebookError("Article 10 with its condition needs between 1 and 200 characters.")
        for words, longest in ((self.article_6, 200), (self.article_9, 200), (self.statutory_function, 300)):
            if not words.strip() or len(words) > longest:
                raise RulebookError(f"Each part of a lawful basis needs between 1 and {longest} characters.")


@dataclass(frozen=True, slots=True)
class NewBasis:
    """The basis of one purpose as the council's data protection officer decided it: who that is, and on which day."""

    subject: ClassVar[Subject] = Subject.LAWFUL_BASIS
    basis: NewLawfulBasis
    officer: str
    decided_on: date
    why: str

    def __post_init__(self) -> None:
        _require_why(self.why)
        if not self.officer.strip() or len(self.officer) > LONGEST_NAME:
            raise RulebookError(f"The data protection officer's name needs between 1 and {LONGEST_NAME} characters.")

    @property
    def settings(self) -> dict[str, Any]:
        """What is stored."""
        return {
            "purpose": self.basis.purpose.value,
            "article_6": self.basis.article_6,
            "article_9": self.basis.article_9,
            "article_10": self.basis.article_10,
            "statutory_function": self.basis.statutory_function,
            "officer": self.officer,
            "decided_on": self.decided_on.isoformat(),
        }

    @classmethod
    def read(cls, settings: Mapping[str, Any], why: str) -> Self:
        """What was stored."""
        basis = NewLawfulBasis(
            Purpose(settings["purpose"]),
            settings["article_6"],
            settings["article_9"],
            settings["statutory_function"],
            settings.get("article_10"),  # proposed before it was asked for: none
        )
        return cls(basis, settings["officer"], date.fromisoformat(settings["decided_on"]), why)


@dataclass(frozen=True, slots=True)
class NewPurposes:
    """Which of the policy's purposes are offered when a look is asked for, each with the council's own hint ("": none)."""

    subject: ClassVar[Subject] = Subject.PURPOSES
    offered: Mapping[Purpose, str]
    why: str

    def __post_init__(self) -> None:
        _require_why(self.why)
        if not self.offered:
            raise RulebookError("At least one purpose must be offered.")
        if any(len(hint) > LONGEST_HINT for hint in self.offered.values()):
            raise RulebookError(f"A hint has at most {LONGEST_HINT} characters.")

    @property
    def settings(self) -> dict[str, Any]:
        """What is stored."""
        return {"offered": {purpose.value: self.offered[purpose] for purpose in Purpose if purpose in self.offered}}


@dataclass(frozen=True, slots=True)
class NewPlatforms:
    """The platforms that tell the person who looked: a look there is warned of."""

    subject: ClassVar[Subject] = Subject.PLATFORMS
    tells: frozenset[Platform]
    why: str

    def __post_init__(self) -> None:
        _require_why(self.why)

    @property
    def settings(self) -> dict[str, Any]:
        """What is stored."""
        return {"tells": [platform.value for platform in Platform if platform in self.tells]}


NewSetting = NewBasis | NewPurposes | NewPlatforms
"""What is proposed besides limits."""
