"""Tables of people. Nobody owns a person: teams are involved with them, from a day to a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlmodel import Field

from tracker.people.vocabulary import FamilyLinkKind, SealKind
from tracker.policy.vocabulary import Platform, Relation
from tracker.storage.columns import one_of, rule
from tracker.storage.references import new_reference
from tracker.storage.tables import Table, code, instant, key, reference, to, words

LONGEST_CASE_KEY = 180
"""Characters of a case reference of 60 in small letters: of one letter may come three."""


def _own_reference(kind: str) -> Any:
    """A reference that the row gives itself: pages name the row by it and never by its key."""
    return Field(default_factory=lambda: new_reference(kind), sa_type=String(13), unique=True, nullable=False)


class Person(Table, table=True):
    """A service user or family member. `name` may be empty where only a handle is known, which is then in `known_by`.

    `compared_at`: when the record was last compared with all others for the same person; None after every change of it.

    An unborn child's record (`unborn`, `expected_on`) becomes the child's: the same row gets the name and the day of birth.
    """

    __tablename__ = "person"
    __table_args__ = (
        rule("name_or_handle", "name IS NOT NULL OR known_by IS NOT NULL"),
        rule("age_with_its_day", "(approximate_age IS NULL) = (approximate_age_on IS NULL)"),
        rule("age_believable", "approximate_age IS NULL OR approximate_age BETWEEN 0 AND 120"),
        rule("one_age", "date_of_birth IS NULL OR approximate_age IS NULL"),
        rule("not_born_and_unborn", "NOT (unborn AND date_of_birth IS NOT NULL)"),
        rule("whom_to_ask", "NOT restricted OR ask_whom IS NOT NULL"),
        rule("sealed_is_restricted", "NOT sealed OR restricted"),
        Index(
            "ix_person_to_compare",
            "id",
            sqlite_where=text("compared_at IS NULL"),
            postgresql_where=text("compared_at IS NULL"),
        ),
    )

    id: int | None = key()
    reference: str = reference()
    name: str | None = Field(default=None, sa_type=String(120), nullable=True)
    known_by: str | None = Field(default=None, sa_type=String(120), nullable=True)
    date_of_birth: date | None = Field(default=None, index=True)
    approximate_age: int | None = None
    approximate_age_on: date | None = None
    unborn: bool = False
    expected_on: date | None = None
    restricted: bool = False
    sealed: bool = False
    ask_whom: str | None = Field(default=None, sa_type=String(120), nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    version: int = 1
    compared_at: datetime | None = instant(nullable=True)


class PersonName(Table, table=True):
    """Every name that a person has or had, the main one and the handle they are known by included, as typed and as search compares it.

    `until`: since when it is an earlier name, by which they are still found; None while it is one of theirs.
    `searchable`: a space before and after each word (`searchable_words` in naming.py).
    """

    __tablename__ = "person_name"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: int | None = key()
    person_id: int = to("person.id")
    name: str = Field(sa_type=String(120))
    searchable: str = words()
    recorded_at: datetime = instant()
    until: datetime | None = instant(nullable=True)


class PersonNameKey(Table, table=True):
    """How a name sounds: by these keys a name is found among very many, whatever its spelling, script or short form (sounds.py)."""

    __tablename__ = "person_name_key"

    sound: str = Field(sa_type=String(24), primary_key=True)
    name_id: int = Field(foreign_key="person_name.id", primary_key=True, index=True)


class PersonBirthEarlier(Table, table=True):
    """What a record said of when a person was, or will be, born, before it was changed. They are still found by it.

    `until`: since when the record says otherwise; None where it says this again.
    """

    __tablename__ = "person_birth_earlier"
    __table_args__ = (
        rule("something_known", "date_of_birth IS NOT NULL OR approximate_age IS NOT NULL OR unborn"),
        rule("age_with_its_day", "(approximate_age IS NULL) = (approximate_age_on IS NULL)"),
    )

    id: int | None = key()
    person_id: int = to("person.id")
    date_of_birth: date | None = Field(default=None, index=True)
    approximate_age: int | None = None
    approximate_age_on: date | None = None
    unborn: bool = False
    expected_on: date | None = None
    recorded_at: datetime = instant()
    until: datetime | None = instant(nullable=True)


class PersonReader(Table, table=True):
    """Who may read a restricted record all the same."""

    __tablename__ = "person_reader"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    staff_id: int = Field(foreign_key="staff_member.id", primary_key=True)
    recorded_at: datetime = instant()


class Involvement(Table, table=True):
    """A team's work with a person under a reference of the case system, opened and closed.

    A case that comes back under the same reference is a new row: only one of them is open at a time. System and reference are kept as
    they were typed; `case_key` is the reference as it is compared (`compact` in searching.py).
    """

    __tablename__ = "involvement"
    __table_args__ = (
        one_of("relation", Relation),
        rule("closed_after_opened", "closed_on IS NULL OR closed_on >= opened_on"),
        rule("reference_unless_no_case", "(relation = 'no_case') = (case_reference IS NULL)"),
        Index(None, "case_system", "case_reference"),
        Index(
            "uq_involvement_open",
            "team_id",
            "case_system",
            "case_reference",
            "person_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    id: int | None = key()
    reference: str = _own_reference("INV")
    person_id: int = to("person.id")
    team_id: int = to("team.id")
    relation: str = code()
    case_system: str | None = Field(default=None, sa_type=String(40), nullable=True)
    case_reference: str | None = Field(default=None, sa_type=String(60), nullable=True)
    case_key: str | None = Field(default=None, sa_type=String(LONGEST_CASE_KEY), nullable=True, index=True)
    opened_on: date
    closed_on: date | None = None
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    version: int = 1


class Profile(Table, table=True):
    """A profile of a person: `handle` is the normalised form by which two spellings of one address are one."""

    __tablename__ = "profile"
    __table_args__ = (
        one_of("platform", Platform),
        Index(None, "platform", "handle"),
        Index(
            "uq_profile_standing",
            "person_id",
            "platform",
            "handle",
            unique=True,
            sqlite_where=text("struck_at IS NULL"),
            postgresql_where=text("struck_at IS NULL"),
        ),
    )

    id: int | None = key()
    reference: str = _own_reference("PRF")
    person_id: int = to("person.id")
    platform: str = code()
    handle: str = Field(sa_type=String(200))
    address: str = Field(sa_type=String(300))
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    struck_at: datetime | None = instant(nullable=True)


class FamilyLink(Table, table=True):
    """How two people belong together: `person_id` is `kind` of `other_id`. One row a pair and kind at a time."""

    __tablename__ = "family_link"
    __table_args__ = (
        one_of("kind", FamilyLinkKind),
        rule("two_people", "person_id <> other_id"),
        rule("ended_by_somebody", "(ended_at IS NULL) = (ended_by IS NULL)"),
        rule("reason_of_an_end", "ended_why IS NULL OR ended_at IS NOT NULL"),
        Index(
            "uq_family_link_standing",
            "person_id",
            "other_id",
            "kind",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = key()
    reference: str = _own_reference("FAM")
    person_id: int = to("person.id")
    other_id: int = to("person.id")
    kind: str = code()
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    ended_at: datetime | None = instant(nullable=True)
    ended_by: int | None = to("staff_member.id", nullable=True)
    ended_why: str | None = words(nullable=True)


class SamePersonLink(Table, table=True):
    """Two records that are one person, from when it was made until it is undone; while it stands they count as one."""

    __tablename__ = "same_person_link"
    __table_args__ = (
        rule("lower_key_first", "person_id < other_id"),
        rule("undone_with_reason", "(undone_at IS NULL) = (undone_why IS NULL)"),
        rule("undone_by_somebody", "(undone_at IS NULL) = (undone_by IS NULL)"),
        Index(
            "uq_same_person_link_standing",
            "person_id",
            "other_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: int | None = key()
    reference: str = _own_reference("LNK")
    person_id: int = to("person.id")
    other_id: int = to("person.id")
    why: str = words()
    recorded_at: datetime = instant()
    made_by: int = to("staff_member.id")
    undone_at: datetime | None = instant(nullable=True)
    undone_by: int | None = to("staff_member.id", nullable=True)
    undone_why: str | None = words(nullable=True)


class AgreeingRecords(Table, table=True):
    """Two records that agree in what tells people apart (likeness.py), since when, and who recorded what made them agree (None: nobody
    who is on the staff). Kept for good: what was recorded before still finds them. While no manager has told them apart, what bars a
    look at the one bars it at the other (doubts.py).

    `in_full_at`: None while all that they have in common is a profile, of which somebody said that it is two people's.
    """

    __tablename__ = "agreeing_records"
    __table_args__ = (rule("lower_key_first", "person_id < other_id"), UniqueConstraint("person_id", "other_id"))

    id: int | None = key()
    person_id: int = to("person.id")
    other_id: int = to("person.id")
    recorded_at: datetime = instant()
    recorded_by: int | None = to("staff_member.id", nullable=True)
    in_full_at: datetime | None = instant(nullable=True)


class NotSamePerson(Table, table=True):
    """Somebody compared two records and said that they are not the same person, so that it is not suggested again.

    `agreed_at`: since when that is enough even for records that agree in what tells people apart, because a manager said it, first or
    after somebody else (doubts.py).
    """

    __tablename__ = "not_same_person"
    __table_args__ = (
        rule("lower_key_first", "person_id < other_id"),
        rule("agreed_by_somebody", "(agreed_at IS NULL) = (agreed_by IS NULL)"),
        UniqueConstraint("person_id", "other_id"),
    )

    id: int | None = key()
    person_id: int = to("person.id")
    other_id: int = to("person.id")
    why: str | None = Field(default=None, sa_type=String(300), nullable=True)
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    agreed_at: datetime | None = instant(nullable=True)
    agreed_by: int | None = to("staff_member.id", nullable=True)


class PersonSeal(Table, table=True):
    """That Legal sealed a record, why, and that they unsealed it. A record has one that stands while it is sealed."""

    __tablename__ = "person_seal"
    __table_args__ = (
        one_of("kind", SealKind),
        rule("unsealed_with_reason", "(unsealed_at IS NULL) = (unsealed_why IS NULL)"),
        rule("unsealed_by_somebody", "(unsealed_at IS NULL) = (unsealed_by IS NULL)"),
        rule("other_in_words", "kind <> 'other' OR kind_words IS NOT NULL"),
        Index(
            "uq_person_seal_standing",
            "person_id",
            unique=True,
            sqlite_where=text("unsealed_at IS NULL"),
            postgresql_where=text("unsealed_at IS NULL"),
        ),
    )

    id: int | None = key()
    person_id: int = to("person.id")
    kind: str = code()
    kind_words: str | None = Field(default=None, sa_type=String(120), nullable=True)
    why: str = words()
    sealed_at: datetime = instant()
    sealed_by: int = to("staff_member.id")
    unsealed_at: datetime | None = instant(nullable=True)
    unsealed_by: int | None = to("staff_member.id", nullable=True)
    unsealed_why: str | None = words(nullable=True)


class SealedCounterpart(Table, table=True):
    """That a sealed record is the same person as another, which only Legal knows. It is no link: nothing is shown or counted over
    it but to Legal, and to everybody else only "ask Legal". It outlives the seal until Legal ends it."""

    __tablename__ = "sealed_counterpart"
    __table_args__ = (
        rule("lower_key_first", "person_id < other_id"),
        rule("ended_with_reason", "(ended_at IS NULL) = (ended_why IS NULL)"),
        rule("ended_by_somebody", "(ended_at IS NULL) = (ended_by IS NULL)"),
        Index(
            "uq_sealed_counterpart_standing",
            "person_id",
            "other_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int | None = key()
    reference: str = _own_reference("CPT")
    person_id: int = to("person.id")
    other_id: int = to("person.id")
    why: str = words()
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")
    ended_at: datetime | None = instant(nullable=True)
    ended_by: int | None = to("staff_member.id", nullable=True)
    ended_why: str | None = words(nullable=True)


class CounterpartAnswer(Table, table=True):
    """Legal has weighed what is on both sides by an instant: by itself that no longer stops looks at either."""

    __tablename__ = "counterpart_answer"

    id: int | None = key()
    counterpart_id: int = to("sealed_counterpart.id")
    why: str = words()
    recorded_at: datetime = instant()
    recorded_by: int = to("staff_member.id")


class CountRestart(Table, table=True):
    """From when views count again: a new episode, which only Legal declares, with reasons; the latest row holds."""

    __tablename__ = "count_restart"

    id: int | None = key()
    person_id: int = to("person.id")
    counted_from: datetime = instant()
    why: str = words()
    set_by: int = to("staff_member.id")
    recorded_at: datetime = instant()


class DutyOpening(Table, table=True):
    """Why somebody on duty came to a person's record: said once for each person and shift, for their team (`team_id`) of that shift."""

    __tablename__ = "duty_opening"
    __table_args__ = (UniqueConstraint("shift_id", "staff_id", "person_id"),)

    id: int | None = key()
    person_id: int = to("person.id")
    staff_id: int = to("staff_member.id")
    team_id: int = to("team.id")
    shift_id: int = to("rota_shift.id")
    reason: str = words()
    at: datetime = instant(index=True)
