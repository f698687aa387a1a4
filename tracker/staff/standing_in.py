"""In whose place somebody acts: by a role of their own, or only for somebody whom they cover."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tracker.policy.entitlement import Actor, Role


def parts_of(actor: Actor) -> Iterator[tuple[int | None, Actor]]:
    """The actor with their own roles alone (None), and then with those of each person that they cover alone (their key)."""
    for covers in sorted({held.covers for held in actor.holdings}, key=lambda one: one or 0):
        yield covers, replace(actor, holdings=tuple(held for held in actor.holdings if held.covers == covers))


def in_whose_place(actor: Actor, may: Callable[[Actor], bool]) -> frozenset[int]:
    """Keys of those in whose place alone the actor may do it; empty where they may by a role of their own."""
    able = [covers for covers, part in parts_of(actor) if may(part)]
    return frozenset() if None in able else frozenset(covers for covers in able if covers is not None)


def only_for(actor: Actor, role: Role) -> str:
    """In whose place the actor holds a role, by name; empty where they hold it themself, or not at all."""
    return names_of(actor, in_whose_place(actor, lambda one: role in one.roles))


def names_of(actor: Actor, covered: Iterable[int]) -> str:
    """Those whom the actor covers, by name; empty for nobody."""
    keys = frozenset(covered)
    return " and ".join(sorted(one.name for one in actor.covered if one.staff_id in keys))
