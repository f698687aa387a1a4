"""Queries over the council's own words: what everybody sees, and every version that was written."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, func
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from tracker.site.models import SiteText, SiteTextShown
from tracker.site.vocabulary import SiteWords
from tracker.storage.tables import NoSuchRecordError


@dataclass(frozen=True, slots=True)
class SiteVersion:
    """A version with when and by whom it was shown to everybody, the first time first."""

    text: SiteText
    shown: tuple[SiteTextShown, ...]


def find_shown(session: Session, part: SiteWords) -> SiteText | None:
    """The words that everybody sees now; None until the council has put its own in place."""
    return session.execute(_newest_shown(), {"part": part.value}).scalars().first()


@cache
def _newest_shown() -> Select[SiteText]:
    """Built once: every page asks for the council's name."""
    part: BindParameter[str] = bindparam("part")
    shown = select_rows(SiteText).join(SiteTextShown, col(SiteTextShown.text_id) == col(SiteText.id))
    return shown.where(col(SiteText.part) == part).order_by(col(SiteTextShown.id).desc()).limit(1)


def version_seen(session: Session, part: SiteWords) -> int:
    """The version of what everybody sees of a part: 1 until the council puts words of its own in place, one more each time."""
    query = select(func.count()).select_from(SiteTextShown).join(SiteText).where(SiteText.part == part.value)
    return session.exec(query).one() + 1


def get_site_text(session: Session, reference: str) -> SiteText:
    """The version with that reference. Raises `NoSuchRecordError`."""
    found = session.exec(select(SiteText).where(SiteText.reference == reference)).first()
    if found is None:
        raise NoSuchRecordError("there is no such version")
    return found


def list_versions(session: Session, part: SiteWords) -> tuple[SiteVersion, ...]:
    """Every version of a part, the newest first."""
    texts = session.exec(select(SiteText).where(SiteText.part == part.value).order_by(col(SiteText.id).desc())).all()
    shown = session.exec(select(SiteTextShown).order_by(col(SiteTextShown.id))).all()
    return tuple(SiteVersion(text, tuple(one for one in shown if one.text_id == text.id)) for text in texts)
