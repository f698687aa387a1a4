"""Passwords: how they are kept, which are refused, and those that are used once."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.storage.references import ALPHABET

SHORTEST = 12
LONGEST = 200
ONE_TIME_LASTS = timedelta(hours=24)
_SHORTEST_WORD = 4  # shorter parts of a name turn up in any password
# fmt: off
_COMMON = frozenset({
    "abcdefghijkl", "access", "administrator", "changeme", "changepassword", "dragon", "football", "iloveyou", "letmein",
    "letmeinplease", "liverpool", "login", "master", "monkey", "mypassword", "password", "passwordpassword", "princess",
    "qwerty", "qwertyuiop", "qwertyuiopas", "secret", "social", "socialwork", "socialworker", "summer", "sunshine",
    "superman", "temporary", "thisismypassword", "trustno", "welcome", "winter",
})  # what is left of the commonest passwords once digits and signs are taken away
# fmt: on


class WeakPasswordError(Exception):
    """The password is refused; the message says why in words for the person who chose it."""


class Passwords:
    """Hashing with argon2id: by default two passes over 19 MiB in one lane. Tests pass smaller costs as arguments.

    `refusal_takes` is how many seconds a refused sign-in takes at least: longer than all that is written about an account
    that exists, so that the time does not tell whether it does.
    """

    def __init__(
        self,
        *,
        time_cost: int = 2,
        memory_kib: int = 19 * 1024,
        parallelism: int = 1,
        refusal_takes: float = 0.15,
    ) -> None:
        self.refusal_takes = refusal_takes
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether `password` is the one `kept`. None, an account that does not exist, takes as long and never matches."""
        try:
            self._hasher.verify(kept or self._nobodys, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None


@dataclass(frozen=True, slots=True)
class ChosenPassword:
    """A password that its owner chose, as it is kept. `choose_password` makes it."""

    hash: str = field(repr=False)


def choose_password(password: str, *, passwords: Passwords, personal: Iterable[str]) -> ChosenPassword:
    """The password as it is kept; raises `WeakPasswordError` where `why_weak` finds fault with it."""
    why = why_weak(password, personal=personal)
    if why:
        raise WeakPasswordError(why)
    return ChosenPassword(passwords.hash(password))


def why_weak(password: str, *, personal: Iterable[str]) -> str | None:
    """Why a password is refused, in words, or None. `personal` are texts it must not contain: e-mail, name, council."""
    typed = _normal(password).casefold()
    if len(typed) < SHORTEST:
        return f"Your password must have at least {SHORTEST} characters"
    if len(typed) > LONGEST:
        return f"Your password must have at most {LONGEST} characters"
    if any(word in typed for word in _words_of(personal)):
        return "Your password must not contain your name, your e-mail address or the council's name"
    if _is_common(typed):
        return "Your password is too easy to guess: three words that do not belong together are a good choice"
    return None


def one_time_password() -> str:
    """A password to be read out once: three groups of four letters and digits, 60 random bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def _is_common(typed: str) -> bool:
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", typed)
    letters = re.sub(r"[^a-z]", "", core.translate(str.maketrans("013457@$", "oleastas")))
    plain = re.sub(r"[^a-z]", "", typed)
    return len(set(typed)) < 5 or not plain or bool({letters, plain} & _COMMON)


def _words_of(personal: Iterable[str]) -> set[str]:
    whole = {_normal(text).casefold() for text in personal}
    parts = {part for text in whole for part in re.split(r"[^\w]+", text.partition("@")[0])}
    return {word for word in whole | parts if len(word) >= _SHORTEST_WORD}


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
