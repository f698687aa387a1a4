"""How alike two records are, and when that is enough to say that they may be one person. Pure: no database, no clock.

A suggestion is made where
- a profile is on record for both, whatever their names;
- the names are alike and the dates of birth are the same or near (births.py);
- the names are alike, both with a first and a last name, and a date of birth is not known, or not of both;
- the names are alike in anything and the case reference is the same, unless the dates of birth rule it out.
Brothers and sisters share a last name and often a case reference, twins a date of birth too: every word of the shorter name
must be alike, so they are not suggested. The law gives none of these measures; ADR 0130.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from tracker.people.births import BIRTH_WORDS, Birth, BirthLikeness, compare_births
from tracker.people.naming import is_same_name
from tracker.people.nicknames import may_be_one_name
from tracker.people.sounds import TELLING, sound_of, spoken_forms

SIMILAR = 82.0
"""How alike (of 100) two words are spelled at least, to be one word misspelled."""

SHORTEST_MISSPELLED = 3
"""Letters of the shortest word that counts as misspelled."""

SAME_SOUND_AT_LEAST = 55.0
"""How alike two words of one sound are spelled at least."""


class NameLikeness(IntEnum):
    """How two names are alike, the most telling first."""

    SAME = 1
    FORM = 2
    SOUND = 3
    SPELLING = 4
    PART = 5


NAME_WORDS: dict[NameLikeness, str] = {
    NameLikeness.SAME: "the same name",
    NameLikeness.FORM: "a form of the same name",
    NameLikeness.SOUND: "a name that sounds the same",
    NameLikeness.SPELLING: "a similar name",
    NameLikeness.PART: "one name a part of the other",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody that can be compared: case references compact, profiles as platform and handle.

    `earlier_names` are those of the names that the record has no longer, `earlier_births` what it said before.
    """

    names: tuple[str, ...]
    birth: Birth
    cases: frozenset[str] = frozenset()
    profiles: frozenset[tuple[str, str]] = frozenset()
    earlier_names: frozenset[str] = frozenset()
    earlier_births: tuple[Birth, ...] = ()

    @property
    def births(self) -> tuple[Birth, ...]:
        """What is known of their birth, now and before."""
        return (self.birth, *self.earlier_births)


@dataclass(frozen=True, slots=True)
class Likeness:
    """All that is alike between two records. `earlier`: by a name or a birth that one of them has no longer."""

    name: NameLikeness | None
    birth: BirthLikeness
    case: bool = False
    profile: bool = False
    whole_name: bool = False
    earlier: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it holds on the whole name or the case reference: all that a restricted record may be known by."""
        return self.name is NameLikeness.SAME or self.case

    @property
    def suggests_one_person(self) -> bool:
        """Whether it is enough to suggest that the records are one person."""
        if self.profile:
            return True
        if self.name is None:
            return False
        if self.birth is BirthLikeness.SAME:
            return True
        if self.birth is BirthLikeness.APART:
            return self.case and self.name is NameLikeness.SAME
        if self.case:
            return True
        if self.birth is BirthLikeness.UNKNOWN:
            return self.whole_name and self.name <= NameLikeness.SOUND
        return self.name < NameLikeness.PART

    @property
    def agrees(self) -> bool:
        """Whether two records agree in what tells people apart: the same name, with the same date of birth, the same profile, or the same
        case reference and no dates of birth that rule it out."""
        same_case = self.case and self.birth is not BirthLikeness.APART
        return self.name is NameLikeness.SAME and (self.profile or self.birth is BirthLikeness.SAME or same_case)

    @property
    def leaves_doubt(self) -> bool:
        """Whether two records so alike, of which somebody says that they are two people, are two only where a second pair of eyes agrees:
        where they agree, or have the same profile. Families share one: where nobody has said anything, that is for detection."""
        return self.profile or self.agrees

    @property
    def warns(self) -> bool:
        """Whether somebody about to be added is asked about it: also on a name or a case reference alone."""
        return self.suggests_one_person or self.case or (self.name is not None and self.name < NameLikeness.PART)

    @property
    def rank(self) -> tuple[bool, int, int, bool]:
        """The most telling first when sorted."""
        return (not self.profile, *self._of_name_and_birth(), not self.case)

    @property
    def words(self) -> tuple[str, ...]:
        """What is alike, in words, the most telling first."""
        name, birth = NAME_WORDS.get(self.name) if self.name else None, BIRTH_WORDS.get(self.birth)
        if self.name is NameLikeness.SAME and self.birth is BirthLikeness.SAME:
            both = "the same name and date of birth"
        else:
            both = " and ".join(one for one in (name, birth) if one) if name else ""
        both = f"{both}, as recorded earlier" if both and self.earlier else both
        said = ("the same profile" if self.profile else "", both, "the same case reference" if self.case else "")
        return tuple(one for one in said if one)

    def _of_name_and_birth(self) -> tuple[int, int]:
        if self.name is None:
            return len(NameLikeness) + 1, int(BirthLikeness.APART)
        together = int(self.name) if self.birth < BirthLikeness.UNKNOWN else int(self.name) + 1
        return together, int(self.birth)


def compare(one: Known, other: Known) -> Likeness:
    """All that is alike between two records."""
    pairs = [(here, there) for here, there in product(one.names, other.names)]
    found = [(alike, here, there) for here, there in pairs if (alike := compare_names(here, there)) is not None]
    best = min((alike for alike, _, _ in found), default=None)
    likeliest = [(here, there) for alike, here, there in found if alike is best]
    birth = compare_all_births(one, other)
    return Likeness(
        best,
        birth,
        case=bool(one.cases & other.cases),
        profile=bool(one.profiles & other.profiles),
        whole_name=any(min(_words_in(here), _words_in(there)) > 1 for here, there in likeliest),
        earlier=_is_earlier(one, other, likeliest, birth),
    )


def _is_earlier(one: Known, other: Known, names: Sequence[tuple[str, str]], birth: BirthLikeness) -> bool:
    """Whether these pairs of names, or births so alike, are not on both records now."""
    by_name = all(here in one.earlier_names or there in other.earlier_names for here, there in names)
    return (bool(names) and by_name) or (birth in BIRTH_WORDS and birth is not compare_births(one.birth, other.birth))


def compare_all_births(one: Known, other: Known) -> BirthLikeness:
    """How alike two people's births are, as recorded now or earlier, whichever are the most alike."""
    if not one.earlier_births and not other.earlier_births:
        return compare_births(one.birth, other.birth)
    return min(compare_births(here, there) for here, there in product(one.births, other.births))


