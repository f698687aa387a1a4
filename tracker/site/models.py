"""Tables of the council's own words; rows are only ever added. Names stand as they were when the row was made."""

from datetime import datetime

from sqlalchemy import String
from sqlmodel import Field

from tracker.site.vocabulary import SiteWords
from tracker.storage.columns import one_of
from tracker.storage.tables import Table, code, instant, key, reference, to, words


class SiteText(Table, table=True):
    """One version of the council's name or of a page, as an administrator wrote it; seen by nobody else until it is shown."""

    __tablename__ = "site_text"
    __table_args__ = (one_of("part", SiteWords),)

    id: int | None = key()
    reference: str = reference()
    part: str = code(index=True)
    text: str = words()
    why: str = words()
    written_by: int = to("staff_member.id")
    writer_name: str = Field(sa_type=String(120))
    recorded_at: datetime = instant()


class SiteTextShown(Table, table=True):
    """From when a version is shown to everybody; the latest of its part is what they see. One can be shown again."""

    __tablename__ = "site_text_shown"

    id: int | None = key()
    text_id: int = to("site_text.id")
    shown_by: int = to("staff_member.id")
    shower_name: str = Field(sa_type=String(120))
    recorded_at: datetime = instant()
