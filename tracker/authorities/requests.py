"""What this room is asked to record: advice, grants, hearings, reviews, cancellations and orders. Frozen; the shape is checked when made.

`persons` and other records are references; `platforms`, `purposes` and `accounts` None: not limited.
"""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.authorities.vocabulary import Article7a, JpDecision
from tracker.people.problems import ProblemError
from tracker.policy.periods import london_day
from tracker.policy.vocabulary import Account, Conclusion, Platform, Purpose


@dataclass(frozen=True, slots=True)
class NewAdvice:
    """Legal's advice on one person. `until_on` None: for favourable advice the council's default; a warning has no end."""

    person: str
    conclusion: Conclusion
    at: datetime
    question: str
    facts_relied_on: str
    wording: str
    until_on: date | None = None
    platforms: frozenset[Platform] | None = None
    purposes: frozenset[Purpose] | None = None
    max_views: int = 1
    covers_confidential: bool = False

    def __post_init__(self) -> None:
        needed(self, "question", "facts_relied_on", "wording")
        _not_limited_to_nothing(platforms=self.platforms, purposes=self.purposes)
        _at_least_one(self.max_views)
        if self.conclusion is not Conclusion.NOT_DIRECTED_SURVEILLANCE and self.until_on is not None:
            raise ProblemError("until_on", "Only advice that it is not directed surveillance has an end")
        _ends_after(self.until_on, london_day(self.at))


@dataclass(frozen=True, slots=True)
class NewApplication:
    """An application for directed surveillance, prepared by Legal. `article_7a` None is refused: there is nothing to apply for.

    `renewal_of` is the reference of the authorisation that it would renew.
    """

    urn: str
    persons: frozenset[str]
    offence: str
    maximum_penalty: str
    article_7a: Article7a | None
    sought: str
    necessary: str
    proportionate: str
    collateral: str
    confidential_likely: bool = False
    next_review_on: date | None = None
    renewal_of: str | None = None
    platforms: frozenset[Platform] | None = None
    accounts: frozenset[Account] | None = None

    def __post_init__(self) -> None:
        needed(self, "urn", "offence", "maximum_penalty", "sought", "necessary", "proportionate", "collateral")
        short_enough(self, urn=40, offence=200, maximum_penalty=200)
        _names_somebody(self.persons)
        _not_limited_to_nothing(platforms=self.platforms, accounts=self.accounts)
        if self.article_7a is None:
            raise ProblemError("article_7a", "Article 7A is not met, so there is nothing to apply for")


@dataclass(frozen=True, slots=True)
class NewNonRipaApplication:
    """An application for an authorisation outside RIPA, prepared by Legal; only where the council has the route on."""

    persons: frozenset[str]
    sought: str
    necessary: str
    proportionate: str
    collateral: str
    until_on: date
    max_views: int = 1
    confidential_likely: bool = False
    next_review_on: date | None = None
    platforms: frozenset[Platform] | None = None

    def __post_init__(self) -> None:
        needed(self, "sought", "necessary", "proportionate", "collateral")
        _names_somebody(self.persons)
        _not_limited_to_nothing(platforms=self.platforms)
        _at_least_one(self.max_views)


@dataclass(frozen=True, slots=True)
class NewRipaGrant:
    """A grant of directed surveillance (RIPA s.28). `article_7a` None is refused: without a limb a council cannot grant.

    `renewal_of` is the reference of the authorisation that this one renews.
    """

    urn: str
    persons: frozenset[str]
    offence: str
    article_7a: Article7a | None
    granted_at: datetime
    grade: str
    own_words: str
    next_review_on: date | None = None
    renewal_of: str | None = None
    platforms: frozenset[Platform] | None = None
    accounts: frozenset[Account] | None = None

    def __post_init__(self) -> None:
        needed(self, "urn", "offence", "grade", "own_words")
        short_enough(self, urn=40, offence=200, grade=80)
        _names_somebody(self.persons)
        _not_limited_to_nothing(platforms=self.platforms, accounts=self.accounts)
        if self.article_7a is None:
            raise ProblemError(
                "article_7a", "Say which limb of article 7A the offence meets; without one it cannot be granted"
            )


