"""What this room is asked to do. Frozen; `record`, `notice`, `person` and `link` are references."""

from dataclasses import dataclass

from tracker.corrections.vocabulary import CorrectionKind
from tracker.people.problems import ProblemError


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCorrection:
    """That a record is in error, and why. `really_about`: of a look, the record of whoever's page it was, where they have one."""

    kind: CorrectionKind
    record: str
    why: str
    really_about: str | None = None

    def __post_init__(self) -> None:
        if not self.why.strip():
            raise ProblemError("why", "Enter what is wrong, and how that is known")
        if self.really_about and self.kind is not CorrectionKind.CHECK:
            raise ProblemError("really_about", "Only a look can have been at somebody else")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What is said to a correction that waits. `version`: of the correction as the page showed it."""

    correction: str
    version: int
    words: str

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise ProblemError("words", "Enter what you compared, and what you found")
