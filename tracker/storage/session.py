"""The only commit. `Database.transaction()` writes, `Database.reading()` refuses to.

SQLite takes its one write lock at BEGIN (`BEGIN IMMEDIATE`, tried again with a random wait), so a decision is never taken on
what another transaction is about to change. PostgreSQL relies on the advisory locks of `locks.py`.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.engine.base import OptionEngine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tracker.storage.kept import forget_what_was_read, keep_under_locks, keep_what_is_read, keeps, noticing_changes

_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
)
_LONGEST_WAIT_FOR_THE_WRITE_LOCK = 30.0  # seconds
_PREPARED = 500
"""How many statements are kept prepared for a connection: more than what is asked for every day."""
_READING_ON_POSTGRESQL = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""How a session that only reads begins there."""

BeforeCommit = Callable[[Session], None]
_BEFORE_COMMIT = "before_commit"
_AFTER_COMMIT = "after_commit"


class ReadingOnlyError(Exception):
    """A page that only reads tried to write."""


class _CouncilSession(Session):
    """A session of `Database`: it refuses to write while it reads as a page does."""


class Database:
    """One council's database: an engine, and the two ways of using it."""

    def __init__(self, url: str) -> None:
        on_sqlite = url.startswith("sqlite")
        self.engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=not on_sqlite,
            pool_size=10,
            max_overflow=60,  # with `pool_size` more than the threads that a process may have: each holds one while it answers
            connect_args={"cached_statements": _PREPARED} if on_sqlite else {},
        )
        if self.engine.dialect.name == "sqlite":
            _prepare_sqlite(self.engine)
            self._reading: Engine = _ReadingApart(self.engine)
        else:
            _prepare_postgresql(self.engine)
            self._reading = self.engine.execution_options(tracker_mode="read", **_READING_ON_POSTGRESQL)
        self._writing = noticing_changes(self.engine.execution_options(tracker_mode="write"))

    def close(self) -> None:
        """Lets its connections go. Used again, it makes new ones."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all.

        What `before_commit` was given runs last inside the transaction (the audit trail); what `after_commit` was given
        runs once it has been committed (mail).
        """
        with _CouncilSession(self._writing, expire_on_commit=False) as session:
            try:
                if self.engine.dialect.name == "sqlite":
                    keep_under_locks(session)  # it holds the one lock that there is
                yield session
                session.flush()
                for step in session.info.pop(_BEFORE_COMMIT, {}).values():
                    step(session)
                session.commit()
            except BaseException:
                session.rollback()
                raise
            for step in session.info.pop(_AFTER_COMMIT, []):
                step()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and raises `ReadingOnlyError` at the first attempt to write.

        Rows read in it may be looked at afterwards.
        """
        with _CouncilSession(self._reading, expire_on_commit=False, autoflush=False) as session:
            keep_what_is_read(session)
            yield session  # closing it lets the rows go as they were read; a rollback would empty them
            _leave_statements_prepared(session)


def before_commit(session: Session, name: str, step: BeforeCommit) -> None:
    """Has `step` run once, last in this transaction; a second call of the same `name` changes nothing."""
    session.info.setdefault(_BEFORE_COMMIT, {}).setdefault(name, step)


def after_commit(session: Session, step: Callable[[], None]) -> None:
    """Has `step` run once this transaction has been committed, and never if it is not."""
    session.info.setdefault(_AFTER_COMMIT, []).append(step)


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Whatever is done within it, the trail's entries and mail included, is undone at its end. For looking ahead."""
    owed = {name: copy(value) for name, value in session.info.items()}
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()
        session.info.clear()
        session.info.update(owed)


@contextmanager
def whole_or_not(session: Session) -> Iterator[None]:
    """Whatever is done within it, the trail's entries and mail included, is undone where it fails; what fails is raised."""
    owed = {name: copy(value) for name, value in session.info.items()}
    savepoint = session.begin_nested()
    try:
        yield
    except BaseException:
        savepoint.rollback()
        session.info.clear()
        session.info.update(owed)
        raise
    savepoint.commit()


@contextmanager
def without_waiting(session: Session) -> Iterator[None]:
    """What is executed within it is sent to PostgreSQL without waiting for each answer; it is done in turn all the same, and what failed
    is raised at the end. For thousands of statements one after another, none of which is asked for anything."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(None, None, error) from error


@contextmanager
def only_reading(session: Session) -> Iterator[None]:
    """Within it a transaction reads as a page does: once, a table at a time, and raises `ReadingOnlyError` at an attempt to write.

    For what goes through everything that waits. Nothing that was read within it is kept for what comes after.
    """
    if keeps(session):
        yield
        return
    session.flush()
    keep_what_is_read(session)
    try:
        yield
    finally:
        forget_what_was_read(session)


class _ReadingApart(OptionEngine):
    """The engine on connections of its own, which refuse to write for good; whoever listens to what the engine begins and carries out
    hears these too, whoever listens to its pool does not.

    For SQLite: a connection that is told to refuse writing, or to allow it, prepares all its statements anew, which took a quarter of
    a page. ADR 0170.
    """

    def __init__(self, engine: Engine) -> None:
        self._connections = engine.pool.recreate()
        event.listen(self._connections, "connect", _only_read)
        super().__init__(engine, {"tracker_mode": "read"})
        event.listen(engine, "engine_disposed", self._let_go)

    def raw_connection(self) -> PoolProxiedConnection:
        """One of its own."""
        return self._connections.connect()

    def _let_go(self, _: Engine) -> None:
        self._connections.dispose()
        self._connections = self._connections.recreate()


def _only_read(connection: sqlite3.Connection, _: Any) -> None:
    connection.execute("PRAGMA query_only = ON")


@event.listens_for(_CouncilSession, "before_flush")
def _refuse_to_write(session: Session, *_: Any) -> None:
    if keeps(session) and (session.new or session.dirty or session.deleted):
        raise ReadingOnlyError("a page that only reads tried to write")


def _leave_statements_prepared(session: Session) -> None:
    """Ends what PostgreSQL was asked with a commit, though there is nothing to commit: at a rollback, with which it would end otherwise,
    psycopg drops every statement that is prepared for the connection, and each would be planned anew whenever it is asked."""
    if session.get_bind().dialect.name == "postgresql" and session.in_transaction():
        connection = session.connection()
        driver: Any = connection.connection.driver_connection
        with suppress(connection.dialect.loaded_dbapi.Error):  # a connection that is lost has nothing to lose here
            driver.commit()


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.prepared_max = _PREPARED


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert raw is not None  # noqa: S101 - a connection that begins is connected
        if connection.get_execution_options().get("tracker_mode") == "read":
            raw.execute("BEGIN DEFERRED")
        else:
            _begin_immediate(raw)


def _begin_immediate(raw: Any) -> None:
    """Takes SQLite's write lock, waiting a random few milliseconds between tries: fairer than SQLite's own wait."""
    deadline = time.monotonic() + _LONGEST_WAIT_FOR_THE_WRITE_LOCK
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(random.uniform(0.002, 0.02))  # noqa: S311 - a wait, not a secret
            else:
                return
    finally:
        raw.execute("PRAGMA busy_timeout = 5000")
