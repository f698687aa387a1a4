"""An import: tried and kept, begun, carried out piece by piece, erased.

A piece is one transaction, with the mark of how far it came: a kill loses no row, and none is done twice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, delete

from tracker.access.permissions import Permission, require
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.imports.deciding import Decider
from tracker.imports.members import Members
from tracker.imports.models import ImportFile, ImportRow
from tracker.imports.people import People
from tracker.imports.reading import read_file
from tracker.imports.requests import FileProblemError, FileRow, Told, TriedFile
from tracker.imports.selectors import IMPORT, count_fates, find_standing, get_import, rows_left, told_so_far
from tracker.imports.teams import Teams
from tracker.imports.vocabulary import Fate, Kind, State
from tracker.policy.entitlement import Actor
from tracker.staff.passwords import Passwords
from tracker.storage.locks import LockKind, key_of, take_locks
from tracker.storage.references import new_reference
from tracker.storage.tables import Table, saved_key

KEPT_FOR = timedelta(hours=23)
"""How long rows are kept at most; a job erases them within the hour after, so that none is there after 24 hours."""

AT_ONCE: dict[Kind, int] = {Kind.TEAMS: 50, Kind.STAFF: 25, Kind.PEOPLE: 100}
"""Rows in one transaction: so few that nobody else waits for longer than a moment."""

PERMISSION: dict[Kind, Permission] = {
    Kind.TEAMS: Permission.MANAGE_STAFF,
    Kind.STAFF: Permission.MANAGE_STAFF,
    Kind.PEOPLE: Permission.IMPORT_PEOPLE,
}

STILL_RUNNING = "Another import of yours is still being carried out. Wait until it is done"
_ROWS = Table.metadata.tables[str(ImportRow.__tablename__)]
_ADD_ROWS = insert(_ROWS)
_CARRIED_OUT = (
    update(_ROWS)
    .where(_ROWS.c.import_id == bindparam("of_import"), _ROWS.c.number == bindparam("of_number"))
    .values(cells=None, fate=bindparam("to_fate"), said=bindparam("to_said"), record=bindparam("to_record"))
)


class NothingToRunError(Exception):
    """The import was begun already, has ended, or its rows are not kept any more."""


def decider_of(
    kind: Kind, session: Session, *, by: Actor | None, answering: int, now: datetime, passwords: Passwords
) -> Decider:
    """What decides on files of that kind. `by` None is the operator's command line."""
    if kind is Kind.TEAMS:
        return Teams(session, by=by, now=now)
    if kind is Kind.STAFF:
        return Members(session, by=by, now=now, passwords=passwords)
    return People(session, by=by, answering=answering, now=now)


def try_file(session: Session, kind: Kind, data: bytes, *, by: Actor, now: datetime, passwords: Passwords) -> TriedFile:
    """What would become of every row of a file. Writes nothing; for a session that only reads.

    Raises `NotAllowedError`, or `FileProblemError`.
    """
    require(by, PERMISSION[kind])
    rows = read_file(data, kind)
    decider = decider_of(kind, session, by=by, answering=by.staff_id, now=now, passwords=passwords)
    return TriedFile(kind, rows, tuple(decider.decide(rows)))


def keep_import(session: Session, tried: TriedFile, *, by: Actor, now: datetime) -> ImportFile:
    """Keeps a file that was tried, until it is carried out or replaced, or 24 hours have passed; records that it was tried.

    Raises `NotAllowedError`, or `FileProblemError` while another of that kind of theirs is being carried out.
    """
    require(by, PERMISSION[tried.kind])
    for earlier in find_standing(session, tried.kind, by=by):
        if earlier.state == State.RUNNING:
            raise FileProblemError(STILL_RUNNING)
        erase_import(session, earlier, by=by, now=now)
    kept = ImportFile(
        reference=new_reference(IMPORT),
        staff_id=by.staff_id,
        kind=tried.kind.value,
        state=State.TRIED.value,
        rows=len(tried.rows),
        recorded_at=now,
        ends_at=now + KEPT_FOR,
    )
    session.add(kept)
    session.flush()
    pairs = zip(tried.rows, tried.told, strict=True)
    session.connection().execute(_ADD_ROWS, [_as_kept(saved_key(kept), row, told) for row, told in pairs])
    facts = {"kind": tried.kind.value, "rows": len(tried.rows), **counted(tried.told)}
    named = people_named(tried.kind, tried.told)
    record(session, Event.IMPORT_TRIED, at=now, by=by, about=kept.reference, facts=facts, content=named)
    return kept


