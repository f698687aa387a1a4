"""The sweep: whoever may be in a pattern by all that has happened since the last one, or ever, looked at family by family.

What happened is followed by the trail's own numbering, which is given under a lock and in the order of the commits, so that nothing
is missed that was recorded while an earlier sweep read. A full sweep gives the same as all the nightly ones together.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, select

from tracker.audit.models import AuditHead
from tracker.detection.candidates import find_candidates
from tracker.detection.models import PatternFinding, SweepMark
from tracker.detection.services import detect
from tracker.detection.statements import TOUCHED_SINCE
from tracker.people.networks import lock_networks
from tracker.rulebook.selectors import limits_in_force

NIGHTLY = "nightly"


@dataclass(frozen=True, slots=True)
class ToSweep:
    """People of one family, or one member of staff, to be looked at together; keys. The last of a sweep has neither.

    `swept`: the entry of the trail up to which whoever listed these had read.
    """

    people: tuple[int, ...]
    staff: tuple[int, ...]
    swept: int


def list_touched(session: Session, now: datetime) -> list[ToSweep]:
    """Whoever may be in a pattern by what has happened since the last sweep of which nothing failed; the first time, everybody."""
    mark = session.get(SweepMark, NIGHTLY)
    until = _end_of_trail(session)
    touched = None if mark is None else _touched(session, mark.swept_seq, until)
    return _listed(session, touched, until, now=now)


def list_everybody(session: Session, now: datetime) -> list[ToSweep]:
    """Whoever may be in a pattern, whatever was swept before."""
    return _listed(session, None, _end_of_trail(session), now=now)


def sweep(session: Session, item: ToSweep, now: datetime) -> list[PatternFinding]:
    """Looks at one family or member of staff, under the locks of everyone in it. A second time changes nothing."""
    if not (item.people or item.staff):
        return []
    lock_networks(session, item.people)
    return detect(session, item.people, now=now, staff=item.staff)


def mark_swept(session: Session, items: Sequence[ToSweep], now: datetime) -> None:
    """Keeps up to which entry of the trail all is swept; never goes back."""
    until = max(item.swept for item in items)
    mark = session.get(SweepMark, NIGHTLY, with_for_update=True) or SweepMark(name=NIGHTLY, swept_seq=0)
    mark.swept_seq = max(mark.swept_seq, until)
    session.add(mark)
    session.flush()


def _listed(session: Session, touched: Collection[int] | None, until: int, *, now: datetime) -> list[ToSweep]:
    found = find_candidates(session, limits_in_force(session, at=now).limits, touched=touched)
    families = [ToSweep(family, (), until) for family in found.families]
    return [*families, *(ToSweep((), (worker,), until) for worker in sorted(found.staff)), ToSweep((), (), until)]


def _touched(session: Session, since: int, until: int) -> set[int]:
    """Everyone whom an entry of the trail names, after one and up to another."""
    return {row[0] for row in session.execute(text(TOUCHED_SINCE), {"seq": since, "until": until})}


def _end_of_trail(session: Session) -> int:
    return session.exec(select(AuditHead.seq)).one()
