"""Who may finish a task. Pure: it sees the actor and keys, and nothing else.

Nobody finishes a task that is about their own doing, nor one about somebody whom they stand in for: like the rules about checks,
a holding that covers somebody counts as theirs.
"""

from dataclasses import dataclass

from tracker.policy.entitlement import Actor, Holding, Role

OF_MANAGERS = frozenset({Role.TEAM_MANAGER, Role.DUTY_MANAGER})
"""Who counts as a manager of a team: its managers, and whoever is on duty as its manager."""


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """Whom a task waits for today: a member of staff, the managers of any of `teams`, or the holders of `role`; keys of staff and
    teams. `about`: whose doing it is about."""

    member: int | None = None
    teams: frozenset[int] = frozenset()
    role: Role | None = None
    about: int | None = None


def may_finish_task(actor: Actor, task: TaskStanding) -> bool:
    """Whoever the task waits for, or their deputy; never whom it is about, themself or through cover."""
    return actor.staff_id != task.about and (
        (task.member is not None and actor.staff_id == task.member)
        or any(_reaches(holding, task) for holding in actor.holdings)
    )


def _reaches(holding: Holding, task: TaskStanding) -> bool:
    if task.about is not None and holding.covers == task.about:
        return False
    if task.member is not None:
        return holding.covers == task.member
    if task.teams:
        return holding.role in OF_MANAGERS and holding.team in task.teams
    return holding.role is task.role
