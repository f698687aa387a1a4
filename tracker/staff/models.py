"""Tables of staff. Staff are closed, never deleted; roles, shifts and cover run from an instant to an instant."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlmodel import Field

from tracker.policy.entitlement import Role
from tracker.storage.columns import one_of, rule
from tracker.storage.references import new_reference
from tracker.storage.tables import Table, code, instant, key, reference, to, words


def _made(kind: str) -> Any:
    """A reference that the row makes for itself, since every row of the table has one of that kind."""
    return Field(default_factory=lambda: new_reference(kind), sa_type=String(13), unique=True, nullable=False)


class Team(Table, table=True):
    """A team; `parent_id` decides where its managers turn, `successor_id` who has its work once it is closed."""

    __tablename__ = "team"
    __table_args__ = (
        rule("not_its_own_parent", "parent_id <> id"),
        rule("not_its_own_successor", "successor_id <> id"),
        rule("closed_before_succeeded", "successor_id IS NULL OR closed_at IS NOT NULL"),
    )

    id: int | None = key()
    reference: str = reference()
    name: str = Field(sa_type=String(80), unique=True)
    parent_id: int | None = to("team.id", nullable=True)
    successor_id: int | None = to("team.id", nullable=True)
    on_duty: bool = False
    closed_at: datetime | None = instant(nullable=True)
    recorded_at: datetime = instant()
    version: int = 1


class StaffMember(Table, table=True):
    """Somebody who signs in. `email` is kept in lower case."""

    __tablename__ = "staff_member"
    __table_args__ = (rule("email_in_lower_case", "email = lower(email)"),)

    id: int | None = key()
    reference: str = reference()
    email: str = Field(sa_type=String(254), unique=True)
    name: str = Field(sa_type=String(120))
    job_title: str = Field(sa_type=String(120))
    password_hash: str = Field(sa_type=String(255))
    must_change_password: bool = False
    password_ends_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    recorded_at: datetime = instant()
    version: int = 1


CONFIRMED = "(confirmed_at IS NULL) = (confirmed_by IS NULL) OR (granted_by IS NULL AND confirmed_by IS NULL)"
"""The first of a role is in force as the operator's command line granted it, confirmed by nobody."""


class RoleGrant(Table, table=True):
    """A role in one team, or in all where `team_id` is empty. Nobody grants, confirms or declines a role of their own.

    A grant that was declined was never in force.

    `granted_by` is empty only for what the operator's command line granted when the council was set up.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        one_of("role", Role),
        rule("not_granted_to_oneself", "granted_by <> staff_id"),
        rule("not_confirmed_by_oneself", "confirmed_by <> staff_id"),
        rule("not_declined_by_oneself", "declined_by <> staff_id"),
        rule("confirmed_or_declined", "confirmed_at IS NULL OR declined_at IS NULL"),
        rule("confirmed_by_somebody", CONFIRMED),
        rule("declined_whole", "(declined_at IS NULL) = (declined_why IS NULL)"),
        rule("declined_by_somebody", "(declined_at IS NULL) = (declined_by IS NULL)"),
        rule("ends_after_it_begins", "until_at IS NULL OR until_at > from_at"),
        rule("worker_in_a_team", "role NOT IN ('social_worker', 'team_manager') OR team_id IS NOT NULL"),
    )

    id: int | None = key()
    reference: str = _made("ROL")
    staff_id: int = to("staff_member.id")
    role: str = code()
    team_id: int | None = to("team.id", nullable=True)
    from_at: datetime = instant()
    until_at: datetime | None = instant(nullable=True)
    granted_by: int | None = to("staff_member.id", nullable=True)
    recorded_at: datetime = instant()
    confirmed_by: int | None = to("staff_member.id", nullable=True)
    confirmed_at: datetime | None = instant(nullable=True)
    declined_by: int | None = to("staff_member.id", nullable=True)
    declined_at: datetime | None = instant(nullable=True)
    declined_why: str | None = words(nullable=True)


class RotaShift(Table, table=True):
    """One shift of a duty team."""

    __tablename__ = "rota_shift"
    __table_args__ = (rule("ends_after_it_begins", "until_at > from_at"),)

    id: int | None = key()
    reference: str = _made("SHF")
    staff_id: int = to("staff_member.id")
    team_id: int = to("team.id")
    from_at: datetime = instant(index=True)
    until_at: datetime = instant()
    added_by: int = to("staff_member.id")
    recorded_at: datetime = instant()


class Deputy(Table, table=True):
    """Cover: `deputy_id` has what `covers_id` has, from and to; never for a check of either of them."""

    __tablename__ = "deputy"
    __table_args__ = (
        rule("not_their_own_deputy", "deputy_id <> covers_id"),
        rule("ends_after_it_begins", "until_at > from_at"),
    )

    id: int | None = key()
    reference: str = _made("COV")
    covers_id: int = to("staff_member.id")
    deputy_id: int = to("staff_member.id")
    from_at: datetime = instant()
    until_at: datetime = instant()
    reason: str = words()
    named_by: int = to("staff_member.id")
    recorded_at: datetime = instant()


class SignInSession(Table, table=True):
    """A signed-in browser. Only the SHA-256 of its token is kept; ending the row ends the session at once."""

    __tablename__ = "sign_in_session"

    id: int | None = key()
    token_hash: str = Field(sa_type=String(64), unique=True)
    staff_id: int = to("staff_member.id")
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    ended_why: str | None = code(nullable=True)


class SignInAttempt(Table, table=True):
    """An attempt to sign in, counted by account and by address; both are kept as keyed digests only."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "account_digest", "at"), Index(None, "address_digest", "at"))

    id: int | None = key()
    account_digest: str = Field(sa_type=String(64))
    address_digest: str = Field(sa_type=String(64))
    at: datetime = instant()
    succeeded: bool


class StaffLock(Table, table=True):
    """An account locked after too many failures, until an administrator ends it or `until_at` passes."""

    __tablename__ = "staff_lock"
    __table_args__ = (UniqueConstraint("staff_id", "from_at"),)

    id: int | None = key()
    staff_id: int = to("staff_member.id")
    from_at: datetime = instant()
    until_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    ended_by: int | None = to("staff_member.id", nullable=True)
