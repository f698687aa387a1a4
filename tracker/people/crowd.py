"""Very many people held in memory, among whom those who may be one person with somebody are found without looking at all of them.

What is found is what `resembling.find_resembling` finds on record and `Likeness.suggests_one_person`: the same people, sooner. Pure.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from heapq import merge
from itertools import groupby

from rapidfuzz import fuzz

from tracker.people.births import BirthLikeness, near_days
from tracker.people.likeness import Known, NameLikeness, compare, compare_all_births, compare_names
from tracker.people.naming import exact_forms, plain
from tracker.people.sounds import keys_of_name, keys_of_word, spoken_forms

SHARING_LITTLE = 65.0
"""How alike (of 100) two names are spelled at least that share the sound of one word only, or only the date of birth."""

SHARING_ENOUGH = 40.0
"""How alike they are at least where they share more: Peggy Lee and Margaret Lee are 52."""

WORDS_SHARED = 2
"""How many sounds are more than one word's."""

Word = frozenset[str]
"""The sounds of one word."""

Keys = dict[int, None]
"""Keys in the order in which they were put there, which is from the lowest up."""


@lru_cache(maxsize=1_000)
def whole_forms(known: Known) -> tuple[tuple[str, tuple[Word, ...]], ...]:
    """Each of the names with the sounds of each word, in each form of it.

    A whole name that is the same in words or in sound shares a sound of every word in one of these. Names of one word are left out:
    by such a name alone nobody is one person with another.
    """
    found: dict[tuple[str, tuple[Word, ...]], None] = {}
    for name in known.names:
        spoken = spoken_forms(name)
        if max(map(len, spoken), default=0) > 1:
            sounds = (tuple(filter(None, map(keys_of_word, form))) for form in sorted(spoken | exact_forms(name)))
            found.update(dict.fromkeys((name, words) for words in sounds if words))
    return tuple(found)


def days_of_birth(known: Known) -> frozenset[date]:
    """Every date of birth that they have or had."""
    return frozenset(birth.day for birth in known.births if birth.day is not None)


def near_births(known: Known) -> frozenset[date]:
    """The days on which somebody was born whose date of birth is near one of theirs, but for those of 1 January."""
    return frozenset(near for day in days_of_birth(known) for near in near_days(day))


class Crowd:
    """People by a key of the caller's; each is put among them with a higher key than those before."""

    def __init__(self, people: Mapping[int, Known] | None = None) -> None:
        self._people: dict[int, Known] = {}
        self._by_sound: dict[str, Keys] = defaultdict(dict)
        self._by_day: dict[date, Keys] = defaultdict(dict)
        self._by_year: dict[int, Keys] = defaultdict(dict)
        self._by_mark: dict[Hashable, Keys] = defaultdict(dict)
        for key, known in (people or {}).items():
            self.add(key, known)

    def add(self, key: int, known: Known) -> None:
        """Puts somebody among them."""
        self._people[key] = known
        for name in known.names:
            for sound in keys_of_name(name):
                self._by_sound[sound][key] = None
        for day in days_of_birth(known):
            self._by_day[day][key] = None
            self._by_year[day.year][key] = None
        for mark in (*known.cases, *known.profiles):
            self._by_mark[mark][key] = None

    def one_with(self, known: Known) -> Iterator[int]:
        """Keys of those who may be one person with somebody, the lowest first. Whoever wants only the first is spared the rest, however
        many have that name."""
        sounds = frozenset(sound for name in known.names for sound in keys_of_name(name))
        near = near_births(known)
        likely = merge(*self._named_like(known), *self._born(known, near), *self._marked(known))
        for key, _ in groupby(likely):
            other = self._people[key]
            marked = bool(known.cases & other.cases or known.profiles & other.profiles)
            if not marked and compare_all_births(known, other) is BirthLikeness.APART:
                continue
            found = marked or _is_found(known, other, sounds, is_near=not near.isdisjoint(days_of_birth(other)))
            if found and compare(known, other).suggests_one_person:
                yield key

    def _named_like(self, known: Known) -> Iterator[Iterator[int]]:
        for _, words in whole_forms(known):
            fewest, *others = sorted(map(self._sounding, words), key=lambda those: sum(map(len, those)))
            for those in fewest:
                yield _in_each(those, others)

    def _sounding(self, word: Word) -> list[Keys]:
        return [self._by_sound[sound] for sound in word if sound in self._by_sound]

    def _born(self, known: Known, near: frozenset[date]) -> Iterator[Keys]:
        yield from (self._by_day[day] for day in near if day in self._by_day)
        for day in days_of_birth(known):
            yield self._by_year.get(day.year, {}) if is_first_day(day) else self._by_day.get(first_day(day), {})

    def _marked(self, known: Known) -> Iterator[Keys]:
        yield from (self._by_mark.get(mark, {}) for mark in (*known.cases, *known.profiles))


def _in_each(keys: Keys, words: Sequence[Sequence[Keys]]) -> Iterator[int]:
    """Those of the keys that also stand under a sound of each of the other words."""
    return (key for key in keys if all(any(key in those for those in word) for word in words))


def first_day(day: date) -> date:
    """1 January of its year, which is what is recorded where only the year is known."""
    return date(day.year, 1, 1)


def is_first_day(day: date) -> bool:
    """Whether it is 1 January."""
    return day == first_day(day)


def is_rather_alike(names: Sequence[str], other: str, *, least: float) -> bool:
    """Whether one of the names is spelled at least that alike, told quickly."""
    spelled = plain(other)
    return any(fuzz.token_sort_ratio(plain(name), spelled) >= least for name in names)


def is_whole_name_alike(one: str, other: str) -> bool:
    """Whether two names are the same, a form of the same or sound the same, in all their words."""
    alike = compare_names(one, other)
    return alike is not None and alike <= NameLikeness.SOUND


def _is_found(known: Known, other: Known, sounds: frozenset[str], *, is_near: bool) -> bool:
    """Whether one of the other's names shares so much with these (their `sounds`, or a birth that is near) that it is compared, and
    is alike."""
    for name in other.names:
        if not is_rather_alike(known.names, name, least=SHARING_ENOUGH):
            continue
        shared = len(sounds & keys_of_name(name))
        enough = shared >= WORDS_SHARED or (
            (shared or is_near) and is_rather_alike(known.names, name, least=SHARING_LITTLE)
        )
        if enough and any(compare_names(typed, name) is not None for typed in known.names):
            return True
    return False
