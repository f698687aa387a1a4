"""The self-check: are the triggers, the trail and the counts as they must be? What is not becomes a task for the SRO."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.audit import triggers
from tracker.audit.chain import BEGINNING, Place, verify
from tracker.audit.models import AuditHead, AuditVerified
from tracker.clockwork.jobs import Job
from tracker.health.counts import looks_missing, people_miscounted
from tracker.tasks.keeping import keep_tasks
from tracker.tasks.requests import SRO, Wanted
from tracker.tasks.vocabulary import TaskKind

KIND = TaskKind.SELF_CHECK_FAILED
TRIGGERS, TRAIL, LEDGER, COUNTS = "TRIGGERS", "TRAIL", "LEDGER", "COUNTS"
"""The parts, which stand where the record of any other task does."""

MOST_NAMED = 5
"""How many references a task names; the rest are said by number."""


@dataclass(frozen=True)
class Found:
    """What one self-check found: up to where everything holds (None: something does not), and what does not, by part.

    `parts`: of which parts it can say that they are well again; one that read only what is new cannot say that of what is old.
    """

    upto: Place | None
    faults: Mapping[str, str]
    parts: frozenset[str]


def look_at_what_is_new(session: Session, now: datetime) -> list[Found]:
    """Everything that was recorded since the last self-check."""
    row = session.get(AuditVerified, 1)
    return [look(session, Place(row.seq, row.hash) if row else BEGINNING, now=now, parts=frozenset({TRIGGERS}))]


def look_at_everything(session: Session, now: datetime) -> list[Found]:
    """The whole trail and every count. It reads for about a minute for a million entries, and holds no lock meanwhile."""
    return [look(session, BEGINNING, now=now, parts=frozenset({TRIGGERS, TRAIL, LEDGER, COUNTS}))]


def look(session: Session, after: Place, *, now: datetime, parts: frozenset[str]) -> Found:
    """Looks at the triggers, at the trail and the counts after a place; writes nothing."""
    trail = verify(session, after=after)
    head = session.get_one(AuditHead, 1)
    faults = _triggers(session)
    if not trail.holds:
        faults[TRAIL] = f"Entry {trail.bad_entry} of the trail: {trail.why}."
    missing = looks_missing(session, after=after.seq)
    if missing:
        faults[LEDGER] = f"Looks that the trail names and the ledger does not hold: {_named(missing)}."
    miscounted = people_miscounted(session, after=after.seq, now=now)
    if miscounted:
        faults[COUNTS] = f"People whose views are counted otherwise than the ledger has them: {_named(miscounted)}."
    return Found(None if faults else Place(head.seq, head.hash), faults, parts)


def keep_found(session: Session, found: Found, now: datetime) -> None:
    """Raises a task for each fault, ends those of faults that are no more, and moves the mark on where nothing was found."""
    wanted = [Wanted(f"{KIND.value}:{part}", part, what, SRO, due_at=now) for part, what in found.faults.items()]
    keep_tasks(session, KIND, wanted, records=found.parts | found.faults.keys(), now=now)
    if found.upto is not None:
        row = session.get(AuditVerified, 1) or AuditVerified(id=1, seq=0, hash="", at=now)
        row.seq, row.hash, row.at = found.upto.seq, found.upto.hash, now
        session.add(row)


def _triggers(session: Session) -> dict[str, str]:
    try:
        triggers.check(session.connection())
    except triggers.TrailUnprotectedError as error:
        return {TRIGGERS: f"{str(error).capitalize()}."}
    return {}


def _named(references: list[str]) -> str:
    more = len(references) - MOST_NAMED
    return ", ".join(references[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


SELF_CHECK = Job(
    "self-check", "Check the triggers, the newest part of the trail and its counts", look_at_what_is_new, keep_found
)
WHOLE_TRAIL = Job("whole-trail", "Check the whole trail and every count", look_at_everything, keep_found)
