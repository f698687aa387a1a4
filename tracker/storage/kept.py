"""What has been read once and need not be read again.

Two kinds of session keep. A reading session, since it sees one moment and refuses to write. And a transaction that holds the locks of
the people it concerns: what those protect changes by itself alone, and whatever else it reads is as good read at one moment after
the locks as at another. It forgets everything with each statement that is not a plain read (its own writes, a savepoint undone, a
row waited for) and with each further lock, and what is not yet flushed keeps it from giving what it has kept. Before the locks, and
where none are taken, a transaction reads anew each time. On SQLite it holds from its beginning the one lock that there is. ADR 0166, 0167.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, event
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

Read = TypeVar("Read")
Key = TypeVar("Key", bound=Hashable)
Found = dict[tuple[Hashable, ...], object]

_KEPT = "kept"
_UNDER_LOCKS = "kept_under_locks"
_CHANGES = "changes"
_NOTICED = "tracker_changes_noticed"
_CHANGES_NOTHING = ("SELECT ", "SAVEPOINT ", "RELEASE ")
_WAITS_FOR_A_ROW = " FOR "


def noticing_changes(engine: Engine) -> Engine:
    """The engine whose sessions may keep under locks: each of its connections counts what is executed on it and is no plain read."""
    noticing = engine.execution_options(**{_NOTICED: True})
    event.listen(noticing, "before_cursor_execute", _notice)
    return noticing


def _notice(connection: Connection, _: Any, statement: str, *__: Any) -> None:
    if not statement.startswith(_CHANGES_NOTHING) or _WAITS_FOR_A_ROW in statement:
        connection.info[_CHANGES] = connection.info.get(_CHANGES, 0) + 1


@dataclass(slots=True)
class _UnderLocks:
    """What one transaction has read since it took its locks. `connection` is what is noted about its connection."""

    transaction: object
    connection: Mapping[str, int]
    changes: int
    found: Found = field(default_factory=dict)

    def found_by(self, session: Session) -> Found | None:
        """What is kept, or None where the transaction has ended, or holds something that its next query would write first."""
        if session.get_transaction() is not self.transaction or session.new or session.dirty or session.deleted:
            return None
        changes = self.connection.get(_CHANGES, 0)
        if changes != self.changes:
            self.changes, self.found = changes, {}
        return self.found


def keep_what_is_read(session: Session) -> None:
    """From now on `kept` keeps for this session. Only for one that sees one moment and cannot write."""
    session.info[_KEPT] = {}


def forget_what_was_read(session: Session) -> None:
    """The end of that."""
    session.info.pop(_KEPT, None)


def keeps(session: Session) -> bool:
    """Whether this session reads as a page does: what it reads is kept for good, and it refuses to write."""
    return _KEPT in session.info


def keep_under_locks(session: Session) -> None:
    """From now on `kept` keeps for this transaction, which has just been given the locks it waited for, until it changes something."""
    connection = session.connection()
    if connection.get_execution_options().get(_NOTICED):
        changes = connection.info.get(_CHANGES, 0)
        session.info[_UNDER_LOCKS] = _UnderLocks(session.get_transaction(), connection.info, changes)


def keep_no_longer(session: Session) -> None:
    """The end of that: the locks have been given up."""
    session.info.pop(_UNDER_LOCKS, None)


def forget_before_waiting(session: Session) -> None:
    """What was kept so far may change while this session waits. It goes on keeping what it reads afterwards."""
    if _KEPT in session.info:
        session.info[_KEPT] = {}
    locked: _UnderLocks | None = session.info.get(_UNDER_LOCKS)
    if locked is not None:
        locked.found = {}


def _found(session: Session) -> Found | None:
    """What this session has kept, or None where it keeps nothing now."""
    found: Found | None = session.info.get(_KEPT)
    if found is not None:
        return found
    locked: _UnderLocks | None = session.info.get(_UNDER_LOCKS)
    return None if locked is None else locked.found_by(session)


def kept(session: Session, key: tuple[Hashable, ...], read: Callable[[], Read]) -> Read:
    """What `read` gives; in a session that keeps what it gave the first time under this key.

    The key begins with the selector's name and holds every argument that the answer depends on. What is kept is shared by all who
    ask for it: it must be something that nobody changes.
    """
    found = _found(session)
    if found is None:
        return read()
    if key not in found:
        found[key] = read()
    return cast(Read, found[key])


def kept_each(
    session: Session, name: str, wanted: Iterable[Key], read: Callable[[list[Key]], Mapping[Key, Read]]
) -> dict[Key, Read]:
    """What `read` gives for each of `wanted`; in a session that keeps only those are read that were not asked for before.

    So whoever goes through a list reads all that it rests on in one go, and the questions about each of it find that kept.
    `name` is the selector's; whatever else the answer depends on is part of each key.
    """
    keys = list(dict.fromkeys(wanted))
    found = _found(session)
    if found is None:
        return dict(read(keys)) if keys else {}
    missing = [key for key in keys if (name, key) not in found]
    if missing:
        found.update(((name, key), one) for key, one in read(missing).items())
    return {key: cast(Read, found[name, key]) for key in keys}


def kept_rows(session: Session, statement: SelectOfScalar[Read], **values: Any) -> list[Read]:
    """The rows of a statement that was built once, for these values; `kept` under the statement itself."""

    def _read() -> tuple[Read, ...]:
        return tuple(session.exec(statement, params=values))

    return list(kept(session, ("kept_rows", statement, *values.items()), _read))
