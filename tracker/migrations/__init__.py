"""The database's history, numbered and append-only, run at every start."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from tracker.storage.session import Database


class SchemaOutOfDateError(Exception):
    """The database is not at the newest migration; `tracker init` brings it there."""


class BrokenReferencesError(Exception):
    """After a migration rows would refer to others that are not there; nothing was changed."""


def upgrade(database: Database) -> None:
    """Brings the database to the newest migration, in one transaction.

    SQLite changes a table by making it anew, and would refuse to drop the old one once a row of another table refers to it. So its
    foreign keys are off meanwhile, and looked through before the commit. Raises `BrokenReferencesError`.
    """
    with _without_foreign_keys(database) as changing, changing.transaction() as session:
        configuration = _configuration()
        configuration.attributes["connection"] = session.connection()
        command.upgrade(configuration, "head")
        _require_whole(session.connection())


def check_is_newest(connection: Connection) -> None:
    """Raises `SchemaOutOfDateError` unless the database is at the newest migration."""
    newest = ScriptDirectory.from_config(_configuration()).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        raise SchemaOutOfDateError("the database is not at the newest migration; run `tracker init`")


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
        changing.engine.dispose()


def _require_whole(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = {str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
        if broken:
            raise BrokenReferencesError(f"rows would refer to what is not there: {', '.join(sorted(broken))}")


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return configuration
