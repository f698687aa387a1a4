"""Text that was typed or copied, in the one form in which it is kept, and what cannot be kept of it. Pure.

Hidden characters that turn the direction of text can make one name look like another, and NUL cannot be stored.
"""

import re
import unicodedata

# Word writes its line break as \v and its page break as \f.
_NEW_LINES = re.compile("\r\n|[\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
# Invisible and without meaning in a record: copied from other programs, dropped in silence.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTEXT = 20
APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02b9\u02bb\u0060\u00b4\u2032]")
"""However they are typed."""

_LIKE_LATIN = {"CYRILLIC", "GREEK"}
MIXED_ALPHABETS = (
    "has a word that mixes Latin letters with Cyrillic or Greek ones, which look alike. Type that word in one alphabet"
)
"""Half a sentence, said after what it is that has such a word (`mixes_alphabets`)."""


def cleaned(text: str) -> str:
    """The text in one Unicode form, with our newlines, without blanks at the ends of lines and without the unseen."""
    with_newlines = _NEW_LINES.sub("\n", text).replace("\t", " ").translate(_UNSEEN)
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", with_newlines).split("\n"))
    return "\n".join(lines).strip()


def on_one_line(text: str) -> str:
    """The cleaned text with every run of blanks, new lines among them, made one space."""
    return " ".join(cleaned(text).split(" ")) if "\n" not in text else " ".join(cleaned(text).split())


def what_cannot_be_kept(text: str) -> str:
    """Half a sentence about the first character that is refused; empty when there is none."""
    for place, character in enumerate(text):
        named = _refused(character)
        if named:
            before = text[:place].split("\n")[-1][-_CONTEXT:].strip()
            where = f"after “{before}”" if before else "at its start"
            return f"contains {named} {where}. Delete that part and type it again"
    return ""


def mixes_alphabets(text: str) -> bool:
    """Whether a word of it has Latin letters and Cyrillic or Greek ones: many of these look alike, so it would pass for another word.

    Apostrophes are part of a word; words that are wholly in one alphabet may stand beside those of another.
    """
    if text.isascii():
        return False
    plain = unicodedata.normalize("NFKC", APOSTROPHES.sub("", text))
    words = "".join(one if unicodedata.category(one)[0] in "LM" else " " for one in plain).split()
    return any("LATIN" in found and found & _LIKE_LATIN for found in map(_alphabets, words))


def _alphabets(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word}


def _refused(character: str) -> str:
    if character in _TURNING:
        return "a hidden character that changes the direction of text"
    if character == "\N{REPLACEMENT CHARACTER}":
        return "a character that could not be read"
    if character != "\n" and unicodedata.category(character) in {"Cc", "Cs"}:
        return "a hidden control character"
    return ""
