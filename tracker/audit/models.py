"""Tables of the trail. Entries are only ever added; personal content sits beside them so that it can be erased lawfully."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Text
from sqlmodel import Field

from tracker.storage.tables import Table, code, instant, words


class AuditEntry(Table, table=True):
    """One event. `text` is the canonical JSON that was hashed; the other columns repeat parts of it for searching."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "event", "seq"), Index(None, "actor", "seq"), Index(None, "record", "seq"))

    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    at: datetime = instant(index=True)
    event: str = code()
    actor: str | None = Field(default=None, sa_type=String(13))
    record: str | None = Field(default=None, sa_type=String(13))
    text: str = words()
    hash: str = Field(sa_type=String(64), unique=True)


class AuditPerson(Table, table=True):
    """Which people an entry is about, by their references."""

    __tablename__ = "audit_person"
    __table_args__ = (Index(None, "person", "seq"),)

    seq: int = Field(foreign_key="audit_entry.seq", primary_key=True)
    person: str = Field(sa_type=String(13), primary_key=True)


class AuditContent(Table, table=True):
    """The personal content of an entry and its salt; the entry holds only `sha256(salt + text)`."""

    __tablename__ = "audit_content"

    seq: int = Field(foreign_key="audit_entry.seq", primary_key=True)
    salt: str = Field(sa_type=String(32))
    text: str = Field(sa_type=Text)


class AuditErasure(Table, table=True):
    """What lets an entry's content be deleted: by which rule, and when. It is not chained, so it proves nothing: a later entry says that
    the content was erased, by whom and why."""

    __tablename__ = "audit_erasure"

    seq: int = Field(foreign_key="audit_entry.seq", primary_key=True)
    rule: str = Field(sa_type=String(200))
    at: datetime = instant()


class AuditHead(Table, table=True):
    """The one row that says where the trail ends."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, sa_column=Column(Integer, primary_key=True, autoincrement=False))
    seq: int
    hash: str = Field(sa_type=String(64))


class AuditVerified(Table, table=True):
    """The one row that says up to which entry the trail held when the self-check last read it, and that entry's hash.

    It only spares the next self-check the entries before; verifying the whole trail does not rely on it.
    """

    __tablename__ = "audit_verified"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, sa_column=Column(Integer, primary_key=True, autoincrement=False))
    seq: int
    hash: str = Field(sa_type=String(64))
    at: datetime = instant()
