"""Tables of authorities. A court's order and a justice's approval are different records and never satisfy each other's test."""

from datetime import date, datetime

from sqlalchemy import String
from sqlmodel import Field

from tracker.authorities.vocabulary import ApplicationKind, Article7a, JpDecision
from tracker.policy.vocabulary import Conclusion
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, listed, reference, to, words


class LegalAdvice(Table, table=True):
    """Advice on one person: the question, the facts it rests on, the conclusion, its scope and end. Privileged."""

    __tablename__ = "legal_advice"
    __table_args__ = (
        one_of("conclusion", Conclusion),
        rule("ends_only_if_favourable", "(conclusion = 'not_directed_surveillance') = (until_on IS NOT NULL)"),
        rule("at_least_one_view", "max_views >= 1"),
        rule("happened_before_recorded", "at <= recorded_at"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    person_id: int = to("person.id")
    conclusion: str = code()
    at: datetime = instant()
    until_on: date | None = Field(default=None, index=True)
    platforms: list[str] | None = listed()
    purposes: list[str] | None = listed()
    max_views: int = 1
    covers_confidential: bool = False
    question: str = words()
    facts_relied_on: str = words()
    wording: str = words()
    privileged: bool = True
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)


class Application(Table, table=True):
    """What Legal prepared for the authorising officer: waits until it is granted (`ripa_id` or `non_ripa_id`), refused, or
    withdrawn by Legal.

    One that was not granted is kept: it is part of the central record. `until_on` and `max_views` are asked for outside RIPA
    only.
    Source: Covert Surveillance Code, what an application must show.
    """

    __tablename__ = "authorisation_application"
    __table_args__ = (
        one_of("kind", ApplicationKind),
        one_of("article_7a", Article7a),
        rule(
            "ripa_whole",
            "kind <> 'ripa' OR (urn IS NOT NULL AND offence IS NOT NULL AND maximum_penalty IS NOT NULL"
            " AND article_7a IS NOT NULL)",
        ),
        rule("non_ripa_whole", "kind <> 'non_ripa' OR (until_on IS NOT NULL AND max_views >= 1)"),
        rule("refused_whole", "(refused_at IS NULL) = (refused_why IS NULL)"),
        rule("refused_by_somebody", "(refused_at IS NULL) = (refused_by IS NULL)"),
        rule("one_answer", "refused_at IS NULL OR (ripa_id IS NULL AND non_ripa_id IS NULL)"),
        rule("answered_as_asked", "(ripa_id IS NULL OR kind = 'ripa') AND (non_ripa_id IS NULL OR kind = 'non_ripa')"),
        rule("withdrawn_whole", "(withdrawn_at IS NULL) = (withdrawn_why IS NULL)"),
        rule("withdrawn_by_somebody", "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"),
        rule(
            "withdrawn_unanswered",
            "withdrawn_at IS NULL OR (refused_at IS NULL AND ripa_id IS NULL AND non_ripa_id IS NULL)",
        ),
    )

    id: int | None = key()
    reference: str = reference()
    kind: str = code()
    urn: str | None = Field(default=None, sa_type=String(40), unique=True)
    offence: str | None = Field(default=None, sa_type=String(200))
    maximum_penalty: str | None = Field(default=None, sa_type=String(200))
    article_7a: str | None = code(nullable=True)
    renewal_of_id: int | None = to("ripa_authorisation.id", nullable=True)
    platforms: list[str] | None = listed()
    accounts: list[str] | None = listed()
    sought: str = words()
    necessary: str = words()
    proportionate: str = words()
    collateral: str = words()
    confidential_likely: bool = False
    next_review_on: date | None = None
    until_on: date | None = None
    max_views: int | None = None
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    ripa_id: int | None = to("ripa_authorisation.id", nullable=True)
    non_ripa_id: int | None = to("non_ripa_authorisation.id", nullable=True)
    refused_at: datetime | None = instant(nullable=True)
    refused_by: int | None = to("staff_member.id", nullable=True)
    refused_grade: str | None = Field(default=None, sa_type=String(80))
    refused_why: str | None = words(nullable=True)
    withdrawn_at: datetime | None = instant(nullable=True)
    withdrawn_by: int | None = to("staff_member.id", nullable=True)
    withdrawn_why: str | None = words(nullable=True)


class ApplicationPerson(Table, table=True):
    """A person whom an application names."""

    __tablename__ = "application_person"

    application_id: int = Field(foreign_key="authorisation_application.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class RipaAuthorisation(Table, table=True):
    """A grant of directed surveillance under RIPA s.28. It has no effect until a justice approves it (s.32A).

    `platforms` and `accounts` None: not limited. A renewal is a record of its own (`renewal_of_id`) that takes effect on
    `takes_effect_on`.
    """

    __tablename__ = "ripa_authorisation"
    __table_args__ = (
        one_of("article_7a", Article7a),
        rule("happened_before_recorded", "granted_at <= recorded_at"),
        rule("cancelled_whole", "(cancelled_at IS NULL) = (cancelled_why IS NULL)"),
        rule("cancelled_by_somebody", "(cancelled_at IS NULL) = (cancelled_by IS NULL)"),
        rule("cancelled_when_recorded", "(cancelled_at IS NULL) = (cancelled_recorded_at IS NULL)"),
        rule("cancelled_before_recorded", "cancelled_at <= cancelled_recorded_at"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    urn: str = Field(sa_type=String(40), unique=True)
    offence: str = Field(sa_type=String(200))
    article_7a: str = code()
    granted_at: datetime = instant()
    granted_by: int = to("staff_member.id")
    grade: str = Field(sa_type=String(80))
    own_words: str = words()
    takes_effect_on: date | None = None
    renewal_of_id: int | None = to("ripa_authorisation.id", nullable=True)
    platforms: list[str] | None = listed()
    accounts: list[str] | None = listed()
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    cancelled_at: datetime | None = instant(nullable=True)
    cancelled_recorded_at: datetime | None = instant(nullable=True)
    cancelled_by: int | None = to("staff_member.id", nullable=True)
    cancelled_why: str | None = words(nullable=True)
    cancelled_obtained: str | None = words(nullable=True)
    cancelled_material: str | None = words(nullable=True)
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)


class RipaPerson(Table, table=True):
    """A person whom a RIPA authorisation names."""

    __tablename__ = "ripa_person"

    authorisation_id: int = Field(foreign_key="ripa_authorisation.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class JpHearing(Table, table=True):
    """The decision of a justice of the peace: court, name, when, what was decided, and where the copy of the order is kept."""

    __tablename__ = "jp_hearing"
    __table_args__ = (
        one_of("decision", JpDecision),
        rule("happened_before_recorded", "heard_at <= recorded_at"),
    )

    id: int | None = key()
    authorisation_id: int = to("ripa_authorisation.id")
    court: str = Field(sa_type=String(120))
    justice: str = Field(sa_type=String(120))
    heard_at: datetime = instant()
    decision: str = code()
    order_place: str | None = Field(default=None, sa_type=String(300), nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")


class NonRipaAuthorisation(Table, table=True):
    """An internal authorisation outside RIPA, only where the council has the route on. It gives no protection under s.27."""

    __tablename__ = "non_ripa_authorisation"
    __table_args__ = (
        rule("at_least_one_view", "max_views >= 1"),
        rule("happened_before_recorded", "granted_at <= recorded_at"),
        rule("cancelled_whole", "(cancelled_at IS NULL) = (cancelled_why IS NULL)"),
        rule("cancelled_by_somebody", "(cancelled_at IS NULL) = (cancelled_by IS NULL)"),
        rule("cancelled_when_recorded", "(cancelled_at IS NULL) = (cancelled_recorded_at IS NULL)"),
        rule("cancelled_before_recorded", "cancelled_at <= cancelled_recorded_at"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    granted_at: datetime = instant()
    granted_by: int = to("staff_member.id")
    grade: str = Field(sa_type=String(80))
    own_words: str = words()
    until_on: date
    platforms: list[str] | None = listed()
    max_views: int = 1
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    cancelled_at: datetime | None = instant(nullable=True)
    cancelled_recorded_at: datetime | None = instant(nullable=True)
    cancelled_by: int | None = to("staff_member.id", nullable=True)
    cancelled_why: str | None = words(nullable=True)
    cancelled_obtained: str | None = words(nullable=True)
    cancelled_material: str | None = words(nullable=True)
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)


class NonRipaPerson(Table, table=True):
    """A person whom a non-RIPA authorisation names."""

    __tablename__ = "non_ripa_person"

    authorisation_id: int = Field(foreign_key="non_ripa_authorisation.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class AuthorisationReview(Table, table=True):
    """A review of an authorisation; the first row is set at the grant. The latest says when the next one is due."""

    __tablename__ = "authorisation_review"
    __table_args__ = (
        rule("one_kind", "(ripa_id IS NULL) <> (non_ripa_id IS NULL)"),
        rule("happened_before_recorded", "at <= recorded_at"),
    )

    id: int | None = key()
    ripa_id: int | None = to("ripa_authorisation.id", nullable=True)
    non_ripa_id: int | None = to("non_ripa_authorisation.id", nullable=True)
    at: datetime = instant()
    value_so_far: str | None = words(nullable=True)
    result: str = words()
    next_review_on: date
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")


class CourtOrder(Table, table=True):
    """An order or direction of a court, in force from a day to a day. `reported_at` set and `seen_at` empty: not yet seen."""

    __tablename__ = "court_order"
    __table_args__ = (
        rule("ends_after_it_begins", "until_on IS NULL OR until_on >= from_on"),
        rule("reported_or_seen", "reported_at IS NOT NULL OR seen_at IS NOT NULL"),
        rule("reported_before_recorded", "reported_at <= recorded_at"),
        rule("seen_once_recorded", "seen_at >= recorded_at"),
        rule("seen_by_somebody", "(seen_at IS NULL) = (seen_by IS NULL)"),
        rule("struck_with_reason", "(struck_at IS NULL) = (struck_why IS NULL)"),
        rule("struck_by_somebody", "(struck_at IS NULL) = (struck_by IS NULL)"),
    )

    id: int | None = key()
    reference: str = reference()
    court: str = Field(sa_type=String(120))
    case_number: str = Field(sa_type=String(40))
    judge: str = Field(sa_type=String(120))
    made_on: date
    from_on: date
    until_on: date | None = None
    terms: str = words()
    terms_clear: bool
    allows_contact: bool = False
    platforms: list[str] | None = listed()
    purposes: list[str] | None = listed()
    reported_at: datetime | None = instant(nullable=True)
    seen_at: datetime | None = instant(nullable=True)
    seen_by: int | None = to("staff_member.id", nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    struck_at: datetime | None = instant(nullable=True)
    struck_by: int | None = to("staff_member.id", nullable=True)
    struck_why: str | None = words(nullable=True)


class CourtOrderPerson(Table, table=True):
    """A person whom a court's order names."""

    __tablename__ = "court_order_person"

    order_id: int = Field(foreign_key="court_order.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class CourtOrderCorrection(Table, table=True):
    """A reported order whose sealed copy says something else (`reported_id`, struck through), and what it says (`corrected_id`)."""

    __tablename__ = "court_order_correction"

    reported_id: int = Field(foreign_key="court_order.id", primary_key=True)
    corrected_id: int = Field(foreign_key="court_order.id", unique=True)
