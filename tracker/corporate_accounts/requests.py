"""What the register is asked for: profiles of the council's own, and who may use them."""

from dataclasses import dataclass
from datetime import datetime

from tracker.policy.vocabulary import Platform
from tracker.web.text import MIXED_ALPHABETS, mixes_alphabets

LONGEST_HANDLE = 200


class RegisterError(ValueError):
    """What was asked cannot be registered. `field` is the field to put right; the text is one plain sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class NewCorporateProfile:
    """A profile that the council opened in its own name; `registered_at` is when it was entered in the council's register."""

    platform: Platform
    handle: str
    registered_at: datetime

    def __post_init__(self) -> None:
        if not as_registered(self.handle):
            raise RegisterError("handle", "Enter the name of the profile")
        if len(self.handle) > LONGEST_HANDLE:
            raise RegisterError("handle", f"The name of the profile must be {LONGEST_HANDLE} characters or fewer")
        if mixes_alphabets(self.handle):
            raise RegisterError("handle", f"The name of the profile {MIXED_ALPHABETS}")


@dataclass(frozen=True, slots=True)
class NewProfileUser:
    """A member of staff (key) who may use a profile (reference) from an instant, until another or until it is ended."""

    profile: str
    staff_id: int
    from_at: datetime
    until_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.until_at is not None and self.until_at <= self.from_at:
            raise RegisterError("until_at", "The end must be after the beginning")


def as_registered(handle: str) -> str:
    """A handle as the register compares it: lower case, without spaces around it or a leading @."""
    return handle.strip().lower().removeprefix("@").strip()
