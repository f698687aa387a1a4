"""What this room is asked to do. Frozen; the shape is checked when made."""

from dataclasses import dataclass
from datetime import datetime

from tracker.people.problems import ProblemError
from tracker.referrals.vocabulary import Finding


@dataclass(frozen=True, slots=True)
class NewResolution:
    """Legal's answer to a case: reasons for Legal's file, never shown to workers.

    `version`: of the case, as the page showed it. `seen`: the mark of what deciding again came to on the page
    (`since.mark_of`), None where no check waits. `finding`: only of a possible error or a pattern.
    """

    answer: str
    version: int
    seen: str | None = None
    finding: Finding | None = None

    def __post_init__(self) -> None:
        needed("answer", self.answer, "Enter the answer, and why")


@dataclass(frozen=True, slots=True)
class ReleasedHolds:
    """Holds (references) that are released, and why. `seen`: the mark of the looks that the page named as reviewed
    (`found.mark_of_reviewed`), None where no page showed any."""

    holds: tuple[str, ...]
    why: str
    seen: str | None = None

    def __post_init__(self) -> None:
        needed("release_why", self.why, "Enter why the hold is released")


@dataclass(frozen=True, slots=True)
class NewHold:
    """A hold placed by hand on these people (references), and why."""

    people: tuple[str, ...]
    why: str

    def __post_init__(self) -> None:
        if not self.people:
            raise ProblemError("people", "Select at least one person")
        needed("why", self.why, "Enter why the hold is placed")


def needed(field: str, text: str, sentence: str) -> None:
    """Raises `ProblemError` on that field where the text is empty."""
    if not text.strip():
        raise ProblemError(field, sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephoneCall:
    """A call in which a manager approved one look: who (a reference), when it was, and what they said."""

    manager: str
    called_at: datetime
    said: str
