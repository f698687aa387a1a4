"""The database's history, numbered and append-only, run at every start.

Alembic is imported where something is migrated, and nowhere else: most starts and each process of the web server only ask whether
all is done.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, event, inspect

from tracker.storage.session import Database

HERE = Path(__file__).parent
VERSION_TABLE = "alembic_version"
_NUMBER = re.compile(r'^(revision|down_revision)\b.*= "(\w+)"$', re.MULTILINE)


class SchemaOutOfDateError(Exception):
    """The database is not at the newest migration; `tracker init` brings it there."""


class BrokenReferencesError(Exception):
    """After a migration rows would refer to others that are not there; nothing was changed."""


def upgrade(database: Database) -> None:
    """Brings the database to the newest migration, in one transaction. One that is there already is only read.

    SQLite changes a table by making it anew, and would refuse to drop the old one once a row of another table refers to it. So its
    foreign keys are off meanwhile, and looked through before the commit: where one then refers to nothing, it raises
    `BrokenReferencesError`.
    """
    with database.reading() as session:
        if _number_of(session.connection()) == newest():
            return

    from alembic import command
    from alembic.config import Config

    with _without_foreign_keys(database) as changing, changing.transaction() as session:
        configuration = Config()
        configuration.set_main_option("script_location", str(HERE).replace("%", "%%"))
        configuration.attributes["connection"] = session.connection()
        command.upgrade(configuration, "head")
        _require_whole(session.connection())


def check_is_newest(connection: Connection) -> None:
    """Raises `SchemaOutOfDateError` unless the database is at the newest migration."""
    if _number_of(connection) != newest():
        raise SchemaOutOfDateError("the database is not at the newest migration; run `tracker init`")


@cache
def newest() -> str:
    """The number of the newest migration: the only one that none comes after. Raises `ValueError` where there are several.

    Read once: what a process was started with does not change.
    """
    texts = [path.read_text() for path in (HERE / "versions").glob("*.py")]
    numbers: set[tuple[str, str]] = {found for text in texts for found in _NUMBER.findall(text)}
    gone_on_from = {number for kind, number in numbers if kind == "down_revision"}
    (last,) = {number for kind, number in numbers if kind == "revision"} - gone_on_from
    return last


def _number_of(connection: Connection) -> str | None:
    """The number of the migration that the database is at; None where it is at none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608 - a name of ours


@contextmanager
def _without_foreign_keys(database: Database) -> Iterator[Database]:
    if database.engine.dialect.name != "sqlite":
        yield database
        return
    changing = Database(database.engine.url.render_as_string(hide_password=False))

    @event.listens_for(changing.engine, "connect")  # within a transaction SQLite would not listen
    def _on_connect(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")

    try:
        yield changing
    finally:
        changing.close()


def _require_whole(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = {str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
        if broken:
            raise BrokenReferencesError(f"rows would refer to what is not there: {', '.join(sorted(broken))}")
