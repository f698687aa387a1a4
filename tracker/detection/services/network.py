"""The door of a person's network: it shows more people than the one whose page it is, so each of them has it in their trail."""

from datetime import datetime

from sqlmodel import Session

from tracker.access.permissions import Permission
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.detection.network import Network, everyone_shown, network_shown
from tracker.people.selectors import get_person
from tracker.people.services import require_person
from tracker.policy.entitlement import Actor, may_open_person


def open_network(session: Session, reference: str, *, by: Actor, now: datetime) -> Network:
    """Records that somebody opened the network of a person, about everybody whom it shows, and gives it.

    For a transaction of its own. Raises `NoSuchRecordError`, `RestrictedRecordError` or `NotAllowedError`: then nothing is shown.
    """
    person = get_person(session, reference)
    require_person(session, person, Permission.OPEN_PERSON, by=by, now=now, allowed=may_open_person)
    network = network_shown(session, person, to=by, now=now)
    record(session, Event.NETWORK_OPENED, at=now, by=by, people=everyone_shown(network), about=person.reference)
    return network
