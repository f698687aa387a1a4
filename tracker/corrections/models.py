"""The table of corrections: that a record is in error, who said so, and what was answered."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlmodel import Field

from tracker.corrections.vocabulary import Answered, CorrectionKind, CorrectionPlace
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, reference, to, words


class Correction(Table, table=True):
    """Somebody asks that a record be struck through; somebody else confirms or declines. At most one waits for each record.

    `record`: the reference of what is in error (of an objection: of its notice). `person_id`: whose record it is.
    """

    __tablename__ = "correction"
    __table_args__ = (
        one_of("kind", CorrectionKind),
        one_of("place", CorrectionPlace),
        one_of("answer", Answered),
        rule("answered_whole", "(answered_at IS NULL) = (answer IS NULL)"),
        rule("answered_by_somebody", "(answered_at IS NULL) = (answered_by IS NULL)"),
        rule("answered_by_another", "answered_by <> asked_by"),
        rule("only_a_look_at_another", "really_about_id IS NULL OR kind = 'check'"),
        Index(
            "uq_correction_waiting",
            "kind",
            "record",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: int | None = key()
    reference: str = reference()
    kind: str = code()
    record: str = Field(sa_type=String(13), index=True)
    person_id: int = to("person.id")
    really_about_id: int | None = to("person.id", nullable=True)
    place: str = code(index=True)
    why: str = words()
    asked_at: datetime = instant()
    asked_by: int = to("staff_member.id")
    answered_at: datetime | None = instant(nullable=True)
    answered_by: int | None = to("staff_member.id", nullable=True)
    answer: str | None = code(nullable=True)
    answer_words: str | None = words(nullable=True)
    version: int = 1
