"""The operator's command for staff: how a council gets its first people, and gets in again when it has shut itself out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from tracker.command_line import opened, stop
from tracker.policy.entitlement import ON_DUTY, ROLE_WORDS, Role
from tracker.staff.passwords import Passwords
from tracker.staff.requests import NewRole, NewStaffMember, NewTeam, StaffChangeError
from tracker.staff.selectors import find_team
from tracker.staff.services import (
    AddedStaffMember,
    add_staff_member,
    add_team,
    grant_role,
    waits_for_confirmation,
)
from tracker.storage.tables import saved_key

NOT_DONE = 1


class RoleWanted(click.ParamType[tuple[Role, str]]):
    """`team_manager:Family Help North`: a role, and the team in which it is held where it is held in one."""

    name = "ROLE[:TEAM]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Role, str]:
        """The role and the team's name, "" for all teams; fails as wrong use."""
        if isinstance(value, tuple):
            return value
        role, _, team = str(value).partition(":")
        try:
            return Role(role.strip().replace("-", "_").lower()), team.strip()
        except ValueError:
            self.fail(f"{role!r} is no role. There are: {', '.join(Role)}", param, ctx)


@click.group()
def staff() -> None:
    """Staff from the command line."""


@staff.command()
@click.option("--email", required=True, help="The address that they sign in with.")
@click.option("--name", required=True, help="Their name, as colleagues know it.")
@click.option("--job-title", required=True, help="What they are at the council.")
@click.option(
    "--role",
    "roles",
    type=RoleWanted(),
    multiple=True,
    help="A role they are to hold; may be given again. A team that is not there yet is added.",
)
def add(email: str, name: str, job_title: str, roles: tuple[tuple[Role, str], ...]) -> None:
    """Add a member of staff, and print their one-time password once.

    It lasts 24 hours; at the first sign-in they choose their own. A role that needs confirming (such as legal_reviewer) is in
    force at once only while nobody else could confirm it; otherwise it waits in the application.

    Exit status: 0, they were added. 1, nothing was done, for example because the address is taken. 2, wrong use or settings.
    """
    now = datetime.now(UTC)
    with _changing() as session:
        added = add_staff_member(session, _new(email, name, job_title), by=None, now=now, passwords=Passwords())
        lines = [_grant(session, added, role, team, now) for role, team in roles]
    click.echo(f"Added {added.member.reference} ({added.member.email}).")
    for line in lines:
        click.echo(line)
    click.echo(f"One-time password, for 24 hours, shown only now: {added.one_time_password}")


def _new(email: str, name: str, job_title: str) -> NewStaffMember:
    return NewStaffMember(email=email.strip(), name=name, job_title=job_title)


def _grant(session: Session, added: AddedStaffMember, role: Role, team: str, now: datetime) -> str:
    team_id = _team_id(session, role, team, now) if team else None
    grant = grant_role(session, NewRole(saved_key(added.member), role, team_id), by=None, now=now)
    where = f"in {team}" if team else "in all teams"
    waits = ", in force once somebody who may confirms it" if waits_for_confirmation(grant) else ""
    return f"Granted: {ROLE_WORDS[role]} {where}{waits}."


def _team_id(session: Session, role: Role, name: str, now: datetime) -> int:
    found = find_team(session, name)
    return saved_key(found or add_team(session, NewTeam(name, on_duty=role in ON_DUTY), by=None, now=now))


@contextmanager
def _changing() -> Iterator[Session]:
    with opened() as (database, _):
        try:
            with database.transaction() as session:
                yield session
        except StaffChangeError as error:
            stop(f"Nothing was done: {error}.", NOT_DONE)
        except SQLAlchemyError as error:
            fault = type(error).__name__
            stop(f"Nothing was done: the database cannot be used ({fault}). Run `tracker init` first.", NOT_DONE)
