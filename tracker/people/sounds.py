"""How names sound: the keys under which a name is found by how it is said, whatever its spelling, script or short form.

Letters outside a to z are first written in them (naming.py for Latin and Cyrillic, `anyascii` for every other script); then
the Metaphone of each word, and of each whole name that the word may be a short form of.
"""

import re
from functools import lru_cache

from anyascii import anyascii
from jellyfish import metaphone

from tracker.people.naming import forms_of_words, searchable_words
from tracker.people.nicknames import whole_names

LONGEST_KEY = 24
TELLING = 3
"""How many sounds a word has at least for its sound to tell anything: Jane, John and Juan all sound JN."""

_TWICE = re.compile(r"(.)\1+")
_NOT_A_LETTER = re.compile("[^a-z0-9]")


@lru_cache(maxsize=20_000)
def in_letters(word: str) -> str:
    """One word of naming.py in the letters a to z and digits, whatever script it is in: "mhmd" for Muhammad in Arabic."""
    return word if word.isascii() else _NOT_A_LETTER.sub("", anyascii(word).casefold())


@lru_cache(maxsize=20_000)
def sound_of(word: str) -> str:
    """How a word sounds, in a few letters: "MHMT" for Mohammed and Muhammad. Digits are kept as they are; empty for none."""
    plain = in_letters(word)
    letters = "".join(letter for letter in plain if letter.isalpha()).replace("kh", "k")
    letters = letters[:1] + letters[1:].replace("y", "i")
    digits = "".join(letter for letter in plain if letter.isdigit())
    return (_TWICE.sub(r"\1", metaphone(letters)) + digits)[:LONGEST_KEY]


@lru_cache(maxsize=20_000)
def keys_of_word(word: str) -> frozenset[str]:
    """Every key under which one word is found."""
    plain = in_letters(word)
    sounds = {sound_of(one) for one in (plain, *whole_names(plain))}
    return frozenset(sound for sound in sounds if sound) or (frozenset({plain[:LONGEST_KEY]}) if plain else frozenset())


@lru_cache(maxsize=5_000)
def keys_of_name(name: str) -> frozenset[str]:
    """Every key under which a name is found: of each of its words, and of words that may be one."""
    return frozenset(key for word in searchable_words(name).split() for key in keys_of_word(word))


@lru_cache(maxsize=5_000)
def spoken_forms(name: str) -> frozenset[tuple[str, ...]]:
    """The forms of a whole name that are compared, in the letters a to z, words sorted."""
    return frozenset(tuple(sorted(filter(None, map(in_letters, form)))) for form in forms_of_words(name)) - {()}
