"""Tables of drafts. What a draft holds is opaque here; only its owner ever sees it."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlmodel import Field

from tracker.storage.tables import Table, code, instant, key, listed, reference, to


class Draft(Table, table=True):
    """A form being filled in: `content` maps each page to its raw posted values."""

    __tablename__ = "draft"

    id: int | None = key()
    reference: str = reference()
    staff_id: int = to("staff_member.id")
    form: str = code()
    about: str | None = Field(default=None, sa_type=String(13), nullable=True)
    content: dict[str, Any] = listed(nullable=False)
    saved_at: datetime = instant()
    ends_at: datetime = instant(index=True)
    version: int = 1
