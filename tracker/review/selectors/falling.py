"""To which managers a check falls: those of its team who may decide on it, else those of the nearest team above who may.

A duty team's check falls to its managers while any of them is on the rota; else to those of the teams that work with the person, and
then to those above the duty team: what was asked for at night does not wait until the next night (ADR 0150).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from sqlmodel import Session

from tracker.policy.entitlement import Actor, CheckStanding, Role, manages_team, may_decide_on_check
from tracker.staff.selectors import duty_teams, list_actors, team_levels
from tracker.staff.standing_in import in_whose_place, parts_of


@dataclass(frozen=True)
class Managers:
    """Everybody who manages a team today or is on the rota as its manager, and how the teams stand above each other: read once for a
    whole queue."""

    actors: tuple[Actor, ...]
    levels: dict[int, tuple[frozenset[int], ...]]
    duty_teams: frozenset[int] = frozenset()

    @classmethod
    def read(cls, session: Session, *, now: datetime) -> "Managers":
        """Those of today."""
        found = (
            *list_actors(session, role=Role.TEAM_MANAGER, now=now),
            *list_actors(session, role=Role.DUTY_MANAGER, now=now),
        )
        by_key = {one.staff_id: one for one in found}
        return cls(tuple(by_key.values()), team_levels(session), duty_teams(session))

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

    def somebody_has(self, about: CheckStanding, may: Callable[[Actor], bool]) -> bool:
        """Whether what only those who `may` can do falls to anybody. Whoever is on duty does not count: they go off duty."""
        return bool(self._nearest(about, may))

    def without(self, staff_id: int | None) -> "Managers":
        """The same without a member of staff, and without what others hold in their place."""
        return replace(self, actors=tuple(apart_from(one, staff_id) for one in self.actors if one.staff_id != staff_id))

    def above(self, team: int) -> frozenset[int]:
        """Keys of all teams above that one, and above whatever it was merged into, as `parent_teams` gives them."""
        return frozenset[int]().union(*self.levels.get(team, ())) - {team}

    def for_whom(self, actor: Actor, about: CheckStanding, may: Callable[[Actor], bool]) -> frozenset[int]:
        """Keys of those in whose place what falls to this manager does; empty where it does by a role of their own."""
        for level in self._levels_of(about):
            able = _able(actor, level, may)
            if able:
                return frozenset() if None in able else frozenset(one for one in able if one is not None)
        return in_whose_place(actor, may)

    def manages(self, actor: Actor, team: int) -> bool:
        """Whether the actor is a manager of that team today or, where it has none, of the nearest above that has."""
        for level in self.levels.get(team, ()):
            of_level = {one.staff_id for one in self.actors if any(_manages(one, each) for each in level)}
            if of_level:
                return actor.staff_id in of_level
        return False

    def _nearest(self, about: CheckStanding, may: Callable[[Actor], bool]) -> set[int]:
        """The keys of the managers nearest to the team who may; none where nobody above may either."""
        for level in self._levels_of(about):
            able = {one.staff_id for one in self.actors if _able(one, level, may)}
            if able:
                return able
        return set()

    def teams_reached(self, actor: Actor) -> frozenset[int] | None:
        """The teams whose checks could fall to the actor: their own and those below; None for those of every team."""
        if Role.DUTY_MANAGER in actor.roles:
            return None
        own = {held.team for held in actor.holdings if held.role is Role.TEAM_MANAGER}
        reached = frozenset(team for team, levels in self.levels.items() if any(level & own for level in levels))
        return reached | self.duty_teams if own else reached

    def _levels_of(self, about: CheckStanding) -> Iterable[frozenset[int]]:
        """The teams whose managers come one after the other."""
        own = self.levels.get(about.team, ())
        if about.team not in self.duty_teams:
            return own
        home = [self.levels.get(team, ()) for team in sorted(about.person.teams - self.duty_teams)]
        return [*own[:1], *(frozenset().union(*level) for level in zip_longest(*home, fillvalue=frozenset())), *own[1:]]


def apart_from(actor: Actor, staff_id: int | None) -> Actor:
    """The actor without what they hold in the place of that member of staff (a key)."""
    return replace(actor, holdings=tuple(one for one in actor.holdings if staff_id is None or one.covers != staff_id))


def _manages(actor: Actor, team: int) -> bool:
    on_duty = any(held.role is Role.DUTY_MANAGER and held.team == team for held in actor.holdings)
    return on_duty or manages_team(actor, team)


def _able(actor: Actor, level: frozenset[int], may: Callable[[Actor], bool]) -> list[int | None]:
    """By whose role (their own, or that of the one with this key) the actor manages a team of that level and may do it: not as a
    manager by one of them and allowed by another."""
    if not any(_manages(actor, team) for team in level):
        return []
    return [covers for covers, part in parts_of(actor) if any(_manages(part, team) for team in level) and may(part)]
