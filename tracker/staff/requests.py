"""What is asked of the staff room, frozen. Each checks its own shape; the tables repeat it."""

from dataclasses import dataclass
from datetime import datetime

from tracker.policy.entitlement import Role

IN_A_TEAM = frozenset({Role.SOCIAL_WORKER, Role.TEAM_MANAGER})
"""Roles that are always held in one team."""

LONGEST_EMAIL = 254


class StaffChangeError(Exception):
    """The change cannot be made as asked; the message says why in words for the person asking.

    `field` is the part of the request to put right, "" where it is none of them.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team to add; `on_duty` marks one that works by rota for everybody, such as the out-of-hours team."""

    name: str
    parent_id: int | None = None
    on_duty: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > 80:
            raise StaffChangeError("Give the team a name of at most 80 characters", "name")


@dataclass(frozen=True, slots=True)
class NewStaffMember:
    """Somebody who is to sign in. `email` in any case; it is kept in lower case."""

    email: str
    name: str
    job_title: str

    def __post_init__(self) -> None:
        before, _, after = self.email.rpartition("@")
        if not before or "." not in after or len(self.email) > LONGEST_EMAIL or len(self.email.split()) != 1:
            raise StaffChangeError("Give an e-mail address in the form name@example.gov.uk", "email")
        if not self.name.strip() or not self.job_title.strip() or max(len(self.name), len(self.job_title)) > 120:
            raise StaffChangeError("Give a name and a job title of at most 120 characters each")


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role for a member of staff in one team, or in all; from now unless `from_at` is later, until ended."""

    staff_id: int
    role: Role
    team_id: int | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.role in IN_A_TEAM and self.team_id is None:
            raise StaffChangeError("A social worker or team manager needs a team", "team")


@dataclass(frozen=True, slots=True)
class NewShift:
    """One shift of a duty team."""

    staff_id: int
    team_id: int
    from_at: datetime
    until_at: datetime

    def __post_init__(self) -> None:
        if self.until_at <= self.from_at:
            raise StaffChangeError("A shift must end after it begins", "until_at")


@dataclass(frozen=True, slots=True)
class NewDeputy:
    """Cover: `deputy_id` is to have what `covers_id` has."""

    covers_id: int
    deputy_id: int
    from_at: datetime
    until_at: datetime
    reason: str

    def __post_init__(self) -> None:
        if self.until_at <= self.from_at:
            raise StaffChangeError("Cover must end after it begins", "until_at")
        if self.covers_id == self.deputy_id:
            raise StaffChangeError("Nobody can be their own deputy", "deputy")
        if not self.reason.strip():
            raise StaffChangeError("Say why cover is needed", "reason")
