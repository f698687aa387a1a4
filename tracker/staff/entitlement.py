"""Who may change whose roles and cover. Pure: it sees the actor and keys, and nothing else.

Source: policy.md, "Who may do what". Like the rules about checks, a holding that covers somebody counts as theirs: nobody
reaches their own roles through a deputy, and a deputy does not change the roles of the person they cover.
"""

from collections.abc import Iterable

from tracker.policy.entitlement import CONFIRMED_ROLES, Actor, Role


def may_change_account_of(actor: Actor, staff_id: int) -> bool:
    """An administrator changes the roles, rota and account of others, never their own."""
    return any(
        holding.role is Role.ADMINISTRATOR and staff_id not in (actor.staff_id, holding.covers)
        for holding in actor.holdings
    )


def may_confirm_role(actor: Actor, role: Role, *, of: int, granted_by: int | None) -> bool:
    """A holder of that role, or the Senior Responsible Officer, who neither gets nor granted it.

    In their own right: whoever stands in for one confirms nothing, or two who stand in for a fortnight could confirm each other for good.
    """
    own = {holding.role for holding in actor.holdings if holding.covers is None}
    return actor.staff_id not in (of, granted_by) and not own.isdisjoint({role, Role.SENIOR_RESPONSIBLE_OFFICER})


def mixes_administration(roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles, their own or somebody's they cover, would administer staff and do something else too.

    An administrator sees no case content: with a second role, or cover, they would. Source: policy.md, "Who may do what".
    """
    held = set(roles)
    return Role.ADMINISTRATOR in held and len(held) > 1


def may_name_deputy(actor: Actor, *, covers: int, deputy: int, passing_on: Iterable[Role]) -> bool:
    """Whether the actor may have `deputy` stand in for `covers`, who holds the roles `passing_on`.

    Nobody names themself. The person covered may name their deputy. An administrator may where no role passes on that would need
    confirming if it were granted; where one does, only somebody who could confirm each of them may, so that cover is no
    way round a confirmation. Each of them in their own right: cover is not passed on by those who have it.
    """
    if deputy == actor.staff_id or deputy in {holding.covers for holding in actor.holdings}:
        return False
    if covers == actor.staff_id:
        return True
    needed = CONFIRMED_ROLES & set(passing_on)
    if needed:
        return all(may_confirm_role(actor, role, of=deputy, granted_by=covers) for role in needed)
    in_their_own_right = any(
        holding.role is Role.ADMINISTRATOR and holding.covers is None for holding in actor.holdings
    )
    return in_their_own_right and may_change_account_of(actor, covers)


def may_end_cover(actor: Actor, *, covers: int, deputy: int, passing_on: Iterable[Role]) -> bool:
    """Whether the actor may end the cover of `covers` by `deputy`: who is covered, any administrator of their account, since it
    only takes away, and whoever could name that deputy."""
    if may_change_account_of(actor, covers) and deputy != actor.staff_id:
        return True
    return may_name_deputy(actor, covers=covers, deputy=deputy, passing_on=passing_on)