@dataclass(frozen=True, slots=True)
class NewJpHearing:
    """What a justice of the peace decided on an authorisation, in which court and when, and where the copy of the order is kept."""

    authorisation: str
    court: str
    justice: str
    heard_at: datetime
    decision: JpDecision
    order_place: str = ""

    def __post_init__(self) -> None:
        needed(self, "court", "justice")
        short_enough(self, court=120, justice=120, order_place=300)


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review of an authorisation, RIPA or not: why it is still needed, and its value so far.

    `next_review_on` None: after the council's default.
    """

    authorisation: str
    at: datetime
    result: str
    next_review_on: date | None = None
    value_so_far: str = ""

    def __post_init__(self) -> None:
        needed(self, "result")


@dataclass(frozen=True, slots=True)
class NewCancellation:
    """The end of an authorisation before its time (RIPA s.45): why, what was obtained, and what happens to that material."""

    authorisation: str
    at: datetime
    why: str
    obtained: str = ""
    material: str = ""

    def __post_init__(self) -> None:
        needed(self, "why")


@dataclass(frozen=True, slots=True)
class NewNonRipaGrant:
    """An internal authorisation outside RIPA, for what RIPA cannot authorise; only where the council has the route on."""

    persons: frozenset[str]
    granted_at: datetime
    grade: str
    own_words: str
    until_on: date
    next_review_on: date | None = None
    platforms: frozenset[Platform] | None = None
    max_views: int = 1

    def __post_init__(self) -> None:
        needed(self, "grade", "own_words")
        short_enough(self, grade=80)
        _names_somebody(self.persons)
        _not_limited_to_nothing(platforms=self.platforms)
        _at_least_one(self.max_views)
        _ends_after(self.until_on, london_day(self.granted_at))


@dataclass(frozen=True, slots=True)
class NewCourtOrder:
    """A court's order or direction: by which court, in which case, in what terms, naming whom, from when and until when.

    `terms` are as the court wrote them; `allows_contact` only where they say so. `until_on` None: until further order.
    """

    persons: frozenset[str]
    court: str
    case_number: str
    judge: str
    made_on: date
    from_on: date
    terms: str
    terms_clear: bool
    allows_contact: bool = False
    until_on: date | None = None
    platforms: frozenset[Platform] | None = None
    purposes: frozenset[Purpose] | None = None

    def __post_init__(self) -> None:
        needed(self, "court", "case_number", "judge", "terms")
        short_enough(self, court=120, case_number=40, judge=120)
        _names_somebody(self.persons)
        _not_limited_to_nothing(platforms=self.platforms, purposes=self.purposes)
        if self.from_on < self.made_on:
            raise ProblemError("from_on", "An order cannot be in force before the day it was made")
        _ends_after(self.until_on, self.from_on)


def needed(new: object, *names: str) -> None:
    """Raises `ProblemError` for the first of these texts that is empty."""
    for name in names:
        if not getattr(new, name).strip():
            raise ProblemError(name, "This cannot be empty")


def short_enough(new: object, **longest: int) -> None:
    """Raises `ProblemError` for the first of these texts that is longer than its most."""
    for name, most in longest.items():
        if len(getattr(new, name)) > most:
            raise ProblemError(name, f"This must be {most} characters or fewer")


def _names_somebody(persons: frozenset[str]) -> None:
    if not persons:
        raise ProblemError("persons", "Name at least one person")


def _not_limited_to_nothing(**scopes: frozenset[str] | None) -> None:
    for name, scope in scopes.items():
        if scope is not None and not scope:
            raise ProblemError(name, "Choose at least one, or say that it is not limited")


def _at_least_one(max_views: int) -> None:
    if max_views < 1:
        raise ProblemError("max_views", "The number of views must be 1 or more")


def _ends_after(until_on: date | None, begins_on: date) -> None:
    if until_on is not None and until_on < begins_on:
        raise ProblemError("until_on", "The end must not be before the day it begins")
