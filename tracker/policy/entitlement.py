"""Who may do what to which record. Pure: it sees frozen facts about the actor and the record, and nothing else.

Source: policy.md, "Who may do what". Nobody decides on their own check, by any chain of roles or cover: a holding that
covers someone else counts as theirs, so it cannot decide what either of them asked for or would look at.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What a member of staff is, in one team or in all, from a date to a date."""

    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    DUTY_WORKER = "duty_worker"
    DUTY_MANAGER = "duty_manager"
    LEGAL_REVIEWER = "legal_reviewer"
    AUTHORISING_OFFICER = "authorising_officer"
    SENIOR_RESPONSIBLE_OFFICER = "senior_responsible_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_WORDS: dict[Role, str] = {
    Role.SOCIAL_WORKER: "social worker",
    Role.TEAM_MANAGER: "team manager",
    Role.DUTY_WORKER: "duty worker",
    Role.DUTY_MANAGER: "duty manager",
    Role.LEGAL_REVIEWER: "legal reviewer",
    Role.AUTHORISING_OFFICER: "authorising officer",
    Role.SENIOR_RESPONSIBLE_OFFICER: "Senior Responsible Officer",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}

CONFIRMED_ROLES = frozenset(
    {
        Role.TEAM_MANAGER,
        Role.DUTY_MANAGER,
        Role.LEGAL_REVIEWER,
        Role.AUTHORISING_OFFICER,
        Role.SENIOR_RESPONSIBLE_OFFICER,
        Role.AUDITOR,
    }
)
"""Roles whose grant takes effect only when a holder of that role, or the Senior Responsible Officer, confirms it."""

WORKERS = frozenset({Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DUTY_WORKER, Role.DUTY_MANAGER})
"""Roles that ask for checks and look."""

ON_DUTY = frozenset({Role.DUTY_WORKER, Role.DUTY_MANAGER})
"""Of those the roles in force only while on the rota of a duty team: for any person, with a reason."""

READERS_OF_EVERYTHING = frozenset({Role.SENIOR_RESPONSIBLE_OFFICER, Role.AUDITOR})
"""Roles that read the whole record and change nothing of it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One role in force at the moment of asking: in `team` (a key), or in all teams where that is None.

    `covers` is the key of the member of staff whose deputy this makes the actor, or None where the role is their own.
    """

    role: Role
    team: int | None = None
    covers: int | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """Somebody whom the actor stands in for at this moment: key, reference and name."""

    staff_id: int
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: key, reference and name as they are now, every role in force at this moment, and whom they stand in for."""

    staff_id: int
    reference: str
    name: str
    holdings: tuple[Holding, ...] = ()
    covered: tuple[Covered, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, in whatever team."""
        return frozenset(holding.role for holding in self.holdings)

    @property
    def work_teams(self) -> tuple[int, ...]:
        """Keys of the teams in which the actor may ask for a check, sorted."""
        return tuple(sorted({h.team for h in self.holdings if h.role in WORKERS and h.team is not None}))

    @property
    def duty_teams(self) -> frozenset[int]:
        """Keys of the duty teams on whose rota the actor is now."""
        return frozenset(h.team for h in self.holdings if h.role in ON_DUTY and h.team is not None)

    def works_in(self, team: int) -> bool:
        """Whether the actor works or manages in that team."""
        return team in self.work_teams

    def as_recorded(self) -> dict[str, Any]:
        """What the audit trail keeps of the actor as they were: reference, name, own roles in words; and for a deputy for whom
        they stood in, with the roles that this gave them."""
        said = {"reference": self.reference, "name": self.name, "roles": self._roles_in_words(None)}
        standing_in_for = [
            {"reference": one.reference, "name": one.name, "roles": self._roles_in_words(one.staff_id)}
            for one in self.covered
        ]
        return said | ({"standing_in_for": standing_in_for} if standing_in_for else {})

    def _roles_in_words(self, covers: int | None) -> list[str]:
        return sorted({ROLE_WORDS[holding.role] for holding in self.holdings if holding.covers == covers})


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """What entitlement may see of a person's record: teams involved (keys), restricted, who may read it all the same."""

    teams: frozenset[int]
    restricted: bool = False
    readers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckStanding:
    """What entitlement may see of a check: its team, who asked, who looks, whether Legal has it, and the person's record.

    `deciders`: who decided on it as a manager, whatever they decided. `advisers`: who advised as Legal on those it concerns,
    or took or answered its case. `spoke`: who answered, asked again or reported in the requester's place. All are keys of staff.
    """

    team: int
    requester: int
    viewer: int
    person: PersonStanding
    with_legal: bool = False
    parent_teams: frozenset[int] = frozenset()
    deciders: frozenset[int] = frozenset()
    advisers: frozenset[int] = frozenset()
    spoke: frozenset[int] = frozenset()

    @property
    def parties(self) -> frozenset[int]:
        """Who asked, who would look, and who spoke for who asked."""
        return frozenset({self.requester, self.viewer}) | self.spoke


def may_open_person(actor: Actor, person: PersonStanding) -> bool:
    """Workers open any record that is not restricted; a restricted one is for its readers, Legal and those who read everything."""
    if actor.roles & (READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}):
        return True
    if not actor.roles & WORKERS:
        return False
    return not person.restricted or actor.staff_id in person.readers


def may_see_what_was_written(actor: Actor, team: int, person: PersonStanding) -> bool:
    """Why and what a team wrote is for that team, for Legal and for those who read everything; others see that and when."""
    if actor.roles & (READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}):
        return True
    return actor.works_in(team) and may_open_person(actor, person)


