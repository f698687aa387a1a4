"""Locks in one order, so that no two transactions can wait for each other.

First the one-time submission, then all people of the use-case in one call, then the head of the audit trail, last.
SQLite has one write lock, held since BEGIN; PostgreSQL takes transaction-level advisory locks, which a savepoint that is
rolled back gives up again.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tracker.storage.kept import forget_before_waiting, keep_no_longer, keep_under_locks

_LOCK_ALL = text(
    "SELECT count(pg_advisory_xact_lock(:kind, one.key)) FROM unnest(CAST(:keys AS integer[])) WITH ORDINALITY AS one (key, place)"
)
"""One after another, as they stand in the list: what is unnested comes in its order, and nothing here sorts or joins it."""


_DEADLOCK = "40P01"
"""What PostgreSQL calls it where it ends one of two transactions that wait for each other."""


def is_deadlock(error: DBAPIError) -> bool:
    """Whether what failed is that: nothing is wrong with the request, and it may be carried out again."""
    return getattr(error.orig, "sqlstate", None) == _DEADLOCK


class LockKind(IntEnum):
    """What is locked, in the order in which locks are taken."""

    SUBMISSION = 1
    PERSON = 2
    STAFF = 3
    RULEBOOK = 4
    FINDING = 5
    TRAIL = 6


def take_locks(session: Session, kind: LockKind, keys: Iterable[int]) -> None:
    """Waits for the locks of `kind` on all `keys` (32-bit whole numbers), in rising order; held until the transaction ends.

    Whatever was read before is read again after it. With the locks of people the session keeps what it reads from then on (`kept`).
    On SQLite there is nothing to wait for, and nothing has changed.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    forget_before_waiting(session)
    if ordered := sorted(set(keys)):
        session.execute(_LOCK_ALL, {"kind": int(kind), "keys": ordered})
        if kind is LockKind.PERSON:
            keep_under_locks(session)


@contextmanager
def locks_to_give_up(session: Session) -> Iterator[Callable[[], None]]:
    """What it gives, called last within it, gives up again all locks that were taken within it, where there is more than the one of
    SQLite, and what has been read since is kept no longer."""
    if session.get_bind().dialect.name != "postgresql":
        yield lambda: None
        return
    with session.connection().begin_nested() as savepoint:

        def _give_up() -> None:
            savepoint.rollback()
            keep_no_longer(session)

        yield _give_up


def key_of(words: str) -> int:
    """A 32-bit lock key for a text, such as a submission id."""
    return int.from_bytes(sha256(words.encode()).digest()[:4], "big", signed=True)
