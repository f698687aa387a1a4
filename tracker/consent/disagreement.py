"""Whether those who may consent for a child disagree, platform by platform and purpose by purpose.

Source: policy.md, "Two who may consent for a child and disagree"; Children Act 1989 s.2(7): each may act alone, so the law gives
neither word more weight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from tracker.policy.periods import london_day
from tracker.policy.vocabulary import ConsentStatus, Platform, Purpose

Place = tuple[Platform, Purpose]
EVERY_PLATFORM = frozenset(Platform)
EVERY_PURPOSE = frozenset(Purpose)


@dataclass(frozen=True, slots=True)
class Said:
    """What one person with parental responsibility said, when, until when (None: no end) and for what (None: not limited).

    `recorded_at` is when it was recorded. What the service recorded itself, as a refusal that stands until Legal settles
    it, is said by `UNSETTLED`.
    """

    giver: str
    status: ConsentStatus
    at: datetime
    recorded_at: datetime
    until_on: date | None
    platforms: frozenset[Platform] | None
    purposes: frozenset[Purpose] | None


UNSETTLED = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """When Legal settled a disagreement, and for what (None: not limited)."""

    at: datetime
    platforms: frozenset[Platform] | None
    purposes: frozenset[Purpose] | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where those who may consent disagree, since when, and when the latest of the consents was given (`yes_at`).

    The scope is None where it is not limited.
    """

    at: datetime
    yes_at: datetime
    platforms: frozenset[Platform] | None
    purposes: frozenset[Purpose] | None


def same_name(name: str) -> str:
    """A giver's name as it is compared: case and spaces do not matter."""
    return " ".join(name.casefold().split())


def find_disagreement(words: Iterable[Said], settled: Iterable[Settled], *, about: Said) -> Disagreement | None:
    """Where, of all that `about` is about, the latest word of one giver is a consent in date and that of another is a no.

    None where nowhere. A no that was recorded by the time Legal settled a disagreement about the same platform and purpose is
    settled with it; what stands unsettled never is.
    """
    latest, settlements = _latest_words(words), tuple(settled)
    found: dict[Place, list[tuple[Said, Said]]] = {}
    for place in _places(about):
        pairs = _opposed(latest.get(place, {}).values(), _settled_at(place, settlements))
        if pairs:
            found[place] = pairs
    if not found:
        return None
    pairs = [pair for opposed in found.values() for pair in opposed]
    platforms = frozenset(platform for platform, _ in found)
    purposes = frozenset(purpose for _, purpose in found)
    return Disagreement(
        at=max(max(yes.at, no.at) for yes, no in pairs),
        yes_at=max(yes.at for yes, _ in pairs),
        platforms=None if platforms == EVERY_PLATFORM else platforms,
        purposes=None if purposes == EVERY_PURPOSE else purposes,
    )


def _latest_words(words: Iterable[Said]) -> dict[Place, dict[str, Said]]:
    """For each platform and purpose, each giver's latest word; of two at the same instant the no."""
    latest: dict[Place, dict[str, Said]] = {}
    for said in sorted(words, key=lambda one: (one.at, one.status is not ConsentStatus.GIVEN)):
        for place in _places(said):
            latest.setdefault(place, {})[said.giver] = said
    return latest


def _opposed(words: Iterable[Said], settled_at: datetime | None) -> list[tuple[Said, Said]]:
    """Each consent with each unsettled no that met it while it was in date."""
    said = list(words)
    yeses = [one for one in said if one.status is ConsentStatus.GIVEN]
    noes = [one for one in said if one.status is not ConsentStatus.GIVEN]
    unsettled = [no for no in noes if no.giver == UNSETTLED or settled_at is None or no.recorded_at > settled_at]
    return [(yes, no) for yes, no in product(yeses, unsettled) if _in_date_when(yes, no.at)]


def _places(scope: Said | Settled) -> Iterable[Place]:
    return product(scope.platforms or EVERY_PLATFORM, scope.purposes or EVERY_PURPOSE)


def _settled_at(place: Place, settled: Iterable[Settled]) -> datetime | None:
    """When Legal last settled a disagreement about this platform and purpose, or None."""
    platform, purpose = place
    return max(
        (
            one.at
            for one in settled
            if platform in (one.platforms or EVERY_PLATFORM) and purpose in (one.purposes or EVERY_PURPOSE)
        ),
        default=None,
    )


def _in_date_when(yes: Said, at: datetime) -> bool:
    return yes.until_on is None or london_day(at) <= yes.until_on
