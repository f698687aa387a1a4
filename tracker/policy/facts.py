"""The facts of one moment: all that a rule may see, and how they are read from JSON and written back.

Instants are aware datetimes in UTC, dates are dates in London. A scope that is `None` is not limited. Lists of records
are tuples; lists whose order means nothing are frozensets. The reader is made from the types of these fields, so the
JSON has exactly these fields, all required.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tracker.policy.reading import MAY_BE_EMPTY, FactsError, Reader, Repeating, reader_for
from tracker.policy.vocabulary import (
    Account,
    Aim,
    Approval,
    CodeFactor,
    Competence,
    Conclusion,
    ConsentStatus,
    GivenBy,
    Method,
    NoticeKind,
    Platform,
    Purpose,
    Relation,
    Reviewed,
    ViewFooting,
    Visibility,
)

__all__ = [
    "Advice",
    "CheckFacts",
    "Consent",
    "CourtOrder",
    "FactsError",
    "Hold",
    "NonRipaAuthorisation",
    "Notice",
    "Request",
    "RipaAuthorisation",
    "View",
    "facts_as_json",
    "read_facts",
]


def until_exactly_where(is_needed: bool, word: str, until: date | None) -> None:
    if is_needed and until is None:
        raise FactsError(f"a date is needed where this is {word}", "until")
    if not is_needed and until is not None:
        raise FactsError(f"this must be null unless the record is {word}", "until")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `under_18` is None where the age is not known."""

    person: str
    relation: Relation
    under_18: bool | None
    may_lack_capacity: bool
    purpose: Purpose
    aim: Aim
    method: Method
    account: Account
    visibility: Visibility
    platforms: frozenset[Platform]
    profile_on_record: bool
    code_factors: frozenset[CodeFactor] = field(metadata=MAY_BE_EMPTY)
    immediate_risk: bool
    new_event: bool
    confidential_material_likely: bool
    illegal_content_suspected: bool


@dataclass(frozen=True, slots=True)
class View:
    """One look at this person by anyone in the authority, or one search for a profile (which is not a view)."""

    at: datetime
    platforms: frozenset[Platform]
    by: str
    team: str
    footing: ViewFooting
    reviewed: Reviewed | None


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody answered when asked. `until` is set where, and only where, consent was given."""

    status: ConsentStatus
    at: datetime
    until: date | None
    platforms: frozenset[Platform] | None
    purposes: frozenset[Purpose] | None
    given_by: GivenBy
    competence: Competence

    def __post_init__(self) -> None:
        until_exactly_where(self.status is ConsentStatus.GIVEN, "given", self.until)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the person was told, and whether they objected."""

    kind: NoticeKind
    at: datetime
    until: date
    platforms: frozenset[Platform] | None
    purposes: frozenset[Purpose] | None
    objected: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """What Legal advised. `until` is set where, and only where, it is favourable: a warning does not lapse by date."""

    conclusion: Conclusion
    at: datetime
    until: date | None
    platforms: frozenset[Platform] | None
    purposes: frozenset[Purpose] | None
    max_views: int
    covers_confidential: bool

    def __post_init__(self) -> None:
        favourable = Conclusion.NOT_DIRECTED_SURVEILLANCE
        until_exactly_where(self.conclusion is favourable, favourable, self.until)


@dataclass(frozen=True, slots=True)
class RipaAuthorisation:
    """A directed-surveillance authorisation: granted in the council, approved by a justice of the peace."""

    urn: str
    granted_at: datetime
    approved_at: datetime | None
    takes_effect_on: date | None
    cancelled_at: datetime | None
    next_review_on: date
    persons: frozenset[str]
    platforms: frozenset[Platform] | None
    accounts: frozenset[Account] | None


@dataclass(frozen=True, slots=True)
class NonRipaAuthorisation:
    """The council's own authorisation, after Legal's advice, of what RIPA cannot authorise."""

    reference: str
    granted_at: datetime
    until: date
    cancelled_at: datetime | None
    next_review_on: date
    persons: frozenset[str]
    platforms: frozenset[Platform] | None
    max_views: int


@dataclass(frozen=True, slots=True)
class CourtOrder:
    """A court's order or direction; `reported_at` is set until the sealed copy has been seen."""

    reference: str
    from_: date
    until: date | None
    persons: frozenset[str]
    platforms: frozenset[Platform] | None
    purposes: frozenset[Purpose] | None
    allows_contact: bool
    terms_clear: bool
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hold:
    """A detected pattern of viewing that stops further checks of this person until Legal releases it."""

    pattern: str
    at: datetime
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """Everything the rules see. `now` is the moment of the decision."""

    now: datetime
    request: Request
    views: tuple[View, ...]
    consents: tuple[Consent, ...]
    notices: tuple[Notice, ...]
    advice: tuple[Advice, ...]
    ripa_authorisations: tuple[RipaAuthorisation, ...]
    non_ripa_authorisations: tuple[NonRipaAuthorisation, ...]
    court_orders: tuple[CourtOrder, ...]
    holds: tuple[Hold, ...]
    counted_from: datetime | None
    manager_approval: Approval | None


READ_FACTS: Reader[CheckFacts] = reader_for(CheckFacts)


def read_facts(mapping: Mapping[str, Any] | Repeating) -> CheckFacts:
    """The facts in a JSON object. Raises FactsError, whose text is one line naming the field by its path."""
    return READ_FACTS(mapping)


def facts_as_json(facts: CheckFacts) -> dict[str, Any]:
    """The facts as plain JSON values; `read_facts` of it gives the same facts back."""
    written: dict[str, Any] = as_json(facts)
    return written


def as_json(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case frozenset():
            return sorted(as_json(item) for item in value)
        case tuple():
            return [as_json(item) for item in value]
        case None | bool() | int() | str():
            return value
        case _:
            return {part.name.rstrip("_"): as_json(getattr(value, part.name)) for part in fields(value)}
