"""The beginning of every council: a database at the newest migration, with the shipped limits and lawful bases."""

from datetime import datetime

from tracker.config import Settings
from tracker.migrations import upgrade
from tracker.rulebook.services import ship_lawful_bases, ship_limits
from tracker.storage.session import Database

ONLY_ITS_OWNER = 0o700


def begin(settings: Settings, *, now: datetime) -> None:
    """Makes the instance folder, migrates, and puts in what ships where it is missing; what is there stays as it is.

    Raises `OSError` where the folder cannot be made, `SQLAlchemyError` where the database cannot be used.
    """
    settings.instance.mkdir(mode=ONLY_ITS_OWNER, parents=True, exist_ok=True)
    database = Database(settings.database_url)
    try:
        upgrade(database)
        with database.transaction() as session:
            ship_limits(session, now=now)
            ship_lawful_bases(session, now=now)
    finally:
        database.engine.dispose()
