"""Recording an event: queued by the use-case, written last in its transaction, chained to the entry before."""

import secrets
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session

from tracker.access.permissions import Permission, require
from tracker.audit.chain import ERASED, Verification
from tracker.audit.entitlement import may_erase_words
from tracker.audit.events import Event
from tracker.audit.models import AuditContent, AuditEntry, AuditErasure, AuditHead, AuditPerson
from tracker.audit.selectors import get_entry_at, people_opened, was_opened
from tracker.policy.entitlement import Actor
from tracker.storage.columns import canonical_json
from tracker.storage.locks import LockKind, take_locks
from tracker.storage.session import before_commit, without_waiting
from tracker.storage.tables import Table
from tracker.web.answering import request_answered

_PENDING = "audit_pending"
_ADD_ENTRY, _ADD_CONTENT, _ADD_PEOPLE, _ADD_ERASURE = (
    insert(Table.metadata.tables[str(one.__tablename__)])
    for one in (AuditEntry, AuditContent, AuditPerson, AuditErasure)
)
_CONTENT = Table.metadata.tables[str(AuditContent.__tablename__)]
_TAKE_CONTENT = delete(_CONTENT).where(_CONTENT.c.seq == bindparam("of"))
_HEAD = Table.metadata.tables[str(AuditHead.__tablename__)]
_LOCK_HEAD = select(_HEAD.c.seq, _HEAD.c.hash).with_for_update()
_MOVE_HEAD = update(_HEAD).values(seq=bindparam("to_seq"), hash=bindparam("to_hash"))

BY_ORDER = "by order"
"""The rule of an erasure that somebody ordered: why stands in the entry that records it, where it can be erased itself."""

MANY = 20
"""Entries of one transaction that are worth being sent together."""

A_SESSION = timedelta(hours=12)
"""How long one opening stands for the pages that follow it: as long as a session can last."""


class ErasureError(Exception):
    """There is nothing to erase, or no reason was given; nothing was done."""


@dataclass(frozen=True)
class _Pending:
    event: Event
    at: datetime
    by: Actor | None
    people: tuple[str, ...]
    record: str | None
    facts: Mapping[str, Any]
    content: Mapping[str, Any] = field(repr=False)


def record(
    session: Session,
    event: Event,
    *,
    at: datetime,
    by: Actor | None,
    people: Iterable[str] = (),
    about: str | None = None,
    facts: Mapping[str, Any] | None = None,
    content: Mapping[str, Any] | None = None,
) -> None:
    """Records `event` in this transaction.

    `at` is the instant it was recorded; `people` and `about` are references, never names. `facts` (codes, counts, references)
    are hashed into the entry for ever; `content` (names, words, reasons) goes beside it, where it can be erased.
    `by` None is the system itself. The entry is written when the transaction commits, after everything else.
    """
    pending = _Pending(event, at.astimezone(UTC), by, tuple(sorted(set(people))), about, facts or {}, content or {})
    session.info.setdefault(_PENDING, []).append(pending)
    before_commit(session, "audit", _write_pending)


def open_trail(session: Session, *, people: Iterable[str] = (), by: Actor, now: datetime) -> None:
    """Records that somebody reads the trail, or what it says of these people (references); for a short transaction before
    the page is shown. Once in `A_SESSION` for each of them, so that paging through the trail does not fill it.

    Raises `NotAllowedError`.
    """
    require(by, Permission.READ_TRAIL)
    asked = sorted(set(people))
    read = people_opened(session, asked, actor=by.reference, since=now - A_SESSION)
    unread = [person for person in asked if person not in read]
    if unread:
        record(session, Event.TRAIL_OPENED_ABOUT, at=now, by=by, people=unread)
    elif not asked and not was_opened(session, actor=by.reference, since=now - A_SESSION):
        record(session, Event.TRAIL_OPENED, at=now, by=by)