def compare_names(one: str, other: str) -> NameLikeness | None:
    """How alike two whole names are, whatever the order of their words; None where they are not."""
    if is_same_name(one, other):
        return NameLikeness.SAME
    compared = (_of_forms(here, there) for here, there in product(spoken_forms(one), spoken_forms(other)))
    return min((alike for alike in compared if alike is not None), default=None)


def _of_forms(one: tuple[str, ...], other: tuple[str, ...]) -> NameLikeness | None:
    """The words of the shorter each with a word of its own in the longer; the least alike of them decides."""
    few, many = sorted((one, other), key=len)
    left, worst = list(many), NameLikeness.SAME
    for word in sorted(few, key=len, reverse=True):
        alike = [(likeness, place) for place, other in enumerate(left) if (likeness := compare_words(word, other))]
        if not alike:
            return None
        likeness, place = min(alike)
        left.pop(place)
        worst = max(worst, likeness)
    return NameLikeness.PART if left else worst


@lru_cache(maxsize=50_000)
def compare_words(one: str, other: str) -> NameLikeness | None:
    """How alike two words in the letters a to z are; None where they are not."""
    if one == other:
        return NameLikeness.SAME
    if may_be_one_name(one, other):
        return NameLikeness.FORM
    spelled = fuzz.ratio(one, other)
    if len(sound_of(one)) >= TELLING and sound_of(one) == sound_of(other) and _sounds(one, other, spelled):
        return NameLikeness.SOUND
    long_enough = min(len(one), len(other)) >= SHORTEST_MISSPELLED
    misspelled = spelled >= SIMILAR or _two_letters_swapped(one, other)
    return NameLikeness.SPELLING if long_enough and misspelled else None


def _two_letters_swapped(one: str, other: str) -> bool:
    return sorted(one) == sorted(other) and OSA.distance(one, other) == 1


def _sounds(one: str, other: str, spelled: float) -> bool:
    """Words in which only vowels were left out, as from a script that does not write them, are spelled as unlike as can be."""
    vowels = str.maketrans("", "", "aeiouy")
    return spelled >= SAME_SOUND_AT_LEAST or one.translate(vowels) == other.translate(vowels)


def _words_in(name: str) -> int:
    return max((len(form) for form in spoken_forms(name)), default=0)
