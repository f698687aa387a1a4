"""Imports looked up: each is for whoever sent the file alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from tracker.imports.models import ImportFile, ImportRow
from tracker.imports.requests import FileRow, Told
from tracker.imports.vocabulary import IN_ORDER, Fate, Kind, State
from tracker.policy.entitlement import Actor
from tracker.storage.tables import NoSuchRecordError, saved_key

IMPORT = "IMP"
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows have each fate."""

    by_fate: dict[Fate, int]

    @property
    def left_out(self) -> int:
        """Rows that need somebody."""
        return self.by_fate[Fate.WRONG] + self.by_fate[Fate.ALIKE]


def get_import(session: Session, reference: str, *, by: Actor, lock: bool = False) -> ImportFile:
    """An import of the actor's own; raises `NoSuchRecordError` for anybody else's."""
    query = select(ImportFile).where(ImportFile.reference == reference, ImportFile.staff_id == by.staff_id)
    found = session.exec(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise NoSuchRecordError
    return found


def list_imports(session: Session, *, by: Actor) -> list[ImportFile]:
    """The actor's own, the newest first."""
    query = select(ImportFile).where(ImportFile.staff_id == by.staff_id).order_by(col(ImportFile.id).desc())
    return list(session.exec(query.limit(MOST_LISTED)))


def find_standing(session: Session, kind: Kind, *, by: Actor) -> list[ImportFile]:
    """Imports of that kind of the actor's that were tried or are being carried out."""
    mine = (ImportFile.staff_id == by.staff_id, ImportFile.kind == kind.value)
    standing = col(ImportFile.state).in_([State.TRIED.value, State.RUNNING.value])
    return list(session.exec(select(ImportFile).where(*mine, standing).order_by(col(ImportFile.id)).with_for_update()))


def count_fates(session: Session, found: ImportFile) -> Counted:
    """How many rows have each fate, as far as the rows are kept."""
    query = select(ImportRow.fate, func.count()).where(ImportRow.import_id == found.id).group_by(ImportRow.fate)
    counted = dict(session.exec(query).all())
    return Counted({fate: counted.get(fate.value, 0) for fate in Fate})


def list_rows(session: Session, found: ImportFile, *, offset: int, most: int) -> list[ImportRow]:
    """Some of the rows: those that need somebody first, then by number."""
    rank = case({fate.value: place for place, fate in enumerate(IN_ORDER)}, value=col(ImportRow.fate))
    query = select(ImportRow).where(ImportRow.import_id == found.id).order_by(rank, col(ImportRow.number))
    return list(session.exec(query.offset(offset).limit(most)))


def rows_left(session: Session, found: ImportFile, *, most: int) -> Sequence[FileRow]:
    """The next rows that were not carried out yet, by number."""
    further = (ImportRow.import_id == saved_key(found), col(ImportRow.number) > found.done_to)
    query = select(ImportRow).where(*further).order_by(col(ImportRow.number)).limit(most)
    return [FileRow(row.number, row.cells or {}, row.problem) for row in session.exec(query)]


def told_so_far(session: Session, found: ImportFile) -> list[Told]:
    """What was told of each row, as far as the rows are kept."""
    query = select(ImportRow.fate, ImportRow.said, ImportRow.record).where(ImportRow.import_id == found.id)
    return [Told(Fate(fate), said, record) for fate, said, record in session.exec(query)]


def running_imports(session: Session) -> list[ImportFile]:
    """Those that were begun and are not done, the oldest first."""
    return list(
        session.exec(select(ImportFile).where(ImportFile.state == State.RUNNING.value).order_by(col(ImportFile.id)))
    )


def imports_run_out(session: Session, now: datetime) -> list[int]:
    """Keys of imports whose rows have been kept long enough."""
    over = (ImportFile.ends_at <= now, col(ImportFile.erased_at).is_(None))
    return [
        key for key in session.exec(select(ImportFile.id).where(*over).order_by(col(ImportFile.id))) if key is not None
    ]
