"""What a route takes from its request: a transaction, a reading session, the time, and who acts.

Only routes, commands and the scheduler use this; services are given these as arguments.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import cast

from flask import current_app, g
from sqlmodel import Session

from tracker.config import Settings
from tracker.policy.entitlement import Actor
from tracker.storage.session import Database

Clock = Callable[[], datetime]


def database() -> Database:
    """The council's database."""
    return cast(Database, current_app.extensions["database"])


def settings() -> Settings:
    """The settings that the application was made with."""
    return cast(Settings, current_app.extensions["settings"])


def now() -> datetime:
    """This moment, in UTC, by the application's clock: one moment for the whole request."""
    if "now" not in g:
        g.now = cast(Clock, current_app.extensions["clock"])()
    return cast(datetime, g.now)


def transaction() -> AbstractContextManager[Session]:
    """The one transaction of a request that changes something."""
    return database().transaction()


@contextmanager
def reading() -> Iterator[Session]:
    """A session that refuses to write, for pages that only read.

    What asks for one while a page is reading, as its templates do, is given that of the page: it sees the same moment, and what
    the page has read is not read again.
    """
    if "reading" in g:
        yield g.reading
        return
    with database().reading() as session:
        g.reading = session
        try:
            yield session
        finally:
            g.pop("reading")


def actor() -> Actor:
    """Who is signed in, with the roles in force now. Only behind `requires(...)`; otherwise `RuntimeError`."""
    if g.get("actor") is None:
        raise RuntimeError("nobody is signed in, and the route should not have been reached")
    return cast(Actor, g.actor)
