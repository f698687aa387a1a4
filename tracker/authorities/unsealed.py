"""The court's orders that were reported and whose sealed copy nobody has seen, with how long each can still be used."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.authorities.selectors import list_named
from tracker.authorities.selectors.waiting import list_orders_not_seen, usable_until
from tracker.staff.selectors import get_staff_by_id
from tracker.web.blocks import Status
from tracker.web.dates import end_in_words, near_in_words


@dataclass(frozen=True, slots=True)
class Unsealed:
    """One of them: whom it names, who reported it, and until when it can be used."""

    reference: str
    names: str
    court: str
    reported_by: str
    status: Status
    until: datetime | None


def unsealed_orders(session: Session, *, hours: int, now: datetime) -> list[Unsealed]:
    """All of them, the oldest first; `hours` is how long one that was only reported can be used."""
    found = []
    for order in list_orders_not_seen(session):
        until = usable_until(order, hours=hours)
        people = [person.name or person.known_by or person.reference for person in list_named(session, order)]
        found.append(
            Unsealed(
                reference=order.reference,
                names=", ".join(people),
                court=order.court,
                reported_by=get_staff_by_id(session, order.recorded_by).name,
                status=_status(until, now),
                until=until,
            )
        )
    return found


def _status(until: datetime | None, now: datetime) -> Status:
    if until is None or until <= now:
        over = f" since {end_in_words(until)}" if until else ""
        return Status("Cannot be used", f"The sealed copy was not seen in time: it carries no look{over}.", "red")
    hours = int((until - now) / timedelta(hours=1))
    left = "less than an hour left" if hours < 1 else f"{hours} hour{'' if hours == 1 else 's'} left"
    sentence = f"It can be used until {near_in_words(until, now)} ({left}), with a manager's approval."
    return Status("Sealed copy to follow", sentence, "yellow")
