"""Queries over the trail. Each follows an index to the newest entries, so that a page takes as long at a million as at ten."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, union_all
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.audit.chain import ERASED
from tracker.audit.events import Event
from tracker.audit.models import AuditContent, AuditEntry, AuditHead, AuditPerson
from tracker.storage.columns import canonical_json
from tracker.storage.tables import NoSuchRecordError
from tracker.web.dates import LONDON

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: about a person or a record (a reference), by a member of staff (a reference), of a day in London, of
    some kinds. What is None is not asked for."""

    about: str | None = None
    by: str | None = None
    day: date | None = None
    events: tuple[Event, ...] | None = None

    @property
    def person(self) -> str | None:
        """The person asked for, where it is one."""
        return self.about if self.about is not None and self.about.startswith("PER-") else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it was hashed (`said`), with the content beside it: None where it was erased."""

    row: AuditEntry
    said: dict[str, Any]
    content: dict[str, Any] | None


def list_entries(session: Session, wanted: Wanted, *, before: int | None = None, size: int = PAGE) -> list[Entry]:
    """The newest entries that are wanted, and that stand before a place in the chain; one more than `size` where there are more."""
    bounds = _bounds(session, wanted, before)
    if bounds is None:
        return []
    return _whole(session, list(session.exec(_newest(wanted, bounds, size + 1))))


def get_entry(session: Session, digest: str) -> Entry:
    """The entry with that hash; raises `NoSuchRecordError`."""
    row = session.exec(select(AuditEntry).where(AuditEntry.hash == digest)).one_or_none()
    if row is None:
        raise NoSuchRecordError("there is no such entry")
    return _whole(session, [row])[0]


def get_entry_at(session: Session, seq: int) -> Entry:
    """The entry at that place in the chain; raises `NoSuchRecordError`."""
    row = session.get(AuditEntry, seq)
    if row is None:
        raise NoSuchRecordError(f"there is no entry {seq}")
    return _whole(session, [row])[0]


def find_erasure(session: Session, entry: Entry) -> Entry | None:
    """The entry that says that the words of this one were erased, or None. It walks along what was ever erased after it."""
    facts = canonical_json({ERASED: entry.row.seq})
    query = select(AuditEntry).where(
        col(AuditEntry.event) == Event.CONTENT_ERASED.value,
        col(AuditEntry.seq) > entry.row.seq,
        col(AuditEntry.text).contains(f'"facts":{facts}', autoescape=True),
    )
    row = session.exec(query.order_by(col(AuditEntry.seq)).limit(1)).first()
    return _whole(session, [row])[0] if row is not None else None


def find_hash(session: Session, seq: int) -> str | None:
    """The hash of the entry at that place in the chain, or None."""
    return session.exec(select(AuditEntry.hash).where(AuditEntry.seq == seq)).one_or_none()


def count_entries(session: Session) -> int:
    """How many entries the trail has: the place of its last."""
    head = session.get(AuditHead, 1)
    return head.seq if head is not None else 0


def find_verification(session: Session) -> Entry | None:
    """The last time that the chain was verified, or None."""
    found = list_entries(session, Wanted(events=(Event.TRAIL_VERIFIED,)), size=1)
    return found[0] if found else None


def list_actors(session: Session) -> list[tuple[str, str]]:
    """Everybody who did anything, by name: reference, and name as it was the last time. One step an actor, not one an entry."""
    first = select(func.min(AuditEntry.actor).label("actor")).cte("actors", recursive=True)
    later = (
        select(AuditEntry.actor).where(col(AuditEntry.actor) > first.c.actor).order_by(col(AuditEntry.actor)).limit(1)
    )
    actors = first.union_all(select(later.scalar_subquery()).where(first.c.actor.is_not(None)))
    last = (
        select(AuditEntry.text)
        .where(col(AuditEntry.actor) == actors.c.actor)
        .order_by(col(AuditEntry.seq).desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.exec(select(actors.c.actor, last).where(actors.c.actor.is_not(None))).all()
    named = [(reference, str(json.loads(text)["actor"]["name"])) for reference, text in rows]
    return sorted(named, key=lambda pair: (pair[1], pair[0]))


def names_in_trail(session: Session, references: Iterable[str]) -> dict[str, str]:
    """What people, teams and staff were called when they were recorded or last changed, where that was not erased."""
    asked = sorted({one for one in references if one})
    naming = (Event.PERSON_ADDED, Event.PERSON_CHANGED, Event.PERSON_GROWN_UP, Event.STAFF_ADDED, Event.TEAM_ADDED)
    query = select(AuditEntry.record, AuditContent.text).join(
        AuditContent, col(AuditContent.seq) == col(AuditEntry.seq)
    )
    query = query.where(col(AuditEntry.record).in_(asked), col(AuditEntry.event).in_([one.value for one in naming]))
    names: dict[str, str] = {}
    for reference, text in session.exec(query.order_by(col(AuditEntry.seq))):
        content = json.loads(text)
        content = content.get("after", content)
        name = content.get("name") or content.get("known_by")
        if reference and name:
            names[reference] = str(name)
    return names


def was_opened(session: Session, *, actor: str, since: datetime) -> bool:
    """Whether that member of staff was recorded as reading the trail since an instant."""
    query = select(AuditEntry.at).where(AuditEntry.actor == actor, AuditEntry.event == Event.TRAIL_OPENED.value)
    last = session.exec(query.order_by(col(AuditEntry.seq).desc()).limit(1)).first()
    return last is not None and last >= since


def people_opened(session: Session, people: Iterable[str], *, actor: str, since: datetime) -> frozenset[str]:
    """Those of these people about whom that member of staff was recorded as reading the trail since an instant."""
    query = select(AuditPerson.person).join(AuditEntry, col(AuditEntry.seq) == col(AuditPerson.seq))
    query = query.where(
        col(AuditPerson.person).in_(sorted(people)),
        AuditEntry.event == Event.TRAIL_OPENED_ABOUT.value,
        AuditEntry.actor == actor,
        col(AuditEntry.at) >= since,
    )
    return frozenset(session.exec(query))


def _bounds(session: Session, wanted: Wanted, before: int | None) -> tuple[int, int] | None:
    """The first and last place in the chain that can be wanted; None where there is none."""
    first, last = 1, before - 1 if before is not None else count_entries(session)
    if wanted.day is not None:
        ends = select(func.min(AuditEntry.seq), func.max(AuditEntry.seq))
        lowest, highest = session.exec(ends.where(*_within_day(wanted.day))).one()
        if lowest is None or highest is None:
            return None
        first, last = max(first, lowest), min(last, highest)
    return (first, last) if first <= last else None


def _newest(wanted: Wanted, bounds: tuple[int, int], most: int) -> SelectOfScalar[AuditEntry]:
    place = col(AuditEntry.seq)
    conditions: list[ColumnElement[bool]] = [place >= bounds[0], place <= bounds[1]]
    if wanted.by is not None:
        conditions.append(col(AuditEntry.actor) == wanted.by)
    if wanted.about is not None and wanted.person is None:
        conditions.append(col(AuditEntry.record) == wanted.about)
    if wanted.day is not None:
        conditions += _within_day(wanted.day)
    query = select(AuditEntry)
    if wanted.person is not None:
        query = query.join(AuditPerson, col(AuditPerson.seq) == place)
        conditions += [col(AuditPerson.person) == wanted.person, col(AuditPerson.seq) <= bounds[1]]
    if wanted.events is None:
        return query.where(*conditions).order_by(place.desc()).limit(most)
    if wanted.person is None and wanted.by is None and wanted.about is None:
        places = _newest_of_each(wanted.events, conditions, most)
        return query.where(place.in_(places)).order_by(place.desc()).limit(most)
    conditions.append(col(AuditEntry.event).in_([one.value for one in wanted.events]))
    return query.where(*conditions).order_by(place.desc()).limit(most)


def _newest_of_each(events: Iterable[Event], conditions: list[ColumnElement[bool]], most: int) -> Select[Any]:
    """The newest places of each kind by itself: each is a walk along an index, however rare or common the kind."""
    place = col(AuditEntry.seq)
    each = [
        select(
            select(AuditEntry.seq)
            .where(col(AuditEntry.event) == literal(one.value), *conditions)
            .order_by(place.desc())
            .limit(most)
            .subquery()
            .c.seq
        )
        for one in events
    ]
    return select(union_all(*each).subquery().c.seq)


def _within_day(day: date) -> list[ColumnElement[bool]]:
    begins = datetime.combine(day, time(0), tzinfo=LONDON)
    ends = datetime.combine(day + timedelta(days=1), time(0), tzinfo=LONDON)
    return [col(AuditEntry.at) >= begins, col(AuditEntry.at) < ends]


def _whole(session: Session, rows: list[AuditEntry]) -> list[Entry]:
    if not rows:
        return []
    places = [row.seq for row in rows]
    contents = {one.seq: one for one in session.exec(select(AuditContent).where(col(AuditContent.seq).in_(places)))}
    return [
        Entry(
            row=row,
            said=json.loads(row.text),
            content=json.loads(contents[row.seq].text) if row.seq in contents else None,
        )
        for row in rows
    ]
