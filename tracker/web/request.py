"""What a route takes from its request: a transaction, a reading session, the time, and who acts.

Only routes, commands and the scheduler use this; services are given these as arguments.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import cast

from flask import current_app, g
from sqlmodel import Session

from tracker.config import Settings
from tracker.policy.entitlement import Actor
from tracker.storage.session import Database
from tracker.web.logging import log_failure

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


@contextmanager
def transaction() -> Iterator[Session]:
    """The one transaction of a request that changes something. Whatever reads afterwards sees what it left.

    Raises `RuntimeError` within a `with reading()`: what was read there would be older than what is changed.
    """
    if g.get("within_reading"):
        raise RuntimeError("a transaction was begun by what reads; end reading first")
    stop_reading()
    try:
        with database().transaction() as session:
            yield session
    finally:
        stop_reading()  # what read meanwhile did so as of before


@contextmanager
def reading() -> Iterator[Session]:
    """The session in which a request reads; it refuses to write.

    It is one from the first that asks, which is who looks whose request it is, to the answer: everything on a page is of one moment,
    and nothing is read twice. What is written, and what fails, ends it; whoever reads then is given another.
    """
    if "reading" not in g:
        opened = ExitStack()
        g.reading = opened, opened.enter_context(database().reading())
    g.within_reading = g.get("within_reading", 0) + 1
    try:
        yield g.reading[1]
    except BaseException as failure:
        stop_reading(failure)
        raise
    finally:
        g.within_reading -= 1


def stop_reading(failure: BaseException | None = None) -> None:
    """Lets go of the session in which the request has read, if it has; the session is told of the failure that ends it, if one does.
    The application does so after each request.

    A connection that was lost meanwhile is logged and no more: nothing was to be kept, and what was read is whole.
    """
    opened, _session = g.pop("reading", (ExitStack(), None))
    try:
        opened.__exit__(type(failure) if failure else None, failure, failure.__traceback__ if failure else None)
    except Exception as error:
        if error is not failure:
            log_failure(error)


def actor() -> Actor:
    """Who is signed in, with the roles in force now. Only behind `requires(...)`; otherwise `RuntimeError`."""
    if g.get("actor") is None:
        raise RuntimeError("nobody is signed in, and the route should not have been reached")
    return cast(Actor, g.actor)
