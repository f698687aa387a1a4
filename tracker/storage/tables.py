"""The one base of every table: names of constraints that migrations can rely on, and shorthands for columns."""

from typing import Any

from sqlalchemy import MetaData, String, Text
from sqlmodel import Field, Session, SQLModel

from tracker.storage.columns import JsonText, UtcInstant

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of all tables. Table classes do not validate: forms and request objects do, and the constraints repeat it."""

    metadata = MetaData(naming_convention=NAMING)


def key() -> Any:
    """The integer key that is used inside; people see references."""
    return Field(default=None, primary_key=True)


def to(target: str, *, nullable: bool = False, index: bool = True) -> Any:
    """A foreign key to `target` (`table.column`); nothing ever cascades."""
    if nullable:
        return Field(default=None, foreign_key=target, nullable=True, index=index)
    return Field(foreign_key=target, nullable=False, index=index)


def reference() -> Any:
    """The readable reference of a record, made by `new_reference`."""
    return Field(sa_type=String(13), unique=True, nullable=False)


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """An instant in UTC."""
    default: dict[str, Any] = {"default": None} if nullable else {}
    return Field(sa_type=UtcInstant, nullable=nullable, index=index, **default)


def words(*, nullable: bool = False) -> Any:
    """Text in a person's own words."""
    default: dict[str, Any] = {"default": None} if nullable else {}
    return Field(sa_type=Text, nullable=nullable, **default)


def code(*, nullable: bool = False, index: bool = False, length: int = 40) -> Any:
    """A short value out of a vocabulary; the table adds `one_of` for it."""
    default: dict[str, Any] = {"default": None} if nullable else {}
    return Field(sa_type=String(length), nullable=nullable, index=index, **default)


def listed(*, nullable: bool = True) -> Any:
    """A list kept as canonical JSON text; None means not limited where the policy has a scope."""
    default: dict[str, Any] = {"default": None} if nullable else {}
    return Field(sa_type=JsonText, nullable=nullable, **default)


class StaleVersionError(Exception):
    """Somebody else changed the record since the page was shown; nothing was overwritten."""

    def __init__(self, record: str) -> None:
        super().__init__(f"{record} was changed by someone else")
        self.record = record


class NoSuchRecordError(Exception):
    """There is no such record, or none that this member of staff may know of: the page is not found."""


def next_version(session: Session, record: Any, seen: int) -> None:
    """Moves `record` to its next version, or raises `StaleVersionError` where `seen` is not the version it has."""
    session.refresh(record, with_for_update=True)
    if record.version != seen:
        raise StaleVersionError(getattr(record, "reference", type(record).__name__))
    record.version += 1


def saved_key(row: Any) -> int:
    """The key of a row that is in the database. Raises `ValueError` for one that is not there yet."""
    if row.id is None:
        raise ValueError(f"this {type(row).__name__} has not been saved")
    return int(row.id)
