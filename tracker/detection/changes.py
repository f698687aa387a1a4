"""What has happened since a sweep, as the trail has it: to people, and to looks.

By an entry about a check nothing has changed but that check and its look (`OF_ONE_CHECK` in audit/changes.py). A pattern that it can
have made has that look in it, so it is enough to look around those looks. By any other entry those whom it names may have come to be in
a pattern of looks that are years old (records linked, a family recorded, a consent that came late), so everything about them is read.
New limits may make a pattern of any looks. Source: ADR 0165.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from tracker.audit.events import Event
from tracker.detection import statements
from tracker.detection.rows import rows


class ChangedLook(NamedTuple):
    """A look as it is now, once a person: keys, when it was (as the database gave it), and what it can be a part of.

    `counts_as`: 'search', or 'view' where nobody agreed to it, was told of it or ordered it; else it is in no pattern of many looks.
    """

    person: int
    look: int
    check: int
    viewer: int
    at: datetime | str
    footing: str
    counts_as: str | None
    handed_back: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """`people`: keys of those about whom something else may have changed than a look. `looks`: the others that may have."""

    people: frozenset[int] = frozenset()
    looks: Sequence[ChangedLook] = ()


def list_changes(session: Session, since: int, until: int) -> Changes | None:
    """What the entries of the trail tell, after one and up to another; None where it may have changed anything about anybody."""
    others = rows(session, statements.OTHER_ENTRIES, None, since=since, until=until)
    if any(event == Event.LIMITS_SIGNED for _, event in others):
        return None
    people = rows(session, statements.NAMED, {seq for seq, _ in others}, column="a.seq")
    looks = rows(session, statements.CHANGED_LOOKS, None, since=since, until=until)
    return Changes(frozenset(row[0] for row in people), tuple(map(ChangedLook._make, looks)))
