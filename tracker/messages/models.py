"""The outbox: mail that is owed. A message carries references, never a name."""

from datetime import datetime

from sqlalchemy import String
from sqlmodel import Field

from tracker.storage.tables import Table, instant, key, to, words


class Message(Table, table=True):
    """One mail to one member of staff."""

    __tablename__ = "message"

    id: int | None = key()
    to_staff_id: int = to("staff_member.id")
    subject: str = Field(sa_type=String(120))
    body: str = words()
    recorded_at: datetime = instant()
    sent_at: datetime | None = instant(nullable=True)
    failed_times: int = 0
