"""The operator's commands for the council's limits. Whoever proposes or signs proves who they are with their own password."""

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.access.permissions import NotAllowedError
from tracker.audit.events import Event
from tracker.audit.services import record
from tracker.config import Settings
from tracker.policy.entitlement import Actor
from tracker.policy.limits import CAUTION_THRESHOLD, Limits, LimitsError, limits_as_json, read_limits
from tracker.rulebook.models import Proposal
from tracker.rulebook.requests import NewLimits, RulebookError
from tracker.rulebook.selectors import (
    NoRulebookError,
    ProposalRecord,
    find_proposal,
    limits_in_force,
    stands_against,
)
from tracker.rulebook.services import propose_limits, sign_proposal
from tracker.rulebook.vocabulary import CAPACITY_WORDS, Capacity, Subject
from tracker.staff.digests import attempt_digest
from tracker.staff.passwords import Passwords
from tracker.staff.selectors import find_staff_by_email, load_actor
from tracker.staff.services.signing_in import Attempt, prove_password
from tracker.storage.session import Database
from tracker.storage.tables import saved_key

NOT_DONE = 1
WRONG_USE = 2
Made = TypeVar("Made")

_by = click.option("--by", "email", required=True, metavar="EMAIL", help="The address that you sign in with.")
_password = click.option(
    "--password-stdin", is_flag=True, help="Read your password from the first line of standard input."
)


@click.group()
def policy() -> None:
    """The council's limits: propose them, and sign them."""


@policy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@_by
@click.option("--why", required=True, help="Why the council should have these limits.")
@_password
def propose(file: Path, email: str, why: str, password_stdin: bool) -> None:
    """Propose the limits in FILE (TOML; what is not named keeps its shipped default).

    Nothing changes until a legal reviewer and the Senior Responsible Officer have both signed. A legal reviewer or an
    administrator may propose.

    Exit status: 0, proposed; the reference is printed. 1, nothing was done: the password was not accepted, you may not
    propose, or the database cannot be used. 2, the file or a limit in it cannot be read.
    """
    values = _values_in(file)
    with _told_in_one_line(), _database() as (database, settings):
        with database.reading() as session:
            _show_changes(session, read_limits(values))
        by = _prove(database, settings, email, password_stdin=password_stdin)

        def _propose(session: Session, now: datetime) -> Proposal:
            return propose_limits(session, NewLimits(values, why), by=by, now=now)

        made = _carried_out(database, by, _propose)
    click.echo(f"Proposed: {made.reference}. Sign it with: tracker policy sign {made.reference} --by EMAIL")


@policy.command()
@click.argument("reference")
@_by
@click.option(
    "--as", "capacity", type=click.Choice([one.value for one in Capacity]), help="In which capacity you sign."
)
@_password
def sign(reference: str, email: str, capacity: str | None, password_stdin: bool) -> None:
    """Sign the proposed limits REFERENCE, as a legal reviewer or as the Senior Responsible Officer.

    Two different people sign. The limits are in force from the second signature.

    Exit status: 0, signed. 1, nothing was done: there is no such proposal, it is signed already, you may not sign it, your
    password was not accepted, or the database cannot be used. 2, wrong use.
    """
    reference = reference.strip().upper()
    with _told_in_one_line(), _database() as (database, settings):
        with database.reading() as session:
            against = _show_proposal(session, reference)
        by = _prove(database, settings, email, password_stdin=password_stdin)
        chosen = Capacity(capacity) if capacity else None

        def _sign(session: Session, now: datetime) -> ProposalRecord:
            return sign_proposal(session, reference, by=by, now=now, capacity=chosen, against=against)

        signed = _carried_out(database, by, _sign)
    if signed.in_effect_at is not None:
        click.echo(f"Signed. {reference} is in force from {signed.in_effect_at:%Y-%m-%d %H:%M:%S} UTC.")
    else:
        missing = " and ".join(CAPACITY_WORDS[one] for one in Capacity if one not in signed.signatures)
        click.echo(f"Signed. {reference} waits for the signature of the {missing}.")


def _prove(database: Database, settings: Settings, email: str, *, password_stdin: bool) -> Actor:
    """Who has proved with their password that they act. Failures count, and lock the account, as those in a browser do."""
    password = _asked_for_password(password_stdin)
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
        _stop("Nothing was done: that address and password were not accepted.", NOT_DONE)
    if member.must_change_password:
        _stop("Nothing was done: sign in to the application first, and choose a password of your own.", NOT_DONE)
    with database.reading() as session:
        return load_actor(session, staff_id=saved_key(member), now=now)


def _asked_for_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True, err=True)
    return asked


def _carried_out(database: Database, by: Actor, do: Callable[[Session, datetime], Made]) -> Made:
    """Does it in a transaction; a refusal is recorded in one of its own, after the rollback."""
    now = datetime.now(UTC)
    try:
        with database.transaction() as session:
            return do(session, now)
    except NotAllowedError as error:
        with database.transaction() as session:
            facts = {"permission": error.permission.value}
            record(session, Event.ACCESS_REFUSED, at=now, by=by, about=error.about, facts=facts)
        _stop(f"Nothing was done: you {error}.", NOT_DONE)


def _show_proposal(session: Session, reference: str) -> str:
    """Shows what it changes; from what that is, as `stands_against` gives it."""
    found = find_proposal(session, reference)
    if found is None or found.proposal.shipped or found.subject is not Subject.LIMITS:
        _stop(f"Nothing was done: there is no proposal of limits {reference}.", NOT_DONE)
    click.echo(f"{reference}, proposed by {found.proposal.proposer_name}: {found.proposal.why}")
    _show_changes(session, found.limits)
    return stands_against(session, found.proposal, at=datetime.now(UTC))


def _show_changes(session: Session, wanted: Limits) -> None:
    """What would be otherwise than it is now."""
    now, then = limits_as_json(limits_in_force(session, at=datetime.now(UTC)).limits), limits_as_json(wanted)
    changes = [
        f"  {name}: {json.dumps(now[name])} now, {json.dumps(then[name])} then"
        for name in now
        if now[name] != then[name]
    ]
    click.echo(f"Against the limits in force now (each a {CAUTION_THRESHOLD}):")
    for line in changes or ["  nothing changes"]:
        click.echo(line)


def _values_in(file: Path) -> dict[str, Any]:
    """The limits in a TOML file, each within its range."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        read_limits(values)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        _stop(f"limits: the file cannot be read as TOML ({type(error).__name__})", WRONG_USE)
    except LimitsError as error:
        _stop(f"limits: {error}", WRONG_USE)
    except ValueError:  # an integer of thousands of digits
        _stop("limits: a number is too long to read", WRONG_USE)
    return values


@contextmanager
def _database() -> Iterator[tuple[Database, Settings]]:
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        _stop(f"TRACKER_{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}", WRONG_USE)
    database = Database(settings.database_url)
    try:
        yield database, settings
    finally:
        database.engine.dispose()


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    try:
        yield
    except (RulebookError, NoRulebookError) as error:
        _stop(f"Nothing was done: {error}", NOT_DONE)
    except SQLAlchemyError as error:
        _stop(
            f"Nothing was done: the database cannot be used ({type(error).__name__}). Run `tracker init` first.",
            NOT_DONE,
        )


def _stop(message: str, status: int) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(status)
