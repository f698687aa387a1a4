"""Making the demonstration council: whole, in one transaction, in a database that nobody works in yet."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe

from sqlalchemy import inspect
from sqlmodel import Session, col, select

from tracker.config import Settings
from tracker.demo.beginning import begin
from tracker.demo.kept_secrets import find_secret, keep_secret
from tracker.demo.people import has_staff, is_demonstration
from tracker.demo.timetable import Timetable
from tracker.staff.models import StaffMember
from tracker.staff.passwords import Passwords
from tracker.storage.locks import LockKind, key_of, take_locks
from tracker.storage.session import Database

PASSWORD_FILE = "demo_password"  # noqa: S105 - the name of a file
RANDOM_BYTES = 12


class NotADemonstrationError(Exception):
    """The database is a council's own; nothing of a demonstration goes into it."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What `make_demonstration` found or made. `password` opens every sign-in; None where nobody knows it any more."""

    made_now: bool
    password: str | None = field(repr=False)


def make_demonstration(settings: Settings, *, now: datetime, passwords: Passwords | None = None) -> Demonstration:
    """Fills a database without staff with the demonstration council, as it would be at `now`; one that is there stays as it is.

    Everything is committed together: after an interruption there is nothing, and the next call makes it. The password is
    `settings.demo_password`, or else random, and is kept in the instance folder. Raises `NotADemonstrationError`, and as
    `begin` does.
    """
    passwords = passwords or Passwords()
    timetable = Timetable(now)
    database = Database(settings.database_url)
    try:
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_a_councils_own(database)
        begin(settings, now=timetable.beginning)
        with database.transaction() as session:
            take_locks(session, LockKind.SUBMISSION, [key_of("demonstration")])
            if is_demonstration(session):
                return Demonstration(False, _password_that_opens(session, settings, passwords))
            from tracker.demo.filling import fill  # only the first start waits for all that it imports

            password = settings.demo_password.get_secret_value() or token_urlsafe(RANDOM_BYTES)
            fill(session, timetable, password, passwords)
            keep_secret(_file(settings), password)
        return Demonstration(True, password)
    finally:
        database.close()


def _refuse_a_councils_own(database: Database) -> None:
    """Before anything is changed: a demonstration neither migrates nor fills a database in which somebody works."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table(str(StaffMember.__tablename__)):
            return
        if has_staff(session) and not is_demonstration(session):
            raise NotADemonstrationError(
                "this database belongs to a council with staff of its own; a demonstration needs an empty one"
            )


def _password_that_opens(session: Session, settings: Settings, passwords: Passwords) -> str | None:
    """The password set now or kept at the making, whichever opens somebody's account still."""
    hashes = set(session.exec(select(col(StaffMember.password_hash))))
    candidates = (settings.demo_password.get_secret_value(), find_secret(_file(settings)))
    return next((one for one in candidates if one and any(passwords.matches(kept, one) for kept in hashes)), None)


def _file(settings: Settings) -> Path:
    return settings.instance / PASSWORD_FILE
