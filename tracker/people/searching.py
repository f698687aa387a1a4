"""What somebody typed into the one search box: a reference, a name, a date of birth, or the address of a profile."""

import re
from dataclasses import dataclass
from datetime import date

from tracker.people.naming import ways_of_reading
from tracker.people.problems import ProblemError
from tracker.people.profiles import guess_platform, normalise
from tracker.policy.vocabulary import Platform
from tracker.storage.references import read_reference

LONGEST_SEARCH = 300
PERSON = "PER"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(?<![\w/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?![\w/-])")
_SPACED = re.compile(r"(?<!\w)(\d{1,2}) (\d{1,2}) (\d{4})(?!\w)")
_YEAR_FIRST = re.compile(r"(?<![\w/.-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\w/-])")
_MONTH_IN_WORDS = re.compile(r"(?<!\w)(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search looks for. `names` and `born` must both fit; each of the others finds by itself.

    `names` are ways of reading the typed name (see naming.py); `profiles` are platforms and handles.
    """

    typed: str
    name: str
    names: tuple[tuple[str, ...], ...]
    born: date | None
    reference: str | None
    profiles: tuple[tuple[Platform, str], ...]


def read_search(typed: str) -> Wanted:
    """What these words look for; nothing at all where nothing can be found by them."""
    text = " ".join(typed.replace("\0", " ").split())[:LONGEST_SEARCH]
    born, rest = _date_in(text)
    reference = read_reference(PERSON, text)
    return Wanted(
        typed=text,
        name=rest,
        names=() if reference or text.startswith("@") or guess_platform(text) else ways_of_reading(rest),
        born=born,
        reference=reference,
        profiles=() if reference else _profiles(text),
    )


def tells_cases_apart(key: str) -> bool:
    """Whether a compact case reference is one, and not what is written where there is none yet."""
    return key not in NO_CASE_YET


def compact(typed: str) -> str:
    """A case reference, or the name of a case system, as it is compared: small letters, no spaces."""
    return "".join(typed.casefold().split())


def _date_in(text: str) -> tuple[date | None, str]:
    """The first date in the text, day first as in Britain, and the text without it."""
    for pattern, order in (
        (_NUMBERS, (2, 1, 0)),
        (_SPACED, (2, 1, 0)),
        (_YEAR_FIRST, (0, 1, 2)),
        (_MONTH_IN_WORDS, (2, 1, 0)),
    ):
        found = pattern.search(text)
        if found is None:
            continue
        year, month, day = (found.groups()[place] for place in order)
        read = _date(int(year), _month(month), int(day))
        if read is not None:
            return read, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    return None, text


def _month(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    short = typed.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _profiles(text: str) -> tuple[tuple[Platform, str], ...]:
    """The profiles that the text may mean: the one of its address, or that handle on any platform."""
    guessed = guess_platform(text)
    if guessed is not None:
        return _readable([guessed], text)
    if " " in text.removeprefix("+") and not text.removeprefix("+").replace(" ", "").isdecimal():
        return ()
    return _readable(Platform, text)


def _readable(platforms: "type[Platform] | list[Platform]", text: str) -> tuple[tuple[Platform, str], ...]:
    found: list[tuple[Platform, str]] = []
    for platform in platforms:
        try:
            found.append((platform, normalise(platform, text)[0]))
        except ProblemError:
            continue
    return tuple(found)


NO_CASE_YET = frozenset(
    compact(words)
    for words in (
        "To follow",
        "N/A",
        "None",
        "Not known",
        "Unknown",
        "Pending",
        "TBA",
        "TBC",
        "TBD",
        "No case",
        "New",
        "X",
    )
)
"""What is written for a case reference where there is none: it is nobody's, and makes nobody alike."""