def begin_import(session: Session, reference: str, *, by: Actor, now: datetime, passwords: Passwords) -> ImportFile:
    """Begins to carry a kept file out, with its first piece.

    Raises `NotAllowedError`, `NoSuchRecordError` for anybody else's, `NothingToRunError`.
    """
    found = _own(session, reference, by=by)
    if found.state != State.TRIED or found.ends_at <= now:
        raise NothingToRunError
    found.state, found.begun_at = State.RUNNING.value, now
    facts = {"kind": found.kind, "rows": found.rows}
    record(session, Event.IMPORT_BEGUN, at=now, by=by, about=found.reference, facts=facts)
    _carry_out_a_piece(session, found, by=by, now=now, passwords=passwords)
    return found


def go_on_with_import(session: Session, reference: str, *, by: Actor, now: datetime, passwords: Passwords) -> int:
    """Carries the next piece of an import out that was begun; how many rows are left. Nothing happens where it is done.

    Raises `NotAllowedError`, or `NoSuchRecordError` for anybody else's.
    """
    found = _own(session, reference, by=by)
    if found.state == State.RUNNING:
        _carry_out_a_piece(session, found, by=by, now=now, passwords=passwords)
    return found.rows - found.done if found.state == State.RUNNING else 0


def erase_import(session: Session, found: ImportFile, *, by: Actor | None, now: datetime) -> None:
    """Erases the rows that were kept. One that was not done has ended, which is recorded. `by` None is the system itself."""
    session.exec(delete(ImportRow).where(col(ImportRow.import_id) == found.id))
    found.erased_at = now
    if found.state != State.DONE:
        facts = {"kind": found.kind, "rows": found.rows, "carried_out": found.done}
        found.state = State.ENDED.value
        record(session, Event.IMPORT_ENDED, at=now, by=by, about=found.reference, facts=facts)
    session.add(found)
    session.flush()


def counted(told: tuple[Told, ...]) -> dict[str, int]:
    """How many rows have each fate, for the trail."""
    return {fate.value: sum(one.fate is fate for one in told) for fate in Fate}


def people_named(kind: Kind, told: Iterable[Told]) -> dict[str, list[str]]:
    """Whose records somebody was told of, for the trail: trying a file is a search, and this is kept as erasably as its words."""
    if kind is not Kind.PEOPLE:
        return {}
    found: dict[str, set[str]] = {"looked_like": set(), "were_here": set(), "to_ask_about": set()}
    for one in told:
        if one.meant:
            found["to_ask_about"].add(one.meant)
        elif one.record and one.fate is not Fate.NEW:
            found["looked_like" if one.fate is Fate.ALIKE else "were_here"].add(one.record)
    return {words: sorted(those) for words, those in found.items() if those}


def take_turns(session: Session, kind: Kind) -> None:
    """Waits until no other import of that kind is in the middle of a piece: so two never add the same row."""
    take_locks(session, LockKind.SUBMISSION, [key_of(f"import:{kind.value}")])


def _own(session: Session, reference: str, *, by: Actor) -> ImportFile:
    require(by, Permission.IMPORT)
    kind = Kind(get_import(session, reference, by=by).kind)
    require(by, PERMISSION[kind], about=reference)
    take_turns(session, kind)
    found = get_import(session, reference, by=by, lock=True)
    session.refresh(found)
    return found


def _carry_out_a_piece(session: Session, found: ImportFile, *, by: Actor, now: datetime, passwords: Passwords) -> None:
    kind = Kind(found.kind)
    rows = rows_left(session, found, most=AT_ONCE[kind])
    decider = decider_of(kind, session, by=by, answering=by.staff_id, now=now, passwords=passwords)
    told = decider.carry_out(rows)
    if rows:
        carried_out = [_as_carried_out(saved_key(found), row, one) for row, one in zip(rows, told, strict=True)]
        session.connection().execute(_CARRIED_OUT, carried_out)
        found.done, found.done_to = found.done + len(rows), rows[-1].number
    session.add(found)
    session.flush()
    if found.done >= found.rows:
        found.state, found.done_at = State.DONE.value, now
        session.add(found)
        session.flush()
        fates = {fate.value: count for fate, count in count_fates(session, found).by_fate.items()}
        facts = {"kind": found.kind, "rows": found.rows, **fates}
        named = people_named(kind, told_so_far(session, found))
        record(session, Event.IMPORT_DONE, at=now, by=by, about=found.reference, facts=facts, content=named)


def _as_kept(import_id: int, row: FileRow, told: Told) -> dict[str, Any]:
    return {
        "import_id": import_id,
        "number": row.number,
        "cells": dict(row.cells),
        "problem": row.problem,
        "fate": told.fate.value,
        "said": told.said,
        "record": told.record,
    }


def _as_carried_out(import_id: int, row: FileRow, told: Told) -> dict[str, Any]:
    return {
        "of_import": import_id,
        "of_number": row.number,
        "to_fate": told.fate.value,
        "to_said": told.said,
        "to_record": told.record,
    }
