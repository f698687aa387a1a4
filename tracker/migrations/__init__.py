"""The database's history, numbered and append-only, run at every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from tracker.storage.session import Database


class SchemaOutOfDateError(Exception):
    """The database is not at the newest migration; `tracker init` brings it there."""


def upgrade(database: Database) -> None:
    """Brings the database to the newest migration, in one transaction."""
    with database.transaction() as session:
        configuration = _configuration()
        configuration.attributes["connection"] = session.connection()
        command.upgrade(configuration, "head")


def check_is_newest(connection: Connection) -> None:
    """Raises `SchemaOutOfDateError` unless the database is at the newest migration."""
    newest = ScriptDirectory.from_config(_configuration()).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        raise SchemaOutOfDateError("the database is not at the newest migration; run `tracker init`")


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return configuration
