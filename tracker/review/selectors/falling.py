"""To which managers a check falls: those of its team who may decide on it, else those of the nearest team above who may."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.policy.entitlement import Actor, CheckStanding, Role, manages_team, may_decide_on_check
from tracker.staff.selectors import list_actors, team_levels
from tracker.staff.standing_in import in_whose_place, parts_of


@dataclass(frozen=True)
class Managers:
    """Everybody who manages a team today, and how the teams stand above each other: read once for a whole queue."""

    actors: tuple[Actor, ...]
    levels: dict[int, tuple[frozenset[int], ...]]

    @classmethod
    def read(cls, session: Session, *, now: datetime) -> "Managers":
        """Those of today."""
        return cls(tuple(list_actors(session, role=Role.TEAM_MANAGER, now=now)), team_levels(session))

    def has_to_decide(self, actor: Actor, check: CheckStanding) -> bool:
        """Whether the check is this manager's to decide on.

        Source: policy.md, "a manager's own check waits for another manager of the team, else of the parent team".
        """
        return self.falls_to(actor, check, lambda one: may_decide_on_check(one, check))

    def falls_to(self, actor: Actor, about: CheckStanding, may: Callable[[Actor], bool]) -> bool:
        """Whether what only those who `may` can do falls to this manager. Whoever is on duty now has it for every team."""
        if not may(actor):
            return False
        return Role.DUTY_MANAGER in actor.roles or actor.staff_id in self._nearest(about, may)

    def for_whom(self, actor: Actor, about: CheckStanding, may: Callable[[Actor], bool]) -> frozenset[int]:
        """Keys of those in whose place what falls to this manager does; empty where it does by a role of their own."""
        for level in self.levels.get(about.team, ()):
            able = _able(actor, level, may)
            if able:
                return frozenset() if None in able else frozenset(one for one in able if one is not None)
        return in_whose_place(actor, may)

    def manages(self, actor: Actor, team: int) -> bool:
        """Whether the actor is a manager of that team today or, where it has none, of the nearest above that has."""
        for level in self.levels.get(team, ()):
            of_level = {one.staff_id for one in self.actors if any(manages_team(one, each) for each in level)}
            if of_level:
                return actor.staff_id in of_level
        return False

    def _nearest(self, about: CheckStanding, may: Callable[[Actor], bool]) -> set[int]:
        """The keys of the managers nearest to the team who may; none where nobody above may either."""
        for level in self.levels.get(about.team, ()):
            able = {one.staff_id for one in self.actors if _able(one, level, may)}
            if able:
                return able
        return set()

    def teams_reached(self, actor: Actor) -> frozenset[int] | None:
        """The teams whose checks could fall to the actor: their own and those below; None for those of every team."""
        if Role.DUTY_MANAGER in actor.roles:
            return None
        own = {held.team for held in actor.holdings if held.role is Role.TEAM_MANAGER}
        return frozenset(team for team, levels in self.levels.items() if any(level & own for level in levels))


def _able(actor: Actor, level: frozenset[int], may: Callable[[Actor], bool]) -> list[int | None]:
    """By whose role (their own, or that of the one with this key) the actor manages a team of that level and may do it: not as a
    manager by one of them and allowed by another."""
    return [covers for covers, part in parts_of(actor) if any(manages_team(part, team) for team in level) and may(part)]
