"""Deciding on a file of staff. Somebody is known by their e-mail address; a further row of theirs is a further role.

Roles follow the rules of those granted on a page: some wait until somebody else confirms them, and nobody grants themself any.
No password is in a file or made for one: an administrator gives each a one-time password, as to anybody else.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from tracker.imports.deciding import readable, same_words, teams_by_name, wrong
from tracker.imports.requests import FileRow, RowProblemError, StaffRow, Told
from tracker.imports.rows import staff_row
from tracker.imports.vocabulary import Fate
from tracker.policy.entitlement import CONFIRMED_ROLES, ON_DUTY, ROLE_WORDS, Actor, Role
from tracker.staff.entitlement import mixes_administration
from tracker.staff.models import StaffMember, Team
from tracker.staff.passwords import Passwords
from tracker.staff.requests import IN_A_TEAM, NewRole, NewStaffMember, StaffChangeError
from tracker.staff.selectors import find_staff_by_email, list_grants
from tracker.staff.services import enrol_staff_member, grant_role
from tracker.storage.session import whole_or_not
from tracker.storage.tables import saved_key

NO_SUCH_TEAM = "There is no team of that name. Import teams first"


@dataclass
class _Known:
    """Somebody who is on the staff, or will be by an earlier row: their row, and the roles they have, each with its team's key."""

    member: StaffMember | None
    name: str
    job_title: str
    roles: set[tuple[Role, int | None]] = field(default_factory=set)


class Members:
    """See `deciding.Decider`."""

    def __init__(self, session: Session, *, by: Actor | None, now: datetime, passwords: Passwords) -> None:
        self.session, self.by, self.now, self.passwords = session, by, now, passwords
        self.teams = teams_by_name(session)
        self.known: dict[str, _Known | None] = {}
        self._hashed = ""

    def decide(self, rows: Sequence[FileRow]) -> list[Told]:
        """What would become of each row."""
        return [self._told(row)[0] for row in rows]

    def carry_out(self, rows: Sequence[FileRow]) -> list[Told]:
        """Adds those who are not there yet, and grants the roles that they do not have, one row after another."""
        return [self._carried_out(row) for row in rows]

    def _told(self, row: FileRow) -> tuple[Told, StaffRow | None]:
        try:
            readable(row)
            read = staff_row(row.cells)
            told = self._decided(read)
        except (RowProblemError, StaffChangeError) as problem:
            return wrong(str(problem)), None
        return told, read

    def _decided(self, row: StaffRow) -> Told:
        known = self._who(row.email)
        team = self._team_of(row)
        if known is None:
            self._may_hold(row, team, set())
            self.known[row.email] = _Known(None, row.name, row.job_title, _held(row, team))
            return Told(Fate.NEW, f"A new member of staff{_as(row, team)}. {_GIVE_A_PASSWORD}")
        reference = known.member.reference if known.member else None
        if known.member is not None and known.member.closed_at is not None:
            raise RowProblemError("They were closed, and nobody comes back by a file")
        if _held(row, team) <= known.roles:
            return Told(Fate.HERE, self._here(known, row), reference)
        if self.by is not None and known.member is not None and known.member.id == self.by.staff_id:
            raise RowProblemError("Nobody gives themself a role")
        self._may_hold(row, team, {role for role, _ in known.roles})
        known.roles |= _held(row, team)
        return Told(Fate.NEW, f"Is on the staff already, and gets a further role{_as(row, team)}.", reference)

    def _here(self, known: _Known, row: StaffRow) -> str:
        if known.member is None:
            return "Stands in an earlier row of this file."
        if (same_words(known.name), same_words(known.job_title)) != (same_words(row.name), same_words(row.job_title)):
            return "Is here already, under another name or job title."
        return "Is here already."

    def _who(self, email: str) -> _Known | None:
        if email not in self.known:
            member = find_staff_by_email(self.session, email)
            self.known[email] = None if member is None else self._read(member)
        return self.known[email]

    def _read(self, member: StaffMember) -> _Known:
        grants = [grant for grant, _ in list_grants(self.session, staff_id=saved_key(member), now=self.now)]
        return _Known(member, member.name, member.job_title, {(Role(one.role), one.team_id) for one in grants})

    def _team_of(self, row: StaffRow) -> Team | None:
        if not row.team:
            return None
        team = self.teams.get(same_words(row.team))
        if team is None:
            raise RowProblemError(NO_SUCH_TEAM)
        if team.closed_at is not None:
            raise RowProblemError("That team is closed")
        return team

    def _may_hold(self, row: StaffRow, team: Team | None, held: set[Role]) -> None:
        NewStaffMember(email=row.email, name=row.name, job_title=row.job_title)
        if row.role is None:
            return
        if row.role in IN_A_TEAM and team is None:
            raise RowProblemError("A social worker or team manager needs a team")
        if team is not None and team.on_duty != (row.role in ON_DUTY):
            raise RowProblemError("Duty roles are held in a duty team, all other roles in other teams")
        if mixes_administration({row.role, *held}):
            raise RowProblemError("An administrator has no other role: they see no cases")

    def _carried_out(self, row: FileRow) -> Told:
        told, read = self._told(row)
        if told.fate is not Fate.NEW or read is None:
            return told
        known = self.known[read.email]
        assert known is not None  # noqa: S101 - deciding has just put them there
        try:
            with whole_or_not(self.session):
                member = known.member or self._enrol(read)
                if read.role is not None:
                    team = self._team_of(read)
                    role = NewRole(saved_key(member), read.role, team.id if team else None)
                    grant_role(self.session, role, by=self.by, now=self.now)
        except StaffChangeError as problem:
            self.known.pop(read.email)
            return wrong(str(problem))
        known.member = member
        return Told(told.fate, told.said, member.reference)

    def _enrol(self, row: StaffRow) -> StaffMember:
        if not self._hashed:
            self._hashed = self.passwords.hash(secrets.token_urlsafe(32))
        new = NewStaffMember(email=row.email, name=row.name, job_title=row.job_title)
        return enrol_staff_member(self.session, new, by=self.by, now=self.now, hashed=self._hashed)


_GIVE_A_PASSWORD = "They sign in once you give them a one-time password."  # noqa: S105 - a sentence


def _held(row: StaffRow, team: Team | None) -> set[tuple[Role, int | None]]:
    return {(row.role, team.id if team else None)} if row.role is not None else set()


def _as(row: StaffRow, team: Team | None) -> str:
    if row.role is None:
        return ", without a role"
    waits = ", which waits until somebody else confirms it" if row.role in CONFIRMED_ROLES else ""
    return f": {ROLE_WORDS[row.role]} in {team.name if team else 'all teams'}{waits}"
