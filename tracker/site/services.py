"""The council's name and pages: written as a version that nobody else sees, then put in place. Rows are only added."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.policy.entitlement import Actor
from tracker.site.models import SiteText, SiteTextShown
from tracker.site.requests import NewSiteText, SiteTextError
from tracker.site.selectors import find_shown, get_site_text, version_seen
from tracker.site.vocabulary import SiteWords
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.references import new_reference
from tracker.storage.tables import StaleVersionError, saved_key


def write_site_text(session: Session, new: NewSiteText, *, by: Actor, now: datetime) -> SiteText:
    """Keeps a new version of the council's name or of a page, to be read before anybody else sees it.

    Raises `NotAllowedError`, or `StaleVersionError` where other words came into place since it was begun.
    """
    require(by, Permission.WRITE_SITE)
    take_locks(session, LockKind.RULEBOOK, [1])
    _require_seen(session, new.part, new.seen)
    made = SiteText(
        reference=new_reference("TXT"),
        part=new.part.value,
        text=new.text.strip(),
        why=new.why.strip(),
        written_by=by.staff_id,
        writer_name=by.name,
        recorded_at=now,
    )
    session.add(made)
    session.flush()
    content = {"text": made.text, "why": made.why}
    facts = {"part": made.part}
    record(session, Event.SITE_TEXT_WRITTEN, at=now, by=by, about=made.reference, facts=facts, content=content)
    return made


def show_site_text(session: Session, reference: str, *, version: int, by: Actor, now: datetime) -> SiteText:
    """Shows a version to everybody from now; an earlier one too.

    `version`: of what everybody saw (`version_seen`) when it was read. Raises `NotAllowedError`, `NoSuchRecordError`, `SiteTextError`
    where everybody sees it already, or `StaleVersionError` where they see others since.
    """
    require(by, Permission.WRITE_SITE, about=reference)
    take_locks(session, LockKind.RULEBOOK, [1])
    text = get_site_text(session, reference)
    seen = find_shown(session, SiteWords(text.part))
    if seen is not None and seen.id == text.id:
        raise SiteTextError("Everybody sees these words already.")
    _require_seen(session, SiteWords(text.part), version)
    session.add(SiteTextShown(text_id=saved_key(text), shown_by=by.staff_id, shower_name=by.name, recorded_at=now))
    session.flush()
    facts = {"part": text.part, "instead_of": seen.reference if seen else None}
    record(session, Event.SITE_TEXT_SHOWN, at=now, by=by, about=reference, facts=facts)
    return text


def _require_seen(session: Session, part: SiteWords, seen: int) -> None:
    """After the lock: raises `StaleVersionError` where somebody put other words in place."""
    if version_seen(session, part) != seen:
        raise StaleVersionError(part.value)