def record_verification(session: Session, found: Verification, *, by: Actor, now: datetime) -> None:
    """Records that the chain was verified, and what came of it. The reading itself was done before, without a lock.

    Raises `NotAllowedError`.
    """
    require(by, Permission.READ_TRAIL)
    facts = {"entries": found.entries, "bad_entry": found.bad_entry, "why": found.why}
    record(session, Event.TRAIL_VERIFIED, at=now, by=by, facts=facts)


def erase_content(session: Session, seq: int, *, why: str, by: Actor, now: datetime) -> None:
    """Erases the words of the entry at that place for good, with their salt. The entry itself stays as it is, and a new one says which
    was erased, by whom and why; by that one alone the chain holds without the words.

    On PostgreSQL only the owner of the tables can; for anybody else the database refuses. Raises `NotAllowedError`, also for a deputy
    and of what `by` did themself, `NoSuchRecordError` where there is no such entry, and `ErasureError` where it has no words or `why`
    is blank.
    """
    require(by, Permission.ERASE_WORDS)
    take_locks(session, LockKind.TRAIL, [0])
    entry = get_entry_at(session, seq)
    allowed = may_erase_words(by, of=entry.row.actor)
    require(by, Permission.ERASE_WORDS, allowed=allowed, about=entry.said["record"])
    # a terminal may hand on bytes that are no text
    reason = why.encode(errors="ignore").decode().replace("\0", "").strip()
    if not reason:
        raise ErasureError("say why the words are to be erased")
    if entry.content is None:
        raise ErasureError(f"the words of entry {seq} are gone already")
    if not entry.content:
        raise ErasureError(f"entry {seq} has no words")
    connection = session.connection()
    connection.execute(_ADD_ERASURE, {"seq": seq, "rule": BY_ORDER, "at": now})
    connection.execute(_TAKE_CONTENT, {"of": seq})
    record(
        session,
        Event.CONTENT_ERASED,
        at=now,
        by=by,
        people=entry.said["people"],
        about=entry.said["record"],
        facts={ERASED: seq},
        content={"why": reason},
    )


def _write_pending(session: Session) -> None:
    """Writes what is owed: each entry and the head after it in turn, as the triggers want it, and what stands beside them at once,
    so that thousands of entries in one transaction (an import) cost little more than their hashes."""
    take_locks(session, LockKind.TRAIL, [0])
    connection = session.connection()
    head = connection.execute(_LOCK_HEAD).first()
    if head is None:
        raise RuntimeError("the audit trail has no head; run `tracker audit verify`")
    seq, previous = head
    content: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    owed: list[_Pending] = session.info.pop(_PENDING, [])
    with without_waiting(session) if len(owed) > MANY else nullcontext():
        for pending in owed:
            seq += 1
            entry, beside = _written(pending, seq=seq, previous=previous)
            previous = entry["hash"]
            connection.execute(_ADD_ENTRY, entry)
            connection.execute(_MOVE_HEAD, {"to_seq": seq, "to_hash": previous})
            content.append(beside)
            people += [{"seq": seq, "person": person} for person in pending.people]
    if content:
        connection.execute(_ADD_CONTENT, content)
    if people:
        connection.execute(_ADD_PEOPLE, people)


def _written(pending: _Pending, *, seq: int, previous: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row of an entry, and that of its content."""
    salt, content = secrets.token_hex(16), canonical_json(dict(pending.content))
    text = canonical_json(
        {
            "seq": seq,
            "at": pending.at.isoformat(),
            "event": pending.event.value,
            "actor": pending.by.as_recorded() if pending.by else None,
            "people": list(pending.people),
            "record": pending.record,
            "facts": dict(pending.facts),
            "content_digest": sha256((salt + content).encode()).hexdigest(),
            "request": request_answered.get(),
            "previous": previous,
        }
    )
    entry = {
        "seq": seq,
        "at": pending.at,
        "event": pending.event.value,
        "actor": pending.by.reference if pending.by else None,
        "record": pending.record,
        "text": text,
        "hash": sha256(text.encode()).hexdigest(),
    }
    return entry, {"seq": seq, "salt": salt, "text": content}
