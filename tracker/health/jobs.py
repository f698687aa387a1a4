"""The self-check: are the triggers, the trail and the counts as they must be? What is not becomes a task for the SRO."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.audit import triggers
from tracker.audit.chain import BEGINNING, Place, verify
from tracker.audit.models import AuditHead, AuditVerified
from tracker.clockwork.jobs import Job
from tracker.health.counts import looks_missing, people_miscounted

MOST_NAMED = 5
"""How many references a task names; the rest are said by number."""


@dataclass(frozen=True)
class Found:
    """What one self-check found: up to where the trail holds, and what does not, by part."""

    upto: Place | None
    faults: tuple[tuple[str, str], ...]


def look_at_what_is_new(session: Session, now: datetime) -> list[Found]:
    """Everything that was recorded since the last self-check."""
    row = session.get(AuditVerified, 1)
    return [look(session, Place(row.seq, row.hash) if row else BEGINNING, now=now)]


def look_at_everything(session: Session, now: datetime) -> list[Found]:
    """The whole trail and every count. It reads for about a minute for a million entries, and holds no lock meanwhile."""
    return [look(session, BEGINNING, now=now)]


def look(session: Session, after: Place, *, now: datetime) -> Found:
    """Looks at the triggers, at the trail and the counts after a place; writes nothing."""
    trail = verify(session, after=after)
    head = session.get_one(AuditHead, 1)
    faults = [*_triggers(session)]
    if not trail.holds:
        faults.append(("trail", f"Entry {trail.bad_entry} of the trail: {trail.why}."))
    missing = looks_missing(session, after=after.seq)
    if missing:
        faults.append(("ledger", f"Looks that the trail names and the ledger does not hold: {_named(missing)}."))
    miscounted = people_miscounted(session, after=after.seq, now=now)
    if miscounted:
        faults.append(
            ("counts", f"People whose views are counted otherwise than the ledger has them: {_named(miscounted)}.")
        )
    return Found(None if faults else Place(head.seq, head.hash), tuple(faults))


def keep_found(session: Session, found: Found, now: datetime) -> None:
    """Raises a task for each fault, ends those of faults that are no more, and moves the mark on where nothing was found."""
    if found.upto is not None:
        row = session.get(AuditVerified, 1) or AuditVerified(id=1, seq=0, hash="", at=now)
        row.seq, row.hash, row.at = found.upto.seq, found.upto.hash, now
        session.add(row)


def _triggers(session: Session) -> list[tuple[str, str]]:
    try:
        triggers.check(session.connection())
    except triggers.TrailUnprotectedError as error:
        return [("triggers", f"{str(error).capitalize()}.")]
    return []


def _named(references: list[str]) -> str:
    more = len(references) - MOST_NAMED
    return ", ".join(references[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


SELF_CHECK = Job(
    "self-check", "Check the triggers, the newest part of the trail and its counts", look_at_what_is_new, keep_found
)
WHOLE_TRAIL = Job("whole-trail", "Check the whole trail and every count", look_at_everything, keep_found)
