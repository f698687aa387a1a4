"""What `/health` says: small questions that take milliseconds, and nothing about anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.audit import triggers
from tracker.audit.triggers import TrailUnprotectedError
from tracker.clockwork.selectors import find_heartbeat, is_dead
from tracker.migrations import SchemaOutOfDateError, check_is_newest
from tracker.storage.session import Database

OK = "ok"


@dataclass(frozen=True)
class Health:
    """Each part in a word, and the age of the heartbeat in seconds (None: it never beat, or nobody could ask)."""

    database: str
    migrations: str
    triggers: str
    heartbeat: str
    heartbeat_age_s: int | None

    @property
    def is_well(self) -> bool:
        """Whether every part is as it must be."""
        return {self.database, self.migrations, self.triggers, self.heartbeat} == {OK}


def health_of(database: Database, *, now: datetime) -> Health:
    """Asks the database in one reading session. Whatever fails is said in a word; nothing is raised."""
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
            migrations = _said(lambda: check_is_newest(session.connection()), "not the newest", SchemaOutOfDateError)
            protected = _said(lambda: triggers.check(session.connection()), "missing or changed", TrailUnprotectedError)
            if migrations != OK:
                return Health(OK, migrations, protected, "unknown", None)
            return Health(OK, migrations, protected, *_heartbeat(session, now))
    except SQLAlchemyError:
        return Health("cannot be used", "unknown", "unknown", "unknown", None)


def _heartbeat(session: Session, now: datetime) -> tuple[str, int | None]:
    row = find_heartbeat(session)
    if row is None:
        return "never", None
    age_s = max(0, int((now - row.beat_at).total_seconds()))
    return ("dead" if is_dead(session, now) else OK), age_s


def _said(ask: Callable[[], None], otherwise: str, error: type[Exception]) -> str:
    try:
        ask()
    except error:
        return otherwise
    return OK
