"""At the command line whoever acts proves with their own password who they are; what they may not do is refused, and recorded."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import click
from sqlmodel import Session

from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.command_line import WRONG_USE, stop
from tracker.config import SHORTEST_SECRET_KEY, Settings
from tracker.policy.entitlement import Actor
from tracker.staff.digests import attempt_digest
from tracker.staff.passwords import Passwords
from tracker.staff.selectors import find_staff_by_email, load_actor
from tracker.staff.services.signing_in import Attempt, prove_password
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

NOT_DONE = 1
Made = TypeVar("Made")

BY = click.option("--by", "email", required=True, metavar="EMAIL", help="The address that you sign in with.")
PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="Read your password from the first line of standard input."
)


def prove(database: Database, settings: Settings, email: str, *, password_stdin: bool) -> Actor:
    """Who has proved with their password that they act; anybody else ends the command. Failures count, and lock the account, as those
    in a browser do, by digests that nobody makes without the secret key."""
    if len(settings.secret_key.get_secret_value()) < SHORTEST_SECRET_KEY:
        stop(
            f"TRACKER_SECRET_KEY: the same as the servers have is needed, of at least {SHORTEST_SECRET_KEY} characters",
            WRONG_USE,
        )
    password = asked_for_password(password_stdin)
    secret, now = settings.secret_key.get_secret_value(), datetime.now(UTC)
    with database.reading() as session:
        member = find_staff_by_email(session, email)
    kept = member.password_hash if member else None
    attempt = Attempt(
        staff_id=member.id if member else None,
        tried_hash=kept,
        right=Passwords().matches(kept, password),
        account_digest=attempt_digest(secret, "account", email.strip().lower()),
        address_digest=attempt_digest(secret, "address", "command line"),
    )
    with database.transaction() as session:
        refusal = prove_password(session, attempt, now=now)
    if refusal is not None or member is None:
        stop("Nothing was done: that address and password were not accepted.", NOT_DONE)
    if member.must_change_password:
        stop("Nothing was done: sign in to the application first, and choose a password of your own.", NOT_DONE)
    with database.reading() as session:
        return load_actor(session, staff_id=saved_key(member), now=now)


def asked_for_password(from_stdin: bool) -> str:
    """The password, from the terminal, where it is not shown, or from standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True, err=True)
    return asked


def carried_out(database: Database, by: Actor, do: Callable[[Session, datetime], Made]) -> Made:
    """Does it in a transaction; a refusal is recorded in one of its own, after the rollback, and ends the command."""
    now = datetime.now(UTC)
    try:
        with database.transaction() as session:
            return do(session, now)
    except NotAllowedError as error:
        with database.transaction() as session:
            facts = {"permission": error.permission.value}
            record(session, Event.ACCESS_REFUSED, at=now, by=by, about=error.about, facts=facts)
        stop(f"Nothing was done: you {error}.", NOT_DONE)
