"""Verifying the trail: every entry, its content, its people and the head, from the first to the last."""

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from tracker.audit.models import AuditContent, AuditEntry, AuditErasure, AuditHead, AuditPerson
from tracker.audit.services import FIRST_HASH


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


def verify(session: Session) -> Verification:
    """Reads the whole trail in order and stops at the first entry that is not as it was written."""
    content, erased, people = _content(session), set(session.exec(select(AuditErasure.seq))), _people(session)
    previous, count = FIRST_HASH, 0
    query = select(AuditEntry).order_by(col(AuditEntry.seq)).execution_options(yield_per=5000)
    with session.exec(query) as entries:  # closed where reading stops early
        for entry in entries:
            expected = count + 1
            if entry.seq != expected:
                return Verification(count, expected, "the entry is missing")
            why = _fault(entry, previous, people.get(entry.seq, []), content.get(entry.seq), erased=entry.seq in erased)
            if why:
                return Verification(count, entry.seq, why)
            previous, count = entry.hash, expected
    head = session.get(AuditHead, 1)
    if head is None or (head.seq, head.hash) != (count, previous):
        return Verification(
            count, count + 1, "the trail does not end where its head says: entries were cut off or put on"
        )
    return Verification(count)


def _content(session: Session) -> dict[int, tuple[str, str]]:
    return {row.seq: (row.salt, row.text) for row in session.exec(select(AuditContent))}


def _people(session: Session) -> dict[int, list[str]]:
    people: dict[int, list[str]] = defaultdict(list)
    for row in session.exec(select(AuditPerson).order_by(AuditPerson.seq, AuditPerson.person)):  # type: ignore[arg-type]
        people[row.seq].append(row.person)
    return people


def _fault(
    entry: AuditEntry, previous: str, people: list[str], content: tuple[str, str] | None, *, erased: bool
) -> str | None:
    if sha256(entry.text.encode()).hexdigest() != entry.hash:
        return "its text was altered"
    said = json.loads(entry.text)
    if said["previous"] != previous:
        return "it does not follow from the entry before"
    if _columns(entry, people) != _repeated(said):
        return "a column differs from its text"
    if content is None:
        return None if erased else "its content is missing and no erasure is recorded"
    if sha256("".join(content).encode()).hexdigest() != said["content_digest"]:
        return "its content was altered"
    return None


def _columns(entry: AuditEntry, people: list[str]) -> dict[str, Any]:
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
