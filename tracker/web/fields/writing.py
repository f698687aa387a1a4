"""Questions that are answered by writing: a line, a text, an e-mail address, a password, a whole number.

Hidden characters that turn the direction of text can make one name look like another, and NUL cannot be stored:
both are refused with a sentence, and what was typed stays on the page.
"""

import re
from typing import Any

from tracker.web.fields.base import OwnField, Refusal
from tracker.web.text import cleaned, on_one_line, what_cannot_be_kept

LINE_MOST = 200
TEXT_MOST = 4_000
PASSWORD_MOST = 256
LARGEST_DIGITS = 12

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,63}")


class WrittenField(OwnField[str]):
    """A question answered in writing; `data` is "" when nothing was written. `most` is in characters."""

    data: str

    def __init__(self, label: str = "", *, most: int, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.most = most

    def empty(self) -> str:
        """No words."""
        return ""

    def write(self, data: str | None) -> dict[str, list[str]]:
        """The words."""
        return {"": [data] if data else []}

    def read(self) -> str:
        """The cleaned words. Raises `Refusal` when there are too many or one of their characters cannot be kept."""
        text = self.clean(self.one())
        if len(text) > self.most:
            raise Refusal(f"{self.subject} must be {self.most:,} characters or fewer. It has {len(text):,}")
        wrong = what_cannot_be_kept(text)
        if wrong:
            raise Refusal(f"{self.subject} {wrong}")
        return text

    def clean(self, text: str) -> str:
        """The words without what the program that they were copied from left in them."""
        return cleaned(text)

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds what was typed."""
        return {**super().params(size, heading), "value": self.shown()}


class LineField(WrittenField):
    """One line: a name, a reference, an address. New lines in it become spaces.

    Args:
        like: what the line must look like, and the sentence shown when it does not.
        attributes: what the browser is told: `type`, `autocomplete`, `inputmode`, `spellcheck`.
    """

    kind = "line"

    def __init__(
        self,
        label: str = "",
        *,
        most: int = LINE_MOST,
        like: tuple[re.Pattern[str], str] | None = None,
        attributes: dict[str, Any] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(label, most=most, **rest)
        self.like = like
        self.attributes = attributes or {}

    def clean(self, text: str) -> str:
        """On one line."""
        return on_one_line(text)

    def read(self) -> str:
        """The line. Raises `Refusal` as every written field does, and when it does not look as it must."""
        text = super().read()
        if text and self.like and not self.like[0].fullmatch(text):
            raise Refusal(self.like[1])
        return text

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds what the browser is told."""
        return {**super().params(size, heading), **self.attributes}


class EmailField(LineField):
    """An e-mail address."""

    def __init__(self, label: str = "", **rest: Any) -> None:
        words = "Enter an email address in the correct format, like name@example.com"
        attributes = {"type": "email", "autocomplete": "email", "spellcheck": False, **rest.pop("attributes", {})}
        super().__init__(label, like=(_EMAIL, words), attributes=attributes, **rest)


class TextField(WrittenField):
    """Several lines. With `counted`, the page counts the characters that are left while one types."""

    kind = "text"

    def __init__(self, label: str = "", *, most: int = TEXT_MOST, counted: bool = False, **rest: Any) -> None:
        super().__init__(label, most=most, **rest)
        self.counted = counted


class PasswordField(WrittenField):
    """A password, taken exactly as typed, never shown again and never kept in a draft."""

    kind = "password"
    keeps_typed = False

    def __init__(self, label: str = "Password", *, autocomplete: str = "current-password", **rest: Any) -> None:
        super().__init__(label, most=PASSWORD_MOST, **rest)
        self.autocomplete = autocomplete

    def clean(self, text: str) -> str:
        """Nothing is cleaned."""
        return text

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Without what was typed."""
        return {**super().params(size, heading), "value": "", "autocomplete": self.autocomplete}


class WholeNumberField(OwnField[int]):
    """A whole number from `least` to `most`."""

    kind = "number"

    def __init__(self, label: str = "", *, least: int = 0, most: int = 1_000_000, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.least = least
        self.most = most

    def read(self) -> int | None:
        """The number; thousands may be parted by commas. Raises `Refusal` when it is none or out of range."""
        text = on_one_line(self.one()).replace(",", "")
        if not text:
            return None
        if not re.fullmatch(rf"-?[0-9]{{1,{LARGEST_DIGITS}}}", text):
            raise Refusal(f"{self.subject} must be a whole number, like 3")
        number = int(text)
        if not self.least <= number <= self.most:
            raise Refusal(f"{self.subject} must be between {self.least:,} and {self.most:,}")
        return number

    def params(self, size: str = "", heading: bool = False) -> dict[str, Any]:
        """Adds what was typed."""
        return {**super().params(size, heading), "value": self.shown(), "inputmode": "numeric", "spellcheck": False}
