"""The beginning of every council: a database at the newest migration, with the shipped limits and lawful bases."""

from datetime import datetime
from pathlib import Path

from tracker import grants
from tracker.audit import triggers
from tracker.config import Settings
from tracker.migrations import upgrade
from tracker.rulebook.services import ship_lawful_bases, ship_limits
from tracker.storage.session import Database

FOLDER_OF_ITS_OWNER, FILE_OF_ITS_OWNER = 0o700, 0o600


def begin(settings: Settings, *, now: datetime, grant_to: str | None = None) -> None:
    """Makes the instance folder, migrates, and puts in what ships where it is missing; what is there stays as it is. The role
    `grant_to` of the database may then do what the tracker needs.

    Raises `OSError` where the folder cannot be made, `SQLAlchemyError` where the database cannot be used, `TrailUnprotectedError`,
    `GrantsError`.
    """
    settings.instance.mkdir(mode=FOLDER_OF_ITS_OWNER, parents=True, exist_ok=True)
    database = Database(settings.database_url)
    if file := database.engine.url.database if database.engine.dialect.name == "sqlite" else None:
        Path(file).touch(mode=FILE_OF_ITS_OWNER)
    try:
        upgrade(database)
        with database.transaction() as session:
            triggers.check(session.connection())
            ship_limits(session, now=now)
            ship_lawful_bases(session, now=now)
            if grant_to is not None:
                grants.grant_to(session.connection(), grant_to)
    finally:
        database.close()
