"""References that people read aloud: random, checksummed, telling neither count nor order.

`CHK-7K3M-9QXT`: a kind, then seven random characters, without 0, I, L, O, U and Z, and a check character.
"""

import re
import secrets
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

Done = TypeVar("Done")

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AT_RANDOM = ALPHABET.strip("0Z")
"""0 and Z weigh the same modulo 31, so that a new reference has neither; those of old may have both, and stay valid."""
_RANDOM_CHARACTERS = 7
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_reference(kind: str) -> str:
    """A new reference of `kind` (three capital letters, such as `CHK`)."""
    body = "".join(secrets.choice(_AT_RANDOM) for _ in range(_RANDOM_CHARACTERS))
    body += _check_character(kind, body)
    return f"{kind}-{body[:4]}-{body[4:]}"


def read_reference(kind: str, typed: str) -> str | None:
    """The reference that was typed, in its one form, or None where it cannot be one of that kind.

    Case, spaces and missing hyphens do not matter; I and L are read as 1, O as 0.
    """
    letters = "".join(typed.upper().split()).replace("-", "")
    if not letters.startswith(kind):
        return None
    body = letters[len(kind) :].translate(_MISREAD)
    if len(body) != _RANDOM_CHARACTERS + 1 or any(letter not in ALPHABET for letter in body):
        return None
    if _check_character(kind, body[:-1]) != body[-1]:
        return None
    return f"{kind}-{body[:4]}-{body[4:]}"


def reference_in(typed: str) -> str | None:
    """The reference that was typed, in its one form and of whatever kind, or None where it is none."""
    kind = typed.strip()[:3].upper()
    return read_reference(kind, typed) if len(kind) == 3 and kind.isascii() and kind.isalpha() else None


def is_taken(error: DBAPIError) -> bool:
    """Whether what failed is that a new reference is another record's already. SQLite and PostgreSQL each say it their way."""
    said = getattr(error.orig, "diag", None)
    if said is not None:
        return bool(said.constraint_name == f"uq_{said.table_name}_reference")
    return re.fullmatch(r"UNIQUE constraint failed: \w+\.reference", str(error.orig)) is not None


def again_if_taken(do: Callable[[], Done]) -> Done:
    """What a whole transaction gives, carried out once more where a new reference was another record's already: of forty thousand that
    happens to two in a hundred imports."""
    try:
        return do()
    except IntegrityError as error:
        if not is_taken(error):
            raise
    return do()


def _check_character(kind: str, body: str) -> str:
    """Weighted sum modulo 31 (a prime): of a reference with neither 0 nor Z before it, it catches any one wrong character, and any two
    neighbours of the eight exchanged."""
    numbers = [ord(letter) - 65 for letter in kind] + [ALPHABET.index(letter) for letter in body]
    total = sum((place + 1) * number for place, number in enumerate(numbers))
    return ALPHABET[total % 31]
