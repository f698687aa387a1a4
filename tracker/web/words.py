"""The policy's words as answers on a page: with a capital letter, as the first word of a line."""

from collections.abc import Iterable
from typing import TypeVar

from tracker.policy.vocabulary import Word

W = TypeVar("W", bound=Word)


def with_capital(sentence: str) -> str:
    """The sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def within_sentence(label: str) -> str:
    """The label as it stands inside a sentence: "a court's order", but "a RIPA authorisation" keeps its capitals."""
    return label[:1].lower() + label[1:]


def answers_of(words: Iterable[W]) -> dict[W, str]:
    """What stands beside each answer on a form."""
    return {word: with_capital(word.label) for word in words}


def listed(words: Iterable[str]) -> str:
    """The words in a row, as a sentence says them: "Facebook, X and TikTok"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
