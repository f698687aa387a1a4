"""A lock that one process holds for as long as it lives: who leads, and who runs a job.

SQLite: a lock on a file in a folder beside the database file, which the system lets go when the process dies. PostgreSQL: an advisory lock
on a connection of its own, which the server lets go when the connection ends, as it does when the process dies.
"""

import fcntl
import os
import threading
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from tracker.storage.locks import key_of

_KIND = 100
"""The first half of the advisory lock's key: apart from those that a transaction takes (`storage.locks.LockKind`)."""

_NOTICED_WITHIN = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
    "options": "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2",
}
"""Both ends notice within 15 seconds that the other's machine is gone."""


class Lock(Protocol):
    """Held by one process at a time."""

    def take(self) -> bool:
        """Takes it if it is free, without waiting; whether it is ours now."""

    def held(self) -> bool:
        """Whether it is ours still. Cheap enough to be asked before each item of a job; safe to ask from several threads."""

    def release(self) -> None:
        """Lets it go."""


def lock_on(database_url: str, name: str) -> Lock:
    """The lock of that name (a short word) on a database; nothing is taken yet."""
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        return PostgresLock(url, name)
    if not url.database or url.database == ":memory:":
        raise ValueError("a database in memory has no scheduler")
    return FileLock(Path(f"{url.database}.locks") / name)


class FileLock:
    """A lock on a file. The file stays when it is let go: taking it away would let two hold it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Takes it if it is free."""
        self.release()
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return self.held()

    def held(self) -> bool:
        """Whether the file that is locked is still the one that others would lock."""
        if self._file is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._file), os.stat(self.path))  # noqa: PTH116 - the pair of the other
        except OSError:
            return False

    def release(self) -> None:
        """Lets it go."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


class PostgresLock:
    """An advisory lock. It needs a connection of its own to the server itself: a pooler that shares sessions would share it."""

    def __init__(self, url: URL, name: str) -> None:
        self._key = {"kind": _KIND, "key": key_of(name)}
        self._engine: Engine = create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True, connect_args=_NOTICED_WITHIN
        )
        self._connection: Connection | None = None
        self._one_at_a_time = threading.Lock()

    def take(self) -> bool:
        """Takes it if it is free; not where the server cannot be reached."""
        with self._one_at_a_time:
            try:
                if self._connection is None:
                    self._connection = self._engine.connect()
                taken = bool(self._connection.scalar(text("SELECT pg_try_advisory_lock(:kind, :key)"), self._key))
            except SQLAlchemyError:
                taken = False
            if not taken:
                self._let_go()
            return taken

    def held(self) -> bool:
        """Whether the server says that this very connection holds it."""
        ours = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid() "
            "AND classid::bigint = :kind AND objid::bigint = (:key & 4294967295) AND objsubid = 2"
        )
        with self._one_at_a_time:
            if self._connection is None:
                return False
            try:
                return bool(self._connection.scalar(ours, self._key))
            except SQLAlchemyError:
                self._let_go()
                return False

    def release(self) -> None:
        """Lets it go, with the connection."""
        with self._one_at_a_time:
            self._let_go()

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except SQLAlchemyError:
                connection.invalidate()
