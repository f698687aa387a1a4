"""Verifying the trail: every entry, its content, its people and the head, from the first to the last."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.audit.models import AuditContent, AuditEntry, AuditErasure, AuditHead, AuditPerson

FIRST_HASH = "0" * 64
_PIECE = 5_000


@dataclass(frozen=True)
class Verification:
    """What verifying found: how many entries hold, and the first that does not, with why."""

    entries: int
    bad_entry: int | None = None
    why: str | None = None

    @property
    def holds(self) -> bool:
        """Whether the whole trail holds."""
        return self.bad_entry is None


class _Written(NamedTuple):
    """The columns of an entry. Rows and not objects: a million of these are read in one go."""

    seq: int
    at: datetime
    event: str
    actor: str | None
    record: str | None
    text: str
    hash: str


_EVERYTHING = sa_select(*(getattr(AuditEntry, name) for name in _Written._fields))


class Place(NamedTuple):
    """A place in the trail: an entry that held when it was read, and its hash."""

    seq: int
    hash: str


BEGINNING = Place(0, FIRST_HASH)


def verify(session: Session, *, after: Place = BEGINNING) -> Verification:
    """Reads the trail in order, a piece at a time, and stops at the first entry that is not as it was written.

    `after`: where an earlier reading ended; the entries before are taken as read, but for that one itself. Everything by default.
    """
    count, previous = after
    if count and session.scalar(select(AuditEntry.hash).where(AuditEntry.seq == count)) != previous:
        return Verification(count - 1, count, "it is no longer the entry that was read before")
    while True:
        further = col(AuditEntry.seq) > count
        rows = session.execute(_EVERYTHING.where(further).order_by(col(AuditEntry.seq)).limit(_PIECE))
        entries = [_Written(*row) for row in rows]
        if not entries:
            break
        beside = _Beside.read(session, entries[0].seq, entries[-1].seq)
        for entry in entries:
            if entry.seq != count + 1:
                return Verification(count, count + 1, "the entry is missing")
            why = _fault(entry, previous, beside)
            if why:
                return Verification(count, entry.seq, why)
            previous, count = entry.hash, entry.seq
    head = session.get(AuditHead, 1)
    if head is None or (head.seq, head.hash) != (count, previous):
        return Verification(
            count, count + 1, "the trail does not end where its head says: entries were cut off or put on"
        )
    return Verification(count)


@dataclass(frozen=True)
class _Beside:
    """What stands beside some entries: their people, their content, and which of it was erased."""

    people: dict[int, list[str]]
    content: dict[int, tuple[str, str]]
    erased: set[int]

    @classmethod
    def read(cls, session: Session, first: int, last: int) -> "_Beside":
        """Of the entries from `first` to `last`."""
        people: dict[int, list[str]] = defaultdict(list)
        of_people = select(AuditPerson.seq, AuditPerson.person).where(col(AuditPerson.seq).between(first, last))
        for seq, person in session.exec(of_people.order_by(col(AuditPerson.seq), col(AuditPerson.person))):
            people[seq].append(person)
        of_content = select(AuditContent.seq, AuditContent.salt, AuditContent.text)
        rows = session.exec(of_content.where(col(AuditContent.seq).between(first, last)))
        content = {seq: (salt, words) for seq, salt, words in rows}
        erased = select(AuditErasure.seq).where(col(AuditErasure.seq).between(first, last))
        return cls(people, content, set(session.exec(erased)))


def _fault(entry: _Written, previous: str, beside: _Beside) -> str | None:
    content = beside.content.get(entry.seq)
    if sha256(entry.text.encode()).hexdigest() != entry.hash:
        return "its text was altered"
    said = json.loads(entry.text)
    if said["previous"] != previous:
        return "it does not follow from the entry before"
    if _columns(entry, beside.people.get(entry.seq, [])) != _repeated(said):
        return "a column differs from its text"
    if content is None:
        return None if entry.seq in beside.erased else "its content is missing and no erasure is recorded"
    if sha256("".join(content).encode()).hexdigest() != said["content_digest"]:
        return "its content was altered"
    return None


def _columns(entry: _Written, people: list[str]) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "event": entry.event,
        "actor": entry.actor,
        "record": entry.record,
        "people": people,
    }


def _repeated(said: dict[str, Any]) -> dict[str, Any]:
    repeated = {name: said[name] for name in ("seq", "at", "event", "record", "people")}
    return repeated | {"actor": said["actor"]["reference"] if said["actor"] else None}