def may_work_on_person(actor: Actor, person: PersonStanding) -> bool:
    """Whoever changes a person's record or asks about them works somewhere and may open the record."""
    return bool(actor.roles & WORKERS) and may_open_person(actor, person)


def may_ask_for_check(actor: Actor, team: int, person: PersonStanding) -> bool:
    """A worker asks in a team of their own that is involved with the person; who is on duty, in the duty team about anybody."""
    reaches = team in person.teams or team in actor.duty_teams
    return actor.works_in(team) and reaches and may_work_on_person(actor, person)


def comes_on_duty(actor: Actor, person: PersonStanding) -> bool:
    """Whether only the rota brings the actor to this person: no team that they work in otherwise is involved, and no role of
    theirs reads every record. Then they say why before the record is opened."""
    if not actor.duty_teams or actor.roles & (READERS_OF_EVERYTHING | {Role.LEGAL_REVIEWER}):
        return False
    return not any(h.role in WORKERS - ON_DUTY and h.team in person.teams for h in actor.holdings)


def may_open_check(actor: Actor, check: CheckStanding) -> bool:
    """The requester, the viewer, their team, Legal where it was referred, and those who read everything."""
    if actor.roles & READERS_OF_EVERYTHING or (check.with_legal and Role.LEGAL_REVIEWER in actor.roles):
        return True
    if actor.staff_id in (check.requester, check.viewer):
        return bool(actor.roles & WORKERS)
    if may_speak_for_requester(actor, check):
        return True
    return may_see_what_was_written(actor, check.team, check.person) and bool(actor.roles & WORKERS)


def may_report_the_look(actor: Actor, check: CheckStanding) -> bool:
    """Only the one who was named to look reports what was seen."""
    return actor.staff_id == check.viewer and bool(actor.roles & WORKERS)


def may_change_as_requester(actor: Actor, check: CheckStanding) -> bool:
    """Only the requester, or their deputy, withdraws a check, has it decided again, answers about it or reports what it means."""
    if actor.staff_id == check.requester:
        return bool(actor.roles & WORKERS)
    return may_speak_for_requester(actor, check)


def may_speak_for_requester(actor: Actor, check: CheckStanding) -> bool:
    """Who stands in for the requester speaks for them, where they have no other part in the check: they would not look, have
    neither decided nor advised on it and could not decide on it. A restricted record is not opened by standing in."""
    other_parts = check.deciders | check.advisers | {check.viewer}
    stands_in = any(holding.covers == check.requester and holding.role in WORKERS for holding in actor.holdings)
    return (
        stands_in
        and actor.staff_id not in other_parts
        and may_open_person(actor, check.person)
        and not may_decide_on_check(actor, check)
    )


def may_decide_on_check(actor: Actor, check: CheckStanding) -> bool:
    """A manager of the check's team, or of a parent team, who neither asked nor would look nor advised, nor covers who did.

    So it is for every verdict: approving, declining, sending to Legal, closing, reviewing and confirming.
    """
    apart_from = check.parties | check.advisers
    return actor.staff_id not in apart_from and any(
        holding.covers not in apart_from and _manages(actor, holding, check) for holding in actor.holdings
    )


def may_give_verdict(actor: Actor, check: CheckStanding) -> bool:
    """Whoever decides on a check has read it: of a restricted record, only who may open it. Others see that it waits."""
    return may_decide_on_check(actor, check) and may_open_person(actor, check.person)


def manages_team(actor: Actor, team: int) -> bool:
    """Whether the actor is a manager of exactly that team, themself or as a deputy."""
    return any(holding.role is Role.TEAM_MANAGER and holding.team == team for holding in actor.holdings)


def may_ask_for_legal(actor: Actor, check: CheckStanding) -> bool:
    """Legal asks a question about a check that was sent to them; never who asked, would look or decided on it as a manager."""
    return check.with_legal and may_act_for_legal(actor, check.parties | check.deciders)


def _manages(actor: Actor, holding: Holding, check: CheckStanding) -> bool:
    if holding.role is Role.DUTY_MANAGER:
        return not check.person.restricted or actor.staff_id in check.person.readers
    return holding.role is Role.TEAM_MANAGER and (holding.team == check.team or holding.team in check.parent_teams)


def may_act_for_legal(actor: Actor, apart_from: frozenset[int]) -> bool:
    """A legal reviewer who neither asked for, would look in nor decided as a manager on what this is about, nor covers
    someone who did. `apart_from`: the keys of those who did."""
    legal = (holding for holding in actor.holdings if holding.role is Role.LEGAL_REVIEWER)
    return any(actor.staff_id not in apart_from and holding.covers not in apart_from for holding in legal)


def may_answer_correction(actor: Actor, about: CheckStanding, asked_by: int, *, for_legal: bool) -> bool:
    """Whoever says whether a record was in error is not who asked that it be struck, nor who recorded it, asked for, would look in
    or decided on that check, nor stands in for one of them: a manager of its team (or of a parent team), or Legal."""
    apart_from = about.parties | about.deciders | {asked_by}
    if for_legal:
        return may_act_for_legal(actor, apart_from)
    return actor.staff_id not in apart_from and any(
        holding.covers not in apart_from and _manages(actor, holding, about) for holding in actor.holdings
    )


def may_grant(actor: Actor, concerned: Collection[int]) -> bool:
    """An authorising officer grants, refuses and reviews who is none of those concerned with a check of the people named
    (requester, viewer, approver, adviser; keys of staff), nor stands in for one of them."""
    officer = (holding for holding in actor.holdings if holding.role is Role.AUTHORISING_OFFICER)
    return actor.staff_id not in concerned and any(holding.covers not in concerned for holding in officer)
