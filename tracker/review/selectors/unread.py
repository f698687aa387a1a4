"""Restricted records that at most one manager who works here may read: once that one has left, Legal says who does."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.people.models import Person
from tracker.people.readers import list_restricted, who_may_restrict
from tracker.policy.periods import london_day
from tracker.staff.selectors import get_staff_by_id, load_staff


@dataclass(frozen=True, slots=True)
class HardlyRead:
    """One such record, and the only manager who may read it by name; "" where none is left."""

    person: Person
    manager: str


def list_hardly_read(session: Session, *, now: datetime) -> list[HardlyRead]:
    """Those that nobody reads who manages first, then by reference. Of records that are one person each that is restricted."""
    managing = who_may_restrict(session, now=now)
    few = [(one, one.readers & managing) for one in list_restricted(session, on=london_day(now))]
    few = [(one, left) for one, left in few if len(left) <= 1]
    load_staff(session, (key for _, left in few for key in left))
    found = [
        HardlyRead(person, "".join(get_staff_by_id(session, key).name for key in left))
        for one, left in few
        for person in one.records
    ]
    return sorted(found, key=lambda one: (one.manager != "", one.person.reference))
