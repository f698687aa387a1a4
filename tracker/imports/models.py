"""Tables of imports. What a row holds is kept until the row was carried out, at most 24 hours, and never anywhere else."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlmodel import Field

from tracker.imports.vocabulary import Fate, Kind, State
from tracker.storage.columns import one_of, rule
from tracker.storage.tables import Table, code, instant, key, listed, reference, to


class ImportFile(Table, table=True):
    """A file that somebody sent: how many rows it has, up to which row (`done_to`) it was carried out, and until when it is kept.

    Neither the file nor its name is kept. Once `erased_at` it has no rows any more.
    """

    __tablename__ = "import_file"
    __table_args__ = (
        one_of("kind", Kind),
        one_of("state", State),
        rule("begun_before_done", "done_at IS NULL OR begun_at IS NOT NULL"),
    )

    id: int | None = key()
    reference: str = reference()
    staff_id: int = to("staff_member.id")
    kind: str = code()
    state: str = code()
    rows: int
    done: int = 0
    done_to: int = 0
    recorded_at: datetime = instant()
    begun_at: datetime | None = instant(nullable=True)
    done_at: datetime | None = instant(nullable=True)
    ends_at: datetime = instant(index=True)
    erased_at: datetime | None = instant(nullable=True)


class ImportRow(Table, table=True):
    """One row, numbered as a spreadsheet does, and what was told of it. `cells` is empty once it was carried out."""

    __tablename__ = "import_row"
    __table_args__ = (one_of("fate", Fate),)

    import_id: int = Field(foreign_key="import_file.id", primary_key=True)
    number: int = Field(primary_key=True)
    cells: dict[str, Any] | None = listed()
    problem: str = Field(sa_type=String(300))
    fate: str = code()
    said: str = Field(sa_type=String(500))
    record: str | None = Field(default=None, sa_type=String(13), nullable=True)
