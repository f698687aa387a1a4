"""Verifying the trail: every entry, its content, its people and the head, from the first to the last."""

import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from tracker.audit.events import Event
from tracker.audit.models import AuditContent, AuditEntry, AuditErasure, AuditHead, AuditPerson

FIRST_HASH = "0" * 64
ERASED = "entry"
"""The fact of an erasure that names the place of the entry whose content is gone."""
_PARTS = frozenset(
    {"seq", "at", "event", "actor", "people", "record", "facts", "content_digest", "request", "previous"}
)
"""What every entry says."""

_PIECE = 5_000
_ONLY_MARKED = "its content is marked as erased, and no later entry says so"


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
    erased = _said_to_be_erased(session)
    if marked := _marked(session, 1, count) - erased:
        return Verification(min(marked) - 1, min(marked), _ONLY_MARKED)
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
            why = _fault(entry, previous, beside) or _fault_of_content(entry, beside, erased)
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
    """What stands beside some entries: their people, their content, and which of it is marked as erased."""

    people: dict[int, list[str]]
    content: dict[int, tuple[str, str]]
    marked: set[int]

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
        return cls(people, content, _marked(session, first, last))


def _marked(session: Session, first: int, last: int) -> set[int]:
    """Entries from `first` to `last` whose content may be deleted. Whoever may delete it can mark it too: it says nothing by itself."""
    return set(session.exec(select(AuditErasure.seq).where(col(AuditErasure.seq).between(first, last))))


def _said_to_be_erased(session: Session) -> frozenset[int]:
    """The places of all entries of which a later one says that their content was erased. Each of those stands in the chain, which is
    read to its end: one that does not hold is found there."""
    rows = session.execute(_EVERYTHING.where(col(AuditEntry.event) == Event.CONTENT_ERASED.value))
    return frozenset(seq for row in rows if (seq := _named_by(_Written(*row))) is not None)


def _named_by(erasure: _Written) -> int | None:
    said = _read(erasure)
    if said is None or said["event"] != Event.CONTENT_ERASED.value:
        return None
    seq = said["facts"].get(ERASED)
    return seq if isinstance(seq, int) and seq < erasure.seq else None


def _read(entry: _Written) -> dict[str, Any] | None:
    """What the text of an entry says; None for one that is not what was hashed, or that no entry has."""
    if sha256(entry.text.encode()).hexdigest() != entry.hash:
        return None
    with suppress(ValueError):
        said = json.loads(entry.text)
        if isinstance(said, dict) and said.keys() == _PARTS and isinstance(said["facts"], dict):
            return said
    return None


def _fault(entry: _Written, previous: str, beside: _Beside) -> str | None:
    said = _read(entry)
    if said is None:
        return "its text was altered"
    if said["previous"] != previous:
        return "it does not follow from the entry before"
    if _columns(entry, beside.people.get(entry.seq, [])) != _repeated(said):
        return "a column differs from its text"
    content = beside.content.get(entry.seq)
    if content is not None and sha256("".join(content).encode()).hexdigest() != said["content_digest"]:
        return "its content was altered"
    return None


def _fault_of_content(entry: _Written, beside: _Beside, erased: frozenset[int]) -> str | None:
    """Content is gone where a later entry says so, and nowhere else."""
    if entry.seq in erased:
        return (
            "its content is there, and a later entry says that it was erased" if entry.seq in beside.content else None
        )
    if entry.seq in beside.marked:
        return _ONLY_MARKED
    return None if entry.seq in beside.content else "its content is missing, and no later entry says that it was erased"


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
