"""Who works at the demonstration council, and how its database is known for what it is."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.policy.entitlement import ROLE_WORDS, Role
from tracker.staff.models import StaffMember

DOMAIN = "demo.example"
"""Where the demonstration's staff have their addresses; nobody else ever has one there (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff of the demonstration. `team` names one of `TEAMS`; None: all teams."""

    sign_in: str
    name: str
    job_title: str
    team: str | None
    roles: tuple[Role, ...]

    @property
    def email(self) -> str:
        """The address that they sign in with."""
        return f"{self.sign_in}@{DOMAIN}"

    @property
    def who(self) -> str:
        """Who they are, in words: name, roles, team."""
        roles = " and ".join(ROLE_WORDS[role] for role in self.roles)
        return f"{self.name}, {roles}" + (f", {TEAMS[self.team]}" if self.team else "")


TEAMS = {
    "department": "Children's Services",
    "north": "Family Help North",
    "south": "Family Help South",
    "night": "Out of Hours",
}

STAFF: tuple[Colleague, ...] = (
    Colleague("worker", "Asha Shah", "Social worker", "north", (Role.SOCIAL_WORKER,)),
    Colleague("worker2", "Tom Ferris", "Social worker", "south", (Role.SOCIAL_WORKER,)),
    Colleague("manager", "Ben Okoro", "Team manager", "north", (Role.TEAM_MANAGER,)),
    Colleague("manager2", "Grace Lim", "Team manager", "south", (Role.TEAM_MANAGER,)),
    Colleague("duty", "Dilys Penry", "Duty manager", "night", (Role.DUTY_WORKER, Role.DUTY_MANAGER)),
    Colleague("legal", "Leila Haddad", "Solicitor", None, (Role.LEGAL_REVIEWER,)),
    Colleague("officer", "Owen Price", "Head of service", None, (Role.AUTHORISING_OFFICER,)),
    Colleague("sro", "Sarah Whitlock", "Director", None, (Role.SENIOR_RESPONSIBLE_OFFICER, Role.AUDITOR)),
    Colleague("admin", "Adil Rahman", "Systems administrator", None, (Role.ADMINISTRATOR,)),
    Colleague("senior", "Hana Moss", "Senior social worker", "north", (Role.SOCIAL_WORKER,)),
)

SIGN_INS: tuple[tuple[str, str], ...] = tuple((one.email, one.who) for one in STAFF)
"""Every address that a newcomer may sign in with, and who that is."""


def is_demonstration(session: Session) -> bool:
    """Whether this database holds a demonstration council: somebody there has an address that only its staff have."""
    return session.exec(select(StaffMember.id).where(col(StaffMember.email).endswith(f"@{DOMAIN}"))).first() is not None


def has_staff(session: Session) -> bool:
    """Whether anybody works at this council."""
    return session.exec(select(StaffMember.id)).first() is not None
