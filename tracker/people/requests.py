"""What is asked of this room, frozen: forms build these, services read them. People, teams and staff are references.

All text has been stripped and limited by the form; empty text is None where the field is optional.
"""

from dataclasses import dataclass
from datetime import date

from tracker.people.vocabulary import FamilyLinkKind, SealKind
from tracker.policy.vocabulary import Platform, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of who somebody is: a name or a handle, and a date of birth, an approximate age (years) or neither."""

    name: str | None = None
    other_names: tuple[str, ...] = ()
    known_by: str | None = None
    date_of_birth: date | None = None
    approximate_age: int | None = None
    unborn: bool = False
    expected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWork:
    """A team's work with a person, under a reference of the case system unless there is no case."""

    team: str
    relation: Relation
    opened_on: date
    case_system: str | None = None
    case_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedProfile:
    """A profile as somebody typed it; `platform` None where the address says which it is."""

    address: str
    platform: Platform | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A record to be added. `somebody_else` are records that looked like this person and were said to be somebody else.

    `compared`: that was said after looking at them, and is remembered; in danger nobody has the time. `why_somebody_else`: how it is
    known, needed where they agree in what tells people apart.
    """

    details: Details
    involvement: TeamWork
    profile: TypedProfile | None = None
    somebody_else: tuple[str, ...] = ()
    compared: bool = False
    why_somebody_else: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPerson:
    """Details as they are from now; `version` is that of the record when the page was shown.

    `how_age_is_known`: needed where by these details somebody does not count as under 18 any more.
    """

    person: str
    version: int
    details: Details
    how_age_is_known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvolvement:
    """A team's work with a person who is on record."""

    person: str
    work: TeamWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedInvolvement:
    """An involvement (its own reference) that ended on a day."""

    person: str
    involvement: str
    version: int
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedInvolvement:
    """An involvement (its own reference) that another team (by reference) has from today."""

    person: str
    involvement: str
    version: int
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProfile:
    """A profile of a person who is on record."""

    person: str
    profile: TypedProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFamilyLink:
    """`other` is `kind` of `person`: "Rae is the parent of Kit" on Kit's page."""

    person: str
    other: str
    kind: FamilyLinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedFamilyLink:
    """A family or household link (its own reference) that no longer holds, and how that is known."""

    person: str
    link: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRecords:
    """Two records that are one person, and how that is known."""

    person: str
    other: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsToldApart:
    """Two records that look like one person and are not, and how that is known, where somebody said."""

    person: str
    other: str
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkedRecords:
    """A same-person link (its own reference) that was wrong, and how that is known."""

    person: str
    link: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedPerson:
    """A record that only `readers` (references of staff) may read; others are told whom to ask, and not why."""

    person: str
    version: int
    ask_whom: str
    readers: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedRestriction:
    """A record that anybody who works with people may open again, and why."""

    person: str
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToSeal:
    """A record that a manager asks Legal to seal: which kind of reason, and why, in words for Legal."""

    person: str
    kind: SealKind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPerson:
    """A record that Legal seals, or seals anew with other readers: why, and who may read it (references of staff)."""

    person: str
    version: int
    kind: SealKind
    kind_words: str | None = None
    why: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsealedPerson:
    """A record that Legal unseals, and why. It stays restricted to its readers."""

    person: str
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCounterpart:
    """Two records (references), one of them sealed, that Legal alone knows to be one person, and how that is known."""

    person: str
    other: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCounterpart:
    """A counterpart (its reference) that is ended, or whose two sides Legal has weighed, and why."""

    counterpart: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartedCount:
    """From the beginning of `from_on` in London views of this person count anew: a new episode, with reasons."""

    person: str
    from_on: date
    why: str
