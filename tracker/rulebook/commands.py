"""The operator's commands for the council's limits. Whoever proposes or signs proves who they are with their own password."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.command_line import WRONG_USE, opened, stop
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
from tracker.staff.proving import BY, NOT_DONE, PASSWORD, carried_out, prove


@click.group()
def policy() -> None:
    """The council's limits: propose them, and sign them."""


@policy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@BY
@click.option("--why", required=True, help="Why the council should have these limits.")
@PASSWORD
def propose(file: Path, email: str, why: str, password_stdin: bool) -> None:
    """Propose the limits in FILE (TOML; what is not named keeps its shipped default).

    Nothing changes until a legal reviewer and the Senior Responsible Officer have both signed. A legal reviewer or an
    administrator may propose.

    Exit status: 0, proposed; the reference is printed. 1, nothing was done: the password was not accepted, you may not
    propose, or the database cannot be used. 2, the file or a limit in it cannot be read.
    """
    values = _values_in(file)
    with _told_in_one_line(), opened() as (database, settings):
        with database.reading() as session:
            _show_changes(session, read_limits(values))
        by = prove(database, settings, email, password_stdin=password_stdin)

        def _propose(session: Session, now: datetime) -> Proposal:
            return propose_limits(session, NewLimits(values, why), by=by, now=now)

        made = carried_out(database, by, _propose)
    click.echo(f"Proposed: {made.reference}. Sign it with: tracker policy sign {made.reference} --by EMAIL")


@policy.command()
@click.argument("reference")
@BY
@click.option(
    "--as", "capacity", type=click.Choice([one.value for one in Capacity]), help="In which capacity you sign."
)
@PASSWORD
def sign(reference: str, email: str, capacity: str | None, password_stdin: bool) -> None:
    """Sign the proposed limits REFERENCE, as a legal reviewer or as the Senior Responsible Officer.

    Two different people sign. The limits are in force from the second signature.

    Exit status: 0, signed. 1, nothing was done: there is no such proposal, it is signed already, you may not sign it, your
    password was not accepted, or the database cannot be used. 2, wrong use.
    """
    reference = reference.strip().upper()
    with _told_in_one_line(), opened() as (database, settings):
        with database.reading() as session:
            against = _show_proposal(session, reference)
        by = prove(database, settings, email, password_stdin=password_stdin)
        chosen = Capacity(capacity) if capacity else None

        def _sign(session: Session, now: datetime) -> ProposalRecord:
            return sign_proposal(session, reference, by=by, now=now, capacity=chosen, against=against)

        signed = carried_out(database, by, _sign)
    if signed.in_effect_at is not None:
        click.echo(f"Signed. {reference} is in force from {signed.in_effect_at:%Y-%m-%d %H:%M:%S} UTC.")
    else:
        missing = " and ".join(CAPACITY_WORDS[one] for one in Capacity if one not in signed.signatures)
        click.echo(f"Signed. {reference} waits for the signature of the {missing}.")


def _show_proposal(session: Session, reference: str) -> str:
    """Shows what it changes; from what that is, as `stands_against` gives it."""
    found = find_proposal(session, reference)
    if found is None or found.proposal.shipped or found.subject is not Subject.LIMITS:
        stop(f"Nothing was done: there is no proposal of limits {reference}.", NOT_DONE)
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
        stop(f"limits: the file cannot be read as TOML ({type(error).__name__})", WRONG_USE)
    except LimitsError as error:
        stop(f"limits: {error}", WRONG_USE)
    except ValueError:  # an integer of thousands of digits
        stop("limits: a number is too long to read", WRONG_USE)
    return values


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    try:
        yield
    except (RulebookError, NoRulebookError) as error:
        stop(f"Nothing was done: {error}", NOT_DONE)
    except SQLAlchemyError as error:
        stop(
            f"Nothing was done: the database cannot be used ({type(error).__name__}). Run `tracker init` first.",
            NOT_DONE,
        )
