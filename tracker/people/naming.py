"""Names as people type them, made comparable: case, accents, apostrophes, hyphens and the order of words do not matter.

Latin letters outside a to z, and Cyrillic ones, are read as the usual English letters for them; other scripts are kept.
"""

# ruff: noqa: RUF001 - letters that look alike are what this file is about

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from tracker.web.text import APOSTROPHES

SHORTEST_PART = 2
"""How many first letters of a word find it; a single letter finds only a word that is that letter."""

MOST_WORDS = 8
"""Words of a search that are looked at."""

_BETWEEN_PIECES = re.compile(r"[\W_]+")
_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ə": "e",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_LETTERS = str.maketrans(_LATIN | _CYRILLIC)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def searchable_words(name: str) -> str:
    """Every word under which `name` is found, each between two spaces: " brien o obrien sean "."""
    return _spaced(word for chunks in _readings(name) for word in _all_words(chunks))


def ways_of_reading(typed: str) -> tuple[tuple[str, ...], ...]:
    """The lists of words, one of which a name must have in full for `typed` to find it; empty where no word was typed.

    "o brien sean" may mean those three words, or "obrien" and "sean".
    """
    ways = {way for chunks in _readings(typed) for way in _segmentations(chunks)}
    return tuple(sorted(way for way in ways if any(_says_something(word) for word in way)))


def as_searched(word: str) -> str:
    """What must stand in the searchable words of a name, which are between spaces, for `word` to find it: a word that begins like this,
    or is this where it is a single letter."""
    return f" {word}" if _says_something(word) else f" {word} "


def is_found_by(searchable: str, ways: Iterable[Iterable[str]]) -> bool:
    """Whether a name, by its searchable words, has all words of one of these ways of reading what was typed."""
    return any(all(as_searched(word) in searchable for word in way) for way in ways)


@lru_cache(maxsize=5_000)
def exact_forms(name: str) -> frozenset[tuple[str, ...]]:
    """The forms of a whole name, in which two spellings of one name have at least one in common."""
    return frozenset(tuple(sorted(way)) for chunks in _readings(name) for way in _segmentations(chunks))


def forms_of_words(name: str) -> frozenset[tuple[str, ...]]:
    """The forms of a whole name in which its words are still told apart: all but those that run a name of two words into one."""
    apart = exact_forms(name)
    return frozenset(form for form in apart if len(form) > 1) or apart


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one, but for case, accents, apostrophes, hyphens and the order of words."""
    return bool(exact_forms(one) & exact_forms(other))


@lru_cache(maxsize=5_000)
def plain(name: str) -> str:
    """`name` in plain small letters, words in the order typed: what lists are sorted by and spellings compared on."""
    return " ".join(" ".join(chunk) for chunk in _chunks(_folded(name)))


def _says_something(word: str) -> bool:
    return len(word) >= SHORTEST_PART or not word.isascii()


def _readings(typed: str) -> list[list[list[str]]]:
    """`typed` as chunks (between spaces) of pieces (between hyphens and apostrophes), with o and with oe for ö."""
    small = unicodedata.normalize("NFC", typed).casefold()
    readings = [_chunks(_folded(small)), _chunks(_folded(small.translate(_GERMAN)))]
    return readings[:1] if readings[0] == readings[1] else readings


def _folded(text: str) -> str:
    small = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", small)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().translate(_LETTERS)


def _chunks(folded: str) -> list[list[str]]:
    apart = [_BETWEEN_PIECES.sub(" ", APOSTROPHES.sub(" ", chunk)).split() for chunk in folded.split()]
    return [chunk for chunk in apart if chunk]


def _all_words(chunks: list[list[str]]) -> set[str]:
    pieces = [piece for chunk in chunks for piece in chunk]
    return {*pieces, *("".join(chunk) for chunk in chunks), *(one + other for one, other in pairwise(pieces))}


def _segmentations(chunks: list[list[str]]) -> list[tuple[str, ...]]:
    pieces = [piece for chunk in chunks for piece in chunk][:MOST_WORDS]
    if not pieces:
        return []
    joined = [(*pieces[:i], pieces[i] + pieces[i + 1], *pieces[i + 2 :]) for i in range(len(pieces) - 1)]
    return [tuple(pieces), tuple("".join(chunk) for chunk in chunks)[:MOST_WORDS], *joined]


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(sorted(set(words)))} "
