"""The sweep: whoever may be in a pattern by all that has happened since the last one, or ever, looked at family by family.

What happened is followed by the trail's own numbering, which is given under a lock and in the order of the commits, so that nothing
is missed that was recorded while an earlier sweep read. A full sweep gives the same as all the nightly ones together.

All families are read together, a table at a time, in the session that lists them; only those about whom there is something new are then
looked at each in a transaction of its own, under its locks. Nothing is missed by that: what was recorded after that reading was detected
where it was recorded, and is what the next sweep begins with. Source: ADR 0162.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, update
from sqlmodel import Session, col, select

from tracker.audit.models import AuditHead, AuditPerson
from tracker.detection.candidates import find_candidates
from tracker.detection.changes import Changes, list_changes
from tracker.detection.finding import Ahead, look_ahead
from tracker.detection.models import PatternFinding, SweepMark
from tracker.detection.services import act_on, detect
from tracker.people.models import Person
from tracker.people.networks import take_network_locks
from tracker.rulebook.selectors import limits_in_force
from tracker.storage.tables import Table

NIGHTLY = "nightly"

_MARKS = Table.metadata.tables[str(SweepMark.__tablename__)]
_UNTIL = bindparam("until", type_=_MARKS.c.swept_seq.type)
_MARK = (
    update(_MARKS)
    .where(_MARKS.c.name == bindparam("sweep"))
    .values(swept_seq=case((_MARKS.c.swept_seq > _UNTIL, _MARKS.c.swept_seq), else_=_UNTIL))
    .returning(_MARKS.c.name)
)
"""Never goes back, however two sweeps overlap."""


@dataclass(frozen=True, slots=True)
class ToSweep:
    """People of one family, or one member of staff, to be looked at together; keys. The last of a sweep has neither.

    `swept`: the entry of the trail up to which whoever listed these had read. `ahead`: what was found about them then; None where they
    have to be looked at anew.
    """

    people: tuple[int, ...]
    staff: tuple[int, ...]
    swept: int
    ahead: Ahead | None = None


def list_touched(session: Session, now: datetime) -> list[ToSweep]:
    """Whoever may be in a pattern by what has happened since the last sweep of which nothing failed; the first time, everybody."""
    mark = session.get(SweepMark, NIGHTLY)
    until = _end_of_trail(session)
    changes = None if mark is None else list_changes(session, mark.swept_seq, until)
    return _listed(session, changes, until, now=now)


def list_everybody(session: Session, now: datetime) -> list[ToSweep]:
    """Whoever may be in a pattern, whatever was swept before."""
    return _listed(session, None, _end_of_trail(session), now=now)


def sweep(session: Session, item: ToSweep, now: datetime) -> list[PatternFinding]:
    """Looks at one family or member of staff, under the locks of everyone in it and of everybody who was named with it. A second time
    changes nothing."""
    if not (item.people or item.staff):
        return []
    take_network_locks(session, item.people if item.ahead is None else item.ahead.named.union(item.people))
    if item.ahead is not None and not _has_happened(session, item.ahead.around, item.swept):
        return act_on(session, item.ahead, now=now)
    return detect(session, item.people, now=now, staff=item.staff)


def mark_swept(session: Session, items: Sequence[ToSweep], now: datetime) -> None:
    """Keeps up to which entry of the trail all is swept; never goes back."""
    until = max(item.swept for item in items)
    if session.execute(_MARK, {"sweep": NIGHTLY, "until": until}).first() is None:
        session.add(SweepMark(name=NIGHTLY, swept_seq=until))
        session.flush()


def _listed(session: Session, changes: Changes | None, until: int, *, now: datetime) -> list[ToSweep]:
    limits = limits_in_force(session, at=now).limits
    found = find_candidates(session, limits, changes=changes)
    families = [
        ToSweep(family, (), until, ahead) for family, ahead in look_ahead(session, found.families, limits, now=now)
    ]
    return [*families, *(ToSweep((), (worker,), until) for worker in sorted(found.staff)), ToSweep((), (), until)]


def _has_happened(session: Session, people: Collection[int], since: int) -> bool:
    """Whether the trail names one of these people (keys) after an entry."""
    named = (
        select(AuditPerson.seq)
        .join(Person, col(Person.reference) == col(AuditPerson.person))
        .where(col(Person.id).in_(people), col(AuditPerson.seq) > since)
    )
    return session.exec(named.limit(1)).first() is not None


def _end_of_trail(session: Session) -> int:
    return session.exec(select(AuditHead.seq)).one()
