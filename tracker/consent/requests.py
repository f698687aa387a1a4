"""What this room is asked to record: what was said, what was told, and objections. Frozen; the shape is checked when made."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.consent.vocabulary import HowGiven
from tracker.people.problems import ProblemError
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Competence, ConsentStatus, GivenBy, NoticeKind, Platform, Purpose

LONGEST_NAME = 120
LONGEST_LANGUAGE = 60


@dataclass(frozen=True, slots=True)
class NewConsent:
    """One thing that was said about a look, by whom, in what words and for what.

    `person` is a reference, `team` that of the team that records it. `platforms` and `purposes` None: not limited. `until_on`
    None: for a consent given, the council's default; a refusal or withdrawal has no end. Where somebody spoke for the person,
    `giver` is the reference of their record, as family or household of the person, or else `giver_name` their name as typed.
    `competence_words` say how it was judged: competence (Gillick) under 16, capacity from 16.
    """

    person: str
    team: str
    status: ConsentStatus
    at: datetime
    given_by: GivenBy
    giver_name: str
    competence: Competence
    competence_words: str
    wording: str
    language: str
    how_given: HowGiven
    how_received: str
    right_to_refuse_explained: bool
    witness: str | None = None
    until_on: date | None = None
    platforms: frozenset[Platform] | None = None
    purposes: frozenset[Purpose] | None = None
    giver: str | None = None

    def __post_init__(self) -> None:
        _needed(self, "competence_words", "wording", "language", "how_received")
        _short_enough(self, giver_name=LONGEST_NAME, witness=LONGEST_NAME, language=LONGEST_LANGUAGE)
        _not_limited_to_nothing(self.platforms, self.purposes)
        if self.given_by is not GivenBy.SELF and not self.giver and not self.giver_name.strip():
            raise ProblemError("giver_name", "Enter the name of the person who said this")
        if self.status is not ConsentStatus.GIVEN and self.until_on is not None:
            raise ProblemError("until_on", "A refusal or withdrawal has no end; leave the date empty")
        _ends_after(self.until_on, self.at)


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What the person was told: specifically of looks at their social media, or generally. `until_on` None: the council's default."""

    person: str
    team: str
    kind: NoticeKind
    at: datetime
    wording: str
    language: str
    how_given: HowGiven
    how_received: str
    until_on: date | None = None
    platforms: frozenset[Platform] | None = None
    purposes: frozenset[Purpose] | None = None

    def __post_init__(self) -> None:
        _needed(self, "wording", "language", "how_received")
        _short_enough(self, language=LONGEST_LANGUAGE)
        _not_limited_to_nothing(self.platforms, self.purposes)
        _ends_after(self.until_on, self.at)


@dataclass(frozen=True, slots=True)
class NewObjection:
    """An objection to what a notice (its reference) announced, in the person's words, with the reply if there is one."""

    notice: str
    at: datetime
    wording: str
    reply: str | None = None

    def __post_init__(self) -> None:
        _needed(self, "wording")


def _needed(new: object, *names: str) -> None:
    for name in names:
        if not getattr(new, name).strip():
            raise ProblemError(name, "This cannot be empty")


def _short_enough(new: object, **longest: int) -> None:
    for name, most in longest.items():
        if len(getattr(new, name) or "") > most:
            raise ProblemError(name, f"This must be {most} characters or fewer")


def _not_limited_to_nothing(platforms: frozenset[Platform] | None, purposes: frozenset[Purpose] | None) -> None:
    if platforms is not None and not platforms:
        raise ProblemError("platforms", "Choose at least one platform, or say that it is not limited")
    if purposes is not None and not purposes:
        raise ProblemError("purposes", "Choose at least one purpose, or say that it is not limited")


def _ends_after(until_on: date | None, at: datetime) -> None:
    if until_on is not None and until_on < london_day(at):
        raise ProblemError("until_on", "The end must not be before the day it begins")
